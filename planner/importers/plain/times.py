"""Times as people write them: ISO, day or month first, month names, two-digit years, seconds since 1970.

A column is read as a whole: whether 03/04 is the third of April or the fourth of March is told by the
other rows, as one of the two readings needs a thirteenth month or scatters the days over the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from planner.domain.cells import blank_cells, written

Order = Literal["day first", "month first"]
Fields: TypeAlias = pd.DataFrame

TIME = (
    r"(?:[T ,]+(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
ZONE = r"\s*(?P<offset>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?"
WEEKDAY = r"(?:[A-Za-z]{2,9}\.?,? +)?"
NAMED = r"(?P<named>[A-Za-z]{3})[A-Za-z]*\.?"
SHAPES = (
    rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){TIME}{ZONE}",
    rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){TIME}{ZONE}",
    rf"(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){TIME}{ZONE}",
    rf"{WEEKDAY}(?P<day>\d{{1,2}})[- /.]*{NAMED}[- /.,]*(?P<year>\d{{4}}|\d{{2}}){TIME}{ZONE}",
    rf"{WEEKDAY}{NAMED}[- .]*(?P<day>\d{{1,2}}),?[- ]+(?P<year>\d{{4}}){TIME}{ZONE}",
)
FIELDS = ("year", "month", "day", "one", "two", "named", "hour", "minute", "second", "half", "offset")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.]\d{2})?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"(?:\s*(?:-|–|to)\s*\S.*)?"
)
ENOUGH = 0.9  # share of the cells that must be times for a column to be one
YEARS = (1950, 2100)  # beyond: a typing error
SECONDS = (631_152_000, 4_102_444_800)  # 1990 and 2100 as seconds since 1970
GLANCE = 200  # distinct cells looked at before a whole column is read


@dataclass(frozen=True)
class Times:
    """A column read as times: `local` on the column's own clock, `offset_min` from UTC; NaT where none.

    `offset_min` is NaN where a time carries no zone. `order` says how 03/04 was read; `by_habit` that
    nothing in the column told.
    """

    local: pd.Series
    offset_min: pd.Series
    order: Order | None = None
    by_habit: bool = False

    @property
    def zoned(self) -> bool:
        """Whether every time carries its zone or offset."""
        return bool(self.offset_min.notna().sum() == self.local.notna().sum() > 0)


def times_of(cells: pd.Series, *, habit: Order) -> Times | None:
    """The column as times, None when it holds something else; `habit` decides where nothing else does."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        local = cells.dt.tz_localize(None)
        away = (local - cells.dt.tz_convert("UTC").dt.tz_localize(None)).dt.total_seconds() / 60
        return Times(local.astype("datetime64[us]"), away)
    if pd.api.types.is_datetime64_dtype(cells.dtype):
        return Times(cells.astype("datetime64[us]"), pd.Series(np.nan, index=cells.index))
    if pd.api.types.is_numeric_dtype(cells.dtype) or cells.dtype == bool:
        return None
    cells = cells.mask(blank_cells(cells))
    if not _looks_like_times(cells):
        return None
    fields = _fields(cells)
    if fields["year"].notna().sum() < ENOUGH * max(cells.notna().sum(), 1):
        return None
    order, by_habit = _order(fields, habit)
    return Times(_local(fields, order), _offset_min(fields["offset"]), order, by_habit)


def since_1970(cells: pd.Series) -> Times | None:
    """A column of seconds or milliseconds since 1970, in UTC; None when it is none."""
    numbers = pd.to_numeric(cells, errors="coerce").astype(float)
    seconds = numbers.where(numbers < SECONDS[1], numbers / 1000)
    if not len(seconds) or not seconds.dropna().between(*SECONDS).all() or seconds.notna().mean() < ENOUGH:
        return None
    local = pd.to_datetime(seconds.round(), unit="s", errors="coerce").astype("datetime64[us]")
    return Times(local, pd.Series(0.0, index=cells.index).where(local.notna()))


