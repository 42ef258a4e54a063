"""Seats: people at work at one moment, those working from home aside, find a seat each.

A seat is held from the start of a shift to its end: nobody clears a desk for a meal or a break. Of the
people at work the site's `remote_share` sits at home, so that 100 seats and a quarter at home are enough
for 133 people.
"""

from __future__ import annotations

from math import floor

import numpy as np
import pandas as pd

from planner.domain.centre import Site
from staffing.labour import Rule, Worked, violations


def at_once(site: Site) -> int | None:
    """Most people at work at one moment; None where seats are no matter."""
    if site.seats is None or site.remote_share >= 1:
        return None
    return floor(site.seats / (1 - site.remote_share) + 1e-9)


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts at whose start the seats are all taken: of those who come at once, the last by name."""
    found = [_standing(rows, worked.centre.sites[str(code)]) for code, rows in worked.shifts.groupby("site")]
    bad = pd.concat(found) if found else worked.shifts.assign(there=0, most=0)
    return violations(
        bad,
        [
            f"is the {there:,}th at work, when the site has seats for {most:,} (those at home counted)"
            for there, most in zip(bad["there"], bad["most"])
        ],
    )


def _standing(shifts: pd.DataFrame, site: Site) -> pd.DataFrame:
    """The shifts that come when all seats are taken; `there` people are then at work."""
    most = at_once(site)
    order = shifts.sort_values(["start", "agent_id"])
    gone = np.searchsorted(np.sort(order["end"].to_numpy()), order["start"].to_numpy(), side="right")
    there = np.arange(1, len(order) + 1) - gone
    counted = order.assign(there=there, most=-1 if most is None else most)
    return counted[there > most] if most is not None else counted.iloc[:0]


RULE = Rule("seats", "people at work at one moment have a seat each", broken, at_once=at_once)
