"""Planning: how many contacts are coming?"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.accuracy_card import accuracy_card, error_by_week
from dashboards.filters import Scope
from dashboards.languages import short_names
from dashboards.look import Mark
from dashboards.palette import softened
from dashboards.published import Paths, Published, actual_days, paths_of

TEXT_DAYS = 20  # what an event's name covers of the drawing
ACROSS = 5  # small multiples in a row
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
        _languages_card(scope, actual, paths, shown=(begin, end))
    accuracy = scope.of(plan.table("ACCURACY"))
    _weeks_card(weeks, accuracy, shown=(begin, end))
    accuracy_card(accuracy, plan.centre)


def _reach(actual: pd.DataFrame, paths: Paths) -> tuple[date, date]:
    last = paths.days.max().date()
    earliest = paths.days.min().date() - SHOWN_BEFORE
    if actual.empty:
        return paths.days.min().date(), last
    return max(earliest, actual["day"].min().date()), last


def on_calendar(actual: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Contacts of the scope on every day of the history: day, offered; NaN where nothing is known."""
    sums = scope.of(actual).groupby("day")["offered"].sum()
    every = pd.date_range(actual["day"].min(), actual["day"].max()) if len(actual) else sums.index
    return sums.reindex(every).rename_axis("day").reset_index()


def full_weeks(days: pd.DataFrame) -> pd.DataFrame:
    """Weeks from Monday of which as many days are known as of the median week: week, offered."""
    week = days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D")
    sums = days.groupby(week.rename("week"), as_index=False).agg(
        offered=("offered", "sum"), known=("offered", "count"), n=("day", "nunique")
    )
    whole = sums[sums["n"] == 7]
    return whole[whole["known"] >= max(1.0, whole["known"].median())][["week", "offered"]]


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


def _languages_card(scope: Scope, actual: pd.DataFrame, paths: Paths, *, shown: tuple[date, date]) -> None:
    tags = list(dict.fromkeys(key.language for key in paths.queues if scope.holds(key)))
    if len(tags) < 2:
        return
    about = (
        "contacts a week, thousand; each panel has its own scale; first number = last full week, "
        "second = the next with its 10–90 % range"
    )
    with look.card("languages", "Which languages carry the peak?", about):
        rows = -(-len(tags) // ACROSS)
        fig = charts.panels(
            rows,
            ACROSS,
            height=40 + 136 * rows,
            horizontal_spacing=0.025,
            vertical_spacing=0.42 / rows,
            layout={"margin": {"l": 2, "r": 2, "t": 44, "b": 4}},
        )
        for place, tag in enumerate(tags):
            mine = Scope(scope.site, tag, scope.channel)
            past = full_weeks(on_calendar(actual, mine))
            past = past[past["week"] >= pd.Timestamp(shown[0])]
            weeks = paths.by_week(mine)
            _small_multiple(fig, place, tag, past=past, weeks=weeks[weeks["days"] == 7])
        for place in range(len(tags), rows * ACROSS):
            fig.update_layout({f"{axis}axis{place + 1}": {"visible": False} for axis in "xy"})
        last_row = range(len(tags) - ACROSS, len(tags))
        for place in range(len(tags)):
            fig.update_layout({f"xaxis{place + 1}": {"showticklabels": place in last_row}})
        charts.show(fig, "languages", alt="Weekly contacts of each language with forecast band")


def _small_multiple(fig: go.Figure, place: int, tag: str, *, past: pd.DataFrame, weeks: pd.DataFrame) -> None:
    colours = look.palette()
    where = {"row": place // ACROSS + 1, "col": place % ACROSS + 1}
    hint = {"mode": "lines", "hovertemplate": "%{x|%-d %b}: %{y:.1f} k<extra></extra>"}
    charts.band(fig, weeks["week"], low=weeks["p10"] / 1000, high=weeks["p90"] / 1000, strength=0.2, **where)
    fig.add_scatter(
        x=weeks["week"],
        y=weeks["p50"] / 1000,
        line={"color": colours.forecast, "width": 1.6},
        **hint,
        **where,
    )
    fig.add_scatter(
        x=past["week"], y=past["offered"] / 1000, line={"color": colours.ink, "width": 1.3}, **hint, **where
    )
    number = place + 1 if place else ""  # plotly calls the first axis x, not x1
    axes = {"xref": f"x{number} domain", "yref": f"y{number} domain"}
    top = {"x": 0, "xanchor": "left", "yanchor": "top", "showarrow": False, **axes}
    fig.add_annotation(
        y=1.42, text=f"<b>{short_names(tag)}</b>", font={"size": 12.5, "color": colours.ink}, **top
    )
    fig.add_annotation(
        y=1.2, text=small_multiple_text(past, weeks), font={"size": 11.5, "color": colours.muted}, **top
    )
    most = max([*weeks["p90"], *past["offered"], 1]) / 1000
    fig.update_yaxes(range=[0, most * 1.04], showticklabels=False, showgrid=False, **where)
    fig.update_xaxes(tickformat="%b", nticks=4, **where)


def small_multiple_text(past: pd.DataFrame, weeks: pd.DataFrame) -> str:
    """Last full week, next week and its 10–90 % range, thousand: 8.9 → 9.6 (8.5–10.8)."""
    last = formats.number(past["offered"].iloc[-1] / 1000, 1) if len(past) else formats.MISSING
    if weeks.empty:
        return last
    low, mid, high = (formats.number(weeks[name].iloc[0] / 1000, 1) for name in ("p10", "p50", "p90"))
    return f"{last} → {mid} ({low}–{high})"


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
