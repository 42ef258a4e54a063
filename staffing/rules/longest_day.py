"""Longest day: paid hours of a shift."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import Limits, Rule, Worked, violations


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's longest day."""
    return Limits(shift_h=site.labour.day_max_h)


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts with more paid hours than a day may have."""
    shifts = worked.shifts
    most = worked.law("day_max_h", shifts["site"])
    bad = shifts[shifts["paid_h"] > most + 1e-6]
    return violations(
        bad,
        [
            f"{paid:g} h paid in a day; {cap:g} h are allowed"
            for paid, cap in zip(bad["paid_h"], most[bad.index])
        ],
    )


RULE = Rule("longest day", "paid hours of a day", broken, limits=limits)
