"""What the days of history were planned with: INTRADAY as imported, else the plan that was published then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.domain.tables import COVERAGE, INTRADAY, QUEUE
from planner.pipeline.history import History
from planner.store import PlanInfo, Store, plans, read_plan

KEY = [*QUEUE, "interval_start"]
NEEDED = ("FORECAST", "REQUIREMENT")
OF_REQUIREMENT = [*KEY, "interval_min", "aht_s", "agents_on_contact", "agents_scheduled"]


def with_plans(history: History, store: Store) -> History:
    """History whose `intraday` speaks of every interval that any earlier plan of the store was made for.

    Imported rows count first, then the newest plan. A published plan tells contacts, handle time and the
    people it put on duty, or needed where it had no schedule; of absence and adherence it knows nothing.
    """
    published = [part for part in _published(store, until=_end(history.volume)) if len(part)]
    if not published:
        return history
    known = [history.intraday, *published] if len(history.intraday) else published
    mine = pd.concat(known).drop_duplicates(KEY, ignore_index=True)
    queues = history.volume[[*QUEUE]].drop_duplicates()
    return replace(history, intraday=INTRADAY.check(mine.merge(queues, on=[*QUEUE], how="inner")))


def _end(volume: pd.DataFrame) -> pd.Timestamp | None:
    return volume["interval_start"].max() if len(volume) else None


def _published(store: Store, *, until: pd.Timestamp | None) -> list[pd.DataFrame]:
    """What each plan of the store, the newest first, expected of the intervals up to `until`."""
    if until is None:
        return []
    lived = [
        info
        for info in plans(store)
        if all(info.tables.get(name) for name in NEEDED) and info.facts.get("first_day", "9") <= f"{until:%F}"
    ]
    return [_of_plan(store, info, until=until) for info in lived]


def _of_plan(store: Store, info: PlanInfo, *, until: pd.Timestamp) -> pd.DataFrame:
    past = [("interval_start", "<=", until)]
    needed = read_plan(store, info.plan_id, "REQUIREMENT", columns=OF_REQUIREMENT, filters=past)
    forecast = read_plan(store, info.plan_id, "FORECAST", columns=[*KEY, "offered"], filters=past)
    covered = COVERAGE.empty()
    if info.tables.get("COVERAGE"):
        covered = read_plan(store, info.plan_id, "COVERAGE", filters=past)
    return as_intraday(needed, forecast, covered)


def as_intraday(needed: pd.DataFrame, forecast: pd.DataFrame, covered: pd.DataFrame) -> pd.DataFrame:
    """INTRADAY columns from REQUIREMENT, FORECAST and COVERAGE of one plan.

    Of the people scheduled, as many are counted on contact duty as of the people needed.
    """
    expected = needed[OF_REQUIREMENT].merge(forecast[[*KEY, "offered"]], on=KEY, how="inner")
    rows = expected.merge(covered[[*KEY, "scheduled"]], on=KEY, how="left")
    needs, at_work = rows["agents_on_contact"], rows["agents_scheduled"]
    there = rows["scheduled"] * (needs / at_work.where(at_work > 0)).fillna(1.0)
    seconds = rows["interval_min"] * 60
    return rows[[*KEY, "interval_min"]].assign(
        planned_offered=rows["offered"],
        planned_aht_s=rows["aht_s"],
        planned_staffed_s=np.where(rows["scheduled"].notna(), there, needs) * seconds,
    )
