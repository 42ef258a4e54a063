"""Shift patterns: a shift has the paid hours, the meal and the paid breaks that its contract's pattern says.

The engine chooses only from the shifts of `staffing.shifts`, so this rule needs no engine face.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, LabourRules, ShiftPattern
from staffing.labour import Rule, Worked, violations

MINUTE = pd.Timedelta(minutes=1)


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts of hours that no pattern of the contract has, or short of their meal or their paid breaks."""
    chosen = worked.by_pattern(worked.shifts)
    shifts = chosen[chosen["contract"].isin(list(worked.centre.contracts))]
    paused = shifts.merge(_paused(worked), on=["agent_id", "day"], how="left").fillna(
        {"meal": 0.0, "break": 0.0}
    )
    due = _due(worked.centre, paused)
    both = paused.assign(meal_due=due["meal"], break_due=due["break"])
    notes = np.select(
        [both["meal_due"].isna(), both["meal"] < both["meal_due"], both["break"] < both["break_due"]],
        [
            both["paid_h"].map("{:g} h paid; no shift pattern of the contract has these hours".format),
            both["meal"].map("{:g} min of meal; the pattern has ".format)
            + both["meal_due"].map("{:g}".format),
            both["break"].map("{:g} min of paid break; the pattern has ".format)
            + both["break_due"].map("{:g}".format),
        ],
        "",
    )
    bad = both[notes != ""]
    return violations(bad, list(notes[notes != ""]))


def _paused(worked: Worked) -> pd.DataFrame:
    """Minutes of meal and of paid break of each shift."""
    segments = worked.segments
    length_min = (segments["end"] - segments["start"]) / MINUTE
    parts = {
        activity: length_min.where(segments["activity"] == activity, 0.0) for activity in ("meal", "break")
    }
    return segments.assign(**parts).groupby(["agent_id", "day"])[["meal", "break"]].sum().reset_index()


def _due(centre: Centre, shifts: pd.DataFrame) -> pd.DataFrame:
    """Minutes of meal and paid break due to each shift, NaN where no pattern has its hours."""
    keys = shifts[["site", "contract"]].assign(paid_h=shifts["paid_h"].round(6))
    due = {
        (site, name, pattern.paid_h): _minutes(pattern, centre.sites[site].labour)
        for site in keys["site"].unique()
        for name in keys["contract"].unique()
        for pattern in _patterns(centre, name)
    }
    found = [due.get(key, (np.nan, np.nan)) for key in keys.itertuples(index=False, name=None)]
    return pd.DataFrame(found, index=shifts.index, columns=["meal", "break"])


def _patterns(centre: Centre, contract: str) -> Iterable[ShiftPattern]:
    return (p for p in centre.shift_patterns if p.paid_h in centre.contracts[contract].shift_h)


def _minutes(pattern: ShiftPattern, law: LabourRules) -> tuple[float, float]:
    meal = float(law.meal_min) if pattern.paid_h >= pattern.meal_from_h else 0.0
    if pattern.paid_h < pattern.break_from_h:
        return meal, 0.0
    own = law.break_min if law.break_min < law.meal_min else 0
    return meal, float(sum(law.short_breaks) or own)


RULE = Rule("shift patterns", "paid hours, meal and paid breaks of the contract's shift pattern", broken)
