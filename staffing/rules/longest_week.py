"""Longest week: paid hours of a calendar week, whatever the contract says."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import Limits, Rule, Worked, violations


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's longest week."""
    return Limits(week_h=site.labour.week_max_h)


def broken(worked: Worked) -> pd.DataFrame:
    """Weeks (from Monday, by the day a shift starts) with more paid hours than the law allows."""
    weeks = (
        worked.shifts.groupby(["agent_id", "week"])
        .agg(site=("site", "first"), day=("day", "max"), paid_h=("paid_h", "sum"))
        .reset_index()
    )
    most = worked.law("week_max_h", weeks["site"])
    bad = weeks[weeks["paid_h"] > most + 1e-6]
    return violations(
        bad,
        [
            f"{paid:g} h paid in the week from {week:%Y-%m-%d}; {cap:g} h are allowed"
            for paid, week, cap in zip(bad["paid_h"], bad["week"], most[bad.index])
        ],
    )


RULE = Rule("longest week", "paid hours of a calendar week", broken, limits=limits)
