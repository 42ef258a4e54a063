"""What counts become when they are read as measures: service level, abandonment, ASA, occupancy.

A measure is a quotient of two sums, so that it can be pooled over any intervals by adding counts;
percentages are never averaged. Counts may be arrays of any one shape; 0 / 0 is unknown (NaN).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from planner.domain.centre import Formula

FORMULA_NUMBERS: dict[Formula, int] = {
    "answered_in_t_and_abandoned_in_t_over_offered": 1,
    "answered_in_t_over_answered": 2,
    "answered_in_t_over_offered": 3,
    "answered_in_t_over_answered_and_abandoned_after_t": 4,
    "answered_in_t_and_short_abandons_over_offered": 5,
}


class Quotient(NamedTuple):
    """A measure before it is divided: pool it by adding numerators and denominators."""

    numerator: Any
    denominator: Any

    @property
    def value(self) -> np.ndarray:
        """Numerator / denominator; NaN where nothing was counted."""
        below = np.asarray(self.denominator, float)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(below > 0, np.asarray(self.numerator, float) / below, np.nan)


@dataclass(frozen=True)
class ServiceCounts:
    """Contacts of one queue or roll-up; `_in_t` within the answer threshold T, `_short` too soon to answer.

    `abandoned_in_t` and `abandoned_short` are NaN where the source does not tell.
    """

    offered: Any
    answered: Any
    abandoned: Any
    answered_in_t: Any
    abandoned_in_t: Any = np.nan
    abandoned_short: Any = np.nan


def service_level(counts: ServiceCounts, formula: Formula) -> Quotient:
    """Service level by one of the five formulas in use (ICMI's list), as a quotient.

    >>> month = ServiceCounts(offered=1060, answered=1000, abandoned=60, answered_in_t=860,
    ...                       abandoned_in_t=20, abandoned_short=10)
    >>> round(float(service_level(month, "answered_in_t_over_offered").value) * 100, 2)
    81.13
    """
    c = counts
    match FORMULA_NUMBERS[formula]:
        case 1:
            return Quotient(c.answered_in_t + c.abandoned_in_t, c.offered)
        case 2:
            return Quotient(c.answered_in_t, c.answered)
        case 4:
            return Quotient(c.answered_in_t, c.answered + c.abandoned - c.abandoned_in_t)
        case 5:
            return Quotient(c.answered_in_t + c.abandoned_short, c.offered)
        case _:
            return Quotient(c.answered_in_t, c.offered)
