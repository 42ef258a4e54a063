"""Pauses in all: long shifts carry pauses of so many minutes together, as in 45 min over 9 h.

Meals and paid breaks count where they are long enough to be a part of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Contract, Site
from planner.domain.labour_rules import PausesDue
from staffing.labour import HOUR, Limits, Rule, Worked, violations

MINUTE = HOUR / 60


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's pauses by hours of work, and the shortest pause that counts."""
    return Limits(pauses_due=site.labour.pauses_due, part_min=site.labour.pause_part_min)


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts with fewer minutes of pauses than their hours of work call for."""
    shifts = worked.shifts.merge(_paused(worked), on=["agent_id", "day"], how="left").fillna({"paused": 0.0})
    due = worked.by_site(shifts, _due)
    bad = shifts.assign(due=due)[shifts["paused"].to_numpy() < due - 1e-9]
    return violations(
        bad,
        [
            f"{found:g} min of pauses in {paid:g} h of work; {due:g} min are due"
            for found, paid, due in zip(bad["paused"], bad["paid_h"], bad["due"])
        ],
    )


def _due(site: Site, shifts: pd.DataFrame) -> np.ndarray:
    """Minutes of pauses due to each shift."""
    paid_h = shifts["paid_h"].to_numpy(float)
    return np.max([np.zeros(len(paid_h)), *(_of(due, paid_h) for due in site.labour.pauses_due)], axis=0)


def _of(due: PausesDue, paid_h: np.ndarray) -> np.ndarray:
    return np.where(paid_h > due.over_h + 1e-6, float(due.minutes), 0.0)


def _paused(worked: Worked) -> pd.DataFrame:
    """Minutes of pauses that count: agent_id, day, paused."""
    pauses = worked.segments[worked.segments["activity"].isin(("break", "meal"))]
    length_min = (pauses["end"] - pauses["start"]) / MINUTE
    least = worked.law("pause_part_min", pauses["site"])
    counted = pauses.assign(paused=length_min)[length_min >= least - 1e-9]
    return counted.groupby(["agent_id", "day"])["paused"].sum().reset_index()


RULE = Rule("pauses in all", "minutes of pauses in a shift by its hours of work", broken, limits=limits)
