"""The witness: the same forecast, made again as of past days, set against what then came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from forecasting import models
from forecasting.examined import lesson, with_odd_days_drawn_in
from forecasting.past import DaySeries
from forecasting.selection import combined, model_weights
from planner.domain.doors import parts

SHAPE: dict[str, type | tuple[str, ...]] = {"MEANING": str, "ROLE": str, "days_ahead": ("past", "effect")}
WEEK, MOST_APART = 7, 28
FEWEST_DAYS = 28  # of history before the first origin, where there are so many
FEWEST_AT_ALL = 7


@dataclass(frozen=True)
class Backtest:
    """Forecasts of one series as of past days ("origins": first day forecast) and as of now.

    `models` by name (origins x days ahead), `combined` alike, `actual` alike with NaN where unknown, and
    `teaching`, which is `actual` with odd days drawn in: what weights and intervals learn from;
    `ahead` by name and `ahead_combined` are the forecast itself (days ahead,). `weights` by bucket x
    expert. All NaN where an origin was too early for the series. `combined` is weighted by what was
    known at the origin; `as_now` by the errors at all other origins, which is nearer to how the forecast
    itself is weighted: its errors are the ones to expect.
    """

    origins: np.ndarray
    models: Mapping[str, np.ndarray]
    combined: np.ndarray
    as_now: np.ndarray
    actual: np.ndarray
    teaching: np.ndarray
    ahead: Mapping[str, np.ndarray]
    ahead_combined: np.ndarray
    experts: tuple[str, ...]
    weights: np.ndarray


def day_models() -> dict[str, ModuleType]:
    """The models in the folder, by name."""
    return parts(models, shape=SHAPE)


def origins_before(cutoff: int, *, count: int, first_known: int) -> np.ndarray:
    """Day numbers of up to `count` origins before `cutoff`, whole weeks apart, latest last.

    Four weeks apart when the history is long enough, closer when it is not; none when it is shorter
    than two weeks.
    """
    room = cutoff - first_known - (FEWEST_DAYS if cutoff - first_known > 2 * FEWEST_DAYS else FEWEST_AT_ALL)
    apart = int(np.clip(room // max(count, 1) // WEEK * WEEK, WEEK, MOST_APART))
    steps = np.arange(count, 0, -1) * apart
    result: np.ndarray = cutoff - steps[steps <= room]
    return result


def backtest(series: DaySeries, origins: np.ndarray, *, cutoff: int, horizon: int) -> Backtest:
    """Every model and their combination at each origin and at the cutoff.

    At an origin nothing later is used, neither by a model nor by the weights of the combination.
    """
    found = day_models()
    experts = tuple(name for name, model in found.items() if model.ROLE == "expert")
    cells = {name: np.full((len(origins), horizon), np.nan) for name in found}
    for row, origin in enumerate(origins):
        if origin - series.first_known >= FEWEST_AT_ALL:
            reach = min(horizon, cutoff - origin)
            for name, days in _models_ahead(found, series, origin, horizon=reach).items():
                cells[name][row, :reach] = days
    ahead = _models_ahead(found, series, cutoff, horizon=horizon)
    actual = what_came(series, origins, cutoff=cutoff, horizon=horizon)
    teaching = what_came(with_odd_days_drawn_in(series, cutoff), origins, cutoff=cutoff, horizon=horizon)
    pool = np.array([cells[name] for name in experts])
    weights = model_weights(pool, teaching)
    together = combined_as_of(pool, actual, origins)
    ahead_together = combined(np.array([ahead[name] for name in experts]), weights)
    return Backtest(
        origins,
        cells,
        together,
        combined_as_now(pool, teaching),
        actual,
        teaching,
        ahead,
        ahead_together,
        experts,
        weights,
    )


def what_came(series: DaySeries, origins: np.ndarray, *, cutoff: int, horizon: int) -> np.ndarray:
    """Day totals after each origin and before the cutoff (origins x days ahead); NaN unknown or closed."""
    actual = np.full((len(origins), horizon), np.nan)
    offered = np.where(series.calendar.is_open, series.offered, np.nan)
    for row, origin in enumerate(origins):
        reach = min(horizon, cutoff - origin)
        actual[row, :reach] = offered[origin : origin + reach]
    return actual


def combined_as_of(pool: np.ndarray, actual: np.ndarray, origins: np.ndarray) -> np.ndarray:
    """The combination at each origin (origins x days ahead), weighted by what was known by then.

    `pool` (models x origins x days ahead); only cells of earlier origins that lay before an origin count.
    """
    ahead = np.arange(actual.shape[1])
    together = np.full(actual.shape, np.nan)
    for row, origin in enumerate(origins):
        known_by_then = origins[:row, None] + ahead < origin
        weights = model_weights(pool[:, :row], np.where(known_by_then, actual[:row], np.nan))
        together[row] = combined(pool[:, row], weights)
    return together


def combined_as_now(pool: np.ndarray, actual: np.ndarray) -> np.ndarray:
    """The combination at each origin (origins x days ahead), weighted by the errors at all other origins."""
    together = np.full(actual.shape, np.nan)
    for row in range(len(actual)):
        others = np.delete(np.arange(len(actual)), row)
        together[row] = combined(pool[:, row], model_weights(pool[:, others], actual[others]))
    return together


def _models_ahead(
    found: Mapping[str, ModuleType], series: DaySeries, cutoff: int, *, horizon: int
) -> dict[str, np.ndarray]:
    past, effect = lesson(series.past(cutoff, horizon=horizon))
    return {name: model.days_ahead(past, effect) for name, model in found.items()}
