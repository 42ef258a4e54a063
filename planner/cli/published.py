"""Schedules named on the command line: a SCHEDULE file, or a plan of a store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.config import Plan, load_plan
from planner.domain import tables as t
from planner.domain.membership import of_centre
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.importers import read, read_table
from planner.store import PlanInfo, Store, current, plans, read_plan

CURRENT = "current"
EXPLAINED = (
    "a SCHEDULE file (.parquet or .csv); or, with --store, the id of a plan, or current for the last one"
)


@dataclass(frozen=True)
class Named:
    """A schedule as it was named: the file, or the published plan with all its tables."""

    text: str
    store: Store | None
    info: PlanInfo | None

    def table(self, table: Table) -> pd.DataFrame | None:
        """A table of the published plan; None for a file, or where the plan does not have it."""
        if self.info is None or self.store is None or table.name not in self.info.tables:
            return None
        return read_plan(self.store, self.info.plan_id, table.name)

    def schedule(self, plan: Plan) -> pd.DataFrame:
        """The SCHEDULE, all of whose sites, languages and channels the plan knows."""
        if self.info is None:
            return read_table(Path(self.text), of_centre(t.SCHEDULE, plan.centre))
        found = self.table(t.SCHEDULE)
        if found is None:
            raise InputError([Problem("no_schedule", f"plan {self.info.plan_id} has no schedule", self.text)])
        return found


def named(text: str, folder: Path | None) -> Named:
    """The schedule meant by a file, a plan's id or the word current; InputError when there is none."""
    if Path(text).is_file():
        return Named(text, None, None)
    if folder is None:
        note = "is no file; name a SCHEDULE file, or say with --store which store knows this plan"
        raise InputError([Problem("no_schedule", note, text)])
    store = Store(folder)
    info = current(store) if text == CURRENT else next((p for p in plans(store) if p.plan_id == text), None)
    if info is None:
        known = ", ".join(each.plan_id for each in plans(store)[:5]) or "none yet"
        raise InputError([Problem("unknown_plan", f"is no plan of {folder}; the last ones: {known}", text)])
    return Named(text, store, info)


def plan_of(path: Path | None, *schedules: Named) -> Plan:
    """The plan.yaml given, else the one the last of the published plans was made with."""
    published = [each.info.yaml for each in schedules if each.info is not None]
    if path is None and not published:
        note = "say with --plan which plan.yaml the schedules belong to"
        raise InputError([Problem("no_plan", note)])
    return load_plan(path or published[-1])


def brought(path: Path | None, table: Table, plan: Plan) -> pd.DataFrame | None:
    """A table people bring, in any format known and on any clock; None when no file was named."""
    if path is None:
        return None
    found = read(path, centre=plan.centre)
    if found.table is not table:
        note = f"holds {found.table.name} ({found.table.meaning}); {table.name} is wanted here"
        raise InputError([Problem("other_table", note, path.name)])
    return found.frame