def minutes_of(cells: pd.Series) -> pd.Series | None:
    """A column of times of day, or of ranges such as 07:00-07:30, as minutes after midnight."""
    texts = cells.astype("str").str.strip()
    parts = texts.str.extract(f"^{CLOCK}$")
    minutes = _hours(parts) * 60 + pd.to_numeric(parts["minute"])
    known = texts[cells.notna() & (texts != "")]
    return minutes if len(known) and minutes[known.index].notna().mean() >= ENOUGH else None


def _looks_like_times(cells: pd.Series) -> bool:
    """A glance at some of the cells, for columns that are long."""
    some = cells.dropna().drop_duplicates()
    some = some.iloc[:: max(len(some) // GLANCE, 1)]
    return bool(len(some)) and bool(_fields(some)["year"].notna().mean() >= ENOUGH - 0.2)


def _fields(cells: pd.Series) -> Fields:
    """The parts of each cell as text, by the first shape that fits it whole."""

    def read(texts: pd.Series) -> Fields:
        found = pd.DataFrame(index=texts.index, columns=list(FIELDS), dtype="str")
        for shape in SHAPES:
            left = found["year"].isna()
            if left.any():
                parts = texts[left].str.extract(f"^{shape}$").dropna(subset=["year"])
                found.loc[parts.index, parts.columns] = parts
        return found

    codes, distinct = pd.factorize(cells)
    texts = pd.Series([written(value) for value in distinct], dtype="str").str.strip()
    return read(texts).reindex(range(-1, len(texts))).loc[codes].set_axis(cells.index)


def _order(fields: Fields, habit: Order) -> tuple[Order | None, bool]:
    """Which of day and month stands first, and whether only habit told."""
    two = fields.dropna(subset=["one"])
    if two.empty:
        return None, False
    one, other = pd.to_numeric(two["one"]), pd.to_numeric(two["two"])
    if one.max() > 12 or other.max() > 12:
        return ("day first" if one.max() > 12 else "month first"), False
    spans: dict[Order, int] = {order: _span(two, order) for order in ("day first", "month first")}
    near = min(spans, key=lambda order: spans[order])
    if max(spans.values()) > 2 * min(spans.values()):
        return near, False
    return habit, True


def _span(fields: Fields, order: Order) -> int:
    """Days from the first to the last time."""
    days = _local(fields, order).dropna()
    return int((days.max() - days.min()).days) + 1 if len(days) else 1 << 30


def _local(fields: Fields, order: Order | None) -> pd.Series:
    first, second = ("two", "one") if order == "day first" else ("one", "two")
    named = fields["named"].str.lower().map({name: number + 1 for number, name in enumerate(MONTHS)})
    month = pd.to_numeric(fields["month"]).fillna(named).fillna(pd.to_numeric(fields[first]))
    day = pd.to_numeric(fields["day"]).fillna(pd.to_numeric(fields[second]))
    year = pd.to_numeric(fields["year"])
    year = year.where(year >= 100, year + np.where(year < 70, 2000, 1900))
    parts = pd.DataFrame({"year": year, "month": month, "day": day})
    days = pd.to_datetime(parts, errors="coerce")
    seconds = _hours(fields).fillna(0) * 3600 + sum(
        pd.to_numeric(fields[name]).fillna(0) * size for name, size in (("minute", 60), ("second", 1))
    )
    local = (days + pd.to_timedelta(seconds, unit="s")).astype("datetime64[us]")
    return local.mask((seconds > 86_400) | ~year.between(*YEARS))


def _hours(fields: Fields) -> pd.Series:
    """Hours of the day; NaN where none is written or there is no such hour."""
    hour = pd.to_numeric(fields["hour"])
    half = fields["half"].str.lower().str[0]
    hour = hour.mask((half == "p") & (hour < 12), hour + 12).mask((half == "a") & (hour == 12), 0)
    return hour.mask(hour > 24)


def _offset_min(texts: pd.Series) -> pd.Series:
    """Minutes ahead of UTC; NaN where no zone is written."""
    parts = texts.str.extract(r"^(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2})?$")
    minutes = pd.to_numeric(parts["h"]) * 60 + pd.to_numeric(parts["m"]).fillna(0)
    signed = minutes.where(parts["sign"] != "-", -minutes)
    return signed.mask(texts.notna() & parts["sign"].isna(), 0.0).astype(float)
