"""What a day should have brought: its calendar, its weekday, and the level of the weeks around it.

A look back from the cutoff, both sides of each day seen, so it is no forecast: it says which days of
the past are odd, and where the level moved for good.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.medians import robust_sd, running_median
from forecasting.past import Past

LEVEL_REACH = 14  # open days on each side that say where the level stands
WEEKDAY_REACH = 5  # same weekdays on each side that say what the weekday is worth
FEWEST_AROUND, FEWEST_SAME = 7, 2
MOST_OVERDISPERSION = 2.0


@dataclass(frozen=True)
class UsualDays:
    """The open days with a known total, in order; `rows` (k,) are their places in the past.

    `judged` (k,) are those without a holiday or its neighbour, whose total can be held against the days
    around; `calendar`, `weekday` and `level` (k,) add up to the log of what was to be expected. `lift` (k,)
    is the log of what the totals were multiplied by, to stand at one level.
    """

    rows: np.ndarray
    offered: np.ndarray
    judged: np.ndarray
    calendar: np.ndarray
    weekday: np.ndarray
    level: np.ndarray
    lift: np.ndarray

    @cached_property
    def expected(self) -> np.ndarray:
        """Contacts the day should have brought (k,); NaN where too little lies around it."""
        return np.asarray(np.exp(self.calendar + self.weekday + self.level))

    @cached_property
    def left(self) -> np.ndarray:
        """Log of the total without calendar and weekday (k,): level and noise; NaN where not judged."""
        adjusted = np.log(self.offered + 0.5) - self.calendar - self.weekday
        return np.where(self.judged, adjusted, np.nan)

    @cached_property
    def score(self) -> np.ndarray:
        """How far each day lies from what was expected, in standard deviations (k,); NaN where not judged.

        Counts of mean m vary by m + (s m)^2. The arcsinh of Anscombe (1948) makes that spread 1 at every
        m, and s is what makes the typical score that of a normal: so eight contacts instead of four are
        no news and 800 instead of 400 are.
        """
        seen = np.where(self.judged, self.offered, np.nan)
        return _stabilised(seen, self._overdispersion) - _stabilised(self.expected, self._overdispersion)

    @cached_property
    def _overdispersion(self) -> float:
        """The s of `score`."""
        seen = np.where(self.judged, self.offered, np.nan)
        low, high = 1e-3, MOST_OVERDISPERSION
        for _ in range(16):  # to 0.02 %
            middle = float(np.sqrt(low * high))
            wide = robust_sd(_stabilised(seen, middle) - _stabilised(self.expected, middle)) > 1
            low, high = (middle, high) if wide else (low, middle)
        return low

    def drawn_in(self, score: float) -> np.ndarray:
        """Totals as they came (k,), those further than `score` from what was expected drawn in to it."""
        s, usual = self._overdispersion, _stabilised(self.expected, self._overdispersion)
        low, high = (
            np.sinh(np.maximum(usual + side * score, 0) * s / 2) ** 2 / s**2 - 0.375 for side in (-1, 1)
        )
        within = np.maximum(np.clip(self.offered, low, high), 0)
        return np.asarray(np.maximum((within + 0.5) / np.exp(self.lift) - 0.5, 0))

    def lifted(self, log_factor: np.ndarray) -> UsualDays:
        """The same days had they come `exp(log_factor)` (k,) times as high, the level read anew."""
        offered = (self.offered + 0.5) * np.exp(log_factor) - 0.5
        moved = replace(self, offered=offered, lift=self.lift + log_factor)
        return replace(moved, level=_level(moved.left))


def usual_days(past: Past, effect: CalendarEffect) -> UsualDays:
    """What the days around say of each known day of the past."""
    rows = np.flatnonzero(past.known)
    special = past.calendar.special
    judged = (special.holiday[rows] == 0) & ~special.beside[rows]
    return usual_around(
        rows,
        past.offered[rows],
        judged=judged,
        calendar=effect.total[rows],
        weekday=past.calendar.weekday[rows],
    )


def usual_around(
    rows: np.ndarray, offered: np.ndarray, *, judged: np.ndarray, calendar: np.ndarray, weekday: np.ndarray
) -> UsualDays:
    """The same of days in places `rows`, given what the calendar does to the log of each (all (k,))."""
    adjusted = np.where(judged, np.log(offered + 0.5) - calendar, np.nan)
    own = np.zeros(len(rows))
    for _ in range(2):  # the second time the level is read from days of equal worth
        own = _weekday_part(adjusted - _level(adjusted - own), weekday)
    return UsualDays(rows, offered, judged, calendar, own, _level(adjusted - own), np.zeros(len(rows)))


def _level(adjusted: np.ndarray) -> np.ndarray:
    return np.asarray(running_median(adjusted, -LEVEL_REACH, LEVEL_REACH + 1, FEWEST_AROUND))


def _weekday_part(values: np.ndarray, weekday: np.ndarray) -> np.ndarray:
    result = np.full(len(values), np.nan)
    for d in range(7):
        same = weekday == d
        result[same] = running_median(values[same], -WEEKDAY_REACH, WEEKDAY_REACH + 1, FEWEST_SAME)
    return result


def _stabilised(contacts: np.ndarray, overdispersion: float) -> np.ndarray:
    """Contacts on a scale on which their standard deviation is 1."""
    s = overdispersion
    return np.asarray(2 / s * np.arcsinh(s * np.sqrt(np.maximum(contacts, 0) + 0.375)))
