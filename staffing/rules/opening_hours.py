"""Opening hours: a shift lies within hours in which its site is open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Site
from staffing.labour import Rule, Worked, violations

STEP = pd.Timedelta(minutes=15)


def moments(site: Site, starts: pd.DatetimeIndex) -> np.ndarray:
    """Whether the site is open at each moment (UTC)."""
    return site.hours.is_open(starts)


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts of which a quarter of an hour, by the clock of the site, finds the site closed."""
    pieces = [_closed(rows, worked.centre.sites[str(code)]) for code, rows in worked.shifts.groupby("site")]
    bad = pd.concat(pieces) if pieces else worked.shifts
    return violations(bad, ["the shift reaches outside the opening hours of the site"] * len(bad))


def _closed(shifts: pd.DataFrame, site: Site) -> pd.DataFrame:
    steps = np.ceil((shifts["end"] - shifts["start"]) / STEP).to_numpy().astype("int64")
    place = np.repeat(np.arange(len(shifts)), steps)
    nth = np.arange(len(place)) - np.repeat(np.cumsum(steps) - steps, steps)
    start = pd.DatetimeIndex(shifts["start"].iloc[place])
    is_open = site.hours.is_open(start + nth * STEP)
    shut = np.bincount(place[~is_open], minlength=len(shifts)) > 0
    return shifts[shut]


RULE = Rule("opening hours", "shifts lie within the site's opening hours", broken, moments=moments)
