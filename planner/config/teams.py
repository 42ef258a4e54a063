"""Teams of a scenario as frozen values, and what in them the plan does not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.config.hours import week_of
from planner.config.team_schema import RulesFile, TeamFile
from planner.domain.centre import Centre, QueueKey
from planner.domain.team import Pending, Rules, Team, Turn


def team_of(given: TeamFile) -> Team:
    """The value that the file asks for."""
    site, language, channel = given.queue
    pending = Pending(given.pending.share, given.pending.hours, given.pending.unanswered)
    turns = tuple(Turn(turn.people, week_of(turn.hours)) for turn in given.turns)
    return Team(
        (site, language, channel),
        turns,
        given.backlog,
        given.duplicates,
        pending,
        _rules(given.rules),
    )


def _rules(given: RulesFile) -> Rules:
    merge, templates = given.merge_duplicates, given.templates
    return Rules(
        given.first,
        merge.share if merge else 0.0,
        merge.each_s if merge else 0.0,
        templates.share if templates else 0.0,
        templates.less_s if templates else 0.0,
        given.auto_close,
    )


def wrong_teams(teams: Sequence[Team], centre: Centre) -> Iterator[tuple[str, str]]:
    """What is wrong with the teams across the plan: dotted path and note."""
    seen: set[QueueKey] = set()
    for number, team in enumerate(teams):
        key, path = QueueKey(*team.queue), f"teams.{number}.queue"
        queue = centre.queues.get(key)
        if queue is None:
            yield path, f"“{key}” is no queue of the plan; write [site, language, channel] of one"
        elif queue.kind != "deferred":
            yield path, f"“{key}” is answered at once; a team's reply time is that of e-mail or back office"
        elif key in seen:
            yield path, f"“{key}” has a team already; one team a queue"
        seen.add(key)
