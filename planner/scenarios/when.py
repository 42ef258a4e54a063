"""How much of a change holds on each day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from planner.domain.problems import InputError, Problem
from planner.domain.scenario import Change, Day, Flood, Scenario, When, day_of


def weight(days: pd.DatetimeIndex, when: When, *, first_monday: date) -> np.ndarray:
    """0..1 for each local day: how much of the change holds.

    It grows evenly over `over_weeks` and is whole from then on; after `until` it shrinks as it grew.
    """
    begun = _grown(days, when.first, when.over_weeks, first_monday=first_monday)
    if when.until is None:
        return begun
    ended = _grown(days, when.until, when.over_weeks, first_monday=first_monday)
    return np.maximum(begun - ended, 0.0)


def _grown(
    days: pd.DatetimeIndex, first: date | int | None, over_weeks: float, *, first_monday: date
) -> np.ndarray:
    if first is None:
        return np.ones(len(days))
    since = (days - pd.Timestamp(day_of(first, first_monday))).days.to_numpy(float)
    if over_weeks <= 0:
        return np.where(since >= 0, 1.0, 0.0)
    return np.clip((since + 1) / (7 * over_weeks), 0.0, 1.0) * (since >= 0)


def refuse_outside(scenario: Scenario, *, first_monday: date, weeks: int, file: str) -> None:
    """InputError naming each change that does nothing in the weeks planned: it begins later or is over."""
    problems = [
        Problem("outside_weeks", note, file, None, f"changes.{number}.{key}")
        for number, change in enumerate(scenario.changes)
        for key, note in _outside(change, first_monday, weeks)
    ]
    if problems:
        raise InputError(problems)


def _outside(change: Change, first_monday: date, weeks: int) -> Iterator[tuple[str, str]]:
    """Key and note of what lies outside the weeks from the first Monday on."""
    end = first_monday + timedelta(weeks=weeks)
    planned = f"the {weeks} weeks planned, {first_monday} to {end - timedelta(days=1)}"
    if isinstance(change, Flood):
        if not first_monday <= day_of(change.day, first_monday) < end:
            yield "day", f"{change.day} lies outside {planned}"
        return
    begins, ends = (_date(day, first_monday) for day in (change.when.first, change.when.until))
    if begins is not None and begins >= end:
        yield "from", f"{change.when.first} is after {planned}; plan more weeks or begin earlier"
    if ends is not None and ends <= (begins or first_monday):
        since = f"from {change.when.first}" if begins else f"the first day planned, {first_monday}"
        yield "until", f"{change.when.until} is not after {since}"


def _date(day: Day | None, first_monday: date) -> date | None:
    return None if day is None else day_of(day, first_monday)
