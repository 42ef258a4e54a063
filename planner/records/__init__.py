"""Files become raw cells: CSV, Excel and Parquet, opened safely, with the rows a person sees."""

from planner.records.read import read_records
from planner.records.records import Limits, Opened, Records

__all__ = ["Limits", "Opened", "Records", "read_records"]
