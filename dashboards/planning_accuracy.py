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
from planner.language import _, message
from planner.pipeline.models import model_meanings

QUESTION = message("How good is the forecast?")


def page(plan: Published) -> None:
    """The last forecast against what came, when it is off, and which model carries each queue."""
    with look.head("accuracy", QUESTION):
        scope = filters.scope(plan.centre)
    look.about(
        _("{words} · contacts offered, local days").format(words=scope.words(plan.centre)), plan.origin()
    )
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
    parts = [_off(backtest(accuracy))]
    if last is not None:
        text = _("The last forecast was {error} off, day by day.")
        parts += [text.format(error=formats.percent(last.error)), coverage(last)]
    return " ".join(parts)


def _off(rows: pd.DataFrame) -> str:
    error, naive = (rows[name].median() for name in (BUCKETS[0], "naive"))
    if pd.isna(error):
        return _("**Not known yet**: the history is too short to hold weeks back and forecast them.")
    text = _("A day of this queue is **{error} off** a week ahead.")
    if len(rows) > 1:
        text = _("A day of the median queue is **{error} off** a week ahead.")
    beside = _("Repeating last week would be {error} off.") if pd.notna(naive) else ""
    return formats.sentence(
        text.format(error=formats.percent(error)), beside.format(error=formats.percent(naive))
    )
