"""Columns of somebody else's file, kept as they were given, declared so that they can be written."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.cells import written
from planner.domain.column import Column, Kind
from planner.exporters.formula import STARTS


def kept_columns(given: pd.DataFrame, *, as_text: bool) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """The cells with a declared column each, blank cells missing.

    With `as_text` (CSV to CSV) a text stays as it was typed, but for negative numbers, which a spreadsheet
    might take for a formula; otherwise a column whose filled cells are all numbers becomes one of numbers.
    """
    made = {str(name): _kept(given[name], as_text=as_text) for name in given.columns}
    columns = tuple(Column(name, _kind(values), "as given", needed=False) for name, values in made.items())
    return pd.DataFrame(made, index=given.index), columns


def _kept(values: pd.Series, *, as_text: bool) -> pd.Series:
    if pd.api.types.is_numeric_dtype(values.dtype) and values.dtype != bool:
        return values
    texts = values.map(written, na_action="ignore").astype("str")
    texts = texts.mask(texts.str.strip() == "")
    if as_text and _is_text(values) and not texts.str.startswith(STARTS, na=False).any():
        return texts
    numbers = pd.to_numeric(texts.str.strip(), errors="coerce").astype("float64")
    sound = (numbers.notna() & np.isfinite(numbers)) | texts.isna()
    return numbers if sound.all() and not _leads_with_zero(texts) else texts


def _is_text(values: pd.Series) -> bool:
    return isinstance(values.dtype, pd.StringDtype)


def _leads_with_zero(texts: pd.Series) -> bool:
    """Whether a number is written as a code, such as 007, which would lose its zeros."""
    return bool(texts.str.fullmatch(r"\s*0\d+\s*", na=False).any())


def _kind(values: pd.Series) -> Kind:
    if _is_text(values):
        return "text"
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    whole = numbers[~np.isnan(numbers)] % 1 == 0
    return "count" if whole.all() and np.abs(np.nan_to_num(numbers)).max(initial=0) < 2**53 else "number"
