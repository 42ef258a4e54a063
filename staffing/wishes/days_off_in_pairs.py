"""Days off in pairs: no free day alone between two days of work, unless the agent was away."""

from __future__ import annotations

import pandas as pd

from staffing.finished import DAY, Finished, misses
from staffing.wish import Wish


def asked(finished: Finished) -> pd.DataFrame:
    """Free days of the horizon on which the agent was available."""
    worked = _days(finished.shifts)
    free = finished.available
    return free[~pd.MultiIndex.from_frame(free[["agent_id", "day"]]).isin(worked)]


def missed(finished: Finished) -> pd.DataFrame:
    """Free days between two worked ones; the last day of the horizon is not judged."""
    rows = asked(finished)
    worked = _days(finished.all_shifts)
    alone = pd.Series(True, index=rows.index)
    for step in (-DAY, DAY):
        beside = pd.MultiIndex.from_arrays([rows["agent_id"], rows["day"] + step])
        alone &= beside.isin(worked)
    bad = rows[alone]
    notes = ["is free for one day alone, between two days of work"] * len(bad)
    return misses(bad, pd.Series(1.0, bad.index), notes)


def _days(shifts: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(shifts[["agent_id", "day"]])


WISH = Wish("days off in pairs", "free days come in twos", "days", "single_day_off", asked, missed)
