"""Nights in a row: how many local days in a row may begin a night shift."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.flags import is_night
from staffing.labour import Limits, Rule, Worked, violations


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's most nights in a row."""
    most = site.labour.nights_in_a_row_max
    return Limits() if most is None else Limits(nights_in_a_row=most)


def broken(worked: Worked) -> pd.DataFrame:
    """The first night too many of each run of nights; a run may have begun before the horizon."""
    shifts = worked.all_shifts
    nights = shifts[worked.by_site(shifts, is_night).astype(bool)].sort_values(["agent_id", "day"])
    apart = nights.groupby("agent_id")["day"].diff() != pd.Timedelta(days=1)
    run = apart.groupby(nights["agent_id"]).cumsum()
    place = nights.groupby([nights["agent_id"], run]).cumcount() + 1
    most = worked.law("nights_in_a_row_max", nights["site"])
    late = worked.ahead(nights.assign(place=place, most=most, run=run)[place > most])
    bad = late.drop_duplicates(["agent_id", "run"])
    return violations(
        bad, [f"night {n} in a row; {most:g} are allowed" for n, most in zip(bad["place"], bad["most"])]
    )


RULE = Rule("nights in a row", "night shifts on days in a row", broken, limits=limits)
