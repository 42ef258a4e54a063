"""The forecast of a queue that follows its kin: the kin's forecast times the queue's recent share."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecasting.backtest import Backtest, combined_as_now, combined_as_of
from forecasting.kin import Reason, shares
from forecasting.new_market import Prior, learned, planned_ahead
from forecasting.past import DaySeries
from forecasting.selection import BUCKETS, FEWEST_ORIGINS, bucket_of, combined, model_weights

SHARE, ALONE, PLAN = "share_of_kin", "own_history", "planned_volume"


@dataclass(frozen=True)
class Judged:
    """A day series with its backtest."""

    series: DaySeries
    test: Backtest


def borrowed(
    own: Judged, kin: Judged, *, cutoff: int, reason: Reason, prior: Prior | None = None
) -> Backtest:
    """The backtest and forecast of a queue that follows its kin; both were tested at the same origins.

    The share of its own line carries a queue alone. A like market is only like: for four weeks it shares
    the work with the queue's own history, by their past errors; further ahead it carries alone, for a
    queue that has not seen a year cannot see its season coming, and its past errors do not show that.
    A queue with a plan (`prior`) begins with the planned share; its own history is asked beside it once it
    was tried on as many past days as any choice needs.
    """
    if prior is not None:
        return _planned(own, kin, prior, cutoff=cutoff, reason=reason)
    ahead = shared_out(own, kin, cutoff=cutoff, forecasts=(own.test.ahead_combined, kin.test.ahead_combined))
    if np.isnan(ahead).all():
        return own.test
    mine = _with_share(own, kin, ahead)
    return _alone(mine, {SHARE: 1.0}) if reason == "line" else _beside_own_history(mine, own.test)


def _planned(own: Judged, kin: Judged, prior: Prior, *, cutoff: int, reason: Reason) -> Backtest:
    """The forecast of a queue whose share of its kin is partly still the plan's."""
    found = learned(prior, own.series, kin.series, cutoff=cutoff)
    ahead = planned_ahead(prior, found, own.series, followed=kin.test.ahead_combined)
    mine, unknown = _with_share(own, kin, ahead), np.full(own.test.actual.shape, np.nan)
    tried = (~np.isnan(mine.actual) & ~np.isnan(mine.models[SHARE])).any(axis=1).sum()
    if reason == "like market" and tried >= FEWEST_ORIGINS:
        return _beside_own_history(mine, own.test)
    mine = replace(mine, models={**mine.models, PLAN: unknown}, ahead={**mine.ahead, PLAN: ahead})
    return _alone(mine, {SHARE: 1 - found.plan_weight, PLAN: found.plan_weight})


def _with_share(own: Judged, kin: Judged, ahead: np.ndarray) -> Backtest:
    """The queue's backtest with its share of the kin as one more model: as of past days, and `ahead`."""
    past = np.full(own.test.actual.shape, np.nan)
    for row, origin in enumerate(own.test.origins):
        forecasts = own.test.combined[row], kin.test.combined[row]
        past[row] = shared_out(own, kin, cutoff=int(origin), forecasts=forecasts)
    return replace(own.test, models={**own.test.models, SHARE: past}, ahead={**own.test.ahead, SHARE: ahead})


def _alone(mine: Backtest, experts: dict[str, float]) -> Backtest:
    """The share carries alone; `experts` are what it is made of, with their weights."""
    past, ahead = mine.models[SHARE], mine.ahead[SHARE]
    weights = np.tile(list(experts.values()), (len(BUCKETS), 1))
    return replace(
        mine, combined=past, as_now=past, ahead_combined=ahead, experts=tuple(experts), weights=weights
    )


def residual_test(own: Backtest, kin: Backtest) -> Backtest:
    """The backtest with the kin's cells at origins when the queue itself was not yet there.

    Relative errors carry over; so a young queue's intervals know a year's surprises.
    """
    absent = np.isnan(own.actual * own.as_now).all(axis=1)[:, None]
    return replace(
        own,
        actual=np.where(absent, kin.actual, own.actual),
        teaching=np.where(absent, kin.teaching, own.teaching),
        as_now=np.where(absent, kin.as_now, own.as_now),
    )


def shared_out(
    own: Judged, kin: Judged, *, cutoff: int, forecasts: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """The kin's days ahead times the queue's share of it; its own forecast where the kin is closed."""
    calendar, (alone, followed) = own.series.calendar, forecasts
    share = shares(own.series.offered, kin.series.offered, weekday=calendar.weekday, cutoff=cutoff)
    if share is None:
        return np.full(len(alone), np.nan)
    rows = np.minimum(np.arange(cutoff, cutoff + len(alone)), len(calendar.days) - 1)
    days = np.where(
        kin.series.calendar.is_open[rows] & (followed > 0), followed * share[calendar.weekday[rows]], alone
    )
    return np.where(calendar.is_open[rows], days, np.where(np.isnan(followed), np.nan, 0))


def _beside_own_history(mine: Backtest, own: Backtest) -> Backtest:
    """The share of a like market and, for four weeks, the queue's own combination."""
    near = bucket_of(mine.actual.shape[1]) < len(BUCKETS) - 1
    pool = np.array([mine.models[SHARE], np.where(near, own.combined, np.nan)])
    weights = model_weights(pool, mine.teaching)
    weights[-1] = (1.0, 0.0)
    return replace(
        mine,
        models={**mine.models, ALONE: own.combined},
        combined=combined_as_of(pool, mine.actual, mine.origins),
        as_now=combined_as_now(pool, mine.teaching),
        ahead={**mine.ahead, ALONE: own.ahead_combined},
        ahead_combined=combined(
            np.array([mine.ahead[SHARE], np.where(near, own.ahead_combined, np.nan)]), weights
        ),
        experts=(SHARE, ALONE),
        weights=weights,
    )
