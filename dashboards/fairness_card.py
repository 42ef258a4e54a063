"""Shifts nobody wants against each person's fair share, group by group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, formats, look
from dashboards.formats import capital
from dashboards.look import Figure, Mark
from planner.domain.wish_tables import FAIR_MEASURES
from planner.language import _, message, ngettext, retold

FAR = 1.5  # shifts above the fair share; whoever is further off should get fewer next time
ROWS = 20  # groups drawn
FAIR_SHARE = message(
    "Fair share = the group's shifts, these weeks and those before, by each one's working days: leave, "
    "part time and late hiring lower it. Groups as fairness.group in plan.yaml says."
)


HOVER = {
    "name": "%{customdata[0]}",
    "off": "%{x:+.1f}",
    "before": "%{customdata[1]}",
    "now": "%{customdata[2]}",
    "due": "%{customdata[3]:.1f}",
}


def distances(people: pd.DataFrame) -> pd.DataFrame:
    """FAIRNESS with `off`: shifts above (below: negative) the fair share, history and horizon together."""
    return people.assign(off=people["before"] + people["count"] - people["due"])


def spread_of(groups: pd.DataFrame, column: str) -> float | None:
    """Root mean square distance from the fair share over all people of FAIRNESS_GROUPS; None without any."""
    n = groups["n"].sum()
    return float(np.sqrt((groups[column] ** 2 * groups["n"]).sum() / n)) if n else None


def fairness_words(people: pd.DataFrame, groups: pd.DataFrame, measure: str) -> str:
    """How far people are from their fair share of a measure, and whether the schedule made it fairer.

    `people` are FAIRNESS of the measure with a `name`, `groups` the FAIRNESS_GROUPS of it.
    """
    mine, named = distances(people), retold(measure)
    if (mine["before"] + mine["count"]).sum() == 0:
        text = _("**Nobody has {measure}**, in this schedule or in the weeks before it.")
        return text.format(measure=named)
    near = formats.percent((mine["off"].abs() <= FAR).mean(), 0)
    text = _("**{share} of people are within {far} shifts of their fair share of {measure}**.")
    text = text.format(share=near, far=formats.exact(FAR), measure=named)
    return formats.sentence(text, _above_words(mine), _trend(groups))


def _above_words(mine: pd.DataFrame) -> str:
    above = mine[mine["off"] > FAR]
    if above.empty:
        return ""
    worst = mine.loc[mine["off"].idxmax()]
    return ngettext(
        "!!{n} person carries more!!, {name} most ({off}).",
        "!!{n} people carry more!!, {name} most ({off}).",
        len(above),
    ).format(n=formats.number(len(above)), name=worst["name"], off=formats.signed(worst["off"]))


def _trend(groups: pd.DataFrame) -> str:
    now, before = spread_of(groups, "spread"), spread_of(groups, "spread_before")
    if not before:
        text = _("The spread is ±{now} shifts; no weeks before this schedule are known.")
        return text.format(now=formats.number(now, 1))
    text = _("The spread is ±{now} shifts, up from ±{before} before it.")
    if (now or 0) < before:
        text = _("The spread is ±{now} shifts, down from ±{before} before it.")
    return text.format(now=formats.number(now, 1), before=formats.number(before, 1))


def measure_figures(groups: pd.DataFrame) -> list[Figure]:
    """The strip: the spread of each measure, with what it was before."""
    figures = []
    for measure in FAIR_MEASURES:
        rows = groups[groups["measure"] == measure]
        total = int(rows["total"].sum())
        if not total:
            figures.append(Figure(capital(retold(measure)), formats.MISSING, _("nobody has any")))
            continue
        before = spread_of(rows, "spread_before")
        value = f"±{formats.number(spread_of(rows, 'spread'), 1)}"
        text = _("shifts off the share; {total} in all")
        if before:
            text = _("shifts off the share, was ±{before}; {total} in all")
        against = text.format(before=formats.number(before, 1), total=formats.number(total))
        figures.append(Figure(capital(retold(measure)), value, against))
    return figures


def people_card(people: pd.DataFrame, measure: str) -> None:
    """A dot a person, a row a group; `people` are FAIRNESS of one measure with a `name`."""
    mine, named = distances(people), retold(measure)
    order = _order(mine)
    about = _(
        "{measure} above (right) or below the fair share, shifts; a dot a person, a "
        "row a group, widest first; the bar is the median; right: people, least and "
        "most"
    ).format(measure=named)
    with look.card(
        "people",
        _("Who carries more {measure} than their share?").format(measure=named),
        about,
        data=_saved(mine),
    ):
        if not order:
            look.nothing(
                _("Nobody to share with"),
                _("No group has {measure}.").format(measure=named),
                _("Choose another measure."),
            )
            return
        colours = look.palette()
        look.key(
            Mark(_("one person"), colours.faint),
            Mark(_("more than {far} above the share").format(far=formats.exact(FAR)), colours.under),
            Mark(_("median"), colours.ink, "line"),
        )
        charts.show(
            _strip(mine, order[:ROWS]),
            "people",
            alt=_("Distance from the fair share of {measure}").format(measure=named),
        )
        rest = len(order) - ROWS
        more = _("{n} narrower groups are in the table below.").format(n=rest) if rest > 0 else ""
        look.foot(formats.sentence(_(FAIR_SHARE), more))


def _saved(mine: pd.DataFrame) -> pd.DataFrame:
    return mine[["agent_id", "name", "group", "measure", "before", "count", "due", "off", "working_days"]]


def _order(mine: pd.DataFrame) -> list[str]:
    """Groups that share anything between two or more, the widest first."""
    shared = mine[(mine["n"] > 1) & (mine.groupby("group")["due"].transform("sum") > 0)]
    return list(shared.groupby("group")["off"].agg(np.ptp).sort_values(ascending=False).index)


def _strip(mine: pd.DataFrame, order: Sequence[str]) -> go.Figure:
    colours = look.palette()
    fig = charts.figure(len(order) * 30 + 52, margin={"l": 4, "r": 150, "t": 24, "b": 4})
    charts.target_line(fig, 0, text=_("fair share"), axis="x")
    for place, group in enumerate(reversed(order)):
        _group(fig, mine[mine["group"] == group], place)
    reach = max(2.0, float(mine["off"].abs().max()) * 1.08)
    for text, shift in ((_("people"), 44), (_("least"), 96), (_("most"), 146)):
        charts.note(
            fig, 1, 1, text=text, xref="paper", yref="paper", xanchor="right", xshift=shift, yshift=13
        )
    step = max(1, round(reach / 4))
    ticks = range(-int(reach) // step * step, int(reach) + 1, step)
    fig.update_xaxes(
        range=[-reach, reach],
        showline=False,
        ticks="",
        tickvals=list(ticks),
        ticktext=[formats.signed(tick, 0) if tick else "0" for tick in ticks],
    )
    fig.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=list(reversed(order)),
        range=[-0.6, len(order) - 0.4],
        tickfont={"color": colours.text},
    )
    return fig


def _group(fig: go.Figure, rows: pd.DataFrame, place: int) -> None:
    colours = look.palette()
    ink = [colours.under if off > FAR else colours.muted for off in rows["off"]]
    fig.add_scatter(
        x=rows["off"],
        y=place + _fanned(rows["off"]),
        mode="markers",
        marker={
            "size": 8,
            "color": ink,
            "opacity": [0.95 if off > FAR else 0.5 for off in rows["off"]],
            "line": {"width": 0},
        },
        customdata=rows[["name", "before", "count", "due"]],
        hovertemplate=charts.hover(_("{name}: {off}; before {before}, now {now}, fair {due}"), HOVER),
    )
    middle = float(rows["off"].median())
    bar = {"color": colours.ink, "width": 2.5}
    fig.add_scatter(x=[middle] * 2, y=[place - 0.34, place + 0.34], mode="lines", line=bar, hoverinfo="skip")
    most = rows["off"].max()
    texts = (
        (formats.number(len(rows)), 44, colours.muted),
        (formats.signed(rows["off"].min()), 96, colours.muted),
        (formats.signed(most), 146, colours.under if most > FAR else colours.muted),
    )
    for text, shift, colour in texts:
        charts.note(fig, 1, place, text=text, colour=colour, xref="paper", xanchor="right", xshift=shift)


def _fanned(off: pd.Series) -> np.ndarray:
    """Small steps up and down for people at the same place, so that each dot is seen."""
    rank = off.round(1).groupby(off.round(1)).cumcount().to_numpy()
    return np.where(rank % 2, -1, 1) * ((rank + 1) // 2).clip(max=4) * 0.075


def groups_card(groups: pd.DataFrame) -> None:
    """Every group and measure: total, least, most, spread before and now."""
    met = groups[groups["total"] > 0].sort_values("most", ascending=False)
    about = _("shifts off the fair share; spread = root mean square; the group with the most above it first")
    with look.card("groups", _("Which groups share unevenly?"), about, data=groups):
        column = st.column_config
        number = column.NumberColumn
        st.dataframe(
            met.assign(measure=met["measure"].map(retold))[
                ["group", "measure", "n", "total", "least", "most", "spread_before", "spread"]
            ].round(2),
            hide_index=True,
            row_height=30,
            height=min(30 * (len(met) + 1) + 4, 340),
            key="groups-rows",
            column_config={
                "group": column.TextColumn(_("Group"), pinned=True, width=210),
                "measure": column.TextColumn(_("Shifts"), width=110),
                "n": number(_("People"), format="%d", width=70),
                "total": number(_("In all"), format="%d", width=70),
                "least": number(_("Least"), format="%+.1f", width=70),
                "most": number(_("Most"), format="%+.1f", width=70),
                "spread_before": number(_("Spread before"), format="%.1f", width=110),
                "spread": number(_("Spread now"), format="%.1f", width=100),
            },
        )
