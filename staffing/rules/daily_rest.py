"""Daily rest: hours between the end of a shift and the start of the next, the last weeks' shifts included."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import HOUR, Limits, Rule, Worked, violations


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's daily rest."""
    return Limits(rest_h=site.labour.daily_rest_h)


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts that begin too soon after the one before, in elapsed hours (a clock change counts)."""
    shifts = worked.all_shifts
    rest_h = (shifts["start"] - shifts.groupby("agent_id")["end"].shift()) / HOUR
    least = worked.law("daily_rest_h", shifts["site"])
    bad = worked.ahead(shifts[rest_h < least - 1e-9])
    return violations(
        bad,
        [
            f"{found:g} h of rest before the shift; {asked:g} h are due"
            for found, asked in zip(rest_h[bad.index], least[bad.index])
        ],
    )


RULE = Rule("daily rest", "hours of rest between two shifts, across weeks too", broken, limits=limits)
