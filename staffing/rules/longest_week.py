"""Longest week: paid hours of a calendar week, whatever the contract says.

A week that began before the horizon holds what was worked in it already.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import Limits, People, Rule, Worked, violations
from staffing.last_weeks import used_h


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's longest week."""
    return Limits(week_h=site.labour.week_max_h)


def week_h(people: People) -> np.ndarray:
    """The site's longest week less what was worked in it before the horizon, agent x week."""
    return np.maximum(people.site.labour.week_max_h - used_h(people), 0.0)


def broken(worked: Worked) -> pd.DataFrame:
    """Weeks (from Monday, by the day a shift starts) with more paid hours than the law allows."""
    weeks = (
        worked.all_shifts.groupby(["agent_id", "week"])
        .agg(site=("site", "last"), day=("day", "max"), paid_h=("paid_h", "sum"))
        .reset_index()
    )
    most = worked.law("week_max_h", weeks["site"])
    bad = worked.ahead(weeks[weeks["paid_h"] > most + 1e-6])
    return violations(
        bad,
        [
            f"{paid:g} h paid in the week from {week:%Y-%m-%d}; {cap:g} h are allowed"
            for paid, week, cap in zip(bad["paid_h"], bad["week"], most[bad.index])
        ],
    )


RULE = Rule("longest week", "paid hours of a calendar week", broken, limits=limits, week_h=week_h)
