"""Every model that may carry a queue has words for planners."""

from __future__ import annotations

from forecasting.backtest import day_models
from forecasting.borrowing import ALONE, SHARE
from planner.pipeline.models import model_meanings


def test_every_model_of_the_folder_and_every_borrowed_forecast_has_words() -> None:
    named = model_meanings()
    assert set(day_models()) < set(named)
    assert {SHARE, ALONE, "share_of_language", "share_of_site", "share_of_channel"} <= set(named)
    assert all(len(words) > 10 for words in named.values())
