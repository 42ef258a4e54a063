"""One table as an Excel workbook of one sheet, which `planner` reads back."""

from pathlib import Path

import pandas as pd

from planner.domain.table import Table
from planner.exporters.workbook import save_workbook

SUFFIX = ".xlsx"
MEANING = "Excel workbook with one sheet"


def write(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """Write the frame's declared columns as one sheet."""
    save_workbook([(table, frame)], path, assumptions={})
