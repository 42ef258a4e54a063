"""What a queue has learned of its special days and of the month, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.calendar_effect import Fitted, calendar_effect, fitted_calendar
from forecasting.certainty import covariance
from forecasting.design import design, harmonics_for
from forecasting.examined import examined
from forecasting.kinds_of_day import KindOfDay
from forecasting.past import Past


@dataclass(frozen=True)
class Learned:
    """Columns of special days and parts of the month: what was expected of them, and what was found beyond.

    All in log volume; `covariance` is that of the effects, `prior_sd` how unsure they were beforehand.
    """

    values: np.ndarray
    expected: np.ndarray
    effects: np.ndarray
    covariance: np.ndarray
    prior_sd: np.ndarray

    def of(self, kind: KindOfDay) -> tuple[float, float, float]:
        """Mean log effect on the days of a kind, its standard deviation, and that before any day was seen."""
        contrast = self.values[kind.here].mean(axis=0) * kind.columns
        sd = float(np.sqrt(np.einsum("a,ab,b", contrast, self.covariance, contrast)))
        return (
            float((contrast * (self.expected + self.effects)).sum()),
            sd,
            float(np.sqrt((contrast**2 * self.prior_sd**2).sum())),
        )

    def unsure(self, columns: np.ndarray) -> np.ndarray:
        """Standard deviation of what some of the columns (bool) together do to each day (days,)."""
        chosen, spread = self.values[:, columns], self.covariance[np.ix_(columns, columns)]
        return np.asarray(np.sqrt(np.einsum("na,ab,nb->n", chosen, spread, chosen)))

    def unsure_before(self, columns: np.ndarray) -> np.ndarray:
        """The same before any day was seen (days,)."""
        return np.asarray(np.sqrt(((self.values * columns * self.prior_sd) ** 2).sum(axis=1)))


def learned_days(past: Past) -> Learned | None:
    """What is known of the columns of special days and parts of the month; None when nothing is."""
    taught = examined(past, calendar_effect(past)).taught
    fitted = fitted_calendar(taught, design(taught, harmonics=harmonics_for(taught.known_age)))
    return None if fitted is None else _learned(taught, fitted)


def _learned(past: Past, fitted: Fitted) -> Learned:
    columns, mine = fitted.columns, np.flatnonzero(fitted.columns.calendar_effect)
    expected = np.zeros(len(mine))
    expected[: len(past.calendar.special.expected)] = past.calendar.special.expected
    spread = covariance(fitted.sample, columns.prior_sd, fitted.effects)[np.ix_(mine, mine)]
    return Learned(columns.values[:, mine], expected, fitted.effects[mine], spread, columns.prior_sd[mine])
