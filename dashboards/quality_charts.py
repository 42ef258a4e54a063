"""Dots with intervals for quality, and a strip of dots per definition of resolution."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.languages import both_names, english_name, short_names
from dashboards.scores import FEWEST
from planner.language import _

Resolution = tuple[str, str, pd.DataFrame, pd.Series]  # name, definition, its languages, the whole


def score_dots(quality: pd.DataFrame, overall: float, *, target: float | None = None) -> go.Figure:
    """One row a language, lowest first: dot, 95 % interval, n at the right edge."""
    colours = look.palette()
    fig = charts.figure(len(quality) * 28 + 48, margin={"l": 4, "r": 56, "t": 24, "b": 4})
    for row in quality.to_dict("records"):
        _dot(fig, row, overall)
    charts.note(fig, 1, 1, text="n", xref="paper", yref="paper", xanchor="right", xshift=50, yshift=13)
    _lines(fig, overall, target)
    names = [short_names(str(tag)) for tag in quality["language"]]
    marks = [quality["low"].min(), overall, *([target] if target is not None else [])]
    least = max(0.0, min(marks) * 100 - 2)
    fig.update_xaxes(
        range=[least, 100.5], showgrid=True, gridcolor=colours.grid, showline=False, ticks="", nticks=6
    )
    fig.update_yaxes(
        categoryorder="array",
        categoryarray=names[::-1],
        showgrid=False,
        tickfont={"color": colours.text},
        range=[-0.6, len(names) - 0.4],
    )
    return fig


def _lines(fig: go.Figure, overall: float, target: float | None) -> None:
    """The target dotted and labelled; the whole is a grey line, or dotted where no target is set."""
    if target is not None:
        words = _("target {score}").format(score=formats.number(target * 100))
        charts.target_line(fig, target * 100, text=words, axis="x")
        if pd.notna(overall):
            fig.add_vline(x=overall * 100, line={"color": look.palette().faint, "width": 1})
    elif pd.notna(overall):
        words = _("the whole {score}").format(score=formats.number(overall * 100, 1))
        charts.target_line(fig, overall * 100, text=words, axis="x")


def _dot(fig: go.Figure, row: Mapping[Hashable, Any], overall: float) -> None:
    """A language's score: hollow where it rests on too little, orange where it is surely below the whole."""
    colours, few = look.palette(), row["n"] < FEWEST
    colour = colours.faint if few else colours.under if row["high"] < overall else colours.ink
    name = short_names(str(row["language"]))
    low, value, high = (row[part] * 100 for part in ("low", "value", "high"))
    line = {"color": colour, "width": 2}
    fig.add_scatter(x=[low, high], y=[name] * 2, mode="lines", line=line, hoverinfo="skip")
    ends = f"{formats.number(low, 1)}–{formats.number(high, 1)}"
    hint = f"{name}: {formats.number(value, 1)} ({ends}), n = {formats.number(row['n'])}<extra></extra>"
    marker = {"size": 9, "color": colours.card if few else colour, "line": {"color": colour, "width": 1.8}}
    fig.add_scatter(x=[value], y=[name], mode="markers", marker=marker, hovertemplate=hint)
    charts.note(fig, 1, name, text=formats.number(row["n"]), xref="paper", xanchor="right", xshift=50)


def fcr_strip(found: Sequence[Resolution]) -> go.Figure:
    """One line a definition: a dot a language, the whole as a bar with its number."""
    colours = look.palette()
    fig = charts.figure(52 * len(found) + 44, margin={"l": 4, "r": 24, "t": 12, "b": 4})
    for place, (__, __, languages, whole) in enumerate(reversed(found)):
        enough = languages[languages["n"] >= FEWEST]
        _strip(fig, place, enough)
        value = float(whole["value"]) * 100
        fig.add_scatter(
            x=[value] * 2,
            y=[place - 0.24, place + 0.24],
            mode="lines",
            line={"color": colours.ink, "width": 3},
            hovertemplate=_("the whole: {value} % ({ends})").format(
                value=formats.number(value, 1), ends=_spread(whole)
            )
            + "<extra></extra>",
        )
        text = f"<b>{formats.number(value, 1)}</b>"
        charts.note(fig, value, place, text=text, colour=colours.ink, xanchor="center", yshift=19)
    small = f"<span style='font-size:11px;color:{colours.muted}'>"
    words = [
        f"{name}<br>{small}n = {formats.number(whole['n'])}</span>" for name, __, __, whole in reversed(found)
    ]
    fig.update_yaxes(
        tickvals=list(range(len(found))),
        ticktext=words,
        range=[-0.5, len(found) - 0.3],
        tickfont={"color": colours.text},
    )
    least = min([*(part["value"].min() for __, __, part, __ in found if len(part)), 0.95]) * 100
    fig.update_xaxes(
        ticksuffix=" %", showline=False, ticks="", nticks=9, range=[least - (100 - least) * 0.14, 100.5]
    )
    return fig


def _spread(row: pd.Series) -> str:
    return f"{formats.number(row['low'] * 100, 1)}–{formats.number(row['high'] * 100, 1)}"


def _strip(fig: go.Figure, place: int, languages: pd.DataFrame) -> None:
    if languages.empty:
        return
    colours = look.palette()
    names = [both_names(str(tag)) for tag in languages["language"]]
    fig.add_scatter(
        x=languages["value"] * 100,
        y=[place] * len(languages),
        mode="markers",
        marker={"size": 9, "color": colours.ink, "opacity": 0.32, "line": {"width": 0}},
        customdata=list(
            zip(names, languages["low"] * 100, languages["high"] * 100, languages["n"], strict=True)
        ),
        hovertemplate="%{customdata[0]}: %{x:.1f} % (%{customdata[1]:.1f}–%{customdata[2]:.1f}), "
        "n = %{customdata[3]:,.0f}<extra></extra>",
    )
    lowest = languages.loc[languages["value"].idxmin()]
    charts.note(
        fig,
        lowest["value"] * 100,
        place,
        text=english_name(str(lowest["language"])),
        xanchor="right",
        xshift=-8,
    )
