"""The forecast's models, as pages name them."""

from __future__ import annotations

from collections.abc import Mapping

from forecasting.backtest import day_models
from forecasting.borrowing import ALONE, SHARE

BORROWED = {
    SHARE: "the forecast of the queues it is like, times its share of them",
    ALONE: "its own short history alone",
}


def model_meanings() -> Mapping[str, str]:
    """What each model of the forecast believes, in a planner's words, by the model's name."""
    return BORROWED | {name: str(model.MEANING) for name, model in day_models().items()}
