"""History -> forecast: expected contacts of every queue, honest intervals, and past accuracy."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from joblib import Parallel

from forecasting.backtest import MOST_APART, backtest, origins_before
from forecasting.borrowing import Judged, borrowed, residual_test
from forecasting.frames import Frames, IntervalPaths, frames_of, interval_paths
from forecasting.history import Axis, QueueHistory, histories
from forecasting.joining import keyed, path_rows, typed
from forecasting.kin import Histories, Kin, kin_of, last_known
from forecasting.past import DaySeries
from forecasting.paths import Draws, draws
from forecasting.queue_forecast import queue_forecast
from forecasting.rollup import QueueDays, rollup
from forecasting.series import kin_series, own_series
from forecasting.spread import Say, each, unsaid
from planner.domain.centre import Centre, Queue, QueueKey
from planner.domain.forecast_tables import (
    ACCURACY,
    EFFECTS,
    FINDINGS,
    FORECAST,
    FORECAST_DAYS,
    FORECAST_ERRORS,
)
from planner.domain.problems import Problem

FEWEST_DAYS = 7  # known days without which there is nothing to go by
LONG_SILENT = 56  # days a queue had no rows while others had: it may have closed


@dataclass(frozen=True)
class ForecastSettings:
    """Sample paths drawn, past days the forecast is tried on, and how the work is spread.

    `backend` is joblib's ("loky", "threading", "dask", ...); results do not depend on it or on `workers`.
    `paths_by` interval keeps each queue's interval paths too: intervals x paths x 4 bytes. `say` is told
    how far it is.
    """

    paths: int = 200
    origins: int = 8
    workers: int = 1
    backend: str = "loky"
    paths_by: Literal["day", "interval"] = "day"
    say: Say = unsaid


@dataclass(frozen=True)
class Forecast:
    """FORECAST, FORECAST_DAYS, FORECAST_PATHS, ACCURACY, FORECAST_ERRORS, EFFECTS, FINDINGS, FORECAST_ROLLUP.

    `problems` names queues left out; `drawn` are the interval paths where they were asked for.
    """

    intervals: pd.DataFrame
    days: pd.DataFrame
    paths: pd.DataFrame
    accuracy: pd.DataFrame
    errors: pd.DataFrame
    effects: pd.DataFrame
    findings: pd.DataFrame
    rollup: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    drawn: tuple[IntervalPaths, ...] = ()


def forecast(
    volume: pd.DataFrame,
    centre: Centre,
    *,
    first_day: date,
    days: int,
    seed: int,
    settings: ForecastSettings = ForecastSettings(),
) -> Forecast:
    """Expected contacts of `days` local days from `first_day` on, from a VOLUME table.

    Every queue is forecast on its own clock (the zone of its hours); nothing at or after the midnight on
    which its `first_day` begins is looked at. The mean is spread over the open intervals; deferred
    channels receive contacts around the clock. A path has the same number in every queue and means the
    same luck. Queues without a week of history, or long silent, are left out and named in `problems`.
    """
    axis = Axis.spanning(volume, first_day, days=days)
    job = _Job(centre, seed, replace(settings, say=unsaid), _draws(axis, seed, settings))
    frames, problems = _every_queue(histories(volume, centre, axis), axis, job=job, say=settings.say)
    return _joined(frames, problems, first_day=axis.days[axis.cutoff])


@dataclass(frozen=True)
class _Job:
    """What the work on every queue shares."""

    centre: Centre
    seed: int
    settings: ForecastSettings
    shared: Draws


def _every_queue(
    known: Histories, axis: Axis, *, job: _Job, say: Say
) -> tuple[list[Frames], tuple[Problem, ...]]:
    """The rows of every queue that can be forecast, and those left out."""
    taught, settings = _taught(known, axis), job.settings
    with Parallel(n_jobs=settings.workers, backend=settings.backend, return_as="generator") as run:
        kin = _kin_judged(taught, known, job=job, run=run)
        calls = [(history, kin.get(key), job) for key, history in taught.items()]
        frames = each(run, _frames, calls=calls, say=say)
    return frames, _left_out(job.centre, axis, set(taught))


def _taught(known: Histories, axis: Axis) -> dict[QueueKey, QueueHistory]:
    """The queues that answer in the horizon and have history enough, and not only of long ago."""
    newest = max((last_known(history) for history in known.values()), default=-1)
    return {
        key: history
        for key, history in known.items()
        if history.open_days[axis.cutoff :].any()
        and history.days_known >= FEWEST_DAYS
        and newest - last_known(history) <= LONG_SILENT
    }


def _draws(axis: Axis, seed: int, settings: ForecastSettings) -> Draws:
    past_days = max(settings.origins, 1) * MOST_APART
    return draws(np.random.default_rng(seed), paths=settings.paths, horizon=axis.horizon, past_days=past_days)


def _kin_judged(
    taught: Histories, known: Histories, *, job: _Job, run: Parallel
) -> dict[QueueKey, tuple[Kin, Judged]]:
    """The kin of each queue that has one, forecast and tested; the same kin only once."""
    kin = {
        key: found for key, history in taught.items() if (found := kin_of(history.queue, known)) is not None
    }
    distinct = {(found.members, taught[key].queue.customers): key for key, found in kin.items()}
    calls = [
        ([known[member] for member in members], taught[key].queue, job)
        for (members, _), key in distinct.items()
    ]
    tested = dict(zip(distinct, each(run, _judged, calls=calls)))
    return {key: (found, tested[found.members, taught[key].queue.customers]) for key, found in kin.items()}


def _judged(members: list[QueueHistory], queue: Queue, job: _Job) -> Judged:
    series = kin_series(members, queue, job.centre)
    axis = members[0].grid.axis
    return _with_backtest(series, axis, _origins(series, axis, job))


def _origins(series: DaySeries, axis: Axis, job: _Job) -> np.ndarray:
    return origins_before(axis.cutoff, count=job.settings.origins, first_known=series.first_known)


def _with_backtest(series: DaySeries, axis: Axis, origins: np.ndarray) -> Judged:
    return Judged(series, backtest(series, origins, cutoff=axis.cutoff, horizon=axis.horizon))


def _frames(history: QueueHistory, kin: tuple[Kin, Judged] | None, job: _Job) -> Frames:
    """All rows of one queue: backtest and forecast, borrowed where it has kin, then intervals and paths."""
    axis, series = history.grid.axis, own_series(history, job.centre)
    origins = _origins(series, axis, job) if kin is None else kin[1].test.origins
    own = _with_backtest(series, axis, origins)
    tests = own.test, own.test
    if kin is not None:
        test = borrowed(own, kin[1], cutoff=axis.cutoff, reason=kin[0].reason)
        tests = test, residual_test(test, kin[1].test)
    seed = [job.seed, zlib.crc32(str(history.queue.key).encode())]
    rng = np.random.default_rng(seed)
    made = queue_forecast(history, series.calendar, tests, shared=job.shared, rng=rng)
    drawn = (interval_paths(made),) if job.settings.paths_by == "interval" else ()
    return replace(frames_of(made), drawn=drawn)


def _left_out(centre: Centre, axis: Axis, taught: set[QueueKey]) -> tuple[Problem, ...]:
    """The queues that answer in the horizon and have too little history to say anything of."""
    first, last = axis.days[axis.cutoff].date(), axis.days[-1].date()
    note = (
        f"has fewer than {FEWEST_DAYS} days of history before {first}, or none in the last "
        f"{LONG_SILENT} days; it is not forecast"
    )
    return tuple(
        Problem("no_history", f"{key} {note}")
        for key, queue in centre.queues.items()
        if key not in taught
        and (queue.last_day is None or queue.last_day >= first)
        and (queue.first_day is None or queue.first_day <= last)
    )


def _joined(frames: list[Frames], problems: tuple[Problem, ...], *, first_day: pd.Timestamp) -> Forecast:
    return Forecast(
        keyed([(f.key, f.intervals) for f in frames], FORECAST),
        keyed([(f.key, f.days) for f in frames], FORECAST_DAYS),
        path_rows([f.paths for f in frames]),
        typed([f.accuracy for f in frames], ACCURACY),
        typed([f.errors for f in frames], FORECAST_ERRORS),
        typed([f.effects for f in frames], EFFECTS),
        typed([f.findings for f in frames], FINDINGS),
        rollup([QueueDays(f.paths, f.expected) for f in frames], first_day=first_day),
        problems,
        tuple(drawn for f in frames for drawn in f.drawn),
    )
