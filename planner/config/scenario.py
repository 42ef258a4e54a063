"""The file of a scenario as a frozen value, and what in it the plan does not know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.config.scenario_problems import WHAT, wrong_in_scenario
from planner.config.scenario_schema import (
    AnyChange,
    ChangeFile,
    FloodFile,
    FrontEndFile,
    MixFile,
    MoveFile,
    RemoveFile,
    ScaleFile,
    ScenarioFile,
    WhereFile,
)
from planner.config.teams import team_of, wrong_teams
from planner.config.yaml_text import read_text, tree_of
from planner.domain.centre import Centre, QueueKey
from planner.domain.problems import InputError, Problem
from planner.domain.scenario import (
    Change,
    Flood,
    FrontEnd,
    Mix,
    Move,
    Range,
    Reason,
    Remove,
    Scale,
    Scenario,
    When,
    Where,
)


def load_scenario(path: Path) -> Scenario:
    """The scenario in a YAML file; InputError with everything that is wrong in it."""
    return scenario_from_text(read_text(path), file=path.name)


def scenario_from_text(text: str, *, file: str) -> Scenario:
    """The scenario written in a text."""
    tree = tree_of(text, file=file, what=WHAT, starts="scenario: and title:")
    try:
        given = ScenarioFile.model_validate(tree)
    except ValidationError as error:
        raise InputError(wrong_in_scenario(dict(found), file=file) for found in error.errors()) from None
    changes = tuple(_change(each) for each in given.changes)
    return Scenario(
        given.scenario,
        given.title,
        given.version,
        given.about,
        given.weeks,
        given.plan,
        given.add,
        changes,
        text,
        tuple(each.name or f"{each.change} {number}" for number, each in enumerate(given.changes, 1)),
        tuple(team_of(team) for team in given.teams),
    )


def refuse_unknown(scenario: Scenario, centre: Centre, *, file: str) -> None:
    """InputError naming each site, language, channel, client and queue that the plan does not know."""
    problems = [Problem("unknown_name", note, file, None, path) for path, note in _wrong(scenario, centre)]
    if problems:
        raise InputError(problems)


def _wrong(scenario: Scenario, centre: Centre) -> Iterator[tuple[str, str]]:
    known = _Known.of(centre)
    for number, change in enumerate(scenario.changes):
        found = list(known.wrong(change)) or list(_wrong_queues(change, centre))
        for path, note in found:
            yield f"changes.{number}.{path}", note
    yield from wrong_teams(scenario.teams, centre)


def _wrong_queues(change: Change, centre: Centre) -> Iterator[tuple[str, str]]:
    """Names that are known, but of no queue together; and queues that nothing can be moved to."""
    where = change.where
    meant = [key for key, queue in centre.queues.items() if where.holds(key, queue.client)]
    if not meant:
        yield "where", "means no queue of the plan: it has none with all of these together"
    if isinstance(change, Move):
        for key in meant:
            to = QueueKey(change.to, key.language, key.channel)
            if to not in centre.queues:
                note = (
                    f"“{to}” is no queue of the plan, so that nothing of {key} can be answered there; "
                    "add it under add.queues, or leave its channel out of where"
                )
                yield "to", note


@dataclass(frozen=True)
class _Known:
    """What the queues of a plan name."""

    sites: Collection[str]
    languages: Collection[str]
    channels: Collection[str]
    clients: Collection[str]

    @classmethod
    def of(cls, centre: Centre) -> _Known:
        keys = list(centre.queues)
        clients = {queue.client for queue in centre.queues.values() if queue.client}
        return cls({*centre.sites}, {key[1] for key in keys}, {key[2] for key in keys}, clients)

    def wrong(self, change: Change) -> Iterator[tuple[str, str]]:
        where = change.where
        yield from _not_among("where.site", where.sites, self.sites, "site")
        yield from _not_among("where.language", where.languages, self.languages, "language")
        yield from _not_among("where.channel", where.channels, self.channels, "channel")
        yield from _not_among("where.client", where.clients, self.clients, "client")
        if isinstance(change, Mix):
            yield from _not_among("shares", change.shares, self.channels, "channel")
            yield from _not_among("contacts_each", change.contacts_each, self.channels, "channel")
        if isinstance(change, FrontEnd):
            yield from _not_among("languages", change.languages, self.languages, "language")
        if isinstance(change, Move):
            yield from _not_among("to", (change.to,), self.sites, "site")


def _not_among(
    path: str, named: Collection[str], known: Collection[str], kind: str
) -> Iterator[tuple[str, str]]:
    for name in named:
        if name not in known:
            some = ", ".join(sorted(known)) or "none"
            yield path, f"“{name}” is no {kind} of the plan; it knows {some}"


def _where(given: WhereFile) -> Where:
    return Where(tuple(given.site), tuple(given.language), tuple(given.channel), tuple(given.client))


def _when(given: ChangeFile) -> When:
    return When(given.first, given.until, given.over_weeks)


def _change(given: AnyChange) -> Change:
    return MAKERS[type(given)](given)


def _scale(given: ScaleFile) -> Scale:
    places = _where(given.where), _when(given)
    return Scale(*places, given.volume, given.aht, given.aht_less_s, given.share)


def _mix(given: MixFile) -> Mix:
    return Mix(_where(given.where), _when(given), given.shares, given.contacts_each)


def _front_end(given: FrontEndFile) -> FrontEnd:
    reasons = tuple(
        Reason(
            name,
            each.share,
            each.aht_multiple,
            each.offered,
            Range(each.resolved.low, each.resolved.likely, each.resolved.high),
            each.escalated,
            each.bounced,
        )
        for name, each in given.reasons.items()
    )
    later = given.escalated_aht, given.bounced_aht, given.bounced_after_h
    return FrontEnd(_where(given.where), _when(given), reasons, given.languages, *later)


def _remove(given: RemoveFile) -> Remove:
    return Remove(_where(given.where), _when(given), given.share, given.reason_share, given.aht_multiple)


def _move(given: MoveFile) -> Move:
    return Move(_where(given.where), _when(given), given.to, given.share)


def _flood(given: FloodFile) -> Flood:
    when = given.day, given.hour, given.contacts, given.half_h, given.weekday
    return Flood(_where(given.where), *when, given.bulk_share, given.bulk_s, given.aht)


MAKERS: Mapping[type, Callable[[Any], Change]] = {
    ScaleFile: _scale,
    MixFile: _mix,
    FrontEndFile: _front_end,
    RemoveFile: _remove,
    MoveFile: _move,
    FloodFile: _flood,
}
