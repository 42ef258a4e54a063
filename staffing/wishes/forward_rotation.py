"""Forward rotation: from one day to the next a shift starts at the same time or later, not earlier."""

from __future__ import annotations

import pandas as pd

from staffing.finished import DAY, Finished, clock, misses
from staffing.wish import Wish


def asked(finished: Finished) -> pd.DataFrame:
    """Shifts of the horizon whose agent worked the day before too, with its start (`before_h`)."""
    shifts = finished.all_shifts.sort_values(["agent_id", "day"])
    by_agent = shifts.groupby("agent_id")
    next_day = by_agent["day"].diff() == DAY
    rows = shifts.assign(before_h=by_agent["start_h"].shift())[next_day]
    return finished.worked.ahead(rows)


def missed(finished: Finished) -> pd.DataFrame:
    """Shifts that start earlier than that of the day before."""
    rows = asked(finished)
    back_h = rows["before_h"] - rows["start_h"]
    bad = rows[back_h > 0]
    notes = [
        f"starts at {clock(start)}, after {clock(before)} the day before"
        for start, before in zip(bad["start_h"], bad["before_h"])
    ]
    return misses(bad, back_h[bad.index], notes)


WISH = Wish("forward rotation", "starts move later, not earlier", "h", "rotation", asked, missed)
