"""The human route: behind an AI, people stay reachable in every language at every hour they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.problems import InputError, Problem
from planner.domain.scenario import FrontEnd, Scenario
from planner.domain.timegrid import intervals

IMMEDIATE = ("immediate", "concurrent")
DAYS = 7


def refuse_closed_route(
    base: Centre, scenario: Scenario, changed: Centre, *, week: pd.Timestamp, file: str
) -> None:
    """InputError where a scenario with an AI front end leaves a language without people at some hour.

    A language counts as reachable in an hour of `week` (a Monday) when any voice, chat or messaging queue
    of it is open somewhere in the world.
    """
    if not any(isinstance(change, FrontEnd) for change in scenario.changes):
        return
    before, after = _open_hours(base, week), _open_hours(changed, week)
    problems = list(_closed(before, after, week, file))
    if problems:
        raise InputError(problems)


def _open_hours(centre: Centre, week: pd.Timestamp) -> dict[str, np.ndarray]:
    """Whether people answer, for each language and half hour of the week (UTC)."""
    start = intervals(week.date(), DAYS, zone="UTC", interval_min=30)
    found: dict[str, np.ndarray] = {}
    for key, queue in centre.queues.items():
        if queue.kind in IMMEDIATE:
            closed = np.zeros(len(start), dtype=bool)
            found[key[1]] = found.get(key[1], closed) | queue.hours.is_open(start)
    return found


def _closed(
    before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray], week: pd.Timestamp, file: str
) -> Iterator[Problem]:
    for language, was in before.items():
        now = after.get(language, np.zeros_like(was))
        lost = np.flatnonzero(was & ~now)
        if len(lost):
            first = week + pd.Timedelta(minutes=30 * int(lost[0]))
            note = (
                f"leaves {language} without people in {len(lost) / 2:g} h of the week, first on "
                f"{first:%A %H:%M} UTC; behind an AI the human route stays open in every language and hour: "
                "keep a voice, chat or messaging queue open then"
            )
            yield Problem("human_route_closed", note, file, None, "plan.queues")
