"""Dots of differences about zero with their intervals, a word and n at the right edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from dashboards import charts, formats, look
from planner.language import _

ROW = 28  # pixels
NARROW = 0.02  # share; no axis is narrower, so that small differences look small


@dataclass(frozen=True)
class Dot:
    """A subject's difference and its interval, shares 0..1; NaN draws no dot.

    `before` is a second figure, drawn hollow; `bad` is orange; `few` is hollow and grey.
    """

    name: str
    value: float
    low: float
    high: float
    word: str = ""
    small: str = ""
    before: float = float("nan")
    bad: bool = False
    few: bool = False


def difference_dots(dots: Sequence[Dot], *, margin: float | None = None, words: int = 96) -> go.Figure:
    """One row a dot, in points of 100, zero in the middle; `words` is the room at the right in pixels."""
    colours = look.palette()
    fig = charts.figure(len(dots) * ROW + 44, margin={"l": 4, "r": words, "t": 8, "b": 4})
    reach = _reach(dots, margin)
    for at in [0.0] if margin is None else [-margin, 0.0, margin]:
        pen = {
            "color": colours.ink if at == 0 else colours.muted,
            "width": 1,
            "dash": "solid" if at == 0 else "dot",
        }
        fig.add_vline(x=at * 100, line=pen)
    for dot in dots:
        _draw(fig, dot, words=words)
    ticks = {"showgrid": True, "gridcolor": colours.grid, "showline": False, "ticks": "", "nticks": 7}
    fig.update_xaxes(range=[-reach * 100, reach * 100], **ticks)
    names = [dot.name for dot in dots]
    fig.update_yaxes(
        categoryorder="array",
        categoryarray=names[::-1],
        showgrid=False,
        tickfont={"color": colours.text},
        range=[-0.6, len(names) - 0.4],
    )
    return fig


def _reach(dots: Sequence[Dot], margin: float | None) -> float:
    """Half of the axis: the furthest end of the dots that have one."""
    known = [
        abs(end) for dot in dots for end in (dot.low, dot.high, dot.value, dot.before) if not np.isnan(end)
    ]
    return max([*known, NARROW, (margin or 0.0) * 1.15]) * 1.06


def _draw(fig: go.Figure, dot: Dot, *, words: int) -> None:
    colours = look.palette()
    colour = colours.faint if dot.few else colours.under if dot.bad else colours.ink
    if not np.isnan(dot.before):
        hollow = {"size": 9, "color": colours.card, "line": {"color": colours.muted, "width": 1.6}}
        hint = charts.hint(
            dot.name, _("as scored: {points} points").format(points=formats.points(dot.before))
        )
        fig.add_scatter(x=[dot.before * 100], y=[dot.name], mode="markers", marker=hollow, hovertemplate=hint)
    if not np.isnan(dot.low):
        line = {"color": colour, "width": 2}
        fig.add_scatter(
            x=[dot.low * 100, dot.high * 100], y=[dot.name] * 2, mode="lines", line=line, hoverinfo="skip"
        )
    if not np.isnan(dot.value):
        marker = {
            "size": 9,
            "color": colours.card if dot.few else colour,
            "line": {"color": colour, "width": 1.8},
        }
        hint = charts.hint(dot.name, span_words(dot.value, dot.low, dot.high))
        fig.add_scatter(x=[dot.value * 100], y=[dot.name], mode="markers", marker=marker, hovertemplate=hint)
    else:
        fig.add_scatter(x=[None], y=[dot.name], mode="markers", hoverinfo="skip")
    text = f"<b>{dot.word}</b>" if dot.bad else dot.word
    tint = colours.under if dot.bad else colours.muted
    charts.note(fig, 1, dot.name, text=text, colour=tint, xref="paper", xshift=8)
    if dot.small:
        charts.note(fig, 1, dot.name, text=dot.small, xref="paper", xanchor="right", xshift=words - 2)


def span_words(value: float, low: float, high: float) -> str:
    """A difference with its interval: +2.0 points (0.4 to 3.6)."""
    return _("{value} points ({low} to {high})").format(
        value=formats.points(value), low=formats.points(low), high=formats.points(high)
    )
