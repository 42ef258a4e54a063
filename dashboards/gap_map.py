"""A heat map of people scheduled minus people needed: orange where too few, blue where too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.palette import Palette, softened
from planner.language import _

FULL = 5.0  # people; a gap this large has the full colour, unless the map's largest is larger
PRINTED = 1.5  # people; smaller gaps are coloured but not printed
SHORT = 0.5  # people; less is rounding, not a shortage
ROOMY = 24  # columns; more of them have smaller numbers
COLUMN = 62  # pixels of a column of hours at the right edge


@dataclass(frozen=True)
class Edge:
    """A column of hours at the map's right edge; `orange` marks its largest quarter."""

    name: str
    hours: Sequence[float]
    orange: bool = False


def gap_map(grid: pd.DataFrame, edges: Sequence[Edge]) -> go.Figure:
    """`grid` holds people over (short is negative), a row a name, a column a clock time; NaN is closed."""
    colours = look.palette()
    values = grid.to_numpy()
    strength, ends = _strength(values)
    names = list(grid.index)
    margin = {"l": 4, "r": COLUMN * len(edges) + 16, "t": 30, "b": 4}
    fig = charts.figure(len(names) * 27 + 56, margin=margin)
    fig.add_heatmap(
        z=strength,
        customdata=values,
        x=list(grid.columns),
        y=names,
        zmin=-1,
        zmax=1,
        colorscale=_scale(colours, ends),
        showscale=False,
        xgap=1,
        ygap=2,
        text=_texts(values),
        texttemplate="%{text}",
        textfont={"size": 11 if len(grid.columns) <= ROOMY else 10, "color": colours.ink},
        hoverongaps=False,
        hovertemplate=charts.hover(_("{gap} people"), {"gap": "%{y}, %{x}<br>%{customdata:+.1f}"}),
    )
    for place, edge in enumerate(edges, start=1):
        _edge(fig, names, edge, shift=COLUMN * place + 4)
    fig.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": colours.text})
    hours = [at for at in grid.columns if at.endswith(":00")]
    fig.update_xaxes(tickvals=hours[:: 2 if len(hours) > 9 else 1], side="top", showline=False, ticks="")
    return fig


def _texts(values: np.ndarray) -> list[list[str]]:
    return [[formats.signed(gap, 0) if abs(gap) >= PRINTED else "" for gap in row] for row in values]


def _edge(fig: go.Figure, names: Sequence[str], edge: Edge, *, shift: int) -> None:
    colours = look.palette()
    most = float(np.quantile(edge.hours, 0.75)) if len(edge.hours) else 0.0
    where = {"xref": "paper", "xanchor": "right"}
    for name, hours in zip(names, edge.hours, strict=True):
        colour = colours.under if edge.orange and hours >= most > 0 else colours.muted
        text = f"{formats.number(hours, 1 if hours < 1000 else 0)} h"
        charts.note(fig, 1, name, text=text, colour=colour, xshift=shift, **where)
    charts.note(fig, 1, 1, text=edge.name, yref="paper", xshift=shift + 6, yshift=16, **where)


def _scale(colours: Palette, edges: tuple[float, float]) -> list[tuple[float, str]]:
    """From orange (-1) through grey to blue (+1); `edges` are where grey ends on either side, 0..1."""
    low, high = 0.5 - edges[0] / 2, 0.5 + edges[1] / 2
    return [
        (0, softened(colours.under_rgb, 0.82)),
        (0.3 * low, softened(colours.under_rgb, 0.62)),
        (low, softened(colours.under_rgb, 0.18)),
        (low + 0.0001, colours.nothing),
        (high - 0.0001, colours.nothing),
        (high, softened(colours.over_rgb, 0.12)),
        (0.7 + 0.3 * high, softened(colours.over_rgb, 0.42)),
        (1, softened(colours.over_rgb, 0.75)),
    ]


def _strength(values: np.ndarray) -> tuple[np.ndarray, tuple[float, float]]:
    """Gaps as -1..1, short and over each on its own scale, and half a person on either scale.

    People over are many more than people short; on one scale the shortages would pale.
    """
    short, over = (np.nanmax(np.where(side > 0, side, 0.0), initial=FULL) for side in (-values, values))
    return np.where(values < 0, values / short, values / over), (SHORT / short, SHORT / over)
