"""What each part of the forecast is worth on the real series, by hand: python -m benchmarks.forecast_ablation

Each part is taken out alone and the error measured again, at the origins of benchmarks.forecast. A
positive figure is what the part saves: by how many % WAPE rises without it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.forecast import DATA, Series, bank, kitchener, score
from forecasting import backtest, calendar_effect, calendar_regression, design, profile, selection, series
from forecasting.past import Past

ORIGINS = 8
Replaced = tuple[ModuleType, str, Any]


def _no_holidays(days: Any, *, closed: np.ndarray, **_: Any) -> Any:
    """The special days of nobody: holidays stay closed where the hours say so, and move nothing else."""
    return SPECIAL_DAYS(days, countries=(), events=(), closed=closed)


def _nothing_by_day(past: Past, residuals: np.ndarray) -> np.ndarray:  # noqa: ARG001 - as what it replaces
    return np.zeros(len(past.calendar.days))


def _no_level(past: Past, log_mean: np.ndarray) -> np.ndarray:  # noqa: ARG001 - as what it replaces
    return np.zeros(past.horizon)


def _no_seasons(past: Past) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros((len(past.calendar.days), 0)), np.zeros(0)


def _equal(forecasts: np.ndarray, actual: np.ndarray) -> np.ndarray:  # noqa: ARG001 - as what it replaces
    return np.full((len(selection.BUCKETS), len(forecasts)), 1 / len(forecasts))


def _as_it_came(past: Past) -> Any:
    return past, calendar_effect.calendar_effect(past)


def _unmoved(shares: np.ndarray, *_: Any, **__: Any) -> np.ndarray:
    return shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-12)


def _without(name: str) -> Callable[[], Mapping[str, ModuleType]]:
    return lambda: {key: model for key, model in MODELS.items() if key != name}


SPECIAL_DAYS = series.special_days
MODELS = backtest.day_models()
PARTS: dict[str, tuple[Replaced, ...]] = {
    "holidays": ((series, "special_days", _no_holidays),),
    "monthly pattern": ((calendar_effect, "monthly_pattern", _nothing_by_day),),
    "level since (Kalman)": ((calendar_regression, "_level", _no_level),),
    "season of weekdays": ((design, "_weekday_seasons", _no_seasons),),
    "odd days and shifts": ((backtest, "lesson", _as_it_came),),
    "weights by backtest": ((backtest, "model_weights", _equal),),
    "shape of the day by calendar": ((profile, "shifted", _unmoved),),
    **{
        f"expert {name}": ((backtest, "day_models", _without(name)),)
        for name, model in MODELS.items()
        if model.ROLE == "expert"
    },
}


@contextmanager
def taken_out(replaced: tuple[Replaced, ...]) -> Iterator[None]:
    """The program with some of its functions replaced, for as long as the block runs."""
    with ExitStack() as stack:
        for module, name, instead in replaced:
            stack.enter_context(patch.object(module, name, instead))
        yield


def errors(cases: list[tuple[Series, int]]) -> np.ndarray:
    """WAPE in % of every case."""
    return np.array([score(case, horizon, origins=ORIGINS)["ours"] for case, horizon in cases])


def main() -> int:
    """Print a line per part; 0 also when there is no data, with the reason said."""
    if not DATA.is_dir():
        print(f"skipped: no {DATA.parent.name}/{DATA.name} with the real series beside the project")
        return 0
    cases = [(case, horizon) for case in (bank(), kitchener()) for horizon in case.horizons]
    print("without | " + " | ".join(f"{case.name} {horizon}" for case, horizon in cases) + " | CPU s")
    whole = errors(cases)
    print("nothing (WAPE in %) | " + " | ".join(f"{error:.2f}" for error in whole))
    for name, replaced in PARTS.items():
        began = time.process_time()
        with taken_out(replaced):
            lost = 100 * (errors(cases) / whole - 1)
        figures = " | ".join(f"{each:+.1f} %" for each in lost)
        print(f"{name} | {figures} | {time.process_time() - began:.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
