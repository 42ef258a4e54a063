"""A past looked over: what is odd in it is left out, and what came before a shift stands at today's level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from forecasting.calendar_effect import CalendarEffect, calendar_effect
from forecasting.level_shifts import LevelShift, level_shifts, log_factor
from forecasting.odd_days import OddDay, odd_days
from forecasting.past import DaySeries, Past
from forecasting.usual_days import usual_days

FEWEST_DAYS = 21  # known days before anything can be called odd


@dataclass(frozen=True)
class Examined:
    """A past with its odd days and level shifts; `ignored` are shifts a planner vouched against."""

    past: Past
    odd: tuple[OddDay, ...] = ()
    shifts: tuple[LevelShift, ...] = ()
    ignored: tuple[LevelShift, ...] = ()

    @cached_property
    def taught(self) -> Past:
        """What the models learn from: the past itself when nothing is odd in it."""
        left_out = [day.row for day in self.odd if day.left_out]
        if not left_out and not self.shifts:
            return self.past
        offered = self.past.offered * np.exp(log_factor(self.shifts, np.arange(self.past.n)))
        offered[left_out] = np.nan
        return replace(self.past, offered=offered)


def examined(past: Past, effect: CalendarEffect) -> Examined:
    """Odd days and level shifts of a past, from nothing later than its cutoff."""
    if past.known.sum() < FEWEST_DAYS:
        return Examined(past)
    vouched = np.zeros(past.n, bool) if past.vouched is None else past.vouched
    usual = usual_days(past, effect)
    found = level_shifts(usual)
    shifts = tuple(shift for shift in found if not vouched[shift.row])
    if found:
        usual = usual.lifted(log_factor(found, usual.rows))
    odd = odd_days(usual, vouched=vouched)
    return Examined(past, odd, shifts, tuple(shift for shift in found if vouched[shift.row]))


def lesson(past: Past) -> tuple[Past, CalendarEffect]:
    """The past the models learn from, and what its calendar does to a day."""
    effect = calendar_effect(past)
    taught = examined(past, effect).taught
    return taught, effect if taught is past else calendar_effect(taught)


def without_odd_days(series: DaySeries, cutoff: int) -> DaySeries:
    """A series whose odd days before the cutoff are unknown; its levels stay as they came."""
    past = series.past(cutoff, horizon=0)
    rows = [day.row for day in examined(past, calendar_effect(past)).odd if day.left_out]
    offered = series.offered.copy()
    offered[np.array(rows, int) + cutoff - past.n] = np.nan
    return replace(series, offered=offered)
