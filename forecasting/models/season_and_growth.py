"""The season of the year on top of growth that goes on and fades."""

from __future__ import annotations

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.calendar_regression import regression_ahead
from forecasting.design import design, harmonics_for, with_growth
from forecasting.past import Past

MEANING = "the year's season repeats and growth goes on, fading"
ROLE = "expert"
HALF_LIFE = 730.0  # days


def days_ahead(past: Past, effect: CalendarEffect) -> np.ndarray:
    """Expected day totals of the horizon (h,)."""
    columns = design(past, harmonics=harmonics_for(past.known_age))
    return regression_ahead(past, effect, columns=with_growth(columns, past), half_life=HALF_LIFE)
