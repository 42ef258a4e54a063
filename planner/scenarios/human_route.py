"""The human route: behind an AI, people stay reachable in every language at every hour they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Queue
from planner.domain.problems import InputError, Problem
from planner.domain.scenario import FrontEnd, Scenario
from planner.domain.timegrid import intervals

IMMEDIATE = ("immediate", "concurrent")
DAYS, HALF_HOUR_MIN = 7, 30


def refuse_closed_route(
    base: Centre, scenario: Scenario, changed: Centre, *, start: pd.DatetimeIndex, file: str
) -> None:
    """InputError where a scenario with an AI front end leaves a language without people at some hour.

    `start`: the half hours planned (UTC). A language counts as reachable in a half hour when any voice,
    chat or messaging queue of it is open somewhere in the world.
    """
    if not any(isinstance(change, FrontEnd) for change in scenario.changes):
        return
    before, after = _reachable(base, start), _reachable(changed, start)
    problems = list(_closed(before, after, start, file))
    if problems:
        raise InputError(problems)


def half_hours(first: date, weeks: int) -> pd.DatetimeIndex:
    """The half hours of whole weeks (UTC)."""
    return intervals(first, weeks * DAYS, zone="UTC", interval_min=HALF_HOUR_MIN)


def _reachable(centre: Centre, start: pd.DatetimeIndex) -> dict[str, np.ndarray]:
    """Whether people answer, for each language and half hour."""
    found: dict[str, np.ndarray] = {}
    for key, queue in centre.queues.items():
        if queue.kind in IMMEDIATE:
            closed = np.zeros(len(start), dtype=bool)
            found[key[1]] = found.get(key[1], closed) | _answers(queue, start)
    return found


def _answers(queue: Queue, start: pd.DatetimeIndex) -> np.ndarray:
    """Whether a queue is open, between its first and its last day."""
    day = start.tz_convert(queue.hours.zone).tz_localize(None).normalize()
    found = queue.hours.is_open(start)
    if queue.first_day is not None:
        found &= np.asarray(day >= pd.Timestamp(queue.first_day))
    if queue.last_day is not None:
        found &= np.asarray(day <= pd.Timestamp(queue.last_day))
    return found


def _closed(
    before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray], start: pd.DatetimeIndex, file: str
) -> Iterator[Problem]:
    for language, was in before.items():
        now = after.get(language, np.zeros_like(was))
        lost = np.flatnonzero(was & ~now)
        if len(lost):
            hours = len(lost) * HALF_HOUR_MIN / 60
            note = (
                f"leaves {language} without people in {hours:,g} h of the weeks planned, first on "
                f"{start[lost[0]]:%A %-d %B %Y %H:%M} UTC; behind an AI the human route stays open in every "
                "language and hour: keep a voice, chat or messaging queue open then"
            )
            yield Problem("human_route_closed", note, file, None, "plan.queues")
