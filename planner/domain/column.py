"""One column of a table, and the cells of it that were found wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

Kind = Literal["text", "count", "number", "share", "utc", "day", "flag"]
DTYPES: dict[Kind, str] = {
    "text": "str",
    "count": "int64",
    "number": "float64",
    "share": "float64",
    "utc": "datetime64[us, UTC]",
    "day": "datetime64[us]",
    "flag": "bool",
}
SHOWN = 20  # problems of one kind in one column that are written out; the rest is counted
MOST_COUNTED = 2.0**53  # above it, a count read as a number is no longer exact


@dataclass(frozen=True)
class Column:
    """One column: its kind decides the type, `unit` and `meaning` go into the glossary.

    `needed=False`: the column may be absent, and its cells may be empty.
    `blank=True`: the column is there, but a cell may be empty (unknown is not zero).
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    least: float | None = None
    most: float | None = None
    values: tuple[str, ...] = ()
    needed: bool = True
    blank: bool = False

    @property
    def may_be_empty(self) -> bool:
        """Whether a cell of the column may be blank."""
        return self.blank or not self.needed

    @property
    def dtype(self) -> str:
        """pandas type; counts and flags that may be empty become float64 and object."""
        if self.may_be_empty and self.kind == "count":
            return "float64"
        return "object" if self.may_be_empty and self.kind == "flag" else DTYPES[self.kind]

    @property
    def smallest(self) -> float | None:
        """The least value allowed; counts and shares do not go below zero."""
        return 0.0 if self.kind in ("count", "share") and self.least is None else self.least

    @property
    def largest(self) -> float | None:
        """The largest value allowed; a share ends at 1, a count where whole numbers stop being exact."""
        ends = {"share": 1.0, "count": MOST_COUNTED}
        return ends.get(self.kind) if self.most is None else self.most


@dataclass(frozen=True)
class Found:
    """Cells of one column that are wrong in one way; `where` has one claim per row.

    `say` makes the note from the cell. `cells` are the cells to quote where the table at hand no
    longer holds what the person wrote; `shown` is how many are written out before the rest is counted
    (0: they are told elsewhere, and only not judged again).
    """

    code: str
    column: str
    where: np.ndarray
    say: Callable[[object], str]
    cells: pd.Series | None = None
    shown: int = SHOWN
