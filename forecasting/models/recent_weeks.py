"""The last months, weekday by weekday, with holidays, events and the level of the last days."""

from __future__ import annotations

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.calendar_regression import regression_ahead
from forecasting.design import design
from forecasting.past import Past

MEANING = "the last months go on: weekday, calendar and the level of the last days"
ROLE = "expert"
HALF_LIFE = 90.0  # days


def days_ahead(past: Past, effect: CalendarEffect) -> np.ndarray:
    """Expected day totals of the horizon (h,)."""
    return regression_ahead(past, effect, columns=design(past, harmonics=0), half_life=HALF_LIFE)
