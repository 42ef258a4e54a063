"""One shift a day: the segments of a local day join into one piece that starts on that day."""

from __future__ import annotations

import pandas as pd

from planner.domain.timegrid import local_day
from staffing.labour import Rule, Worked, violations


def broken(worked: Worked) -> pd.DataFrame:
    """Segments that leave a gap or overlap within a day, and shifts booked on a day they do not start on.

    The engine chooses one shift or none for each agent and day, so this rule needs no engine face.
    """
    segments = worked.segments.sort_values(["agent_id", "day", "start"])
    before = segments.groupby(["agent_id", "day"])["end"].shift()
    apart = segments[before.notna() & (segments["start"] != before)].drop_duplicates(["agent_id", "day"])
    shifts = worked.shifts
    zones = {code: site.time_zone for code, site in worked.centre.sites.items()}
    starts = pd.concat(
        [local_day(rows["start"], zones[str(code)]) for code, rows in shifts.groupby("site")]
        or [shifts["day"]]
    )
    moved = shifts[starts.reindex(shifts.index) != shifts["day"]]
    return pd.concat(
        [
            violations(apart, ["the day's segments do not join into one shift"] * len(apart)),
            violations(moved, ["the shift does not start on the local day it is booked on"] * len(moved)),
        ]
    )


RULE = Rule("one shift a day", "an agent works at most one shift on a local day", broken)
