"""Tables as CSV files that spreadsheets open as they are."""

from __future__ import annotations

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv(frame: pd.DataFrame) -> bytes:
    """The table as UTF-8 CSV with ISO dates and times, numbers to four decimals.

    A text that a spreadsheet would run as a formula is led by an apostrophe.

    >>> csv(pd.DataFrame({"name": ["=1+1"], "n": [-2]})).decode("utf-8-sig").splitlines()
    ['name,n', "'=1+1,-2"]
    """
    safe = frame.copy()
    for name in safe.columns:
        if safe[name].dtype == object or pd.api.types.is_string_dtype(safe[name].dtype):
            safe[name] = safe[name].map(_without_formula)
        elif pd.api.types.is_float_dtype(safe[name].dtype):
            safe[name] = safe[name].round(4)
    return safe.to_csv(index=False).encode("utf-8-sig")


def _without_formula(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return "'" + cell
    return cell
