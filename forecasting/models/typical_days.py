"""Season and growth of typical days: the same beliefs, fitted to the middle of days, not to their mean."""

from __future__ import annotations

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.calendar_regression import regression_ahead
from forecasting.design import design, harmonics_for, with_growth
from forecasting.glm import median_fit
from forecasting.past import Past

MEANING = "typical days repeat with the year's season, and growth goes on, fading"
ROLE = "expert"
HALF_LIFE = 730.0  # days


def days_ahead(past: Past, effect: CalendarEffect) -> np.ndarray:
    """Expected day totals of the horizon (h,); NaN where the typical day is an empty one."""
    if past.often_empty:
        return np.full(past.horizon, np.nan)
    columns = with_growth(design(past, harmonics=harmonics_for(past.known_age)), past)
    return regression_ahead(past, effect, columns=columns, half_life=HALF_LIFE, fit=median_fit)
