"""Steady starts: hours between the starts of an agent's week and the middle one of that week."""

from __future__ import annotations

import pandas as pd

from staffing.finished import Finished, clock, misses
from staffing.wish import Wish


def asked(finished: Finished) -> pd.DataFrame:
    """Shifts of weeks with two and more, with the middle start of their week (`middle_h`).

    Of an even number the lower of the two in the middle is taken; the sum of distances is the same.
    """
    weeks = finished.shifts.groupby(["agent_id", "week"])["start_h"]
    middle = weeks.transform(lambda starts: starts.sort_values().iloc[(len(starts) - 1) // 2])
    return finished.shifts.assign(middle_h=middle)[weeks.transform("size") > 1]


def missed(finished: Finished) -> pd.DataFrame:
    """Shifts that start at another time than the middle one of their week."""
    rows = asked(finished)
    away_h = (rows["start_h"] - rows["middle_h"]).abs()
    bad = rows[away_h > 0]
    notes = [
        f"starts at {clock(start)}, the middle start of the week is {clock(middle)}"
        for start, middle in zip(bad["start_h"], bad["middle_h"])
    ]
    return misses(bad, away_h[bad.index], notes)


WISH = Wish("steady starts", "an agent's week starts at one time of day", "h", "steady", asked, missed)
