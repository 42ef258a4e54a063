"""Averages of a source become sums, so that they can be pooled."""

from __future__ import annotations

import pandas as pd

from planner.domain.cells import blank_cells


def sum_s(average: pd.Series, contacts: pd.Series, *, per_second: int = 1) -> pd.Series:
    """Average x contacts, in seconds; `per_second` is 1000 for averages in milliseconds.

    Blank where either is blank; a cell that is no number is left as it is, for the check to name.
    """
    each = pd.to_numeric(average, errors="coerce")
    sums = each * pd.to_numeric(contacts, errors="coerce") / per_second
    unreadable = each.isna() & ~blank_cells(average)
    return sums.astype("object").where(~unreadable, average) if unreadable.any() else sums
