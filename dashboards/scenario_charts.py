"""Charts of scenarios: contacts and people by week, service of the hardest week, what an AI does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.look import Mark
from dashboards.palette import softened
from dashboards.scenario_words import MEASURE_WORDS, part_name, service_name
from planner.language import _

DASHES = ("solid", "dash", "dot")  # of the first, second and third scenario
WEEK = pd.Timedelta(days=7)
ROW = 30  # pixels of a row of dots
Weeks = Sequence[tuple[str, pd.DataFrame]]  # a scenario's name and its weeks


def lines_key(names: Sequence[str], *, band: bool = False) -> None:
    """The legend of lines: the base in ink, scenarios in petrol."""
    colours = look.palette()
    marks = [Mark(_("as planned"), colours.ink, "line")]
    marks += [Mark(name, colours.forecast, "dots" if place else "line") for place, name in enumerate(names)]
    if band:
        marks.append(Mark(_("as planned, 80 % of forecast paths"), softened(colours.forecast_rgb, 0.15)))
    look.key(*marks)


def lines(bases: Sequence[pd.DataFrame], weeks: Weeks, column: str) -> go.Figure:
    """A column by week: the base in ink with its range where known, each scenario labelled at its end."""
    colours = look.palette()
    fig = charts.figure(300, margin={"l": 4, "r": 130, "t": 10, "b": 4})
    for base in bases:
        if f"{column}_low" in base and base[f"{column}_low"].notna().any():
            low, high = base[f"{column}_low"], base[f"{column}_high"]
            charts.band(fig, base["week"], low=low, high=high, strength=0.15)
        _line(fig, base, column, name=_("as planned"), colour=colours.ink, dash="solid")
    for (name, frame), dash in zip(weeks, DASHES, strict=False):
        _line(fig, frame, column, name=name, colour=colours.forecast, dash=dash)
    _end_labels(fig, weeks, column)
    every = pd.concat([frame["week"] for frame in [*bases, *(frame for _name, frame in weeks)]])
    fig.update_xaxes(range=[every.min(), every.max()])
    fig.update_yaxes(tickformat=",", nticks=6, rangemode="tozero")
    return fig


def _line(fig: go.Figure, frame: pd.DataFrame, column: str, *, name: str, colour: str, dash: str) -> None:
    said = charts.hover(_("week of {day}: {n}"), {"day": "%{x|%-d %b}", "n": "%{y:,.0f}"})
    pen = {"color": colour, "width": 2, "dash": dash}
    hint = f"{charts.hint(name, '').split('<br>')[0]}<br>{said}"
    fig.add_scatter(x=frame["week"], y=frame[column], mode="lines", line=pen, hovertemplate=hint)


def _end_labels(fig: go.Figure, weeks: Weeks, column: str) -> None:
    """Names at the lines' ends, those that lie close pushed apart."""
    ends = sorted((float(frame[column].iloc[-1]), frame["week"].iloc[-1], name) for name, frame in weeks)
    tops = [frame[column].max() for _name, frame in weeks]
    room, last = max(tops, default=1.0) * 0.06, float("-inf")
    for value, week, name in ends:
        shown = max(value, last + room)
        charts.note(fig, week, shown, text=_short(name), colour=look.palette().forecast, xshift=5)
        last = shown


def _short(name: str) -> str:
    return name if len(name) <= 18 else f"{name[:17]}…"


def need_key(level: str) -> None:
    """The legend of the panels of people."""
    colours = look.palette()
    look.key(
        Mark(_("needed, {level}").format(level=level.upper()), colours.ink, "line"),
        Mark(_("needed as planned"), colours.ink, "dots"),
        Mark(_("there, after hiring"), colours.scheduled),
        Mark(_("short"), softened(colours.under_rgb, 0.75)),
    )


def need_panels(base: pd.DataFrame, weeks: Weeks, *, level: str) -> go.Figure:
    """People needed against those there, by week in FTE: the base and each scenario in a panel, one scale."""
    panels: list[tuple[str, pd.DataFrame]] = [(_("As planned"), base), *weeks]
    fig = charts.panels(
        1,
        len(panels),
        height=270,
        shared_yaxes=True,
        horizontal_spacing=0.03,
        subplot_titles=[_short(name) for name, _frame in panels],
        layout={"margin": {"l": 4, "r": 8, "t": 26, "b": 4}},
    )
    for column, (_name, frame) in enumerate(panels, 1):
        _need_panel(fig, frame, base, level=level, column=column)
        fig.update_xaxes(nticks=5, tickformat="%b", tickangle=0, row=1, col=column)
    fig.update_annotations(font={"size": 12.5, "color": look.palette().text})
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=6)
    return fig


