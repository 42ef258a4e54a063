"""Scorecards as one Excel workbook: a sheet each, their definitions first, real numbers ready to filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from openpyxl import Workbook

from planner.domain.table import Table
from planner.domain.tables import QUEUE, SCORECARD
from planner.exporters.refusal import refuse, refusing
from planner.exporters.sheets import DAY, PLAIN, SHARE, WHOLE, Column, add_columns, columns_of
from planner.exporters.workbook import MOST_ROWS, cells_of
from planner.store.atomic import write_file

DEFINITIONS = "DEFINITIONS"
SHEETS = (  # sheet, and how its measures begin; the first that fits
    ("CRITICAL ACCURACY", ("critical_accuracy_", "critical_")),
    ("QUALITY ITEMS", ("quality_item",)),
    ("QUALITY", ("quality_",)),
    ("RESOLUTION", ("fcr_",)),
    ("SATISFACTION", ("csat", "dsat", "nps", "survey")),
    ("SERVICE", ("",)),
)
SHARES = ("service_level", "abandonment", "met_deadline", "occupancy", "critical_", "quality_", "fcr_",
          "csat", "dsat", "survey_")  # fmt: skip


def write_scorecards(
    tables: Sequence[tuple[Table, pd.DataFrame]], path: Path, *, about: Mapping[str, object]
) -> None:
    """Write SCORECARD as a sheet a scorecard, every other table as a sheet, and what they mean before them.

    `about` says of which plan, period and client; the file appears whole or not at all. InputError when a
    table has more rows than a sheet holds, or the disk refuses.
    """
    with refusing(path):
        write_file(path, lambda new: save_scorecards(tables, new, about=about))


def save_scorecards(
    tables: Sequence[tuple[Table, pd.DataFrame]], path: Path, *, about: Mapping[str, object]
) -> None:
    """As `write_scorecards`, straight to the path."""
    sheets = [sheet for table, frame in tables for sheet in _sheets(table, frame, path)]
    book = Workbook(write_only=True)
    add_columns(book, DEFINITIONS, _definitions(tables, about), frozen="B2")
    for name, columns in sheets:
        add_columns(book, name, columns)
    with path.open("wb") as file:
        book.save(file)


def _sheets(table: Table, frame: pd.DataFrame, path: Path) -> Iterator[tuple[str, dict[str, Column]]]:
    if table is not SCORECARD:
        yield table.name, columns_of(table, _fitting(frame, table.name, path))
        return
    which = sheet_of(frame["measure"])
    for name, _begins in SHEETS:
        rows = frame[which == name]
        if len(rows):
            yield name, _scores(_fitting(rows, name, path))


def sheet_of(measures: pd.Series) -> pd.Series:
    """The sheet of each measure."""
    found = {name: _sheet(name) for name in measures.unique()}
    return measures.map(found)


def _sheet(measure: str) -> str:
    return next(name for name, begins in SHEETS if measure.startswith(begins))


def _fitting(frame: pd.DataFrame, name: str, path: Path) -> pd.DataFrame:
    if len(frame) > MOST_ROWS:
        note = (
            f"cannot hold the {len(frame):,} rows of {name}; a sheet has {MOST_ROWS:,}, write CSV or Parquet"
        )
        raise refuse("too_many_rows", note, path)
    return frame


def _scores(rows: pd.DataFrame) -> dict[str, Column]:
    """A scorecard's rows: whose, when, what, how much, how sure, and of how many."""
    shown = rows.sort_values(["period", "period_start", "measure", *QUEUE], kind="stable")
    formats = number_formats(shown["measure"])
    columns = {name: Column(cells_of(shown[name], "text"), 14) for name in QUEUE}
    columns |= {
        "period": Column(cells_of(shown["period"], "text"), 8),
        "period_start": Column(cells_of(shown["period_start"], "day"), 12, DAY),
        "measure": Column(cells_of(shown["measure"], "text"), 30),
    }
    columns |= {
        name: Column(cells_of(shown[name], "number"), 11, formats) for name in ("value", "low", "high")
    }
    return columns | {"n": Column(cells_of(shown["n"], "number"), 11, WHOLE)}


def number_formats(measures: pd.Series) -> list[str]:
    """The number format of each measure's value: shares as percentages, the others as they are."""
    is_share = measures.str.startswith(SHARES)
    is_count = measures.isin(["offered", "answered", "abandoned"])
    return list(np.select([is_share, is_count], [SHARE, WHOLE], PLAIN))


def _definitions(
    tables: Sequence[tuple[Table, pd.DataFrame]], about: Mapping[str, object]
) -> dict[str, Column]:
    """What the workbook is of, then every measure and column with its unit and meaning."""
    rows = [("about", str(name), "", str(value)) for name, value in about.items()]
    for table, frame in tables:
        if table is SCORECARD:
            told = frame.drop_duplicates(["measure", "definition"])
            rows += [
                (_sheet(measure), measure, _unit(measure), words)
                for measure, words in zip(told["measure"], told["definition"], strict=True)
            ]
            rows += [
                ("every scorecard", c.name, c.unit, c.meaning)
                for c in table.columns
                if c.name != "definition"
            ]
        else:
            rows.append((table.name, "", "", table.meaning))
            rows += [
                (table.name, n, table.column(n).unit, table.column(n).meaning) for n in table.present(frame)
            ]
    names = {"sheet": 20, "name": 34, "unit": 12, "meaning": 110}
    return {name: Column([row[i] for row in rows], width) for i, (name, width) in enumerate(names.items())}


def _unit(measure: str) -> str:
    if measure.startswith(SHARES):
        return "share"
    return "s" if measure.endswith("_s") else "contacts" if measure in ("offered", "answered") else ""
