"""History -> forecast: expected contacts of every queue, honest intervals, and past accuracy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from forecasting.agreement import in_agreement
from forecasting.backtest import MOST_APART
from forecasting.frames import Frames, IntervalPaths
from forecasting.history import Axis, QueueHistory, histories
from forecasting.joining import keyed, path_rows, typed
from forecasting.kin import Histories, last_known
from forecasting.kin_lessons import kin_starts
from forecasting.kin_starts import KinStarts
from forecasting.new_market import is_new, unlived
from forecasting.outlook import Job, drawn, followings, lessons, outlook
from forecasting.paths import Draws, draws
from forecasting.rollup import QueueDays, rollup
from forecasting.spread import Say, each, spread, unsaid
from planner.domain.centre import Centre, QueueKey
from planner.domain.forecast_tables import (
    ACCURACY,
    EFFECTS,
    FINDINGS,
    FORECAST,
    FORECAST_DAYS,
    FORECAST_ERRORS,
)
from planner.domain.problems import Problem

FEWEST_DAYS = 5  # known days, a working week, without which there is nothing to go by
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
    same luck. Queues without a working week of history, or long silent, are left out and named in `problems`.
    """
    axis = Axis.spanning(volume, first_day, days=days)
    shared = _draws(axis, seed, settings)
    job = Job(centre, seed, settings.origins, shared, keeps_intervals=settings.paths_by == "interval")
    frames, problems = _every_queue(histories(volume, centre, axis), axis, job=job, settings=settings)
    return _joined(frames, problems, first_day=axis.days[axis.cutoff])


def _every_queue(
    known: Histories, axis: Axis, *, job: Job, settings: ForecastSettings
) -> tuple[list[Frames], tuple[Problem, ...]]:
    """The rows of every queue that can be forecast, and those left out."""
    taught = _taught(known, axis, job.centre)
    with spread(workers=settings.workers, backend=settings.backend) as run:
        kin = followings(taught, known, job=job, run=run)
        taught = {key: one for key, one in taught.items() if key in kin or one.days_known >= FEWEST_DAYS}
        starts = kin_starts(known, taught, centre=job.centre, origins=job.origins, run=run)
        calls = [
            (history, kin.get(key), starts.get(key, KinStarts()), job) for key, history in taught.items()
        ]
        alone = dict(zip(taught, each(run, outlook, calls=calls, say=settings.say)))
        seen = in_agreement(alone, taught, known, following=kin, work=(run, job))
        drawing = [(lessons(taught[key], kin.get(key), known), seen[key], job) for key in taught]
        frames = each(run, drawn, calls=drawing, doing="paths drawn", say=settings.say)
    return frames, _left_out(job.centre, axis, set(taught))


def _taught(known: Histories, axis: Axis, centre: Centre) -> dict[QueueKey, QueueHistory]:
    """The queues that answer in the horizon and have history enough, not only of long ago, or a plan."""
    newest = max((last_known(history) for history in known.values()), default=-1)
    return {
        key: history
        for key, history in _lived_or_planned(known, axis, centre).items()
        if history.open_days[axis.cutoff :].any()
        and (
            is_new(history)
            or (history.days_known >= FEWEST_DAYS and newest - last_known(history) <= LONG_SILENT)
        )
    }


def _lived_or_planned(known: Histories, axis: Axis, centre: Centre) -> Histories:
    """The histories, and blank ones of queues that have only a plan, in the order of the centre."""
    blank = {
        key: unlived(queue, axis, interval_min=centre.interval_min)
        for key, queue in centre.queues.items()
        if queue.planned is not None and key not in known
    }
    both = {**known, **blank}
    return {key: both[key] for key in centre.queues if key in both}


def _draws(axis: Axis, seed: int, settings: ForecastSettings) -> Draws:
    past_days = max(settings.origins, 1) * MOST_APART
    return draws(np.random.default_rng(seed), paths=settings.paths, horizon=axis.horizon, past_days=past_days)


def _left_out(centre: Centre, axis: Axis, taught: set[QueueKey]) -> tuple[Problem, ...]:
    """The queues that answer in the horizon and have too little history to say anything of."""
    first, last = axis.days[axis.cutoff].date(), axis.days[-1].date()
    note = (
        f"has fewer than {FEWEST_DAYS} days of history before {first}, or none in the last "
        f"{LONG_SILENT} days; it is not forecast. If it is new, write in plan.yaml "
        "what it is planned for, such as"
    )
    return tuple(
        Problem("no_history", f"{key} {note} planned: {{{key.channel}: {{contacts_per_week: 1200}}}}")
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
        tuple(paths for f in frames for paths in f.drawn),
    )
