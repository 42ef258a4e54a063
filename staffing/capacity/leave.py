"""Leave week by week: what share of paid time it is, and what a leave season changes in the hours needed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from planner.domain.capacity import Capacity
from planner.domain.centre import Site


def leave_factor(days: pd.Series, site: Site, capacity: Capacity) -> np.ndarray:
    """Paid hours needed with the leave of a season, of those needed with the site's usual leave, by day.

    Someone on leave is paid and not there: need grows by (1 - usual) / (1 - season's). Days are local.
    """
    distinct = pd.DatetimeIndex(days.unique())
    factors = {day: _factor(day.date(), site, capacity) for day in distinct}
    return days.map(factors).to_numpy(float)


def _factor(day: date, site: Site, capacity: Capacity) -> float:
    usual = site.shrinkage_on(day.month, day.weekday()).planned_away
    return (1 - usual) / (1 - leave_share(day, site, capacity))


def leave_share(day: date, site: Site, capacity: Capacity) -> float:
    """Share of paid time that is leave on a day: that of the last season holding, else the site's usual."""
    seasons = [season.share for season in capacity.leave if season.holds(site.code, day)]
    return seasons[-1] if seasons else site.shrinkage_on(day.month, day.weekday()).planned_away


def weekly_leave(monday: date, site: Site, capacity: Capacity) -> float:
    """Mean share of paid time that is leave over the seven days of a week."""
    return float(np.mean([leave_share(monday + timedelta(days=ahead), site, capacity) for ahead in range(7)]))
