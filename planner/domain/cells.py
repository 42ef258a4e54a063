"""Raw cells become a column's type; those that cannot are found, none is guessed.

A cell is text as written in a CSV, or a value as kept by Excel or Parquet. Blank is None, NaN or "".
Times and dates repeat over a file's rows, so each distinct one is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from planner.domain.column import SHOWN, Column, Found

TRUE, FALSE = ("true", "yes", "1", "1.0"), ("false", "no", "0", "0.0")
FIRST_TIME, LAST_TIME = pd.Timestamp("1990-01-01"), pd.Timestamp("2100-01-01")  # beyond: a typing error
SHOWN_EACH = 3  # rows written out for each strange text
OFFSET = r"(?:Z|[+-]\d{2}:?\d{2})$"
DATE = r"\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00(?:\.0+)?)?)?"
WRONG: dict[str, str] = {
    "count": "is not a number; write a count such as 42",
    "number": "is not a number; write it with a decimal point, such as 12.5",
    "share": "is not a number; write a share between 0 and 1, such as 0.8",
    "utc": "is not a time with an offset; write it as 2026-10-25T02:30:00+01:00 or ...Z",
    "day": "is not a date; write it as 2026-10-25",
    "flag": "is neither true nor false",
}


def typed_column(values: pd.Series, column: Column, name: str) -> tuple[pd.Series, list[Found]]:
    """The cells as the column's type (blank cells missing) and the cells that are wrong."""
    values = values.reset_index(drop=True)
    blank = blank_cells(values)
    found: list[Found] = []
    if not column.may_be_empty and blank.any():
        found.append(Found("empty_cell", name, blank, lambda _: f"the cell is empty; {column.meaning}"))
    if column.kind == "text":
        result = _to_text(values.mask(blank) if blank.any() else values)
        return result, found + list(_not_allowed(result, column, name))
    result = CONVERT[column.kind](values.mask(blank) if blank.any() else values)
    bad = result.isna().to_numpy() & ~blank
    if bad.any():
        found.append(Found("not_a_" + column.kind, name, bad, lambda v: f"“{v}” {WRONG[column.kind]}"))
    if column.kind in ("count", "number", "share"):
        found += list(_bounds(result, column, name))
    if column.kind in ("utc", "day") and (beyond := beyond_years(result)).any():
        found.append(Found("impossible_year", name, beyond, lambda v: says_year(v, written(v).strip()[:4])))
        result = result.mask(beyond)
    return result, found


def beyond_years(times: pd.Series) -> np.ndarray:
    """Which times or days, on whatever clock, lie in a year that no plan or history knows."""
    zone = getattr(times.dtype, "tz", None)
    first, last = FIRST_TIME.tz_localize(zone), LAST_TIME.tz_localize(zone)
    return ((times < first) | (times > last)).to_numpy(dtype=bool)


def says_year(cell: object, year: object) -> str:
    """The note about a cell in an impossible year."""
    between = f"dates lie between {FIRST_TIME.year} and {LAST_TIME.year}"
    return f"“{written(cell)}” is in the year {year}; {between}"


def blank_cells(values: pd.Series) -> np.ndarray:
    """Which cells hold nothing: missing, or text of spaces only."""
    empty = values.isna().to_numpy()
    if _is_text(values) or (values.dtype == object and not _are_claims(values)):
        empty = empty | (values.astype("str").str.strip() == "").to_numpy()
    return empty


def _is_text(values: pd.Series) -> bool:
    return isinstance(values.dtype, pd.StringDtype)


def _are_claims(values: pd.Series) -> bool:
    """Whether cells kept as objects are all true, false or missing."""
    return bool(values.dtype == object and pd.api.types.infer_dtype(values, skipna=True) == "boolean")


def _not_allowed(values: pd.Series, column: Column, name: str) -> Iterator[Found]:
    """Texts outside the allowed ones; each strange text is told apart, with its first rows."""
    if not column.values:
        return
    bad = ~values.isin(column.values) & values.notna()
    allowed = ", ".join(column.values)
    strange = values[bad].unique()
    for text in strange[:SHOWN]:
        where = (values == text).to_numpy(dtype=bool)
        yield Found(
            "unknown_value", name, where, lambda v: f"“{v}” is not one of {allowed}", shown=SHOWN_EACH
        )
    rest = values.isin(strange[SHOWN:]).to_numpy(dtype=bool)
    if rest.any():
        yield Found("unknown_value", name, rest, lambda v: f"“{v}” is not one of {allowed}", shown=SHOWN_EACH)


