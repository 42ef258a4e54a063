"""Plotly figures in one template: thin axes, no legend, no mode bar, labels on the lines."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from dashboards.look import palette
from dashboards.palette import softened
from dashboards.stylesheet import FONT
from planner.language import spoken
from planner.language.days import calendar_names
from planner.language.numbers import separators

MARGIN = {"l": 4, "r": 8, "t": 10, "b": 4}
BANDS = (("p10", "p90", 0.15), ("p25", "p75", 0.22))  # 80 % and 50 % of days
HINT = {"hovertemplate": "%{y:,.0f}"}


def template() -> go.layout.Template:
    """The template every figure carries; colours follow the reader's theme."""
    colours = palette()
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": colours.line,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": colours.line,
        "tickfont": {"color": colours.muted, "size": 12},
        "automargin": True,
        "fixedrange": True,
    }
    hover = {
        "bgcolor": colours.card,
        "bordercolor": colours.line,
        "font": {"family": FONT, "size": 12.5, "color": colours.ink},
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 12.5, "color": colours.text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": MARGIN,
            "showlegend": False,
            "separators": separators(),
            "hovermode": "closest",
            "hoverlabel": hover,
            "xaxis": axis,
            "yaxis": axis | {"showgrid": True, "gridcolor": colours.grid, "showline": False, "ticks": ""},
            "bargap": 0.35,
            "annotationdefaults": {"showarrow": False, "font": {"size": 12, "color": colours.muted}},
        }
    )


def figure(height: int, **layout: Any) -> go.Figure:
    """An empty figure of `height` pixels under the template."""
    return go.Figure(layout={"template": template(), "height": height, **layout})


def panels(rows: int, columns: int, *, height: int, layout: dict[str, Any], **grid: Any) -> go.Figure:
    """Several plots in one figure; `grid` goes to plotly's `make_subplots`, `layout` to the figure."""
    made = make_subplots(rows, columns, **grid)
    made.update_layout({"template": template(), "height": height, "margin": MARGIN, **layout})
    return made


def note(fig: go.Figure, x: Any, y: Any, *, text: str, colour: str = "", **place: Any) -> None:
    """A label on the drawing, left-aligned at its point unless `place` says otherwise."""
    where = {"xanchor": "left", "yanchor": "middle", "showarrow": False} | place
    fig.add_annotation(x=x, y=y, text=text, font={"size": 12, "color": colour or palette().muted}, **where)


def hint(first: str, second: str) -> str:
    """Two lines to show over a mark, the first bold, whatever a planner wrote in them."""
    safe = (html.escape(line, quote=False).replace("%{", "% {") for line in (first, second))
    return "<b>{}</b><br>{}<extra></extra>".format(*safe)


def hover(text: str, fields: Mapping[str, str]) -> str:
    """The text to show over a mark; `fields` are plotly's own places for its {names}: {"n": "%{y:.1f}"}."""
    return text.format(**fields) + "<extra></extra>"


def show(fig: go.Figure, key: str, *, alt: str) -> None:
    """Put the figure on the page; `alt` says what it shows to those who cannot see it."""
    st.plotly_chart(fig, theme=None, key=key, config=_config(), alt=alt)


def _config() -> dict[str, Any]:
    """No mode bar; the names of days and months as the reader's language has them."""
    tag = spoken()
    language = {"dictionary": {}, "format": calendar_names()}
    return {"displayModeBar": False, "locale": tag, "locales": {tag: language}}


def band(fig: go.Figure, x: Sequence[Any], *, low: Any, high: Any, strength: float, **place: Any) -> None:
    """A band between two lines in the colour of the forecast; `place` is row and col of a panel."""
    edge = {"mode": "lines", "line_width": 0, "hoverinfo": "skip"}
    fill = softened(palette().forecast_rgb, strength)
    fig.add_scatter(x=x, y=high, **edge, **place)
    fig.add_scatter(x=x, y=low, fill="tonexty", fillcolor=fill, **edge, **place)


def steps(fig: go.Figure, x: Sequence[Any], y: Any, *, colour: str, **line: Any) -> None:
    """A stepped line: each of the numbers `y` holds from its start to the next, None is a gap."""
    pen = {"shape": "hv", "color": colour, "width": line.pop("width", 2), "dash": line.pop("dash", "solid")}
    fig.add_scatter(x=x, y=y, mode="lines", line=pen, **line)


def filled_steps(fig: go.Figure, x: Sequence[Any], y: Any, *, colour: str, **place: Any) -> None:
    """A filled area under steps, down to the trace before it unless `fill` says otherwise."""
    look = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip", "fillcolor": colour}
    fig.add_scatter(x=x, y=y, **look, **({"fill": "tonexty"} | place))


def target_line(fig: go.Figure, at: float, *, text: str, axis: str = "y") -> None:
    """A dotted line at the target, labelled on the line."""
    line = {"color": palette().ink, "width": 1, "dash": "dot"}
    if axis == "y":
        fig.add_hline(y=at, line=line)
        note(fig, 1, at, text=text, xref="paper", xanchor="right", yshift=-9)
    else:
        fig.add_vline(x=at, line=line)
        note(fig, at, 1, text=text, yref="paper", xanchor="center", yshift=12)


def spark(values: Sequence[float], target: float | None, *, width: int = 128, height: int = 26) -> str:
    """A sparkline as a data address: the last value is a dot, the target is dashed.

    An `<img>`, because `st.html` strips inline `<svg>`; it knows no CSS variables.
    """
    if len(values) < 2:
        return ""
    marks = [*values] if target is None else [*values, target]
    low, high = min(marks), max(marks)

    def down(value: float) -> float:
        return height - 3 - (value - low) / ((high - low) or 1) * (height - 6)

    colours = palette()
    step = (width - 8) / (len(values) - 1)
    line = " ".join(f"{3 + i * step:.1f},{down(value):.1f}" for i, value in enumerate(values))
    dashes = (
        ""
        if target is None
        else f'<line x1="0" x2="{width}" y1="{down(target):.1f}" y2="{down(target):.1f}" '
        f'stroke="{colours.muted}" stroke-dasharray="2 3"/>'
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{dashes}'
        f'<polyline points="{line}" fill="none" stroke="{colours.ink}" stroke-width="1.4"/>'
        f'<circle cx="{width - 5}" cy="{down(values[-1]):.1f}" r="2.6" fill="{colours.ink}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
