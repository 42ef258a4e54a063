"""Where each queue's days are heading, by its own backtest or its kin's, and the drawing of its paths."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from joblib import Parallel

from forecasting.adoption import adopted
from forecasting.backtest import FEWEST_AT_ALL, Backtest, backtest, origins_before
from forecasting.borrowing import Judged, borrowed, residual_test
from forecasting.day_effects import effect_rows
from forecasting.event_luck import event_luck
from forecasting.findings import finding_rows
from forecasting.frames import Frames, frames_of, interval_paths
from forecasting.history import Axis, QueueHistory
from forecasting.kin import Histories, Kin, kin_of
from forecasting.kin_starts import KinStarts
from forecasting.new_market import Prior, is_new, learned, like_of, plan_errors, prior_of, silent
from forecasting.past import DaySeries
from forecasting.paths import Draws
from forecasting.queue_forecast import queue_forecast
from forecasting.series import kin_series, own_series
from forecasting.spread import each
from planner.domain.centre import Centre, Queue, QueueKey


@dataclass(frozen=True)
class Job:
    """What the work on every queue shares. `keeps_intervals`: interval paths are asked for."""

    centre: Centre
    seed: int
    origins: int
    shared: Draws
    keeps_intervals: bool


@dataclass(frozen=True)
class Following:
    """Why a queue follows its kin, and the kin's backtest."""

    kin: Kin
    judged: Judged


@dataclass(frozen=True)
class Outlook:
    """A queue's day series with its backtest, and the backtest whose errors its paths repeat.

    `level` (paths,) is the log error of a plan on each path, 0 where none speaks for the queue.
    """

    judged: Judged
    surprises: Backtest
    level: np.ndarray


def followings(taught: Histories, known: Histories, *, job: Job, run: Parallel) -> dict[QueueKey, Following]:
    """The kin of each queue that has one, forecast and tested; the same kin only once."""
    kin = {key: found for key, history in taught.items() if (found := _kin(history, known)) is not None}
    lived = {**taught, **known}
    distinct = {(found.members, taught[key].queue.customers): key for key, found in kin.items()}
    calls = [
        ([lived[member] for member in members], taught[key].queue, job)
        for (members, _), key in distinct.items()
    ]
    judged = dict(zip(distinct, each(run, _judged, calls=calls)))
    return {
        key: Following(found, judged[found.members, taught[key].queue.customers])
        for key, found in kin.items()
    }


def _kin(history: QueueHistory, known: Histories) -> Kin | None:
    queue = history.queue
    return like_of(queue, {**known, queue.key: history}) if is_new(history) else kin_of(queue, known)


def _judged(members: Sequence[QueueHistory], queue: Queue, job: Job) -> Judged:
    series = kin_series(members, queue, job.centre)
    axis = members[0].grid.axis
    return tested(series, axis, origins_of(series, axis, job))


def origins_of(series: DaySeries, axis: Axis, job: Job) -> np.ndarray:
    """The past days a series is tried on."""
    return origins_before(axis.cutoff, count=job.origins, first_known=series.first_known)


def tested(series: DaySeries, axis: Axis, origins: np.ndarray) -> Judged:
    """A series with its backtest."""
    return Judged(series, backtest(series, origins, cutoff=axis.cutoff, horizon=axis.horizon))


def outlook(history: QueueHistory, following: Following | None, starts: KinStarts, job: Job) -> Outlook:
    """The backtest and forecast of one queue's days, borrowed where it has kin."""
    axis, series = history.grid.axis, replace(own_series(history, job.centre), kin=starts)
    nothing = np.zeros_like(job.shared.level)
    if following is None:
        own = tested(series, axis, origins_of(series, axis, job))
        return Outlook(own, own.test, nothing)
    kin = following.judged
    own = Judged(series, silent(kin.test))
    if history.days_known >= FEWEST_AT_ALL:
        own = tested(series, axis, kin.test.origins)
    prior = prior_of(history, kin.series)
    test = borrowed(own, kin, cutoff=axis.cutoff, reason=following.kin.reason, prior=prior)
    level = nothing if prior is None else _plan_errors(prior, own, kin, history=history, job=job)
    return Outlook(Judged(series, test), residual_test(test, kin.test), level)


def _plan_errors(prior: Prior, own: Judged, kin: Judged, *, history: QueueHistory, job: Job) -> np.ndarray:
    found = learned(prior, own.series, kin.series, cutoff=history.grid.axis.cutoff)
    return plan_errors(found.sd, history.queue, seed=job.seed, paths=len(job.shared.level))


def lessons(history: QueueHistory, following: Following | None, known: Histories) -> QueueHistory:
    """The days that profile and AHT are learned from: a new queue's begin with its kin's."""
    if following is None or not is_new(history):
        return history
    return adopted(
        history, [known[key] for key in following.kin.members if key in known and key != history.queue.key]
    )


def drawn(history: QueueHistory, seen: Outlook, job: Job) -> Frames:
    """All rows of one queue from the outlook on its days."""
    rng = np.random.default_rng([job.seed, zlib.crc32(str(history.queue.key).encode())])
    tests = seen.judged.test, seen.surprises
    axis, series = history.grid.axis, seen.judged.series
    luck = event_luck(series, cutoff=axis.cutoff, horizon=axis.horizon, seed=job.seed, paths=len(seen.level))
    shared = replace(job.shared, level=seen.level[:, None] + luck)
    made = queue_forecast(history, seen.judged.series.calendar, tests, shared=shared, rng=rng)
    kept = (interval_paths(made),) if job.keeps_intervals else ()
    effects = effect_rows(series, history.queue.key, cutoff=axis.cutoff, horizon=axis.horizon)
    findings = finding_rows(history, seen.judged.series, job.centre)
    return replace(frames_of(made), drawn=kept, effects=effects, findings=findings)
