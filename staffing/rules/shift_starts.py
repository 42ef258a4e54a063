"""Shift starts: a shift starts at a clock time that a pattern of its contract has.

The engine chooses only from the shifts of `staffing.shifts`, so this rule needs no engine face.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, ShiftPattern, Site
from staffing.labour import Rule, Worked, violations

MINUTE = pd.Timedelta(minutes=1)


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts that start at a local time of no pattern with their hours."""
    shifts = worked.by_pattern(worked.shifts)
    at_min = worked.by_site(shifts, _clock_min)
    patterns = [
        _patterns(worked.centre, name, paid) for name, paid in zip(shifts["contract"], shifts["paid_h"])
    ]
    kept = [not known or any(_starts(p, at) for p in known) for known, at in zip(patterns, at_min)]
    bad = shifts.assign(at=at_min)[~np.array(kept, bool)]
    return violations(
        bad,
        [
            f"starts at {int(at) // 60:02}:{int(at) % 60:02}, when no pattern of the contract does"
            for at in bad["at"]
        ],
    )


def _clock_min(site: Site, shifts: pd.DataFrame) -> np.ndarray:
    """Minutes after local midnight at which each shift starts, by the clock."""
    local = shifts["start"].dt.tz_convert(site.time_zone)
    return (local.dt.hour * 60 + local.dt.minute).to_numpy()


def _patterns(centre: Centre, contract: str | None, paid_h: float) -> list[ShiftPattern]:
    known = centre.contracts.get(contract or "")
    hours = () if known is None else known.shift_h
    return [p for p in centre.shift_patterns if p.paid_h in hours and abs(p.paid_h - paid_h) < 1e-6]


def _starts(pattern: ShiftPattern, at_min: int) -> bool:
    return at_min in pattern.starts_min if pattern.starts_min else at_min % pattern.start_step_min == 0


RULE = Rule("shift starts", "clock times at which the contract's patterns start", broken)
