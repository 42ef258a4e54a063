"""Numbers as people write them: 1,234 or 1.234,5 or 1 234; blank, NA and - are unknown.

A column of 980 and 1.020 is one of thousands with points: whoever writes decimals writes fewer than three
somewhere.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

UNKNOWN = ("", "na", "n/a", "nan", "null", "none", "-", "–", "—", "#n/a", ".", "?")
POINTED = r"[+-]?(?:\d+|\d{1,3}(?:[, '\u00a0\u202f]\d{3})+)(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?\.\d+"
COMMAED = r"[+-]?(?:\d+|\d{1,3}(?:[. '\u00a0\u202f]\d{3})+)(?:,\d+)?"
GROUPED, UNGROUPED = r"[1-9]\d{0,2}(?:\.\d{3})+", r"\d{1,3}"  # whole numbers with points between thousands
BETWEEN = r"[ '\u00a0\u202f]"


def numbers_of(cells: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """The cells as numbers, NaN where unknown, and which cells hold something that is no number."""
    if pd.api.types.is_bool_dtype(cells.dtype):
        return pd.Series(np.nan, index=cells.index), cells.notna().to_numpy()
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return cells.astype("float64"), np.zeros(len(cells), bool)
    texts = cells.where(cells.notna(), "").astype("str").str.strip()
    blank = texts.str.lower().isin(UNKNOWN).to_numpy(dtype=bool)
    fast = pd.to_numeric(texts.mask(blank), errors="coerce").astype("float64")
    if (fast.notna().to_numpy() | blank).all():
        if _points_between_thousands(texts[~blank]):
            fast = pd.to_numeric(texts.mask(blank).str.replace(".", "", regex=False)).astype("float64")
        return fast, np.zeros(len(cells), bool)
    plain = _plain(texts.mask(blank))
    numbers = pd.to_numeric(plain, errors="coerce").astype("float64")
    return numbers, numbers.isna().to_numpy() & ~blank


def _points_between_thousands(texts: pd.Series) -> bool:
    """Whether all numbers from a thousand on, and only they, have a point before every three digits."""
    pointed = texts.str.contains(".", regex=False).astype(bool)
    return (
        bool(pointed.any())
        and not pointed.all()
        and bool(texts[pointed].str.fullmatch(GROUPED).all())
        and bool(texts[~pointed].str.fullmatch(UNGROUPED).all())
    )


def _plain(texts: pd.Series) -> pd.Series:
    """Texts with a decimal point and nothing between the thousands; others as they are.

    A column where more cells make sense with a decimal comma is read so.
    """
    pointed = texts.str.fullmatch(POINTED).fillna(False).astype(bool)
    commaed = texts.str.fullmatch(COMMAED).fillna(False).astype(bool)
    without = texts.str.replace(BETWEEN, "", regex=True)
    if commaed.sum() > pointed.sum():
        swapped = without.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
        return swapped.where(commaed, texts)
    return without.str.replace(",", "", regex=False).where(pointed, texts)
