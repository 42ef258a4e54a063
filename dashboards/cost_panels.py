"""Small multiples of cost: a panel for each voice target, staff cost above paid hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.cost_curve import Curve
from dashboards.look import Mark
from planner.language import _, message

DEFINITION = message(
    "Paid hours = people on the payroll (leave and other shrinkage included) × hours, all channels of the "
    "sites, without what a schedule loses to whole shifts. Staff cost = paid hours × cost per paid hour. One "
    "target moves at a time, in every voice queue that has it; the others stay as in the contract."
)
TOP, PANEL = 62, 210  # pixels above the panels, and of each


def panels_card(found: Sequence[Curve], *, currency: str) -> None:
    """The curves with the contract marked; no `currency`, no cost: hours alone."""
    about = _("paid hours of one week, by what is asked; harder to the right")
    if currency:
        text = _("staff cost, thousand {currency}, above paid hours; of one week, by what is asked; {way}")
        about = text.format(currency=currency, way=_("harder to the right"))
    with look.card("curves", _("What would another target cost?"), about, fill=True):
        colours = look.palette()
        look.key(
            Mark(_("every step has its price"), colours.ink, "line"),
            Mark(_("free: another target decides"), colours.faint, "line"),
            Mark(_("asked in the contract"), colours.ink, "dots"),
        )
        values = {"cost": _("thousand {currency}").format(currency=currency)} if currency else {}
        fig = _panels(found, values=values | {"paid_h": _("paid hours")})
        charts.show(fig, "curves", alt=_("Weekly cost and paid hours by what is asked of each voice target"))
        look.foot(_(DEFINITION))


def _panels(found: Sequence[Curve], *, values: Mapping[str, str]) -> go.Figure:
    """A column for each target; one scale along each row, so that slopes compare.

    `values` are the columns drawn, each in a row, with their units.
    """
    fig = charts.panels(
        len(values),
        len(found),
        height=TOP + PANEL * len(values),
        shared_xaxes=True,
        shared_yaxes=True,
        vertical_spacing=0.13,
        horizontal_spacing=0.03,
        layout={"margin": {"l": 4, "r": 10, "t": TOP - 8, "b": 4}},
    )
    for column, curve in enumerate(found, 1):
        for row, value in enumerate(values, 1):
            _line(fig, curve, value, row=row, column=column)
        _contract(fig, curve, row=len(values), column=column)
        _shares_axis(fig, curve, column=column)
        heading = f"<b>{curve.name}</b>, %"
        charts.note(
            fig, 0, 1, text=heading, colour=look.palette().text, yshift=46, **_corner(column, anchor="left")
        )
    for row, unit in enumerate(values.values()):
        where = _corner(len(found) * row + 1, anchor="left")
        charts.note(fig, 0, 1, text=unit, yshift=12 if row else 28, **where)  # above, the contract is named
    fig.update_yaxes(tickformat=",", nticks=6)
    return fig


def _corner(panel: int, *, anchor: str) -> dict[str, str]:
    """Places a label by the axes of a panel, counted along the rows from 1."""
    number = "" if panel == 1 else str(panel)
    return {"xref": f"x{number} domain", "yref": f"y{number} domain", "xanchor": anchor}


def _line(fig: go.Figure, curve: Curve, value: str, *, row: int, column: int) -> None:
    """One curve in ink, grey as far as it is free; the contract's own point is larger."""
    colours, x = look.palette(), curve.rows["share"] * 100
    scale, unit = (1000.0, " k") if value == "cost" else (1.0, " h")
    y, until = curve.rows[value] / scale, curve.free_until()
    hint = {"hovertemplate": f"%{{x:g}} %: %{{y:,.1f}}{unit}<extra></extra>"}
    _dotted(fig, x, y, colour=colours.ink, row=row, col=column, **hint)
    if until is not None:
        free = curve.rows["share"].tolist().index(until) + 1
        _dotted(fig, x[:free], y[:free], colour=colours.faint, row=row, col=column, hoverinfo="skip")
    base = curve.at_contract()
    if base is not None and curve.asked is not None:
        fig.add_scatter(
            x=[curve.asked * 100],
            y=[base[value] / scale],
            mode="markers",
            marker={"size": 10, "color": colours.ink},
            hoverinfo="skip",
            row=row,
            col=column,
        )


def _dotted(fig: go.Figure, x: pd.Series, y: pd.Series, *, colour: str, **trace: object) -> None:
    look_of = {"line": {"color": colour, "width": 2}, "marker": {"size": 5, "color": colour}}
    fig.add_scatter(x=x, y=y, mode="lines+markers", **look_of, **trace)


def _contract(fig: go.Figure, curve: Curve, *, row: int, column: int) -> None:
    """A dotted line through the column at each share that the contract asks, labelled at the top."""
    colours = look.palette()
    for share in curve.contract:
        for panel in range(1, row + 1):
            line = {"color": colours.ink, "width": 1, "dash": "dot"}
            fig.add_vline(x=share * 100, line=line, row=panel, col=column)
    for share in curve.contract:
        where = _corner(column, anchor="center") | {"xref": "x" if column == 1 else f"x{column}"}
        charts.note(
            fig, share * 100, 1, text=formats.exact_percent(share), colour=colours.ink, yshift=10, **where
        )


def _shares_axis(fig: go.Figure, curve: Curve, *, column: int) -> None:
    """Ticks at the shares tried, harder to the right."""
    # not by range: with axes that match, plotly 7 then draws no line at all
    way = "reversed" if curve.target == "abandonment" else True
    tried = [share * 100 for share in curve.rows["share"]]
    fig.update_xaxes(
        tickvals=tried,
        ticktext=[formats.exact(share) for share in tried],
        tickangle=0,
        autorange=way,
        col=column,
    )
