"""What comes out of a file before anyone knows what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.problems import InputError, Problem

Knows = Callable[[str], str | None]
"""From a heading as written to the column's name, or None when nobody knows the heading."""


@dataclass(frozen=True)
class Limits:
    """What a file may ask of the machine before it is refused (bytes, rows, columns)."""

    file_bytes: int = 1 << 30
    line_bytes: int = 1 << 20
    unpacked_bytes: int = 1 << 29
    unpacked_ratio: int = 100
    ratio_from_bytes: int = 50 << 20
    rows: int = 5_000_000
    columns: int = 1_000
    text_length: int = 100_000


@dataclass(frozen=True)
class Opened:
    """How a file was read: its kind, and encoding and separator, or the sheet; `header_row` as seen."""

    kind: str
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header_row: int = 1


@dataclass(frozen=True)
class Records:
    """Raw cells of the known columns: one row per record that is not blank.

    `cells` are text (CSV) or values (Excel, Parquet); `rows` is each record's row as a person sees it.
    `labels` gives each column's heading as written, `ignored` the headings nobody knew.
    `problems` are records that could not be cut into cells.
    """

    file: str
    cells: pd.DataFrame
    rows: np.ndarray
    labels: Mapping[str, str]
    ignored: tuple[str, ...]
    opened: Opened
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def refuse(code: str, note: str, file: str, row: int | None = None) -> InputError:
    """The error for a file that cannot be read at all."""
    return InputError([Problem(code, note, file, row)])
