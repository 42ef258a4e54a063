"""Planning: how good is the forecast?"""

from __future__ import annotations

import pandas as pd

from dashboards import filters, formats, look
from dashboards.accuracy_card import BUCKETS, accuracy_card, backtest
from dashboards.backtest_card import backtest_card
from dashboards.carriers_card import carriers_card
from dashboards.error_map import error_map_card
from dashboards.last_forecast_card import Judged, coverage, judged, last_forecast_card
from dashboards.published import Published
from planner.pipeline.models import model_meanings

QUESTION = "How good is the forecast?"


def page(plan: Published) -> None:
    """The last forecast against what came, when it is off, and which model carries each queue."""
    with look.head("accuracy", QUESTION):
        scope = filters.scope(plan.centre)
    look.about(f"{scope.words(plan.centre)} · contacts offered, local days", plan.origin())
    accuracy = scope.of(plan.table("ACCURACY"))
    last = judged(plan, scope)
    look.say(answer(accuracy, last))
    last_forecast_card(last)
    errors = plan.table("FORECAST_ERRORS") if plan.has("FORECAST_ERRORS") else pd.DataFrame()
    error_map_card(scope.of(errors) if len(errors) else errors)
    if plan.has("BACKTEST"):
        backtest_card(plan.table("BACKTEST"), scope)
    carriers_card(accuracy, model_meanings())
    accuracy_card(accuracy, plan.centre)


def answer(accuracy: pd.DataFrame, last: Judged | None) -> str:
    """How far a day's total is off, against the naive forecast, and how the last forecast did."""
    rows = backtest(accuracy)
    parts = [_off(rows)]
    if last is not None:
        parts.append(f"The last forecast was {formats.percent(last.error)} off, day by day. {coverage(last)}")
    return " ".join(parts)


def _off(rows: pd.DataFrame) -> str:
    error, naive = (rows[name].median() for name in (BUCKETS[0], "naive"))
    if pd.isna(error):
        return "**Not known yet**: the history is too short to hold weeks back and forecast them."
    whose = "A day of the median queue is" if len(rows) > 1 else "A day of this queue is"
    text = f"{whose} **{formats.percent(error)} off** a week ahead"
    return text + (
        f"; repeating last week would be {formats.percent(naive)} off." if pd.notna(naive) else "."
    )
