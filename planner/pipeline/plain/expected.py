"""The forecast of a plain history as a file for its owner: on the file's clock, with no interval missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from forecasting.forecast import Forecast
from forecasting.intervals import DAY_MIN
from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import QUANTILES
from planner.domain.keys import QUEUE
from planner.domain.timegrid import intervals, midnight
from planner.pipeline.plain.centre import AHT_S
from planner.pipeline.plain.known import Known

FIRST = ("p10", "p50", "p90")
MEASURES = ("offered", *FIRST, *(q for q in QUANTILES if q not in FIRST))
RECENT_DAYS = 182
INTERVAL = "interval"


def expected(result: Forecast, known: Known, *, levels: Sequence[str], series: Sequence[str]) -> pd.DataFrame:
    """Rows of every interval of the horizon and, if asked, of days, weeks and the total.

    Closed intervals and days are rows with zeros, so that whatever comes finds its row. `series` are the
    headings of the columns that tell queues apart, which come first.
    """
    frames = [
        _named(frame, known.found.names[key], series)
        for key in known.centre.queues
        if key in _forecast_queues(result)
        for frame in (_intervals(result, known, key), *_sums(result, known, key, levels=levels))
    ]
    made = pd.concat(frames, ignore_index=True)
    columns = [*series, "interval_start", "level", *MEASURES]
    return made[[*columns, "aht_s"] if _has_aht(known) else columns]


def _forecast_queues(result: Forecast) -> set[QueueKey]:
    return {QueueKey(*row) for row in result.intervals[list(QUEUE)].drop_duplicates().itertuples(index=False)}


def _has_aht(known: Known) -> bool:
    return "answered" in known.volume.columns and bool((known.volume["answered"] > 0).any())


def _named(frame: pd.DataFrame, cells: tuple[str, ...], series: Sequence[str]) -> pd.DataFrame:
    return frame.assign(**dict(zip(series, cells)))


def _of_queue(frame: pd.DataFrame, key: QueueKey) -> pd.DataFrame:
    here = (
        (frame["site"] == key.site) & (frame["language"] == key.language) & (frame["channel"] == key.channel)
    )
    return frame[here]


def _intervals(result: Forecast, known: Known, key: QueueKey) -> pd.DataFrame:
    starts = all_starts(known, key)
    rows = _of_queue(result.intervals, key).set_index("interval_start").reindex(starts)
    made = rows[list(MEASURES)].fillna(0.0)
    made["aht_s"] = rows["aht_s"].to_numpy() if "aht_s" in rows else AHT_S
    made = made.assign(interval_start=written(known, starts), level=INTERVAL)
    return _once(made).reset_index(drop=True)


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """The hour that a clock without offsets repeats as one row: contacts added up, quantiles as if tied."""
    again = rows["interval_start"].duplicated(keep=False)
    if not again.any():
        return rows
    sums = rows[again].groupby("interval_start", as_index=False)
    added = sums.agg(dict.fromkeys(MEASURES, "sum") | {"aht_s": "first", "level": "first"})
    return pd.concat([rows[~again], added]).sort_values("interval_start", kind="stable")


def all_starts(known: Known, key: QueueKey) -> pd.DatetimeIndex:
    """Every interval (UTC) of the horizon between the earliest and latest that is open or had rows lately."""
    zone, size = known.how.clock.zone, known.how.interval_min
    if size >= DAY_MIN:
        days = pd.date_range(known.first_day, periods=known.days, freq="D")
        return pd.DatetimeIndex([midnight(day, zone) for day in days]).as_unit("us")
    starts = intervals(known.first_day, known.days, zone=zone, interval_min=size)
    local = starts.tz_convert(zone)
    slot = (local.hour * 60 + local.minute).to_numpy() // size
    first, last = _window(known, key)
    return starts[(slot >= first) & (slot <= last)]


def _window(known: Known, key: QueueKey) -> tuple[int, int]:
    size, observed = known.how.interval_min, known.observed[key]
    rows = ~np.isnan(observed.contacts[-RECENT_DAYS:]).all(axis=0)
    kept = key not in known.how.leave_zeros_out
    slots = {int(slot) for slot in np.flatnonzero(rows)} if kept else set()
    for spans in known.centre.queues[key].hours.weekdays.values():
        slots |= {slot for a, b in spans for slot in range(a // size, -(-b // size))}
    return (min(slots), max(slots)) if slots else (0, DAY_MIN // size - 1)


def written(known: Known, starts: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Interval starts as the file writes its times."""
    phase = pd.Timedelta(minutes=known.how.steps.phase_min)
    return known.how.clock.written(starts + phase)


def _sums(result: Forecast, known: Known, key: QueueKey, *, levels: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Rows of each level asked for; a day or week without contacts expected has zeros."""
    said = _of_queue(result.days, key)
    for level in levels:
        labels = _labels(known, level)
        rows = said[said["level"] == level].set_index("day").reindex(labels)[list(MEASURES)].fillna(0.0)
        first = pd.DatetimeIndex(np.maximum(labels, pd.Timestamp(known.first_day)))
        starts = pd.DatetimeIndex([midnight(day, known.how.clock.zone) for day in first]).as_unit("us")
        at = known.how.clock.written(starts)
        yield rows.assign(interval_start=at, level=level, aht_s=np.nan).reset_index(drop=True)


def _labels(known: Known, level: str) -> pd.DatetimeIndex:
    """How FORECAST_DAYS labels the sums of a level."""
    days = pd.date_range(known.first_day, periods=known.days, freq="D").as_unit("us")
    if level == "day":
        return days
    if level == "week":
        return pd.DatetimeIndex(days - pd.to_timedelta(days.day_of_week, unit="D")).unique()
    return days[:1]


def path_blocks(
    result: Forecast, known: Known, *, series: Sequence[str], rows: int = 1 << 20
) -> Iterator[pd.DataFrame]:
    """The sample paths by interval, closed ones with zeros, in blocks of about so many rows."""
    for drawn in result.drawn:
        starts = all_starts(known, drawn.key)
        labels = written(known, starts)
        distinct = labels.unique()
        contacts = np.zeros((len(distinct), drawn.contacts.shape[1]), np.int32)
        place = starts.get_indexer(drawn.starts)
        np.add.at(contacts, distinct.get_indexer(labels[place]), drawn.contacts)
        step = max(rows // contacts.shape[1], 1)
        for begin in range(0, len(distinct), step):
            block = _block(distinct[begin : begin + step], contacts[begin : begin + step])
            yield block.assign(**dict(zip(series, known.found.names[drawn.key])))[[*series, *block.columns]]


def _block(starts: pd.DatetimeIndex, contacts: np.ndarray) -> pd.DataFrame:
    paths = contacts.shape[1]
    return pd.DataFrame(
        {
            "interval_start": starts.repeat(paths),
            "path": np.tile(np.arange(paths, dtype=np.int32), len(starts)),
            "offered": contacts.ravel(),
        }
    )
