"""From agents on contact duty to people at work and people on the payroll, in fractions to the end."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from planner.domain.centre import Shrinkage, Site
from staffing.payroll import people_for_one, rostered_exactly, times_exactly


def people(on_contact: ArrayLike, shrinkage: Shrinkage) -> np.ndarray:
    """Whole people on the payroll: the one place where the fraction is rounded, upwards and once.

    >>> int(people(21, Shrinkage(planned=0.3)))
    30
    """
    exact = rostered_exactly(on_contact, planned=shrinkage.planned, unplanned=shrinkage.unplanned)
    return np.ceil(exact).astype(np.int64)


def with_shrinkage(rows: pd.DataFrame, site: Site) -> pd.DataFrame:
    """Rows of one site with agents_scheduled and agents_rostered by the local month and weekday.

    21 agents at 30 % are 30 people, not 30.000000000000004: the division is exact and rounded once.
    """
    clock = rows["interval_start"].dt.tz_convert(site.time_zone).dt
    days = [site.shrinkage_on(month, weekday) for month in range(1, 13) for weekday in range(7)]
    which = ((clock.month - 1) * 7 + clock.day_of_week).to_numpy()
    on_contact = rows["agents_on_contact"].to_numpy(dtype=float)
    at_work = [people_for_one(day.planned, day.unplanned, day.planned_away) for day in days]
    on_payroll = [people_for_one(day.planned, day.unplanned) for day in days]
    return rows.assign(
        agents_scheduled=times_exactly(on_contact, at_work, which=which),
        agents_rostered=times_exactly(on_contact, on_payroll, which=which),
    )
