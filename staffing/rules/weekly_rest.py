"""Weekly rest: an uninterrupted rest in every seven local days.

Counted from rest to rest: from the first shift after a weekly rest to the last one before the next
lie at most six local days. One free day between a late and an early shift may be too short for it.
"""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import HOUR, Limits, Rule, Worked, violations

STRETCH_DAYS = 6


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's weekly rest, and the days that may lie between two of them."""
    return Limits(long_rest_h=site.labour.weekly_rest_h, stretch_days=STRETCH_DAYS)


def broken(worked: Worked) -> pd.DataFrame:
    """The first shift of each stretch, in the horizon, that comes later than six days after a weekly rest."""
    shifts = worked.all_shifts
    by_agent = shifts.groupby("agent_id")
    rest_h = (shifts["start"] - by_agent["end"].shift()) / HOUR
    rested = rest_h.isna() | (rest_h >= worked.law("weekly_rest_h", shifts["site"]) - 1e-9)
    stretch = rested.groupby(shifts["agent_id"]).cumsum()
    first = shifts.groupby([shifts["agent_id"], stretch])["day"].transform("min")
    days = (shifts["day"] - first).dt.days + 1
    late = shifts.assign(days=days, stretch=stretch)[days > STRETCH_DAYS]
    bad = worked.ahead(late).drop_duplicates(["agent_id", "stretch"])
    return violations(
        bad,
        [f"day {days} since the last weekly rest; one is due within {STRETCH_DAYS}" for days in bad["days"]],
    )


RULE = Rule("weekly rest", "an uninterrupted rest in every seven days", broken, limits=limits)
