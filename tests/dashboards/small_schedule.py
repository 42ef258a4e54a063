"""What is known of the small centre's schedule besides its shifts: planted by hand, so that pages can be tested.

LIS-00 carries four weekend days above the share; German is short at Lisbon; three people have something new.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.wish_tables import FAIR_MEASURES

WEEKS = ("2026-10-05", "2026-10-12")
GROUP = ["site", "group", "measure"]


def fairness(people: pd.DataFrame) -> pd.DataFrame:
    """FAIRNESS: two shifts each of every measure but nights, which nobody has; one person carries too many."""
    measures = pd.DataFrame({"measure": FAIR_MEASURES})
    rows = people[["agent_id", "site"]].merge(measures, how="cross")
    heavy = (rows["agent_id"] == "LIS-00") & (rows["measure"] == "weekend days")
    count = np.where(rows["measure"] == "nights", 0, np.where(heavy, 6, 2))
    rows = rows.assign(group="full · " + rows["site"], before=0, count=count, working_days=10.0, n=12)
    total = rows.groupby(GROUP)["count"].transform("sum")
    return rows.assign(due=total / 12)


def fairness_groups(shares: pd.DataFrame) -> pd.DataFrame:
    """FAIRNESS_GROUPS of the above; the weeks before were three shifts apart."""
    rows = shares.assign(off=shares["count"] - shares["due"])
    found = rows.groupby(GROUP, as_index=False).agg(
        n=("agent_id", "size"), total=("count", "sum"), least=("off", "min"), most=("off", "max")
    )
    square = rows.assign(square=rows["off"] ** 2).groupby(GROUP)["square"].mean()
    return found.assign(spread_before=3.0, spread=np.sqrt(square.to_numpy()))


def wishes() -> pd.DataFrame:
    """WISHES of Lisbon: starts are mostly granted, days off are not."""
    weeks = pd.DataFrame({"week": pd.to_datetime(list(WEEKS))})
    kinds = pd.DataFrame({
        "wish": ["start", "day off"], "asked": [40, 10], "granted": [36, 4], "amount": [7.5, 6.0],
        "unit": ["h", "days"], "price": [15.0, 90.0],
    })  # fmt: skip
    return kinds.merge(weeks, how="cross").assign(site="LIS")


def missed_wishes() -> pd.DataFrame:
    """MISSED_WISHES: one, dear."""
    return pd.DataFrame({
        "who": ["LIS-03"], "site": ["LIS"], "wish": ["day off"], "day": pd.to_datetime(["2026-10-07"]),
        "amount": [1.0], "price": [45.0], "note": ["asked for the day off; works 08:00-16:30"],
    })  # fmt: skip


def shortage() -> pd.DataFrame:
    """SHORTAGE of Lisbon: German lacks a tenth, Portuguese nothing."""
    weeks = pd.DataFrame({"week": pd.to_datetime(list(WEEKS))})
    rows = pd.DataFrame({"language": ["pt", "de"], "needed_h": [400.0, 100.0], "short_h": [0.0, 10.0]})
    rows = rows.assign(short_share=rows["short_h"] / rows["needed_h"], site_share=10 / 500, site="LIS")
    return rows.merge(weeks, how="cross")


def changes() -> pd.DataFrame:
    """CHANGES: one shift dropped, one start later by an hour, one break moved: three people of Lisbon."""
    rows = pd.DataFrame({
        "agent_id": ["LIS-01", "LIS-02", "LIS-03"],
        "name": ["Lis Person 01", "Lis Person 02", "Lis Person 03"],
        "day": pd.to_datetime(["2026-10-06", "2026-10-06", "2026-10-08"]),
        "kind": ["shift dropped", "start moved", "break moved"],
        "before": ["08:30-17:00", "09:00", "11:00-11:15"],
        "after": [None, "10:00", "11:30-11:45"],
        "hours_moved": [-8.0, 1.0, 0.5],
    })  # fmt: skip
    moment = pd.Timestamp("2026-10-06 08:00", tz="UTC")
    times = {name: pd.Series([moment] * 3) for name in ("before_start", "before_end")}
    later = {name: pd.Series([pd.NaT, moment, moment], dtype="datetime64[us, UTC]") for name in AFTER}
    return rows.assign(site="LIS", item=1, with_agent=None, reason=None, **times, **later)


AFTER = ("after_start", "after_end")


def changes_days() -> pd.DataFrame:
    """CHANGES_DAYS of the above."""
    rows = [
        ("2026-10-06", "all", 2, 2, 9.0),
        ("2026-10-06", "shift dropped", 1, 1, 8.0),
        ("2026-10-06", "start moved", 1, 1, 1.0),
        ("2026-10-08", "all", 1, 1, 0.5),
        ("2026-10-08", "break moved", 1, 1, 0.5),
    ]
    frame = pd.DataFrame(rows, columns=["day", "kind", "agents", "items", "hours_moved"])
    return frame.assign(site="LIS", day=pd.to_datetime(frame["day"]))


def pay_hours(people: pd.DataFrame) -> pd.DataFrame:
    """PAY_HOURS: 40 h a week each, 42 of LIS-00; five at night, none on holidays."""
    week = people[["agent_id", "site", "contract"]].merge(pd.DataFrame({"period_start": WEEKS}), how="cross")
    over = np.where(week["agent_id"] == "LIS-00", 2.0, 0.0)
    week = week.assign(
        period="week", contract_h=40.0, leave_h=0.0, paid_h=40 + over, overtime_h=over, night_h=5.0,
        sunday_h=8.0, holiday_h=0.0, meal_h=2.5, shifts=5,
    )  # fmt: skip
    hours = [name for name in week if name.endswith("_h")] + ["shifts"]
    total = week.groupby(["agent_id", "site", "contract"], as_index=False)[hours].sum()
    rows = pd.concat([week, total.assign(period="total", period_start=WEEKS[0])], ignore_index=True)
    return rows.assign(period_start=pd.to_datetime(rows["period_start"]))


def absences() -> pd.DataFrame:
    """ABSENCES: LIS-11 is on leave in the first week."""
    return pd.DataFrame({
        "agent_id": ["LIS-11"], "first_day": pd.to_datetime(["2026-10-05"]),
        "last_day": pd.to_datetime(["2026-10-11"]), "reason": ["leave"],
    })  # fmt: skip


def tables(people: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All of them by name; `people` are AGENTS."""
    shares = fairness(people)
    return {
        "FAIRNESS": shares,
        "FAIRNESS_GROUPS": fairness_groups(shares),
        "WISHES": wishes(),
        "MISSED_WISHES": missed_wishes(),
        "SHORTAGE": shortage(),
        "CHANGES": changes(),
        "CHANGES_DAYS": changes_days(),
        "PAY_HOURS": pay_hours(people),
        "ABSENCES": absences(),
    }
