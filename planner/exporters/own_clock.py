"""A forecast for the owner of a plain file: times as that file writes them, whatever the format.

Without a zone they stand in CSV as 2026-10-25 14:30:00 (days alone as 2026-10-25), with one as
2026-10-25T14:30:00+01:00. Excel gets the same texts, Parquet moments.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from planner.domain.column import Column, Kind
from planner.domain.table import Table
from planner.exporters.tabular import write_table

TEXTS = ("level",)
START = "interval_start"
DIGITS = 3


def write_on_own_clock(frame: pd.DataFrame, path: Path, *, texts: Sequence[str]) -> None:
    """Write rows whose `interval_start` is on the file's clock; `texts` are the series columns."""
    exact = path.suffix == ".parquet"
    made = frame if exact else _as_texts(frame)
    columns = tuple(
        Column(name, _kind(name, made, texts), "as in the guide", needed=False) for name in made.columns
    )
    write_table(made, Table("EXPECTED", "contacts expected", (*texts, START, "level"), columns), path)


def _kind(name: str, frame: pd.DataFrame, texts: Sequence[str]) -> Kind:
    if name == START and isinstance(frame[name].dtype, pd.DatetimeTZDtype):
        return "utc"
    if name == START and pd.api.types.is_datetime64_dtype(frame[name].dtype):
        return "day"
    return "text" if name in (*texts, *TEXTS, START) else "number"


def _as_texts(frame: pd.DataFrame) -> pd.DataFrame:
    rounded = frame.round(dict.fromkeys(frame.select_dtypes("float").columns, DIGITS))
    return rounded.assign(interval_start=time_texts(frame[START]))


def time_texts(times: pd.Series) -> pd.Series:
    """Times as text: days alone as days, local times without a zone, others with their offset."""
    if isinstance(times.dtype, pd.DatetimeTZDtype):
        local = times.dt.strftime("%Y-%m-%dT%H:%M:%S%z")
        return (local.str[:-2] + ":" + local.str[-2:]).astype("str")
    days = (times == times.dt.normalize()).all()
    return times.dt.strftime("%Y-%m-%d" if days else "%Y-%m-%d %H:%M:%S").astype("str")
