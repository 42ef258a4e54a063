"""What an importer hands over: the file's cells under the table's names, and its source's conventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.column import Found
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.records import Records


@dataclass(frozen=True)
class Conventions:
    """How the source counts: its service-level formula, its AHT, the interval a contact belongs to.

    Empty where the table holds no such thing.
    """

    service_level: str = ""
    aht: str = ""
    attribution: str = ""


@dataclass(frozen=True)
class Tabulated:
    """Cells under the table's column names, not yet checked; `rows` as a person sees them.

    `found` are cells already known to be wrong.
    `labels` gives the file's heading for a table column; `used` are the keys that were read.
    `local` tells for each column of times which cells had no UTC offset.
    `adds_up` names a column of source queues; several of them may add up to one queue of the table.
    """

    cells: pd.DataFrame
    rows: np.ndarray
    labels: Mapping[str, str]
    used: frozenset[str]
    found: tuple[Found, ...] = ()
    notices: tuple[str, ...] = ()
    adds_up: str | None = None
    local: Mapping[str, np.ndarray] = field(default_factory=dict)


class Format(Protocol):
    """The shape of a file in `formats/`. A key is a heading in small letters with underscores.

    `NEEDS` are the keys by which the format is recognised, `reads` tells which keys it uses.
    """

    MEANING: str
    TABLE: Table
    NEEDS: tuple[str, ...]
    CONVENTIONS: Conventions

    def reads(self, key: str) -> bool:
        """Whether the format uses the column."""

    def tabulate(self, records: Records, centre: Centre) -> Tabulated:
        """The records under the table's names."""


SHAPE: dict[str, type | tuple[str, ...]] = {
    "MEANING": str,
    "TABLE": Table,
    "NEEDS": tuple,
    "CONVENTIONS": Conventions,
    "reads": ("key",),
    "tabulate": ("records", "centre"),
}


def key_of(heading: str) -> str:
    """A heading as a key: small letters, underscores for spaces.

    >>> key_of(" Interval Start ")
    'interval_start'
    """
    return "_".join(heading.casefold().split())


def require(records: Records, needs: tuple[str, ...]) -> None:
    """InputError naming every needed column that the file lacks."""
    missing = [key for key in needs if key not in records.cells.columns]
    if missing:
        headings = ", ".join([*records.labels.values(), *records.ignored])
        raise InputError(
            Problem("missing_column", f"the column is missing; found: {headings}", records.file, None, key)
            for key in missing
        )
