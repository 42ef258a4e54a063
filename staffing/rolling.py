"""Flagged shifts counted over a rolling number of calendar weeks, in a finished schedule."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from planner.domain.centre import Site
from staffing.labour import Cap, Worked, violations

WEEK = pd.Timedelta(weeks=1)


def exceeded(
    worked: Worked, cap_of: Callable[[Site], Cap | None], *, says: Callable[[Cap, int], str]
) -> pd.DataFrame:
    """The last flagged shift of each week of the horizon that ends a window with too many.

    `says` puts the cap and the number found in words. Weeks that are not known count nothing.
    """
    found = [
        _at_site(worked, site, cap, says)
        for site in worked.centre.sites.values()
        if (cap := cap_of(site)) is not None
    ]
    return pd.concat([violations(worked.shifts.iloc[:0], []), *found])


def _at_site(worked: Worked, site: Site, cap: Cap, says: Callable[[Cap, int], str]) -> pd.DataFrame:
    here = worked.shifts.loc[worked.shifts["site"] == site.code, "agent_id"]
    shifts = worked.all_shifts[worked.all_shifts["agent_id"].isin(here)]
    marked = shifts[cap.flag.marks(site, shifts)]
    weeks = marked.groupby(["agent_id", "week"]).agg(day=("day", "max"), number=("day", "size")).reset_index()
    weeks = weeks.assign(number=1) if cap.flag.weekly else weeks
    weeks = weeks.assign(within=_in_window(weeks, cap.weeks))
    bad = worked.ahead(weeks[weeks["within"] > cap.most])
    return violations(bad, [says(cap, int(number)) for number in bad["within"]])


def _in_window(weeks: pd.DataFrame, length: int) -> pd.Series:
    """The numbers of an agent's weeks (rows in order of week) summed over the window that each week ends."""
    timed = weeks.set_index("week")[["agent_id", "number"]]
    window = timed.groupby("agent_id")["number"].rolling(length * WEEK).sum()
    return pd.Series(window.to_numpy(), index=weeks.index)
