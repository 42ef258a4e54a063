"""Fairness as a wish: the square of the shifts by which an agent is off the fair share."""

from __future__ import annotations

import pandas as pd

from staffing.fair_share import fair_shares
from staffing.finished import Finished, misses
from staffing.wish import Wish

WITHIN = 1.0  # shifts come whole: nobody who is less than one off is missed


def shared_fairly(measure: str, *, weight: str) -> Wish:
    """The wish that a measure of FAIRNESS is shared fairly; it is judged on the last day of the horizon."""

    def asked(finished: Finished) -> pd.DataFrame:
        return fair_shares(finished, measure).assign(day=finished.calendar[-1])

    def missed(finished: Finished) -> pd.DataFrame:
        rows = asked(finished)
        off = rows["before"] + rows["count"] - rows["due"]
        bad = rows[off.abs() >= WITHIN]
        notes = [
            f"{before + count} {measure}, fair share {due:.1f} of those of {group} ({n})"
            for before, count, due, group, n in zip(
                bad["before"], bad["count"], bad["due"], bad["group"], bad["n"]
            )
        ]
        return misses(bad, off[bad.index] ** 2, notes)

    meaning = f"{measure} are shared by fair shares"
    return Wish(f"fair {measure}", meaning, "squared shifts", weight, asked, missed)
