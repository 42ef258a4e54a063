"""Meal window: the meal begins within the hours of the shift that its pattern says.

The engine places meals by the windows of `staffing.shifts`, so this rule needs no engine face.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, ShiftPattern
from staffing.labour import HOUR, Rule, Worked, violations


def broken(worked: Worked) -> pd.DataFrame:
    """Meals that begin too early or too late in their shift, by every pattern that the shift may have."""
    meals = worked.segments.loc[worked.segments["activity"] == "meal", ["agent_id", "day", "start"]]
    both = worked.by_pattern(worked.shifts).merge(meals, on=["agent_id", "day"], suffixes=("", "_meal"))
    after_h = (both["start_meal"] - both["start"]) / HOUR
    windows = [
        _windows(worked.centre, name, paid_h) for name, paid_h in zip(both["contract"], both["paid_h"])
    ]
    kept = [not asked or _inside(hours, asked) for hours, asked in zip(after_h, windows)]
    both = both.assign(after_h=after_h, window=[asked[0] if asked else None for asked in windows])
    bad = both[~np.array(kept, bool)]
    return violations(
        bad,
        [
            f"a meal {hours:g} h into the shift; it begins {window[0]:g} to {window[1]:g} h into it"
            for hours, window in zip(bad["after_h"], bad["window"])
        ],
    )


def _windows(centre: Centre, contract: str | None, paid_h: float) -> list[tuple[float, float]]:
    """The windows of the patterns with a meal that a contract's shift of these hours may have."""
    known = centre.contracts.get(contract or "")
    hours = () if known is None else known.shift_h
    return [p.meal_window_h for p in centre.shift_patterns if p.paid_h in hours and _is(p, paid_h)]


def _is(pattern: ShiftPattern, paid_h: float) -> bool:
    return abs(pattern.paid_h - paid_h) < 1e-6 and pattern.paid_h >= pattern.meal_from_h


def _inside(hours: float, windows: list[tuple[float, float]]) -> bool:
    return any(first - 1e-6 <= hours <= last + 1e-6 for first, last in windows)


RULE = Rule("meal window", "when in a shift its meal begins", broken)
