"""What a schedule costs: apart from the rosters, for money is not everybody's to read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.domain.cost_tables import COST_TABLES
from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.tabular import write_table

MEANING = (
    "hourly_cost.csv, cost_of_plan.csv, cost_by_queue.csv, cost_of_point.csv, cost_curve.csv: what it costs"
)
USUAL = False


def write(scheduled: Scheduled, folder: Path) -> Sequence[Path]:
    """Write every table of costs that the plan has."""
    known = [table for table in COST_TABLES if table.name in scheduled.tables]
    files = {table: folder / f"{table.name.lower()}.csv" for table in known}
    for table, path in files.items():
        write_table(scheduled.table(table.name), table, path)
    return list(files.values())
