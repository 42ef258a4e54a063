"""A queue without a year of its own: a like market's days at a planned volume, until its own weeks speak."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forecasting.backtest import Backtest
from forecasting.history import Axis, Grid, QueueHistory
from forecasting.kin import (
    HALF_LIFE,
    KNOWS_ITS_YEAR,
    Histories,
    Kin,
    by_weekday,
    days_of_history,
    kin_of,
    lately,
)
from forecasting.past import DaySeries
from planner.domain.centre import Queue
from planner.domain.planned import Planned

YEAR = 364  # days that make the average week a plan speaks of
UNLIKE = 0.35  # log spread of a new market's day around its like one, made larger as such days hang together
LAUNCH = 0.5  # of the variance of a plan's error is common to the queues of one language
FEWEST_DAYS = 7  # known days of a like queue that can be followed at all


@dataclass(frozen=True)
class Prior:
    """What the plan says of a queue's share of its kin's contacts, once it has risen.

    It counts as much as `worth` days of the queue's own; `sd` is that of its log error. `ramp` (days of
    the axis) is the part of the volume that has come by then, `typical` an average day of the kin.
    """

    share: float
    worth: float
    sd: float
    ramp: np.ndarray
    typical: float


@dataclass(frozen=True)
class Learned:
    """Share of the kin's contacts by weekday (7,), how much of it is still the plan's, and its log spread."""

    shares: np.ndarray
    plan_weight: float
    sd: float


def unlived(queue: Queue, axis: Axis, *, interval_min: int) -> QueueHistory:
    """The history of a queue that has none: every open interval unknown."""
    grid = Grid.of(queue, axis, interval_min=interval_min)
    nothing = np.zeros(grid.open_intervals.shape)
    return QueueHistory(queue, grid, np.where(grid.open_intervals > 0, np.nan, 0.0), nothing, nothing)


def like_of(queue: Queue, known: Histories) -> Kin | None:
    """Whom a planned queue follows: the queue it names, its own line, a like market, or the nearest there is.

    None when nobody has a week of history.
    """
    others = {key: one for key, one in known.items() if key != queue.key and one.days_known >= FEWEST_DAYS}
    if queue.planned is not None and queue.planned.like in others:
        named = [key for key in others if key == queue.planned.like]
        return Kin(tuple(named), "like market")
    found = kin_of(queue, known)
    if found is not None or not others:
        return found
    same = [key for key in others if key.channel == queue.key.channel] or list(others)
    return Kin((max(same, key=lambda key: days_of_history(others[key])),), "like market")


def is_new(history: QueueHistory) -> bool:
    """Whether a plan speaks for the queue: it brings one and does not know its year yet."""
    return history.queue.planned is not None and days_of_history(history) < KNOWS_ITS_YEAR


def prior_of(history: QueueHistory, kin: DaySeries) -> Prior | None:
    """The plan as a share of the kin's contacts in the last year, on the days on which the queue opens.

    None where no plan speaks for the queue.
    """
    planned = history.queue.planned
    if planned is None or not is_new(history):
        return None
    cutoff = history.grid.axis.cutoff
    last_year = slice(max(cutoff - YEAR, 0), cutoff)
    typical = float(np.nanmean(kin.offered[last_year]))
    theirs = np.where(kin.calendar.is_open, kin.offered, typical)[last_year]
    opens = np.asarray(by_hours(history).open_intervals.any(axis=1))[last_year]
    known = ~np.isnan(theirs)
    a_week = 7 * float((theirs * opens)[known].mean())
    return Prior(
        planned.contacts_per_week / max(a_week, 1e-9),
        worth_of(planned, days_a_week=7 * float(opens.mean())),
        planned.uncertainty,
        _ramp(planned, history),
        typical,
    )


def worth_of(planned: Planned, *, days_a_week: float) -> float:
    """How many of the queue's own days the plan counts as much as."""
    expected_day = planned.contacts_per_week / max(days_a_week, 1)
    return (UNLIKE**2 + 1 / expected_day) / planned.uncertainty**2


