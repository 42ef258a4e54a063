"""The whole check table of a drawn centre."""

from __future__ import annotations

from pathlib import Path

from planner.sample.check import people_checks, read_centre, service_checks, table_text, volume_checks
from planner.sample.check_truths import (
    learning_checks,
    patience_checks,
    quality_checks,
    repeat_checks,
    slow_down_checks,
    week_checks,
)

PARTS = (
    volume_checks,
    service_checks,
    people_checks,
    repeat_checks,
    patience_checks,
    slow_down_checks,
    quality_checks,
    week_checks,
    learning_checks,
)


def check_centre(folder: Path) -> tuple[str, bool]:
    """The check table of the centre drawn in `folder`, and whether everything asked for holds."""
    centre = read_centre(folder)
    checks = [check for part in PARTS for check in part(centre)]
    return table_text(checks), all(check.holds is not False for check in checks)
