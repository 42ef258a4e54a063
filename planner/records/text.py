"""CSV in the shapes people have: encodings, separators, titles above the header, ragged rows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from planner.domain.column import SHOWN
from planner.domain.problems import Problem
from planner.records.encoding import Encoded, examine
from planner.records.header import LOOKED_AT, Header, header_of, header_place, known_in
from planner.records.records import Knows, Limits, Opened, Records, refuse

SEPARATORS = (",", ";", "\t", "|")
HEAD_LENGTH = 1 << 16
BLOCK_BYTES = 8 << 20
OPEN_QUOTE = "a quotation mark is opened and never closed, so that everything after it became one cell"


@dataclass(frozen=True)
class Layout:
    """How the text is cut: separator, the header's row as seen, the lines down to its end, its cells."""

    separator: str
    header_row: int
    lines: int
    texts: tuple[str, ...]


@dataclass
class Ragged:
    """Collects the records with a wrong number of cells while the file is read.

    `lines_above` is how many lines more than rows stand above the records: titles may hold line ends.
    """

    file: str
    lines_above: int
    rows: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __call__(self, record: Any) -> str:
        self.rows.append(record.number - self.lines_above)
        if len(self.problems) < SHOWN:
            note = f"the row has {record.actual_columns} cells and the header {record.expected_columns}; " + (
                OPEN_QUOTE if "\n" in record.text else "look for a missing, extra or unquoted separator"
            )
            self.problems.append(Problem("ragged_row", note, self.file, self.rows[-1]))
        return "skip"

    def all_problems(self) -> list[Problem]:
        """The problems written out, and how many more there are."""
        rest = len(self.rows) - len(self.problems)
        if rest <= 0:
            return self.problems
        note = f"and {rest:,} more rows with a wrong number of cells, the last is row {self.rows[-1]:,}"
        return [*self.problems, Problem("ragged_row", note, self.file)]


def read_text(path: Path, *, knows: Knows, limits: Limits) -> Records:
    """The records of a delimited text file, every cell as text."""
    encoded = examine(path, limits)
    layout = layout_of(path, encoded, knows)
    header = header_of(layout.texts, knows, file=path.name, row_seen=layout.header_row, limits=limits)
    ragged = Ragged(path.name, layout.lines - layout.header_row)
    cells = _cells(path, encoded, layout, header=header, ragged=ragged)
    rows = np.setdiff1d(np.arange(len(cells) + len(ragged.rows)) + layout.header_row + 1, ragged.rows)
    problems = ragged.all_problems() + open_quote(cells, rows, encoded, file=path.name)
    full = ~blank_rows(cells)
    return Records(
        path.name,
        cells[full].reset_index(drop=True),
        rows[full],
        header.labels,
        header.ignored,
        Opened("CSV", encoded.spoken, layout.separator, header_row=layout.header_row),
        encoded.notices,
        tuple(problems),
    )


def layout_of(path: Path, encoded: Encoded, knows: Knows) -> Layout:
    """The separator whose cut names most known columns; of equals, most cells, then the header on top.

    Decimal commas cut every row below a header of semicolons into just as many cells.
    """
    with path.open("rb") as file:
        text = io.TextIOWrapper(file, encoding=encoded.encoding, errors="replace", newline="").read(
            HEAD_LENGTH
        )
    cuts = [_cut(text.removeprefix("\ufeff"), separator, knows) for separator in SEPARATORS]
    return max(cuts, key=lambda cut: (known_in(cut.texts, knows), len(cut.texts), -cut.header_row))


def _cut(text: str, separator: str, knows: Knows) -> Layout:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    head = [(record, reader.line_num) for record, _ in zip(reader, range(LOOKED_AT))]
    place = header_place([record for record, _ in head], knows)
    texts, lines = head[place] if head else ([], 0)
    return Layout(separator, place + 1, lines, tuple(texts))


def _cells(path: Path, encoded: Encoded, layout: Layout, *, header: Header, ragged: Ragged) -> pd.DataFrame:
    if not header.names:
        return pd.DataFrame()
    try:
        table = pacsv.read_csv(path, **csv_options(encoded, layout, header, ragged=ragged))
    except (pa.ArrowInvalid, UnicodeError) as error:
        table = nothing_below(error, path, header)
    return table.rename_columns(list(header.names)).to_pandas()


def csv_options(encoded: Encoded, layout: Layout, header: Header, *, ragged: Ragged) -> dict[str, Any]:
    """How Arrow cuts the file below its header into the known columns, every cell as text."""
    places = [str(i) for i in range(len(layout.texts))]
    return {
        "read_options": pacsv.ReadOptions(
            use_threads=False,  # only then the reader tells the number of a ragged row
            encoding=encoded.encoding,
            skip_rows=layout.lines,
            column_names=places,
            block_size=BLOCK_BYTES,
        ),
        "parse_options": pacsv.ParseOptions(
            delimiter=layout.separator,
            newlines_in_values=encoded.quotes > 0,
            ignore_empty_lines=False,
            invalid_row_handler=ragged,
        ),
        "convert_options": pacsv.ConvertOptions(
            column_types=dict.fromkeys(places, pa.string()),
            include_columns=[str(place) for place in header.places],
            strings_can_be_null=False,
        ),
    }


def nothing_below(error: Exception, path: Path, header: Header) -> pa.Table:
    """No rows, when the file ends with its header; the reader's other complaints become InputError."""
    said = str(error).splitlines()[0]
    if "skip initial" in said or "Empty CSV" in said:
        return pa.table({str(place): pa.array([], pa.string()) for place in header.places})
    if "straddl" in said:
        raise refuse("open_quote", OPEN_QUOTE, path.name) from None
    raise refuse("unreadable_text", f"cannot be cut into cells: {said[:200]}", path.name) from None


def open_quote(cells: pd.DataFrame, rows: np.ndarray, encoded: Encoded, *, file: str) -> list[Problem]:
    """An odd number of quotation marks and a last row that runs over lines: one was never closed."""
    if encoded.quotes % 2 == 0 or cells.empty or not any("\n" in str(cell) for cell in cells.iloc[-1]):
        return []
    return [Problem("open_quote", OPEN_QUOTE, file, int(rows[-1]))]


def blank_rows(cells: pd.DataFrame) -> np.ndarray:
    """Rows without any text; a column is only looked at where all before it were blank."""
    blank = np.ones(len(cells), bool)
    for name in cells.columns:
        if blank.any():
            blank[blank] = (cells[name][blank].str.strip() == "").to_numpy()
    return blank
