"""Consecutive days: how many local days in a row an agent may work."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import Limits, Rule, Worked, violations


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's most days in a row."""
    return Limits(consecutive_days=site.labour.consecutive_days_max)


def broken(worked: Worked) -> pd.DataFrame:
    """The first day too many of each run of days worked; a run may have begun before the horizon."""
    days = worked.all_shifts.sort_values(["agent_id", "day"])
    apart = days.groupby("agent_id")["day"].diff() != pd.Timedelta(days=1)
    run = apart.groupby(days["agent_id"]).cumsum()
    place = days.groupby([days["agent_id"], run]).cumcount() + 1
    most = worked.law("consecutive_days_max", days["site"])
    late = worked.ahead(days.assign(place=place, most=most, run=run)[place > most])
    bad = late.drop_duplicates(["agent_id", "run"])
    return violations(
        bad, [f"day {n} in a row; {most:g} are allowed" for n, most in zip(bad["place"], bad["most"])]
    )


RULE = Rule("consecutive days", "days in a row worked", broken, limits=limits)
