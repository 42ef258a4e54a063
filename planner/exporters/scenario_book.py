"""Scenarios beside the plan as one Excel workbook: measures, weeks, the assumptions of each, definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from planner.config.yaml_text import tree_of
from planner.exporters.workbook import heading, safe_cell

SHARE, WHOLE, PLAIN, DAY = "0.0%", "#,##0", "#,##0.00", "yyyy-mm-dd"
SHEET_NAME = 31  # letters that Excel allows
TEXT, USUAL = 30, 13  # widths in characters
WEEKS = {
    "week": "Monday of the week",
    "contacts": "contacts that people handle",
    "contacts_low": "10 % of forecast paths are lower; blank where the run keeps no paths",
    "contacts_high": "10 % of forecast paths are higher",
    "work_h": "contacts x average handle time, h",
    "need_p50_fte": "people needed on usual days, FTE",
    "need_p75_fte": "people needed on busy days, FTE",
    "need_p90_fte": "people needed on very busy days, FTE",
    "there_fte": "people there in the least-cost plan, at the work of experienced ones, FTE",
    "short_fte": "needed at the level planned for and not there, by site and language, FTE",
    "employed": "people employed at the end of the week",
    "hired": "people whose class begins",
    "left": "people who leave",
}


@dataclass(frozen=True)
class Told:
    """A run as the workbook tells it: what it is called, facts to list by name, its YAML and its weeks."""

    name: str
    facts: Mapping[str, object]
    yaml: str
    weeks: pd.DataFrame


def comparison_book(measures: pd.DataFrame, runs: Sequence[Told]) -> bytes:
    """The workbook of `measured` and of each run, the base among them, as the bytes of an .xlsx file.

    Sheets: Comparison, one of weeks for each run, Assumptions (path and value), Definitions.
    """
    book = Workbook(write_only=True)
    _add(book, "Comparison", *_comparison(measures))
    for name, told in _sheet_names(runs):
        _add(book, name, list(told.weeks.columns), _cells(told.weeks))
    _add(book, "Assumptions", ["scenario", "path", "value"], [row for told in runs for row in _assumed(told)])
    _add(book, "Definitions", ["name", "unit", "meaning"], list(_defined(measures)))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet_names(runs: Sequence[Told]) -> Iterator[tuple[str, Told]]:
    """Each run's name cut to what Excel allows, told apart by a number where two became one."""
    taken = {"comparison", "assumptions", "definitions"}
    for told in runs:
        name, number = told.name[:SHEET_NAME], 2
        while name.casefold() in taken:
            end = f"-{number}"
            name, number = told.name[: SHEET_NAME - len(end)] + end, number + 1
        taken.add(name.casefold())
        yield name, told


def _comparison(measures: pd.DataFrame) -> tuple[list[str], list[list[Any]]]:
    """One row per measure and part; as planned, value, difference and range of each scenario."""
    names = list(dict.fromkeys(measures["scenario"]))
    parts = ("base", "value", "difference", "relative", "low", "high")
    titles = {"base": "as planned", "value": "", "relative": "difference, share of planned"}
    heads = ["group", "measure", "of", "unit"]
    heads += [f"{name}: {titles.get(part, part)}".removesuffix(": ") for name in names for part in parts]
    rows = []
    for key, mine in measures.groupby(["group", "measure", "of", "unit"], sort=False):
        by_name = mine.set_index("scenario")
        cells = [by_name[part].get(name) for name in names for part in parts]
        kinds = [SHARE if part == "relative" or key[3] == "share" else PLAIN for _ in names for part in parts]
        rows.append([*key, *((_known(cell), kind) for cell, kind in zip(cells, kinds, strict=True))])
    return heads, rows


def _cells(weeks: pd.DataFrame) -> list[list[Any]]:
    """Weeks as dates and numbers."""
    columns = [
        [(day.date(), DAY) for day in weeks[name]]
        if name == "week"
        else [(_known(value), WHOLE if name == "contacts" else PLAIN) for value in weeks[name]]
        for name in weeks
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _known(value: Any) -> Any:
    return None if value is None or pd.isna(value) else float(value)


def _assumed(told: Told) -> Iterator[list[Any]]:
    """Facts of the run, then each setting of its YAML with its dotted path."""
    for name, value in told.facts.items():
        yield [told.name, name, value]
    tree = tree_of(told.yaml, file=told.name, what="a scenario", starts="scenario: and title:")
    for path, value in _leaves(tree, ""):
        yield [told.name, path, value]


def _leaves(tree: Any, path: str) -> Iterator[tuple[str, Any]]:
    below: Iterator[tuple[Any, Any]] = iter(())
    if isinstance(tree, Mapping):
        below = iter(tree.items())
    elif isinstance(tree, list):
        below = iter(enumerate(tree))
    else:
        yield path, tree
    for key, value in below:
        yield from _leaves(value, f"{path}.{key}" if path else str(key))


def _defined(measures: pd.DataFrame) -> Iterator[list[Any]]:
    told = measures.drop_duplicates(["measure", "definition"])
    for row in told.itertuples(index=False):
        yield [row.measure, row.unit, row.definition]
    for name, meaning in WEEKS.items():
        yield [f"weeks: {name}", "", meaning]


def _add(book: Workbook, name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A sheet: bold heads, the first row frozen, ready to filter; a cell may be (value, number format)."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, head in enumerate(heads, start=1):
        texts = [row[place - 1] for row in rows[:40]]
        wide = any(isinstance(text, str) and len(text) > USUAL for text in texts)
        sheet.column_dimensions[get_column_letter(place)].width = TEXT if wide else max(USUAL, len(head) + 2)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    sheet.append([heading(sheet, head) for head in heads])
    for row in rows:
        sheet.append([_written(sheet, cell) for cell in row])


def _written(sheet: Any, cell: Any) -> Any:
    if not isinstance(cell, tuple):
        return safe_cell(sheet, cell)
    value, form = cell
    made = WriteOnlyCell(sheet, value)
    made.number_format = form
    return made
