"""Longest night shift: paid hours of a shift that is night work."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Site
from staffing.flags import is_night
from staffing.labour import Rule, Worked, violations


def lawful(site: Site, shifts: pd.DataFrame) -> np.ndarray:
    """Shifts that are no night work, or short enough for it."""
    most = site.labour.night_max_h
    if most is None:
        return np.ones(len(shifts), bool)
    return ~is_night(site, shifts) | (shifts["paid_h"].to_numpy(float) <= most + 1e-9)


def broken(worked: Worked) -> pd.DataFrame:
    """Night shifts with more paid hours than night work may have."""
    shifts = worked.shifts
    most = worked.law("night_max_h", shifts["site"])
    long = shifts[shifts["paid_h"] > most + 1e-6]
    bad = long[worked.by_site(long, is_night).astype(bool)]
    return violations(
        bad,
        [
            f"{paid:g} h paid in a night shift; {cap:g} h are allowed"
            for paid, cap in zip(bad["paid_h"], most[bad.index])
        ],
    )


RULE = Rule("longest night", "paid hours of a night shift", broken, lawful=lawful)