def _bounds(values: pd.Series, column: Column, name: str) -> Iterator[Found]:
    numbers = values.to_numpy(dtype="float64", na_value=np.nan)
    least, most, infinite = column.smallest, column.largest, np.isinf(numbers)
    if infinite.any():
        yield Found("not_finite", name, infinite, lambda v: f"{v} is not a finite number")
    if least is not None and (low := (numbers < least) & ~infinite).any():
        yield Found("too_small", name, low, lambda v: f"{v} is below {least:g}; {column.meaning}")
    if most is not None and (high := (numbers > most) & ~infinite).any():
        yield Found("too_large", name, high, lambda v: f"{v} is above {most:g}; {column.meaning}")
    with np.errstate(invalid="ignore"):
        part = np.isfinite(numbers) & (numbers % 1 != 0)
    if column.kind == "count" and part.any():
        yield Found("not_whole", name, part, lambda v: f"{v} is not a whole number; counts are whole")


def _to_text(values: pd.Series) -> pd.Series:
    """Text without outer spaces; whole numbers kept as decimals (1001.0) lose their point."""
    if pd.api.types.is_float_dtype(values.dtype) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return values.where(values.notna(), None).astype("str").str.strip()


def _to_number(values: pd.Series) -> pd.Series:
    if _is_text(values):
        fast = _arrow(values, pa.float64())
        return pd.to_numeric(values, errors="coerce").astype("float64") if fast is None else fast
    if values.dtype == object:
        claims = values.map(lambda v: isinstance(v, (bool, np.bool_))).to_numpy(dtype=bool)
        values = values.mask(claims) if claims.any() else values
    elif not pd.api.types.is_numeric_dtype(values.dtype) or values.dtype == bool:
        return pd.Series(np.nan, index=values.index)
    return pd.to_numeric(values, errors="coerce").astype("float64")


def _to_utc(values: pd.Series) -> pd.Series:
    """Times with an offset become UTC; times without one stay wrong, for the zone is unknown here."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.dt.tz_convert("UTC").astype("datetime64[us, UTC]")
    if not _is_text(values) and values.dtype != object:
        return pd.Series(pd.NaT, index=values.index, dtype="datetime64[us, UTC]")
    fast = _arrow(values, pa.timestamp("us", tz="UTC")) if _is_text(values) else None
    return each_distinct(values, _utc_texts) if fast is None else fast


def _utc_texts(texts: pd.Series) -> pd.Series:
    zoned = texts.str.contains(OFFSET, regex=True, na=False)
    parsed = pd.to_datetime(texts.where(zoned), utc=True, errors="coerce", format="ISO8601")
    return parsed.astype("datetime64[us, UTC]")


def _to_day(values: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_dtype(values.dtype):
        return values.where(values == values.dt.normalize()).astype("datetime64[us]")
    if not _is_text(values) and values.dtype != object:
        return pd.Series(pd.NaT, index=values.index, dtype="datetime64[us]")
    return each_distinct(values, _day_texts)


def _day_texts(texts: pd.Series) -> pd.Series:
    days = texts.where(texts.str.fullmatch(DATE, na=False)).str[:10]
    return pd.to_datetime(days, errors="coerce", format="%Y-%m-%d").astype("datetime64[us]")


def _to_flag(values: pd.Series) -> pd.Series:
    if values.dtype == bool or _are_claims(values):
        return values.astype("object").where(values.notna(), np.nan)
    words = values.astype("str").str.strip().str.lower()
    result = pd.Series(np.nan, index=values.index, dtype="object")
    result[words.isin(TRUE)] = True
    result[words.isin(FALSE)] = False
    return result


def each_distinct(values: pd.Series, convert: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """`convert` applied to the distinct cells as texts, and spread over the rows again."""
    codes, distinct = pd.factorize(values)
    texts = pd.Series([written(v) for v in distinct], dtype="str").str.strip()
    made = convert(texts).reindex(range(-1, len(texts)))  # code -1 is a blank cell: missing
    return made.loc[codes].set_axis(values.index)


def written(value: object) -> str:
    """A cell as a person would write it: dates and times in ISO 8601, the rest as it prints."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _arrow(texts: pd.Series, kind: pa.DataType) -> pd.Series | None:
    """All texts converted at once, or None when one of them needs a closer look."""
    try:
        made = pc.cast(pa.array(texts, from_pandas=True), kind)
    except pa.ArrowInvalid:
        return None
    return made.to_pandas().set_axis(texts.index)


CONVERT: dict[str, Callable[[pd.Series], pd.Series]] = {
    "count": _to_number,
    "number": _to_number,
    "share": _to_number,
    "utc": _to_utc,
    "day": _to_day,
    "flag": _to_flag,
}
