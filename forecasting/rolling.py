"""The whole forecast made again as of past days, and set against what came: the BACKTEST table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasting.forecast import Forecast, ForecastSettings, forecast
from forecasting.hindsight import hindsight
from forecasting.history import QueueHistory, cell_sums, local_cells
from forecasting.lived import Lived, lived
from forecasting.scores import BANDS, HINDSIGHT, NAIVE, OURS, Outcome, missed, scores
from forecasting.series import own_series
from forecasting.spread import each, spread
from planner.domain.centre import Centre, QueueKey
from planner.domain.forecast_tables import BACKTEST
from planner.domain.keys import QUEUE
from planner.domain.problems import InputError, Problem

Came = Mapping[QueueKey, Lived]
CentreAsOf = Callable[[date], Centre]
A_DAY_ON_ANY_CLOCK = 2  # days after a moment's date in UTC by which its day is over everywhere


def quiet(line: str) -> None:
    """Says nothing."""


def rolling_backtest(
    volume: pd.DataFrame,
    centre: Centre | CentreAsOf,
    *,
    origins: Sequence[date],
    days: int,
    seed: int,
    settings: ForecastSettings,
    say: Callable[[str], None] = quiet,
) -> pd.DataFrame:
    """BACKTEST of a VOLUME table: forecasts of `days` local days from each origin, with what lay before.

    `centre` may be a function of the day as of which it is asked for, where opening hours are read from
    the data: it is called with each origin, and once with a day after the history's end. What came is
    judged in the intervals that are open by the origin's centre or by the last one. InputError when an
    origin lies outside the history.
    """
    as_of: CentreAsOf = centre if callable(centre) else lambda _: centre
    final = as_of(volume["interval_start"].max().date() + timedelta(days=A_DAY_ON_ANY_CLOCK))
    came = lived(volume, final, days=days)
    _refuse_outside(origins, came)
    say("what hindsight would have expected: the floor")
    floors = _floors(came, final, settings)
    parts = []
    for k, origin in enumerate(origins, 1):
        say(f"forecast {k} of {len(origins)}, as of {origin}")
        known = as_of(origin)
        result = forecast(volume, known, first_day=origin, days=days, seed=seed, settings=settings)
        seen = came if known == final else _opened(lived(volume, known, days=days), came)
        parts += [missed_by(result, seen, floors, first_day=origin, days=days)]
    return scores(parts) if any(map(len, parts)) else BACKTEST.empty()


def _refuse_outside(origins: Sequence[date], came: Came) -> None:
    """InputError unless every origin has a day before it and a day of history from it on."""
    if came:
        axis = next(iter(came.values())).history.grid.axis  # common to all queues
        first, end = axis.days[0].date(), axis.days[axis.cutoff].date()
        note = f"lies outside the history, which goes to {end - timedelta(days=1)}"
        outside = [day for day in origins if not first < day < end]
        if outside:
            raise InputError([Problem("origin_outside", f"origin {day} {note}") for day in outside])


def _floors(came: Came, centre: Centre, settings: ForecastSettings) -> dict[QueueKey, np.ndarray]:
    with spread(workers=settings.workers, backend=settings.backend) as run:
        found = each(run, floor_of, calls=[(one.history, centre) for one in came.values()])
    return dict(zip(came, found))


def floor_of(history: QueueHistory, centre: Centre) -> np.ndarray:
    return hindsight(history, own_series(history, centre))


def missed_by(
    result: Forecast, came: Came, floors: Mapping[QueueKey, np.ndarray], *, first_day: date, days: int
) -> pd.DataFrame:
    """What one forecast missed by, for `scores`: sums by queue, model, level and bucket.

    `floors` are the contacts of each day and slot in hindsight, on the axis of what came. Queues without
    a forecast are not in the result: they are named in the forecast's problems. Nor are those whose
    intervals have changed their length since.
    """
    said = result.intervals.groupby(list(QUEUE), sort=False, observed=True).indices
    drawn = result.paths.groupby(list(QUEUE), sort=False, observed=True).indices
    parts = []
    for names, rows in said.items():
        key = QueueKey(*names)
        if key in came and _alike(result.intervals.iloc[rows], came[key]):
            ours = _ours(result.intervals.iloc[rows], came[key], first_day, days=days)
            paths = _by_day(result.paths.iloc[drawn[names]], first_day, days=days)
            outcome = _outcome(ours, paths, came[key], first_day=first_day, floor=floors[key])
            parts.append(missed(outcome).assign(**key._asdict(), origin=pd.Timestamp(first_day)))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _alike(intervals: pd.DataFrame, came: Lived) -> bool:
    return bool((intervals["interval_min"] == came.history.grid.interval_min).all())


@dataclass(frozen=True)
class _Ours:
    """Our forecast of one queue: mean (days x slots) and `BANDS` (5 x days x slots)."""

    offered: np.ndarray
    bands: np.ndarray


def _ours(intervals: pd.DataFrame, came: Lived, first_day: date, *, days: int) -> _Ours:
    """An interval without a row was expected to be empty; an hour that the clock repeats has no bands."""
    grid = came.history.grid
    row, slot = local_cells(
        pd.DatetimeIndex(intervals["interval_start"]),
        came.history.queue.hours.zone,
        pd.Timestamp(first_day),
        interval_min=grid.interval_min,
    )
    shape = days, grid.slots
    rows = cell_sums(row, slot, np.ones(len(row)), shape=shape)
    bands = [cell_sums(row, slot, intervals[q].to_numpy(float), shape=shape) for q in BANDS]
    offered = cell_sums(row, slot, intervals["offered"].to_numpy(float), shape=shape)
    return _Ours(offered, np.where(rows <= 1, np.array(bands), np.nan))


def _outcome(ours: _Ours, paths: np.ndarray, came: Lived, *, first_day: date, floor: np.ndarray) -> Outcome:
    days = len(ours.offered)
    ahead = slice(came.row(first_day), came.row(first_day) + days)
    naive = came.last_same_weekday(first_day, days=days)
    said = {OURS: ours.offered, NAIVE: naive, HINDSIGHT: floor[ahead]}
    return Outcome(came.contacts[ahead], said, ours.bands, paths)


def _by_day(paths: pd.DataFrame, first_day: date, *, days: int) -> np.ndarray:
    """Contacts of each day ahead and path (days x paths)."""
    day = (paths["day"] - pd.Timestamp(first_day)).dt.days.to_numpy()
    path = paths["path"].to_numpy()
    drawn = np.zeros((days, int(path.max()) + 1))
    drawn[day, path] = paths["offered"]
    return drawn


def _opened(known: Came, final: Came) -> dict[QueueKey, Lived]:
    """What came in intervals open by either view of the centre."""
    return {
        key: Lived(one.history, np.where(np.isnan(one.contacts), final[key].contacts, one.contacts))
        if key in final and final[key].contacts.shape == one.contacts.shape
        else one
        for key, one in known.items()
    }
