"""The schedule's tables as CSV, as `planner` reads them back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.domain.cost_tables import COST_TABLES
from planner.exporters.roster.scheduled import DECLARED, Scheduled
from planner.exporters.tabular import write_table

MEANING = (
    "schedule.csv, schedule_report.csv, coverage.csv, violations.csv and what else was made of the schedule"
)
USUAL = True
APART = ("PAY_HOURS", "CALENDAR_EVENTS", *(table.name for table in COST_TABLES))
ELSEWHERE = ("AGENTS", "ABSENCES", "PREFERENCES", *APART)  # brought, or in files of their own


def write(scheduled: Scheduled, folder: Path) -> Sequence[Path]:
    """Write every table that was made of the schedule."""
    names = [name for name in scheduled.tables if name not in ELSEWHERE]
    files = {name: folder / f"{name.lower()}.csv" for name in names}
    for name, path in files.items():
        write_table(scheduled.table(name), DECLARED[name], path)
    return list(files.values())
