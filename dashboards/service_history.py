"""How has service been? The promises of one queue, week by week over a year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from planner.language import _
from planner.scorecards.contract import Line
from planner.scorecards.contract_periods import Span, through
from planner.scorecards.contract_words import limit_words
from planner.scorecards.scope import Scope

YEAR = 52  # weeks shown
PANELS = 3


def history_card(card: pd.DataFrame, lines: Sequence[Line], scope: Scope, *, weeks: Sequence[Span]) -> None:
    """One panel a promise of the first channel: weekly value, 95 % interval, dotted target."""
    promised = [line for line in lines if line.promise and line.channel == lines[0].channel][:PANELS]
    mine = Scope(scope.site, scope.language, lines[0].channel if lines else None)
    past = {
        line: through(card, mine, measure=line.promise.measure, spans=weeks[-YEAR:])
        for line in promised
        if line.promise
    }
    rows = [values.assign(measure=line.name) for line, values in past.items()]
    data = pd.concat(rows).rename_axis("week").reset_index() if rows else None
    about = _("weekly, last {n} weeks; dotted = target, band = 95 % interval").format(n=min(YEAR, len(weeks)))
    with look.card("history", _("How has service been?"), about, data=data, fill=True):
        if data is None or data["value"].isna().all():
            look.nothing(
                _("Nothing with a target was measured"),
                "",
                _("Choose another site, language or channel."),
            )
            return
        charts.show(_panels(past), "history", alt=_("Weekly service against its targets"))


def _panels(past: dict[Line, pd.DataFrame]) -> go.Figure:
    fig = charts.panels(
        len(past),
        1,
        height=40 + 150 * len(past),
        shared_xaxes=True,
        vertical_spacing=0.12,
        layout={"margin": {"l": 4, "r": 10, "t": 24, "b": 4}},
    )
    for place, (line, values) in enumerate(past.items()):
        _panel(fig, place, line, values=values)
    fig.update_xaxes(tickformat="%-d %b", nticks=8)
    return fig


def _panel(fig: go.Figure, place: int, line: Line, *, values: pd.DataFrame) -> None:
    colours, where = look.palette(), {"row": place + 1, "col": 1}
    shares = values[["value", "low", "high"]] * 100
    edge = {"mode": "lines", "line_width": 0, "hoverinfo": "skip"}
    fig.add_scatter(x=values.index, y=shares["high"], **edge, **where)
    fig.add_scatter(
        x=values.index, y=shares["low"], fill="tonexty", fillcolor=colours.nothing, **edge, **where
    )
    fig.add_scatter(
        x=values.index,
        y=shares["value"],
        mode="lines",
        line={"color": colours.ink, "width": 1.5},
        customdata=values["n"],
        hovertemplate=charts.hover(
            _("week of {day}: {value} %, n = {n}"),
            {"day": "%{x|%-d %b %Y}", "value": "%{y:.1f}", "n": "%{customdata:,.0f}"},
        ),
        **where,
    )
    axis = place + 1 if place else ""
    if line.promise:
        fig.add_hline(
            y=line.promise.limit * 100, line={"color": colours.ink, "width": 1, "dash": "dot"}, **where
        )
    charts.note(
        fig,
        0,
        1,
        text=_("<b>{name}</b>, target {target}").format(
            name=line.name, target=limit_words(line.promise) if line.promise else formats.MISSING
        ),
        colour=colours.text,
        xref=f"x{axis} domain",
        yref=f"y{axis} domain",
        yanchor="bottom",
        yshift=2,
    )
    fig.update_yaxes(ticksuffix=" %", nticks=4, **where)
