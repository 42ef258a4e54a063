"""Shares with intervals as dots, and week by week with the open windows hollow."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.scores import FEWEST
from planner.language import _

ROW_PX, TOP_PX = 28, 48


def share_dots(rows: pd.DataFrame, whole: float) -> go.Figure:
    """One row a subject (name, value, low, high, n), the lowest first: dot, 95 % interval, n at the right.

    Hollow and grey below `FEWEST`, orange where the interval lies below the whole.
    """
    fig = charts.figure(len(rows) * ROW_PX + TOP_PX, margin={"l": 4, "r": 64, "t": 24, "b": 4})
    for row in rows.itertuples():
        _dot(fig, row, whole)
    charts.note(fig, 1, 1, text="n", xref="paper", yref="paper", xanchor="right", xshift=58, yshift=13)
    if pd.notna(whole):
        text = _("the whole {share}").format(share=formats.percent(whole))
        charts.target_line(fig, whole * 100, text=text, axis="x")
    enough = rows[rows["n"] >= FEWEST]
    least = min([*enough["low"], whole if pd.notna(whole) else 1.0]) * 100
    grid = {"showgrid": True, "gridcolor": look.palette().grid, "showline": False, "ticks": "", "nticks": 6}
    fig.update_xaxes(range=[max(least - 1.5, 0), 100.5], ticksuffix=formats.NO_BREAK + "%", **grid)
    names = list(rows["name"])
    place = {"categoryorder": "array", "categoryarray": names[::-1], "range": [-0.6, len(names) - 0.4]}
    fig.update_yaxes(showgrid=False, tickfont={"color": look.palette().text}, **place)
    return fig


def _dot(fig: go.Figure, row: Any, whole: float) -> None:
    colours, few = look.palette(), row.n < FEWEST
    count = formats.number(row.n)
    if few:
        # below the least number no figure: the dot stands at the whole, hollow and grey
        spot = {"size": 9, "color": colours.card, "line": {"color": colours.faint, "width": 1.8}}
        words = _("fewer than {least}, no figure").format(least=FEWEST)
        hint = charts.hint(str(row.name), words)
        x = whole * 100 if pd.notna(whole) else 100
        fig.add_scatter(x=[x], y=[row.name], mode="markers", marker=spot, hovertemplate=hint)
    else:
        colour = colours.under if pd.notna(whole) and row.high < whole else colours.ink
        low, value, high = (part * 100 for part in (row.low, row.value, row.high))
        line = {"color": colour, "width": 2}
        fig.add_scatter(x=[low, high], y=[row.name] * 2, mode="lines", line=line, hoverinfo="skip")
        hint = charts.hint(str(row.name), f"{spread(row)}, n = {count}")
        spot = {"size": 9, "color": colour}
        fig.add_scatter(x=[value], y=[row.name], mode="markers", marker=spot, hovertemplate=hint)
    charts.note(fig, 1, row.name, text=count, xref="paper", xanchor="right", xshift=58)


def spread(row: Any) -> str:
    """A share with its interval in words: 91.1 % (90.9–91.3)."""
    low, high = (formats.number(part * 100, 1) for part in (row.low, row.high))
    return f"{formats.percent(row.value)} ({low}–{high})"


def week_lines(weeks: pd.DataFrame, target: float | None) -> go.Figure:
    """Weeks (week, value, low, high, n, open): solid where every window is over, then dotted and hollow."""
    colours = look.palette()
    fig = charts.figure(300, margin={"l": 4, "r": 16, "t": 16, "b": 4})
    known = weeks[(weeks["n"] >= FEWEST) & weeks["value"].notna()]
    over = known[known["open"] == 0]
    still = known[known["open"] > 0]
    joined = pd.concat([over.tail(1), still]) if len(still) else still
    band = {"low": known["low"] * 100, "high": known["high"] * 100}
    charts.band(fig, known["week"], **band, strength=0.15)
    solid = {"color": colours.ink, "width": 2}
    dotted = {"color": colours.forecast, "width": 2, "dash": "dot"}
    fig.add_scatter(x=joined["week"], y=joined["value"] * 100, mode="lines", line=dotted, hoverinfo="skip")
    fig.add_scatter(x=over["week"], y=over["value"] * 100, mode="lines", line=solid, hoverinfo="skip")
    for rows, marker in (
        (over, {"size": 8, "color": colours.ink}),
        (still, {"size": 9, "color": colours.card, "line": {"color": colours.forecast, "width": 2}}),
    ):
        hints = [_week_hint(row) for row in rows.itertuples()]
        y = rows["value"] * 100
        look_of = {"mode": "markers", "marker": marker, "hovertemplate": "%{text}<extra></extra>"}
        fig.add_scatter(x=rows["week"], y=y, text=hints, **look_of)
    if target is not None:
        charts.target_line(fig, target * 100, text=_("target {share}").format(share=formats.percent(target)))
    fig.update_yaxes(ticksuffix=formats.NO_BREAK + "%", nticks=6)
    names = [formats.week(day.date()) for day in known["week"]]
    fig.update_xaxes(tickvals=list(known["week"]), ticktext=names, showgrid=False)
    return fig


def _week_hint(row: Any) -> str:
    monday = formats.short_day(row.week.date())
    told = {"day": monday, "share": spread(row), "n": formats.number(row.n)}
    words = _("week of {day}: {share}, n = {n}").format(**told)
    if row.open:
        words += "<br>" + _("{open} windows still open").format(open=formats.number(row.open))
    return words
