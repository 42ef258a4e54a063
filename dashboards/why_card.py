"""The waterfall from planned to actual service: a dot at each end, a bar for each cause."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from planner.language import _
from planner.scorecards.contract_promises import Promise
from planner.scorecards.contract_why import Why
from planner.scorecards.contract_words import limit_words
from planner.scorecards.why_words import better, part_words, shown_parts, why_question

ROW = 30  # pixels of a row
LEAST_SPAN, ROOM = 0.01, 0.2  # of the axis: shares; room for the figures beside bars and dots
TOP = 26  # pixels above, for the target's label


def why_card(split: Why, promise: Promise | None, about: str) -> None:
    """Plan and actual as dots, a bar for each cause (orange hurts, blue helps), the target dotted."""
    data = pd.DataFrame([part.__dict__ for part in split.parts])
    method = _("each cause put to its actual value in turn, averaged over all orders; parts in points")
    with look.card("why", why_question(split), f"{about} · {method}" if about else method, data=data):
        drawn = figure(split, promise)
        told = [f"{part_words(part)} {formats.points(part.by)}" for part in shown_parts(split)]
        charts.show(drawn, "why", alt=f"{why_question(split)} {', '.join(told)}")


def figure(split: Why, promise: Promise | None) -> go.Figure:
    """The drawing, the plan at the top and the actual at the bottom."""
    parts = shown_parts(split)
    level = np.concatenate([[split.planned], split.planned + np.cumsum([part.by for part in parts])])
    names = [_("Plan"), *map(part_words, parts), _("Actual")]
    places = [f"{place} {name}" for place, name in enumerate(names)]  # names may be alike
    marks = [*level, *([promise.limit] if promise else [])]
    span = max(max(marks) - min(marks), LEAST_SPAN)
    limits = [min(marks) - ROOM * span, max(marks) + ROOM * span]
    margin = charts.MARGIN | {"t": TOP}
    fig = charts.figure(ROW * len(names) + TOP + 4, bargap=0.38, margin=margin)
    fig.update_xaxes(range=limits, visible=False)
    fig.update_yaxes(
        categoryorder="array", categoryarray=places[::-1], tickvals=places, ticktext=names, showgrid=False
    )
    colours = look.palette()
    for place, part, before, after in zip(places[1:-1], parts, level[:-1], level[1:], strict=True):
        helps = part.by * better(split.measure) >= 0
        fig.add_bar(
            y=[place],
            x=[part.by],
            base=[before],
            orientation="h",
            marker_color=colours.over if helps else colours.under,
            hovertemplate=charts.hint(part_words(part), formats.points(part.by)),
        )
        _beside(fig, place, max(before, after) if part.by > 0 else min(before, after), by=part.by)
    _dot(fig, places[0], split.planned, hollow=True)
    _dot(fig, places[-1], split.actual, hollow=False)
    if promise is not None:
        charts.target_line(
            fig, promise.limit, text=_("target {limit}").format(limit=limit_words(promise)), axis="x"
        )
    return fig


def _beside(fig: go.Figure, place: str, at: float, *, by: float) -> None:
    """The part's points, outside the end of its bar."""
    side = {"xanchor": "left", "xshift": 4} if by > 0 else {"xanchor": "right", "xshift": -4}
    charts.note(fig, at, place, text=formats.points(by), colour=look.palette().ink, **side)


def _dot(fig: go.Figure, place: str, at: float, *, hollow: bool) -> None:
    colours = look.palette()
    fill = colours.card if hollow else colours.ink
    marker = {"size": 10, "color": fill, "line": {"color": colours.ink, "width": 2}}
    fig.add_scatter(x=[at], y=[place], mode="markers", marker=marker, hoverinfo="skip")
    text = f"<b>{formats.percent(at)}</b>"
    charts.note(fig, at, place, text=text, colour=colours.ink, xanchor="left", xshift=9)
