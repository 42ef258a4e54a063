"""A smoother look at last year: five weeks averaged, at this year's level."""

from __future__ import annotations

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.last_year import last_year_ahead
from forecasting.past import Past

MEANING = "last year's season, smoothed, at this year's level"
ROLE = "expert"
WEEKS = 2  # on each side, averaged with the same week


def days_ahead(past: Past, effect: CalendarEffect) -> np.ndarray:
    """Expected day totals of the horizon (h,); NaN without more than a year of history."""
    return last_year_ahead(past, effect, weeks=WEEKS)