def sd_after(planned: Planned, weeks: float, *, days_a_week: float) -> float:
    """Standard deviation of the level's log error once so many weeks of the queue's own are known.

    As `learned` has it of even days: the plan's, times the root of the weight that is still the plan's.

    >>> from planner.domain.planned import Planned
    >>> [round(sd_after(Planned(700), weeks, days_a_week=7), 2) for weeks in (0, 1, 4)]
    [0.3, 0.13, 0.09]
    """
    worth = worth_of(planned, days_a_week=days_a_week)
    own = float((0.5 ** (np.arange(round(weeks * days_a_week)) / HALF_LIFE)).sum())
    return planned.uncertainty * float(np.sqrt(worth / (worth + own)))


def by_hours(history: QueueHistory) -> Grid:
    """The queue's grid as its hours have it, as if it had always been there."""
    queue = replace(history.queue, first_day=None, last_day=None)
    return Grid.of(queue, history.grid.axis, interval_min=history.grid.interval_min)


def _ramp(planned: Planned, history: QueueHistory) -> np.ndarray:
    days, first = history.grid.axis.days, history.queue.first_day
    if not planned.ramp_weeks or first is None:
        return np.ones(len(days))
    risen = (days - pd.Timestamp(first)).days.to_numpy() / (7 * planned.ramp_weeks)
    return np.clip(planned.begins_at + (1 - planned.begins_at) * risen, planned.begins_at, 1)


def learned(prior: Prior, own: DaySeries, kin: DaySeries, *, cutoff: int) -> Learned:
    """The plan and the queue's own days, each by its weight.

    The conjugate update of a gamma prior by quasi-Poisson counts (Gelman et al. 2013, 2.6), where recent
    days count more, as they do for queues without a plan.
    """
    seen = lately(own.offered, kin.offered * prior.ramp, weekday=own.calendar.weekday, cutoff=cutoff)
    size = float(seen.theirs.mean()) if len(seen.theirs) else 1.0
    plan, own_days = prior.worth * size, float((seen.recent * seen.theirs).sum())
    level = (float((seen.recent * seen.mine).sum()) + plan * prior.share) / (own_days + plan)
    weight = plan / (own_days + plan)
    return Learned(level * by_weekday(seen), weight, prior.sd * float(np.sqrt(weight)))


def planned_ahead(prior: Prior, found: Learned, own: DaySeries, *, followed: np.ndarray) -> np.ndarray:
    """The kin's days ahead (`followed`) at the queue's share; an average day where the kin is closed."""
    calendar, count = own.calendar, len(followed)
    theirs = np.where(followed > 0, followed, prior.typical)
    days = theirs * found.shares[calendar.weekday[-count:]] * prior.ramp[-count:]
    result: np.ndarray = np.where(calendar.is_open[-count:], days, 0.0)
    return result


def silent(test: Backtest) -> Backtest:
    """A backtest at the same origins in which nobody had anything to say and nothing was seen."""
    nothing = np.full(test.actual.shape, np.nan)
    unknown = np.full(len(test.ahead_combined), np.nan)
    return replace(
        test,
        models=dict.fromkeys(test.models, nothing),
        combined=nothing,
        as_now=nothing,
        actual=nothing,
        teaching=nothing,
        ahead=dict.fromkeys(test.ahead, unknown),
        ahead_combined=unknown,
    )


def plan_errors(sd: float, queue: Queue, *, seed: int, paths: int) -> np.ndarray:
    """Log error of the level on each path (paths,): part of it common to all queues of the language."""
    common, own = (
        np.random.default_rng([seed, zlib.crc32(f"planned {name}".encode())]).normal(size=paths)
        for name in (queue.key.language, str(queue.key))
    )
    result: np.ndarray = sd * (np.sqrt(LAUNCH) * common + np.sqrt(1 - LAUNCH) * own)
    return result
