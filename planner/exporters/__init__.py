"""Declared tables become files people can use: CSV, Parquet, Excel. One file a format, in `formats/`."""

from planner.exporters.tabular import known_formats, write_table
from planner.exporters.workbook import write_workbook

__all__ = ["known_formats", "write_table", "write_workbook"]
