"""Hours per agent and week for payroll."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.domain.tables import PAY_HOURS
from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.tabular import write_table

MEANING = "pay_hours.csv: contract, leave, paid, overtime, night, Sunday and holiday hours, by agent and week"
USUAL = True


def write(scheduled: Scheduled, folder: Path) -> Sequence[Path]:
    """Write PAY_HOURS."""
    path = folder / "pay_hours.csv"
    write_table(scheduled.table("PAY_HOURS"), PAY_HOURS, path)
    return [path]
