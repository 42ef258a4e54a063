"""Files people bring become declared tables: detect, map, check, report."""

from planner.importers.read import Imported, read, read_table
from planner.importers.recognition import known_formats
from planner.importers.report import ImportReport

__all__ = ["ImportReport", "Imported", "known_formats", "read", "read_table"]
