"""The centre a plain history speaks of: its queues, their hours and closed days, as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasting.closed_days import closed_days
from forecasting.intervals import DAY_MIN
from forecasting.opening_hours import Observed, closed_then, open_slots, spans_of
from forecasting.public_holidays import named_holidays
from planner.domain.centre import (
    CHANNEL_KINDS,
    Centre,
    ChannelKind,
    Event,
    Handling,
    Queue,
    QueueKey,
    Site,
    Target,
)
from planner.domain.timegrid import OpeningHours
from planner.pipeline.plain.grid import SUMS, Conventions, Named, by_queue

AHT_S = 180.0  # never used: where handle times are not in the file, none are given out


@dataclass(frozen=True)
class Surroundings:
    """What the history does not hold: countries ("CA-ON") whose holidays count, and events."""

    countries: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()


def before(observed: Mapping[QueueKey, Observed], first_day: date) -> dict[QueueKey, Observed]:
    """What was seen before a day; queues of which nothing was are left out."""
    end = pd.Timestamp(first_day)
    cut = {key: each.days < end for key, each in observed.items()}
    return {
        key: Observed(each.days[cut[key]], each.contacts[cut[key]])
        for key, each in observed.items()
        if cut[key].any()
    }


def centre_of(
    observed: Mapping[QueueKey, Observed], how: Conventions, around: Surroundings, *, last: date
) -> Centre:
    """The centre with hours and closed days as these days show them, and holidays until `last`."""
    queues = {key: _queue(key, each, how, around=around, last=last) for key, each in observed.items()}
    sites = {key.site: _site(key.site, how, around) for key in queues}
    return Centre("history", how.interval_min, sites, queues, {}, (), events=around.events)


def _site(code: str, how: Conventions, around: Surroundings) -> Site:
    country, _, part = around.countries[0].partition("-") if around.countries else ("", "", "")
    hours = OpeningHours(how.clock.zone, {})
    return Site(code, code, country, how.clock.zone, hours, subdivision=part or None)


def _queue(key: QueueKey, observed: Observed, how: Conventions, *, around: Surroundings, last: date) -> Queue:
    is_open = open_slots(observed)
    spans = {d: spans_of(is_open[d], interval_min=how.interval_min) for d in range(7) if is_open[d].any()}
    shut = closed_days(observed, is_open, holidays=_holidays(around, observed, last), last=last)
    hours = OpeningHours(how.clock.zone, spans, closed=shut)
    others = around.countries if len(around.countries) > 1 else ()
    return Queue(key, _kind(key), hours, Target(), Handling(AHT_S), customers=others)


def _kind(key: QueueKey) -> ChannelKind:
    """Written work that waits is counted in the hours the data show, as if somebody answered then."""
    kind = CHANNEL_KINDS.get(key.channel, "immediate")
    return "immediate" if kind == "deferred" else kind


def _holidays(around: Surroundings, observed: Observed, last: date) -> dict[date, str]:
    days = pd.date_range(observed.days[0], pd.Timestamp(last), freq="D")
    if not around.countries or not len(days):
        return {}
    frame = named_holidays(around.countries[:1], days)
    public = frame[~frame["soft"].astype(bool)]
    return {day.date(): str(name) for day, name in zip(public["day"], public["name"])}


def volume_of(
    found: Named, observed: Mapping[QueueKey, Observed], how: Conventions, *, centre: Centre
) -> pd.DataFrame:
    """The VOLUME rows of what was seen, with what was closed then as zeros, and sums of handle times."""
    sums = _handling(found, how)
    frames = []
    for key, each in observed.items():
        hours = centre.queues[key].hours if key in centre.queues else None
        filled = closed_then(each, _open_grid(hours, how)) if hours is not None else each
        frames.append(_rows(key, filled, how))
    volume = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    if sums is None or volume.empty:
        return volume
    return volume.merge(sums, on=["site", "language", "channel", "interval_start"], how="left")


def _open_grid(hours: OpeningHours, how: Conventions) -> np.ndarray:
    minute = np.arange(0, DAY_MIN, how.interval_min)
    return np.array(
        [
            np.any([(minute >= a) & (minute < b) for a, b in hours.weekdays.get(d, ((0, 0),))], axis=0)
            for d in range(7)
        ]
    )


def _rows(key: QueueKey, observed: Observed, how: Conventions) -> pd.DataFrame:
    """A row per known slot; the hour that a clock repeats is two, sharing what came in both."""
    day, slot = np.nonzero(~np.isnan(observed.contacts))
    local = observed.days[day] + pd.to_timedelta(slot * how.interval_min, unit="min")
    offered = observed.contacts[day, slot]
    first, second = (
        local.tz_localize(how.clock.zone, ambiguous=np.full(len(local), early), nonexistent="NaT").tz_convert(
            "UTC"
        )
        for early in (True, False)
    )
    twice = np.asarray((first != second) & first.notna())
    frame = pd.DataFrame(
        {"interval_start": first.as_unit("us"), "offered": np.where(twice, offered / 2, offered)}
    )
    again = pd.DataFrame({"interval_start": second.as_unit("us"), "offered": offered / 2})[twice]
    rows = pd.concat([frame, again], ignore_index=True).dropna(subset=["interval_start"])
    return rows.assign(**key._asdict(), interval_min=how.interval_min)


def _handling(found: Named, how: Conventions) -> pd.DataFrame | None:
    """Sums of answered contacts and handle times by queue and interval; None where the file has none."""
    names = [name for name in SUMS if name in found.rows.columns]
    if "answered" not in names or len(names) < 2:
        return None
    parts = []
    for key, rows in by_queue(found).items():
        minutes = (rows["local"] - pd.Timedelta(minutes=how.steps.phase_min)).dt.floor(
            f"{how.interval_min}min"
        )
        starts = pd.DatetimeIndex(minutes).tz_localize(
            how.clock.zone, ambiguous=np.ones(len(rows), bool), nonexistent="NaT"
        )
        summed = rows[names].groupby(starts.tz_convert("UTC").as_unit("us")).sum(min_count=1)
        parts.append(summed.rename_axis("interval_start").reset_index().assign(**key._asdict()))
    return pd.concat(parts, ignore_index=True)


def horizon_end(first_day: date, days: int) -> date:
    """The last day of a horizon."""
    return first_day + timedelta(days=days - 1)


def with_events(around: Surroundings, events: tuple[Event, ...]) -> Surroundings:
    """The same with events."""
    return replace(around, events=events)
