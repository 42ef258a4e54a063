"""Weekly quality on control charts: which weeks are out of what the operation does by itself."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.filters import Scope
from dashboards.scores import ALL, FEWEST
from planner.language import _, message
from planner.scorecards.control_limits import BEYOND

MEASURES = {
    "quality_score": message("Quality score, mean of final scores"),
    "critical_accuracy_customer": message("Customer-critical accuracy"),
    "critical_accuracy_compliance": message("Compliance-critical accuracy"),
}


def trend_card(trends: pd.DataFrame, scope: Scope) -> None:
    """A chart a measure, one below the other, on one clock."""
    mine = trends[
        (trends["site"] == (scope.site or ALL))
        & (trends["language"] == (scope.language or ALL))
        & (trends["channel"] == ALL)
        & trends["measure"].isin(list(MEASURES))
    ]
    about = _(
        "by week, 0–100, random sample; band = control limits set by the weeks before the newest four; "
        "orange = out of control; hollow = fewer than {n} evaluations"
    ).format(n=FEWEST)
    with look.card("trend", _("Is it changing?"), about, data=mine):
        if mine.empty or scope.channel:
            look.nothing(
                _("No trend here"),
                _("Trends are kept by site and language, for all channels together."),
                _("Choose all channels."),
            )
            return
        look.tell(answer(mine))
        shown = [name for name in MEASURES if name in set(mine["measure"])]
        charts.show(_figure(mine, shown), "trend", alt=_("Weekly quality with control limits"))
        look.foot(
            _(
                "Score: individuals chart (mean ± 2.66 mean moving range). Accuracy: p chart with the "
                "binomial’s 0.135 % limits. A run of eight on one side counts where both sides are "
                "about as likely."
            )
        )


def answer(mine: pd.DataFrame) -> str:
    """Whether the newest weeks are in control."""
    found = mine[mine["signal"].notna()].sort_values("week")
    if mine["centre"].isna().all():
        return _("Too few weeks to set limits.")
    if found.empty:
        return _("**Nothing out of control:** the weeks differ no more than chance makes them.")
    last = found.iloc[-1]
    why = _("beyond the limits") if last["signal"] == BEYOND else _("eight weeks on one side of the mean")
    return _("!!{measure}!! was out of control in {week} ({why}).").format(
        measure=_(MEASURES[last["measure"]]), week=formats.week(last["week"].date()), why=why
    )


def _figure(mine: pd.DataFrame, shown: list[str]) -> go.Figure:
    titles = [_(MEASURES[name]) for name in shown]
    fig = charts.panels(
        1,
        len(shown),
        height=230,
        layout={"margin": {"l": 4, "r": 12, "t": 28, "b": 4}},
        subplot_titles=titles,
        horizontal_spacing=0.06,
    )
    for place, name in enumerate(shown, start=1):
        _panel(fig, mine[mine["measure"] == name].sort_values("week"), place)
    fig.update_xaxes(tickformat="%-d %b", nticks=5)
    fig.update_annotations(font={"size": 12.5, "color": look.palette().text})
    return fig


def _panel(fig: go.Figure, rows: pd.DataFrame, place: int) -> None:
    colours, where = look.palette(), {"row": 1, "col": place}
    edge = {"mode": "lines", "hoverinfo": "skip", "line": {"color": colours.line, "width": 1}}
    fig.add_scatter(x=rows["week"], y=rows["upper"] * 100, **edge, **where)
    fig.add_scatter(
        x=rows["week"], y=rows["lower"] * 100, fill="tonexty", fillcolor=colours.grid, **edge, **where
    )
    dotted = {"color": colours.muted, "width": 1, "dash": "dot"}
    fig.add_scatter(
        x=rows["week"], y=rows["centre"] * 100, mode="lines", line=dotted, hoverinfo="skip", **where
    )
    out = rows["signal"].notna()
    ink = [colours.under if bad else colours.ink for bad in out]
    paper = [colours.card if few else colour for few, colour in zip(rows["n"] < FEWEST, ink, strict=True)]
    fig.add_scatter(
        x=rows["week"],
        y=rows["value"] * 100,
        mode="lines+markers",
        line={"color": colours.ink, "width": 1.2},
        marker={"size": 7, "color": paper, "line": {"color": ink, "width": 1.5}},
        customdata=rows["n"],
        hovertemplate="%{x|%-d %b}: %{y:.1f}, n = %{customdata:,.0f}<extra></extra>",
        **where,
    )