def _need_panel(fig: go.Figure, frame: pd.DataFrame, base: pd.DataFrame, *, level: str, column: int) -> None:
    colours = look.palette()
    place: dict[str, Any] = {"row": 1, "col": column}
    x, need = _stepped(frame, frame[f"need_{level}_fte"])
    there, short = _stepped(frame, frame["there_fte"])[1], _stepped(frame, frame["short_fte"])[1]
    charts.filled_steps(fig, x, there, colour=colours.scheduled, fill="tozeroy", **place)
    low = [value - less for value, less in zip(need, short, strict=True)]
    quiet = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    fig.add_scatter(x=x, y=low, **quiet, **place)
    charts.filled_steps(fig, x, need, colour=softened(colours.under_rgb, 0.75), **place)
    if column > 1:
        planned = _stepped(base, base[f"need_{level}_fte"])
        charts.steps(fig, *planned, colour=colours.ink, width=1, dash="dot", hoverinfo="skip", **place)
    words = _("week of {day}: {n} FTE needed, {there} there, {short} short")
    fields = {
        "day": "%{x|%-d %b}",
        "n": "%{y:,.1f}",
        "there": "%{customdata[0]:,.1f}",
        "short": "%{customdata[1]:,.1f}",
    }
    data = list(zip(there, short, strict=True))
    said = charts.hover(words, fields)
    charts.steps(fig, x, need, colour=colours.ink, customdata=data, hovertemplate=said, **place)


def _stepped(frame: pd.DataFrame, values: pd.Series) -> tuple[list[Any], list[float]]:
    """Each week's value from its Monday, and the last one to the end of its week."""
    return [*frame["week"], frame["week"].iloc[-1] + WEEK], [*values, values.iloc[-1]]


def service_dots(rows: pd.DataFrame) -> go.Figure:
    """A row per scenario, channel and measure: a ring as planned, a dot if nobody reacts, orange where worse.

    `rows`: name, channel, measure, base, scenario, worse.
    """
    colours = look.palette()
    labels = [
        f"{part_name(row.channel)} · {service_name(row.measure)} · {_short(row.name)}"
        for row in rows.itertuples(index=False)
    ]
    fig = charts.figure(len(labels) * ROW + 40, margin={"l": 4, "r": 60, "t": 8, "b": 4})
    for label, row in zip(labels, rows.itertuples(index=False), strict=True):
        colour = colours.under if row.worse else colours.forecast
        ring = {"size": 9, "color": colours.card, "line": {"color": colours.ink, "width": 1.6}}
        said = _("{base} as planned, {value} with the scenario").format(
            base=formats.percent(row.base), value=formats.percent(row.scenario)
        )
        hint = charts.hint(label, said)
        span = {"color": colour, "width": 2}
        fig.add_scatter(
            x=[100 * row.base, 100 * row.scenario], y=[label] * 2, mode="lines", line=span, hoverinfo="skip"
        )
        fig.add_scatter(x=[100 * row.base], y=[label], mode="markers", marker=ring, hovertemplate=hint)
        dot = {"size": 9, "color": colour}
        fig.add_scatter(x=[100 * row.scenario], y=[label], mode="markers", marker=dot, hovertemplate=hint)
        text = formats.percent(row.scenario)
        charts.note(fig, 1, label, text=text, colour=colour, xref="paper", xshift=6)
    fig.update_xaxes(range=[-2, 102], ticksuffix=" %", showgrid=True, gridcolor=colours.grid)
    fig.update_yaxes(
        categoryorder="array", categoryarray=labels[::-1], showgrid=False, range=[-0.6, len(labels) - 0.4]
    )
    return fig


def ai_dots(rows: pd.DataFrame) -> go.Figure:
    """Shares of contacts that an AI resolves, hands on, sends back or loses: a dot, a bar from low to high.

    `rows` of `measured`: measure, scenario, value, low, high.
    """
    colours = look.palette()
    labels = [f"{_(MEASURE_WORDS[row.measure])} · {_short(row.scenario)}" for row in rows.itertuples()]
    fig = charts.figure(len(labels) * ROW + 40, margin={"l": 4, "r": 160, "t": 8, "b": 4})
    for label, row in zip(labels, rows.itertuples(), strict=True):
        bar = {"color": softened(colours.forecast_rgb, 0.4), "width": 7}
        fig.add_scatter(
            x=[100 * row.low, 100 * row.high], y=[label] * 2, mode="lines", line=bar, hoverinfo="skip"
        )
        dot = {"size": 9, "color": colours.forecast}
        said = formats.percent(row.value)
        if row.low < row.high:
            said += f" ({formats.percent(row.low)} – {formats.percent(row.high)})"
        hint = charts.hint(label, said)
        fig.add_scatter(x=[100 * row.value], y=[label], mode="markers", marker=dot, hovertemplate=hint)
        charts.note(fig, 1, label, text=said, xref="paper", xshift=6)
    fig.update_xaxes(range=[-2, 102], ticksuffix=" %", showgrid=True, gridcolor=colours.grid)
    fig.update_yaxes(
        categoryorder="array", categoryarray=labels[::-1], showgrid=False, range=[-0.6, len(labels) - 0.4]
    )
    return fig
