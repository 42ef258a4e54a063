"""Planning: how many contacts are coming?"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.accuracy_card import accuracy_card, error_by_week
from dashboards.filters import Scope
from dashboards.forecast_languages import full_weeks, languages_card, on_calendar
from dashboards.look import Mark
from dashboards.palette import softened
from dashboards.published import Paths, Published, actual_days, paths_of

TEXT_DAYS = 20  # what an event's name covers of the drawing
SHOWN_BEFORE = timedelta(weeks=12)


def page(plan: Published) -> None:
    """Actual and expected contacts by day, language and week, and how far past forecasts were off."""
    paths = paths_of(plan.folder, plan.plan_id)
    actual = actual_days(plan.folder, plan.plan_id)
    with look.head("forecast", "How many contacts are coming?"):
        scope = filters.scope(plan.centre)
        begin, end = filters.period(*_reach(actual, paths))
    look.about(
        f"{scope.words(plan.centre)} · contacts offered, {formats.span(begin, end)}, local days",
        plan.origin(),
    )
    history = on_calendar(actual, scope)
    weeks = paths.by_week(scope)
    look.say(answer(history, weeks))
    _horizon_card(plan, scope, history=history, expected=paths.by_day(scope), shown=(begin, end))
    if scope.language is None:
        languages_card(scope, actual, paths, shown=(begin, end))
    accuracy = scope.of(plan.table("ACCURACY"))
    _weeks_card(weeks, accuracy, shown=(begin, end))
    accuracy_card(accuracy, plan.centre)


def _reach(actual: pd.DataFrame, paths: Paths) -> tuple[date, date]:
    last = paths.days.max().date()
    earliest = paths.days.min().date() - SHOWN_BEFORE
    if actual.empty:
        return paths.days.min().date(), last
    return max(earliest, actual["day"].min().date()), last


def answer(history: pd.DataFrame, weeks: pd.DataFrame) -> str:
    """Next week against the last full one, and the week that brings most.

    `history` has day, offered; `weeks` has week, days, p10, p50, p90.
    """
    whole = weeks[weeks["days"] == 7]
    if whole.empty:
        return "The plan looks less than a week ahead; the days are below."
    first, peak = whole.iloc[0], whole.loc[whole["p50"].idxmax()]
    coming = f"**Week {formats.week(first['week'])[1:]} brings {formats.number(first['p50'])} contacts**"
    past = full_weeks(history)["offered"]
    if len(past) and past.iloc[-1] > 0:
        change = first["p50"] / past.iloc[-1] - 1
        way = "above" if change > 0 else "below"
        share = f"{formats.percent(abs(change), 0)} {way}"
        coming += f", {share if abs(change) >= 0.005 else 'as many as'} the last full week"
    coming += f"; one time in ten it exceeds {formats.number(first['p90'])}."
    if peak["week"] == first["week"]:
        return f"{coming} No later week is expected to bring more."
    return (
        f"{coming} The most are expected in the week of {formats.short_day(peak['week'])}: "
        f"**{formats.number(peak['p50'])}**, and one time in ten more than {formats.number(peak['p90'])}."
    )


def _horizon_card(
    plan: Published, scope: Scope, *, history: pd.DataFrame, expected: pd.DataFrame, shown: tuple[date, date]
) -> None:
    inside, ahead = _between(history, shown), _between(expected, shown)
    about = "contacts offered a day; the inner band holds 50 % of days, the outer 80 %"
    table = pd.concat([inside, ahead]).sort_values("day")
    columns = ["day", *(c for c in ("offered", "p10", "p25", "p50", "p75", "p90") if c in table)]
    with look.card("horizon", "Contacts offered a day, with the range we expect", about, data=table[columns]):
        colours = look.palette()
        look.key(
            Mark("actual", colours.ink, "line"),
            Mark("forecast, median", colours.forecast, "line"),
            Mark("25–75 %", softened(colours.forecast_rgb, 0.34)),
            Mark("10–90 %", softened(colours.forecast_rgb, 0.15)),
        )
        fig = _horizon(inside, ahead)
        _mark_today(fig, plan.first_day, shown)
        _name_events(fig, events_shown(plan, scope, shown), ahead=ahead, before=inside)
        charts.show(fig, "horizon", alt="Daily contacts: history, forecast median and bands")


def _between(days: pd.DataFrame, shown: tuple[date, date]) -> pd.DataFrame:
    return days[days["day"].between(pd.Timestamp(shown[0]), pd.Timestamp(shown[1]))]


def _horizon(history: pd.DataFrame, ahead: pd.DataFrame) -> go.Figure:
    colours = look.palette()
    fig = charts.figure(340, hovermode="x unified", margin={"l": 4, "r": 14, "t": 30, "b": 4})
    for low, high, strength in charts.BANDS:
        charts.band(fig, ahead["day"], low=ahead[low], high=ahead[high], strength=strength)
    fig.add_scatter(
        x=ahead["day"],
        y=ahead["p50"],
        mode="lines",
        line={"color": colours.forecast, "width": 1.8},
        name="forecast",
        customdata=ahead[["p10", "p90"]],
        hovertemplate="%{y:,.0f} (10–90 %: %{customdata[0]:,.0f}–%{customdata[1]:,.0f})",
    )
    fig.add_scatter(
        x=history["day"],
        y=history["offered"],
        mode="lines",
        line={"color": colours.ink, "width": 1.5},
        name="actual",
        hovertemplate="%{y:,.0f}",
    )
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=6)
    mondays = [day for day in [*history["day"], *ahead["day"]] if day.weekday() == 0]
    fig.update_xaxes(
        tickformat="%-d %b", tickvals=mondays[:: -(-len(mondays) // 14) or 1], hoverformat="%a %-d %b %Y"
    )
    return fig


def _mark_today(fig: go.Figure, first_day: date, shown: tuple[date, date]) -> None:
    if shown[0] < first_day <= shown[1]:
        fig.add_vline(x=pd.Timestamp(first_day), line={"color": look.palette().muted, "width": 1})
        charts.note(
            fig,
            pd.Timestamp(first_day),
            1.05,
            text="plan from here",
            yref="paper",
            xanchor="right",
            xshift=-5,
        )


def events_shown(plan: Published, scope: Scope, shown: tuple[date, date]) -> list[tuple[date, str]]:
    """First visible day and name of each event that touches the languages and days shown."""
    spoken = {key.language for key in plan.centre.queues if scope.holds(key)}
    return sorted(
        (max(event.first_day, shown[0]), event.name)
        for event in plan.events()
        if event.first_day <= shown[1]
        and event.last_day >= shown[0]
        and (not event.languages or spoken & set(event.languages))
    )


def _name_events(
    fig: go.Figure, events: list[tuple[date, str]], *, ahead: pd.DataFrame, before: pd.DataFrame
) -> None:
    """Names above their day, at alternating heights so that neighbours do not collide."""
    tops = pd.concat([before.set_index("day")["offered"], ahead.set_index("day")["p90"]])
    most = tops.max() if len(tops) else 0
    for place, (first_day, name) in enumerate(events):
        near = tops.loc[pd.Timestamp(first_day) : pd.Timestamp(first_day) + pd.Timedelta(days=TEXT_DAYS)]
        base = near.max() if len(near) else most
        top = base + most * (0.07 if place % 2 else 0.16)
        fig.add_scatter(
            x=[first_day, first_day],
            y=[base + most * 0.015, top],
            mode="lines",
            line={"color": look.palette().muted, "width": 1},
            hoverinfo="skip",
        )
        late = len(ahead) and pd.Timestamp(first_day) > ahead["day"].max() - pd.Timedelta(days=25)
        charts.note(
            fig,
            first_day,
            top,
            text=name,
            colour=look.palette().text,
            yanchor="bottom",
            xanchor="right" if late else "left",
            xshift=4 if late else -4,
        )


def _weeks_card(weeks: pd.DataFrame, accuracy: pd.DataFrame, *, shown: tuple[date, date]) -> None:
    last = pd.Timestamp(shown[1])
    table = weeks[(weeks["days"] == 7) & (weeks["week"] <= last)]
    table = table.assign(name=[formats.week(week) for week in table["week"]])
    table["error"] = error_by_week(accuracy, len(table)) * 100
    table = table[["name", "week", "p10", "p50", "p90", "error"]].round(
        {"p10": 0, "p50": 0, "p90": 0, "error": 1}
    )
    about = "contacts offered; error = day by day, median queue, of past forecasts made as many days ahead"
    with look.card("weeks", "Week by week", about, data=table):
        column = st.column_config
        numbers = {
            name: column.NumberColumn(text, format="localized")
            for name, text in (("p10", "10 %"), ("p50", "Median"), ("p90", "90 %"))
        }
        st.dataframe(
            table,
            hide_index=True,
            row_height=32,
            height=32 * (len(table) + 1) + 4,
            key="weeks-table",
            column_config={
                "name": column.TextColumn("Week", width="small"),
                "week": column.DateColumn("From", format="ddd D MMM YYYY"),
                "error": column.NumberColumn("Daily error so far ahead", format="%.1f %%"),
                **numbers,
            },
        )
