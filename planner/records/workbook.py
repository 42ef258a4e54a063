"""Excel workbooks: the right sheet, the header below merged titles, no more memory than allowed."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd

from planner.domain.problems import InputError
from planner.records.header import LOOKED_AT, Header, header_of, header_place
from planner.records.records import Knows, Limits, Opened, Records, refuse

Row = tuple[Any, ...]
ROWS_OF_EXCEL = 1_048_576
START_OF_PART = 4096


def read_workbook(path: Path, *, knows: Knows, sheets: Collection[str], limits: Limits) -> Records:
    """The records of one sheet, cells as Excel keeps them: numbers, real dates, texts."""
    try:
        _check_archive(path, limits)
        with warnings.catch_warnings(action="ignore"), path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            return _read(_sheet(book, sheets), path.name, knows=knows, limits=limits)
    except InputError:
        raise
    except Exception as error:  # openpyxl lets through whatever its zip, XML and number readers raise
        note = f"cannot be read as an Excel workbook ({type(error).__name__}); open it and save it again"
        raise refuse("broken_excel", note, path.name) from None


def _check_archive(path: Path, limits: Limits) -> None:
    """Refuses a zip bomb by the sizes it declares (zipfile never unpacks more) and XML entities."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if not any(part.filename == "xl/workbook.xml" for part in parts):
            raise refuse("not_excel", "is a zip archive and no Excel workbook; unpack it first", path.name)
        unpacked, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
        ratio = unpacked / max(packed, 1)
        dense = unpacked > limits.ratio_from_bytes and ratio > limits.unpacked_ratio
        if unpacked > limits.unpacked_bytes or dense:
            note = (
                f"would unpack to {unpacked / 1e6:,.0f} MB, {ratio:,.0f} times its size; no more than "
                f"{limits.unpacked_bytes / 1e6:,.0f} MB and {limits.unpacked_ratio} times are opened; "
                "export the table as CSV"
            )
            raise refuse("zip_bomb", note, path.name)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _check_part(archive, part, path.name)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    with archive.open(part) as opened:
        start = opened.read(START_OF_PART)
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise refuse("broken_excel", "holds XML entities, which no spreadsheet writes; save it again", file)


def _sheet(book: Any, sheets: Collection[str]) -> Any:
    wanted = {name.casefold() for name in sheets}
    named = [sheet for sheet in book.worksheets if sheet.title.strip().casefold() in wanted]
    return (named or book.worksheets)[0]


def _read(sheet: Any, file: str, *, knows: Knows, limits: Limits) -> Records:
    sheet.reset_dimensions()  # the size a sheet declares may be wrong, or a trap
    rows = _seen(sheet.iter_rows(values_only=True), file, limits)
    head = list(islice(rows, LOOKED_AT))
    place = header_place([row for _, row in head], knows)
    header_row, texts = head[place] if head else (1, ())
    header = header_of(texts, knows, file=file, row_seen=header_row, limits=limits)
    cells, numbers = _records(chain(head[place + 1 :], rows), header)
    opened = Opened("Excel", sheet=sheet.title, header_row=header_row)
    return Records(file, cells, numbers, header.labels, header.ignored, opened)


def _seen(rows: Iterator[Row], file: str, limits: Limits) -> Iterator[tuple[int, Row]]:
    """Rows that hold anything, with the row number Excel shows."""
    for number, row in enumerate(rows, start=1):
        if number > ROWS_OF_EXCEL:
            raise refuse("broken_excel", f"has more than Excel's {ROWS_OF_EXCEL:,} rows; save it again", file)
        if any(cell is not None for cell in row):
            if len(row) > limits.columns and any(cell is not None for cell in row[limits.columns :]):
                note = f"has more than {limits.columns:,} columns; delete those that are not needed"
                raise refuse("too_many_columns", note, file, number)
            yield number, row


def _records(rows: Iterator[tuple[int, Row]], header: Header) -> tuple[pd.DataFrame, np.ndarray]:
    picked: list[Row] = []
    numbers: list[int] = []
    for number, row in rows:
        record = tuple(_cell(row[place]) if place < len(row) else None for place in header.places)
        if any(cell is not None and cell != "" for cell in record):
            picked.append(record)
            numbers.append(number)
    columns: Sequence[Sequence[Any]] = list(zip(*picked)) if picked else [()] * len(header.names)
    frame = {name: pd.Series(cells, dtype="object") for name, cells in zip(header.names, columns)}
    return pd.DataFrame(frame), np.array(numbers, dtype=np.int64)


def _cell(value: Any) -> Any:
    """Excel keeps times as fractions of a day: 09:30 may come back as 09:29:59.999997."""
    if isinstance(value, datetime) and value.microsecond:
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return value.strip() if isinstance(value, str) else value
