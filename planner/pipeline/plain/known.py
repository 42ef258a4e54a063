"""Everything known of a plain history as of a day: the values and the table a forecast is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from forecasting.opening_hours import Observed
from planner.domain.centre import Centre, QueueKey
from planner.domain.problems import InputError, Problem
from planner.importers.plain import PlainHistory
from planner.pipeline.plain.centre import Surroundings, before, centre_of, volume_of
from planner.pipeline.plain.clock import clock_of
from planner.pipeline.plain.grid import Conventions, Named, conventions, grids, named, without_copies
from planner.pipeline.plain.horizon import LastDay, Length, last_day

ALONE = Surroundings()


@dataclass(frozen=True)
class Wish:
    """What was asked for: length ahead, day to forecast as of, interval, zone, and what surrounds it."""

    ahead: Length
    cutoff: date | None = None
    interval_min: int | None = None
    zone: str | None = None
    around: Surroundings = ALONE


@dataclass(frozen=True)
class Known:
    """A plain history understood: nothing at or after `first_day` was looked at.

    `observed` is by queue, `volume` the VOLUME rows, `ended` the last day with rows (None where a cutoff
    was asked for).
    """

    found: Named
    how: Conventions
    observed: Mapping[QueueKey, Observed]
    centre: Centre
    volume: pd.DataFrame
    first_day: date
    days: int
    ended: LastDay | None


def known(history: PlainHistory, wish: Wish) -> Known:
    """The history as it is known at the cutoff, or at its end; InputError where there is nothing to go by."""
    found, how = _understood(history, wish)
    observed = grids(found, how)
    came = {key: each for key, each in observed.items() if each.lifetime.any()}
    if not came:
        raise _nothing(history, wish.cutoff)
    ended = last_day(found, came, how) if wish.cutoff is None else None
    first_day = ended.first_day if ended is not None else wish.cutoff
    assert first_day is not None
    seen = before(came, first_day)
    if not seen:
        raise _nothing(history, first_day)
    days = wish.ahead.days(first_day)
    last = first_day + timedelta(days=days - 1)
    centre = centre_of(seen, how, wish.around, last=last)
    volume = volume_of(found, seen, how, centre=centre)
    return Known(found, how, seen, centre, volume, first_day, days, ended)


def _understood(history: PlainHistory, wish: Wish) -> tuple[Named, Conventions]:
    """The rows before the cutoff on their clock, and how the file writes them."""
    end = None if wish.cutoff is None else pd.Timestamp(wish.cutoff)
    clock = clock_of(history, zone=wish.zone, until=end)
    found = named(history, clock)
    if end is not None:
        found = replace(found, rows=found.rows[found.rows["local"] < end])
    found = without_copies(found)
    if not found.rows["offered"].notna().any():
        raise _nothing(history, wish.cutoff)
    return found, conventions(found, clock, interval_min=wish.interval_min, file=history.file)


def _nothing(history: PlainHistory, cutoff: date | None) -> InputError:
    until = f" before {cutoff}" if cutoff else ""
    note = f"has no contacts at all{until}, so there is nothing to go by; bring the history that has some"
    return InputError([Problem("no_history", note, history.file, None, history.volume_name)])
