"""What a site is for hosting: when it is open, and what one agent on contact costs in each interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Site
from staffing.hosting.lines import Week
from staffing.payroll import people_for_one


@dataclass(frozen=True)
class Place:
    """A site over the week; arrays have one entry for each interval.

    `paid_h`: paid hours for one agent on contact, with shrinkage and what shifts lose; `price`: their cost
    with night and Sunday premiums; `desks`: people at a desk for one on contact.
    """

    site: Site
    is_open: np.ndarray
    paid_h: np.ndarray
    price: np.ndarray
    desks: np.ndarray


def place_of(site: Site, week: Week, *, efficiency: float) -> Place:
    """The site in this week. Without a rate an hour costs 1: hours are made least then."""
    local = week.starts.tz_convert(site.time_zone)
    days = pd.MultiIndex.from_arrays([local.month, local.day_of_week])
    each = {day: site.shrinkage_on(*day) for day in days.unique()}
    on_payroll = np.array([float(people_for_one(each[day].planned, each[day].unplanned)) for day in days])
    at_work = np.array([float(1 / (1 - each[day].planned_at_work)) for day in days])
    paid_h = on_payroll * week.step_h / efficiency
    price = paid_h * (site.cost_per_paid_hour or 1.0) * (1 + _premium(site, local))
    return Place(site, site.hours.is_open(week.starts), paid_h, price, at_work * (1 - site.remote_share))


def _premium(site: Site, local: pd.DatetimeIndex) -> np.ndarray:
    """Night and Sunday premiums as a share of the paid hour; where both meet, both are paid."""
    begin, end = site.labour.night
    hour = local.hour.to_numpy()
    night = (hour >= begin) | (hour < end) if begin > end else (hour >= begin) & (hour < end)
    sunday = (local.day_of_week == 6).astype(float)
    return night * site.labour.night_premium + sunday * site.labour.sunday_premium
