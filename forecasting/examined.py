"""A past looked over: what is odd in it is drawn in, and what came before a shift stands at today's level."""

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
    def drawn_in(self) -> np.ndarray:
        """Day totals (n,) with the odd days as they count, each at the level of its time."""
        offered = self.past.offered.copy()
        for day in self.odd:
            offered[day.row] = day.counts_as
        return offered

    @cached_property
    def taught(self) -> Past:
        """What the models learn from: the past itself when nothing is odd in it."""
        if not self.odd and not self.shifts:
            return self.past
        lift = log_factor(self.shifts, np.arange(self.past.n))
        return replace(self.past, offered=self.drawn_in * np.exp(lift))


def examined(past: Past, effect: CalendarEffect) -> Examined:
    """Odd days and level shifts of a past, from nothing later than its cutoff."""
    if past.known.sum() < FEWEST_DAYS or past.often_empty:
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


def with_odd_days_drawn_in(series: DaySeries, cutoff: int) -> DaySeries:
    """A series with its odd days before the cutoff as they count; its levels stay as they came."""
    past = series.past(cutoff, horizon=0)
    offered = series.offered.copy()
    offered[cutoff - past.n : cutoff] = examined(past, calendar_effect(past)).drawn_in
    return replace(series, offered=offered)
