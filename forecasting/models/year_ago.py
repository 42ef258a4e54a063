"""The same weeks of last year, at this year's level; wins where growth is strong."""

from __future__ import annotations

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.last_year import last_year_ahead
from forecasting.past import Past

MEANING = "last year's weeks at this year's level"
ROLE = "expert"
WEEKS = 1  # on each side, averaged with the same week


def days_ahead(past: Past, effect: CalendarEffect) -> np.ndarray:
    """Expected day totals of the horizon (h,); NaN without more than a year of history."""
    return last_year_ahead(past, effect, weeks=WEEKS)
