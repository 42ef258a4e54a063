"""Local clock times become UTC; hours that happen twice or never are reported, not guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from zoneinfo import available_timezones

import numpy as np
import pandas as pd

from planner.domain.cells import (
    OFFSET,
    beyond_years,
    blank_cells,
    each_distinct,
    says_year,
    typed_column,
    written,
)
from planner.domain.centre import Centre
from planner.domain.column import SHOWN, Column, Found
from planner.domain.timegrid import localise, midnight

UTC = "UTC"
ODD = {"ambiguous_local_time": "happens twice in", "missing_local_time": "never happens in"}
ON_SITE_CLOCK = "times without an offset were read on the clock of the row's site or time_zone"
DATE_LENGTH = len("2026-10-25")
CLOCK_TIME = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"


def iso_clock(texts: pd.Series) -> pd.Series:
    """Local clock times such as 2026-10-25 02:30, without a zone; NaT where there is none."""
    shaped = texts.where(texts.str.fullmatch(CLOCK_TIME, na=False))
    return pd.to_datetime(shaped, errors="coerce", format="ISO8601").astype("datetime64[us]")


@dataclass(frozen=True)
class ClockForm:
    """How a source writes local times: `read` turns texts into times without a zone, `say` shows one."""

    read: Callable[[pd.Series], pd.Series] = iso_clock
    say: str = "2026-10-25 14:30"

    def says_year(self, cell: object) -> str:
        """The note about a cell in an impossible year, which the source may write with two digits."""
        return says_year(cell, f"{self.read(pd.Series([written(cell).strip()], dtype='str'))[0].year:04}")


def zones_of(cells: pd.DataFrame, centre: Centre) -> tuple[pd.Series, list[Found]]:
    """Each row's IANA zone: its `time_zone` cell, else its site's; and the zones nobody knows.

    A row of an unknown site counts as UTC here: the site is reported, so that nothing is stored.
    """
    here = {code: site.time_zone for code, site in centre.sites.items()}
    sites = cells["site"] if "site" in cells.columns else pd.Series("", index=cells.index)
    zones = sites.astype("str").str.strip().map(here).astype("str")
    if "time_zone" not in cells.columns:
        return zones.fillna(UTC), []
    own = cells["time_zone"].mask(blank_cells(cells["time_zone"])).astype("str").str.strip()
    strange = (own.notna() & ~own.isin(available_timezones())).to_numpy(dtype=bool)
    note = "is no IANA time zone; write one such as Europe/Lisbon"
    found = Found("unknown_time_zone", "time_zone", strange, lambda v: f"“{v}” {note}", cells=own)
    zones = own.where(~strange, UTC).fillna(zones).fillna(UTC)
    return zones, [found] if strange.any() else []


def to_utc(
    clock: pd.Series, zones: pd.Series, *, name: str, form: ClockForm | None = None
) -> tuple[pd.Series, list[Found]]:
    """Times in UTC, NaT where blank or wrong, and the cells that are wrong; untouched if none is local.

    A cell with an offset stands for itself; one without is read on the clock of its row's zone.
    """
    form = form or ClockForm()
    local = on_local_clock(clock)
    if not local.any():
        return clock, []
    utc, wrong = typed_column(clock.mask(local), Column(name, "utc", "a time", needed=False), name)
    found = [replace(each, cells=clock) for each in wrong]
    plain = each_distinct(clock.where(local), form.read)
    bad = local & plain.isna().to_numpy()
    if bad.any():
        note = f"is not a time; write it as {form.say} on the local clock, or as 2026-10-25T14:30:00+01:00"
        found.append(Found("not_a_utc", name, bad, lambda v: f"“{v}” {note}", cells=clock))
    beyond = beyond_years(plain)
    if beyond.any():
        found.append(Found("impossible_year", name, beyond, form.says_year, cells=clock))
        plain = plain.mask(beyond)
    for zone in zones[plain.notna()].unique():
        here = ((zones == zone) & plain.notna()).to_numpy(dtype=bool)
        moments, *strange = _localised(plain[here], clock[here], zone)
        utc[here] = moments.array
        odd = {code: _spread(where, here) for code, where in zip(ODD, strange)}
        found += list(_gone_or_double(clock, plain, name, zone=zone, odd=odd))
    return utc, found


def on_local_clock(clock: pd.Series) -> np.ndarray:
    """Which cells hold a time without an offset."""
    if isinstance(clock.dtype, pd.DatetimeTZDtype):
        return np.zeros(len(clock), bool)
    blank = blank_cells(clock)
    if isinstance(clock.dtype, pd.StringDtype):
        return ~_zoned(clock.str.strip()).to_numpy(dtype=bool) & ~blank
    return ~each_distinct(clock, _zoned).eq(True).to_numpy(dtype=bool) & ~blank


def _zoned(texts: pd.Series) -> pd.Series:
    return texts.str.contains(OFFSET, regex=True, na=False)


def _spread(claims: np.ndarray, here: np.ndarray) -> np.ndarray:
    """Claims about some rows as claims about all."""
    result = np.zeros(len(here), bool)
    result[here] = claims
    return result


def _localised(plain: pd.Series, clock: pd.Series, zone: str) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """As `localise`; a date alone stands for the first moment of its day, which always exists."""
    moments, twice, never = localise(plain, zone)
    for place in np.flatnonzero(twice | never):
        if len(written(clock.iloc[place])) == DATE_LENGTH:
            moments.iloc[place] = midnight(plain.iloc[place].date(), zone)
            twice[place] = never[place] = False
    return moments, twice, never


def _gone_or_double(
    clock: pd.Series, plain: pd.Series, name: str, *, zone: str, odd: dict[str, np.ndarray]
) -> Iterator[Found]:
    """The local times that happen twice or never in a zone, each with the offsets it could be meant with."""
    for code, where in odd.items():
        if where.any():
            notes = pd.Series("", index=range(len(clock)), dtype="object")
            for place in np.flatnonzero(where)[:SHOWN]:
                offsets = " or ".join(_offsets(plain.iloc[place], zone))
                said = f"“{written(clock.iloc[place])}” {ODD[code]} {zone}"
                notes.iloc[place] = f"{said}; write its offset behind it, {offsets}"
            yield Found(code, name, where, str, cells=notes)


def _offsets(plain: pd.Timestamp, zone: str) -> tuple[str, str]:
    """The zone's offsets the day before and two days after a local time, as +01:00."""
    days = plain.normalize() + pd.to_timedelta([-1, 2], unit="D")
    before, after = days.tz_localize(zone).strftime("%z")
    return f"{before[:3]}:{before[3:]}", f"{after[:3]}:{after[3:]}"
