"""EXPLAINED of the small centre: every voice and written queue a little below plan, Arabic voice by absence."""

from __future__ import annotations

import pandas as pd

from planner.domain.tables import EXPLAINED
from planner.scorecards.gap_parts import PARTS, explained_table
from tests.dashboards.small_centre import queue_frame

DAYS = pd.date_range("2026-09-21", "2026-10-04")
PLANNED = {"service_level": 0.85, "service_level_2": 0.93, "abandonment": 0.03}
SIZE = {"service_level": 1.0, "service_level_2": 0.6, "abandonment": -0.3}  # of the parts, by measure
USUAL = {"by_volume": -0.02, "by_aht": -0.005, "by_schedule": 0.004, "by_shrinkage": -0.003}
ILL = {"by_volume": -0.01, "by_aht": -0.005, "by_schedule": 0.002, "by_shrinkage": -0.09}


def explained() -> pd.DataFrame:
    """A row a queue, day and week, rolled up; parts in shares, planned + parts = actual."""
    rows = queue_frame().merge(pd.DataFrame({"day": DAYS}), how="cross")
    rows = rows[rows["channel"] != "email"]
    days = pd.concat([_measure(rows, name) for name in PLANNED], ignore_index=True)
    return EXPLAINED.check(pd.concat([explained_table(days, "day"), explained_table(days, "week")]))


def _measure(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    mine = rows if measure != "service_level_2" else rows[rows["channel"] == "voice"]
    ill = ((mine["language"] == "ar") & (mine["channel"] == "voice")).to_numpy()
    offered = (mine["daily"] * 1.06).round()
    parts = {
        name: offered * SIZE[measure] * pd.Series(ill).map({True: ILL.get(name, 0.0), False: USUAL.get(name, 0.0)}).to_numpy()
        for name in PARTS
    }  # fmt: skip
    staffed, planned = offered * 500.0, mine["daily"] * 520.0
    absent = pd.Series(ill, index=mine.index).map({True: 0.17, False: 0.08})
    sums = mine[["site", "language", "channel", "day"]].assign(
        measure=measure, definition=measure + mine["channel"].map({"voice": ", 20 s"}).fillna(", 60 s"),
        offered=offered, planned_offered=mine["daily"], answered=offered * 0.95,
        handle_s=offered * 0.95 * 318, planned_handle_s=mine["daily"] * 305.0,
        staffed_s=staffed, planned_staffed_s=planned,
        scheduled_s=staffed / 0.85, absent_s=staffed / 0.85 * absent,
        planned_scheduled_s=planned / 0.85, planned_absent_s=planned / 0.85 * 0.08,
        at_work_s=staffed / 0.92, away_s=staffed / 0.92 * 0.08,
        planned_at_work_s=planned / 0.92, planned_away_s=planned / 0.92 * 0.08,
        knows_staff=1.0, knows_absence=1.0, knows_adherence=1.0, weight=offered,
        planned=offered * PLANNED[measure], **parts,
    )  # fmt: skip
    return sums.assign(actual=sums["planned"] + sums[PARTS].sum(axis=1))
