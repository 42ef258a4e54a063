"""The witness: the same forecast, made again as of past days, set against what then came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from forecasting import models
from forecasting.calendar_effect import calendar_effect
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

    `models` by name (origins x days ahead), `combined` alike, `actual` alike with NaN where unknown;
    `ahead` by name and `ahead_combined` are the forecast itself (days ahead,). `weights` by bucket x
    expert. All NaN where an origin was too early for the series.
    """

    origins: np.ndarray
    models: Mapping[str, np.ndarray]
    combined: np.ndarray
    actual: np.ndarray
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
    actual = np.full((len(origins), horizon), np.nan)
    for row, origin in enumerate(origins):
        reach = min(horizon, cutoff - origin)
        came = series.offered[origin : origin + reach]
        actual[row, :reach] = np.where(series.calendar.is_open[origin : origin + reach], came, np.nan)
        for name, days in _models_ahead(found, series, origin, horizon=reach).items():
            cells[name][row, :reach] = days
    ahead = _models_ahead(found, series, cutoff, horizon=horizon)
    pool = np.array([cells[name] for name in experts])
    weights = model_weights(pool, actual)
    return Backtest(
        origins,
        cells,
        np.array([_as_of(pool, actual, origins, row=row) for row in range(len(origins))]).reshape(
            actual.shape
        ),
        actual,
        ahead,
        combined(np.array([ahead[name] for name in experts]), weights),
        experts,
        weights,
    )


def _models_ahead(
    found: Mapping[str, ModuleType], series: DaySeries, cutoff: int, *, horizon: int
) -> dict[str, np.ndarray]:
    past = series.past(cutoff, horizon=horizon)
    effect = calendar_effect(past)
    return {name: model.days_ahead(past, effect) for name, model in found.items()}


def _as_of(pool: np.ndarray, actual: np.ndarray, origins: np.ndarray, *, row: int) -> np.ndarray:
    """The combination at one origin, weighted by what was known of the earlier ones by then."""
    ahead = np.arange(actual.shape[1])
    known_by_then = origins[:row, None] + ahead < origins[row]
    weights = model_weights(pool[:, :row], np.where(known_by_then, actual[:row], np.nan))
    return combined(pool[:, row], weights)
