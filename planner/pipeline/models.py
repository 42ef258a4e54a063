"""The forecast's models, as pages name them."""

from __future__ import annotations

from collections.abc import Mapping

from forecasting.backtest import day_models
from forecasting.borrowing import ALONE, PLAN, SHARE
from forecasting.parents import SHARE_OF
from planner.domain.keys import QUEUE

BORROWED = {
    SHARE: "the forecast of the queues it is like, times its share of them",
    ALONE: "its own short history alone",
    PLAN: "the volume that was planned for it, in the shape of a like market",
}
PARENTS = {f"{SHARE_OF}{part}": f"the forecast of its whole {part}, times its share of it" for part in QUEUE}


def model_meanings() -> Mapping[str, str]:
    """What each model of the forecast believes, in a planner's words, by the model's name."""
    return BORROWED | PARENTS | {name: str(model.MEANING) for name, model in day_models().items()}
