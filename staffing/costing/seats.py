"""Seats that a schedule takes, and what they cost for its days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from staffing.labour import monday

DAYS_A_MONTH = 365.25 / 12


def seats_taken(schedule: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Most seats taken at one moment of a calendar week: site, week, seats_taken.

    A seat is held from the start of a shift to its end; the site's `remote_share` of people sits at home.
    """
    shifts = schedule.groupby(["site", "agent_id", "day"], as_index=False).agg(
        start=("start", "min"), end=("end", "max")
    )
    shifts["week"] = monday(shifts["day"])
    parts = [
        {"site": site, "week": week, "at_once": most_at_once(rows)}
        for (site, week), rows in shifts.groupby(["site", "week"])
    ]
    found = pd.DataFrame(parts, columns=["site", "week", "at_once"])
    at_home = found["site"].map({code: site.remote_share for code, site in centre.sites.items()})
    here = found["at_once"].astype(float) * (1 - at_home.astype(float))
    return found[["site", "week"]].assign(seats_taken=np.ceil(here - 1e-9))


def most_at_once(shifts: pd.DataFrame) -> int:
    """The most shifts at one moment; who goes makes room for who comes then."""
    starts, ends = np.sort(shifts["start"].to_numpy()), np.sort(shifts["end"].to_numpy())
    there = np.arange(1, len(starts) + 1) - np.searchsorted(ends, starts, side="right")
    return int(there.max(initial=0))


def seat_money(weeks: pd.DataFrame, centre: Centre) -> pd.Series:
    """Cost of the seats of each row: site, seats_taken and the days they are taken for."""
    month = {
        code: centre.rates.in_plan(centre.rates.of(code).seat_per_month_local, code) for code in centre.sites
    }
    price = weeks["site"].astype(str).map(month).astype(float)
    return weeks["seats_taken"] * price * weeks["days"] / DAYS_A_MONTH
