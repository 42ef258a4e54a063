"""Planning: how many contacts are coming?"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboards import filters, formats, look
from dashboards.accuracy_card import error_by_week
from dashboards.expected import Expected, expected_of, mean_days
from dashboards.forecast_languages import full_weeks, languages_card, on_calendar
from dashboards.horizon_card import Horizon, horizon_card
from dashboards.override_words import touching
from dashboards.published import Published, actual_days
from planner.language import _

SHOWN_BEFORE = timedelta(weeks=12)


def page(plan: Published) -> None:
    """Actual and expected contacts by day, language and week, with the changes planners made."""
    expected = expected_of(plan)
    actual = actual_days(plan.folder, plan.plan_id)
    with look.head("forecast", _("How many contacts are coming?")):
        scope = filters.scope(plan.centre)
        begin, end = filters.period(*_reach(actual, expected))
    look.about(
        _("{words} · contacts offered, {days}, local days").format(
            words=scope.words(plan.centre), days=formats.span(begin, end)
        ),
        plan.origin(),
    )
    history = on_calendar(actual, scope)
    weeks = expected.by_week(scope)
    look.say(answer(history, weeks))
    mean = scope.of(mean_days(plan.folder, plan.plan_id)).groupby("day", as_index=False)[["offered", "base"]]
    horizon = Horizon(history, expected.by_day(scope), mean.sum(), touching(plan, scope))
    horizon_card(plan, scope, horizon, shown=(begin, end))
    if scope.language is None:
        languages_card(scope, actual, expected, shown=(begin, end))
    _weeks_card(weeks, scope.of(plan.table("ACCURACY")), shown=(begin, end))


def _reach(actual: pd.DataFrame, expected: Expected) -> tuple[date, date]:
    last = expected.days.max().date()
    earliest = expected.days.min().date() - SHOWN_BEFORE
    if actual.empty:
        return expected.days.min().date(), last
    return max(earliest, actual["day"].min().date()), last


def answer(history: pd.DataFrame, weeks: pd.DataFrame) -> str:
    """Next week against the last full one, and the week that brings most.

    `history` has day, offered; `weeks` has week, days, p10, p50, p90.
    """
    whole = weeks[weeks["days"] == 7]
    if whole.empty:
        return _("The plan looks less than a week ahead; the days are below.")
    first, peak = whole.iloc[0], whole.loc[whole["p50"].idxmax()]
    coming = _first_week(full_weeks(history)["offered"], first["p50"]).format(
        week=formats.week_number(first["week"]),
        contacts=formats.number(first["p50"]),
        most=formats.number(first["p90"]),
    )
    if peak["week"] == first["week"]:
        return f"{coming} " + _("No later week is expected to bring more.")
    later = _(
        "The most are expected in the week of {day}: **{contacts}**, and one time in ten more than {most}."
    )
    return f"{coming} " + later.format(
        day=formats.short_day(peak["week"]),
        contacts=formats.number(peak["p50"]),
        most=formats.number(peak["p90"]),
    )


def _first_week(past: pd.Series, contacts: float) -> str:
    """The sentence on the first week, its change against the last full one filled in."""
    if past.empty or past.iloc[-1] <= 0:
        return _("**Week {week} brings {contacts} contacts**; one time in ten it exceeds {most}.")
    change = contacts / past.iloc[-1] - 1
    if abs(change) < 0.005:
        return _(
            "**Week {week} brings {contacts} contacts**, as many as the last full week; one time in ten it "
            "exceeds {most}."
        )
    above = _(
        "**Week {week} brings {contacts} contacts**, {change} above the last full week; one time in ten it "
        "exceeds {most}."
    )
    below = _(
        "**Week {week} brings {contacts} contacts**, {change} below the last full week; one time in ten it "
        "exceeds {most}."
    )
    text = above if change > 0 else below
    return text.replace("{change}", formats.percent(abs(change), 0))


def _weeks_card(weeks: pd.DataFrame, accuracy: pd.DataFrame, *, shown: tuple[date, date]) -> None:
    last = pd.Timestamp(shown[1])
    table = weeks[(weeks["days"] == 7) & (weeks["week"] <= last)]
    table = table.assign(name=[formats.week(week) for week in table["week"]])
    table["error"] = error_by_week(accuracy, len(table)) * 100
    table = table[["name", "week", "p10", "p50", "p90", "error"]].round(
        {"p10": 0, "p50": 0, "p90": 0, "error": 1}
    )
    about = _("contacts offered; error = day by day, median queue, of past forecasts made as many days ahead")
    with look.card("weeks", _("Week by week"), about, data=table):
        column = st.column_config
        numbers = {
            name: column.NumberColumn(text, format="localized")
            for name, text in (("p10", "10 %"), ("p50", _("Median")), ("p90", "90 %"))
        }
        st.dataframe(
            table,
            hide_index=True,
            row_height=32,
            height="content",
            key="weeks-table",
            column_config={
                "name": column.TextColumn(_("Week"), width="small"),
                "week": column.DateColumn(_("From"), format=formats.column_day()),
                "error": column.NumberColumn(_("Daily error so far ahead"), format="%.1f %%"),
                **numbers,
            },
        )
