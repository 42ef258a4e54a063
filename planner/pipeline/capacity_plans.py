"""Published capacity plans: which there are, and what one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from planner.domain.capacity_tables import CAPACITY_TABLES
from planner.domain.table import Table
from planner.store import PlanInfo, Store, current, history_state, plans, read_plan

FOLDER = "capacity"  # beside the plans, in a store of its own


def capacity_store(store: Store) -> Store:
    """Where the capacity plans of a store are."""
    return Store(store.folder / FOLDER)


@dataclass(frozen=True)
class CapacityPlan:
    """A published capacity plan: its tables by name, the plan.yaml it was made with, and whether history
    was imported since (`grown`). Columns that an older program did not write are blank."""

    plan_id: str
    made_at: datetime
    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    grown: bool
    yaml: Path


def capacity_plans(store: Store) -> tuple[PlanInfo, ...]:
    """The capacity plans of a store, the newest first."""
    return plans(capacity_store(store))


def newest_capacity(store: Store) -> CapacityPlan | None:
    """The capacity plan published last; None before the first."""
    info = current(capacity_store(store))
    return None if info is None else _opened(store, info)


def capacity_named(store: Store, plan_id: str) -> CapacityPlan:
    """One capacity plan; KeyError when there is none of that name."""
    infos = {info.plan_id: info for info in capacity_plans(store)}
    return _opened(store, infos[plan_id])


def _opened(store: Store, info: PlanInfo) -> CapacityPlan:
    kept = capacity_store(store)
    tables = {
        table.name: _whole(read_plan(kept, info.plan_id, table.name), table)
        if info.tables.get(table.name)
        else table.empty()
        for table in CAPACITY_TABLES
    }
    grown = info.facts.get("history") != history_state(store)
    return CapacityPlan(info.plan_id, info.made_at, info.facts, tables, grown, info.yaml)


def _whole(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The table with every declared column; those that are not there are blank."""
    lacking = [column for column in table.columns if column.name not in frame]
    blank = {column.name: pd.Series(None, frame.index, dtype=_blank(column.kind)) for column in lacking}
    return frame.assign(**blank)


def _blank(kind: str) -> str:
    return {"day": "datetime64[us]", "text": "object", "flag": "object"}.get(kind, "float64")
