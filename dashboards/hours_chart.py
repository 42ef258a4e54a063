"""Paid hours against the contract, person by person."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.look import Mark
from planner.language import _, ngettext

ROWS = 12  # contracts drawn
EVEN = 0.5  # h; closer to the contract is on it
HOVER = {"name": "%{customdata[0]}", "paid": "%{customdata[1]:.1f}", "due": "%{customdata[2]:.1f}"}
BIN = 0.5  # h; people this close stand above each other


def beside_contract(rows: pd.DataFrame) -> pd.DataFrame:
    """PAY_HOURS with `off`: paid hours and leave less the contract's, h; a contract of a site each."""
    off = rows["paid_h"] + rows["leave_h"] - rows["contract_h"]
    return rows.assign(off=off.round(2), row=rows["site"] + " · " + rows["contract"])


def contract_words(found: pd.DataFrame) -> str:
    """How many people are on, below and above their contract; `found` has off."""
    below, above = int((found["off"] < -EVEN).sum()), int((found["off"] > EVEN).sum())
    on = len(found) - below - above
    text = ngettext(
        "**{n} person is on their contract's hours**,", "**{n} people are on their contract's hours**,", on
    ).format(n=formats.number(on))
    unused = formats.number(-found["off"].clip(upper=0).sum())
    under = _("{n} below ({hours} h unused),") if below else _("nobody below,")
    over = _("!!{n} above!!.") if above else _("nobody above.")
    return formats.sentence(
        text, under.format(n=formats.number(below), hours=unused), over.format(n=formats.number(above))
    )


def contract_card(rows: pd.DataFrame) -> None:
    """Dots by contract: hours above (right) or below the contract."""
    found = beside_contract(rows)
    about = _("paid + leave − contract, h; a dot a person, a row a contract; right: people and their mean")
    with look.card("contract", _("Who is above or below the contract?"), about, data=found):
        if found.empty:
            look.nothing(_("Nobody"), _("Nobody has hours here."), _("Choose another site or week."))
            return
        look.tell(contract_words(found))
        colours = look.palette()
        look.key(
            Mark(_("one person"), colours.muted),
            Mark(_("above the contract"), colours.under),
        )
        charts.show(_strip(found), "contract", alt=_("Hours above or below the contract by person"))


def _strip(found: pd.DataFrame) -> go.Figure:
    colours = look.palette()
    order = list(found["row"].value_counts().head(ROWS).index)[::-1]
    fig = charts.figure(len(order) * 40 + 52, margin={"l": 4, "r": 124, "t": 24, "b": 4})
    charts.target_line(fig, 0, text=_("contract"), axis="x")
    for place, row in enumerate(order):
        part = found[found["row"] == row]
        fig.add_scatter(
            x=part["off"],
            y=place + _stacked(part["off"]),
            mode="markers",
            marker={
                "size": 7,
                "color": [colours.under if off > EVEN else colours.muted for off in part["off"]],
                "opacity": 0.6,
                "line": {"width": 0},
            },
            customdata=part[["agent_id", "paid_h", "contract_h"]],
            hovertemplate=charts.hover(_("{name}: {paid} h paid, {due} h contract"), HOVER),
        )
        for text, shift in (
            (formats.counted(len(part), "{n} person", "{n} people"), 62),
            (f"{formats.signed(part['off'].mean())} h", 118),
        ):
            charts.note(fig, 1, place, text=text, xref="paper", xanchor="right", xshift=shift)
    fig.update_xaxes(ticksuffix=" h", tickformat="+", showline=False, ticks="", nticks=9)
    fig.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=order,
        range=[-0.6, len(order) - 0.4],
        tickfont={"color": colours.text},
    )
    return fig


def _stacked(off: pd.Series) -> np.ndarray:
    """Steps up and down around the row for people at the same hours, narrower where there are many."""
    bins = (off / BIN).round()
    rank = off.groupby(bins).cumcount().to_numpy()
    most = int(rank.max()) + 1 if len(rank) else 1
    step = min(0.09, 0.7 / most)
    return np.where(rank % 2, -1, 1) * ((rank + 1) // 2) * step
