"""How far a schedule is from the best that could be: cost and bound, site by site and week by week."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.look import Cell, Figure, Mark
from planner.domain.centre import Centre
from planner.language import _, retold
from planner.pipeline.schedule_quality import gaps, penalty_of_an_hour

FAR = 0.05  # of the penalty; a larger gap deserves more time
ROOM = 196  # pixels for the three measures at the right edge
SHIFTS = (66, 128, 190)  # where each of them ends
Row = Mapping[Hashable, Any]


def whole(report: pd.DataFrame) -> Row:
    """All of a SCHEDULE_REPORT in one row of gaps."""
    return gaps(report.assign(all="all"), ["all"]).iloc[0].to_dict()


def gap_words(total: Row) -> str:
    """What the gap means, in a sentence or two."""
    if total["cost"] <= 0 or total["cost"] - total["bound"] < 0.005 * total["cost"]:
        return _("**No legal schedule of these people can cost less**, within half a percent of the penalty.")
    return _(
        "**No legal schedule of these people can be more than {gap} agent-hours "
        "better**: {share} of the {needed} hours needed."
    ).format(
        gap=formats.number(total["gap_h"], 1),
        share=formats.percent(total["gap_share"], 2),
        needed=formats.number(total["required_h"]),
    )


def gap_figures(total: Row) -> list[Figure]:
    """The strip: penalty, bound, and the gap in three measures."""
    return [
        Figure(
            _("Penalty"),
            formats.number(total["cost"]),
            _("short, over and idle") + _wishes(total),
        ),
        Figure(_("Bound"), formats.number(total["bound"]), _("no legal schedule costs less")),
        Figure(_("Gap of the penalty"), formats.percent(total["gap"]), _("(penalty − bound) / penalty")),
        Figure(
            _("Gap in hours"),
            f"{formats.number(total['gap_h'], 1)} h",
            _("agent-hours short, at their price"),
        ),
        Figure(_("Gap of the need"), formats.percent(total["gap_share"], 2), _("of the hours needed")),
    ]


def _wishes(total: Row) -> str:
    """What wishes cost beside, where the plan tells."""
    if pd.isna(total.get("wishes")):
        return ""
    return "; " + _("wishes {penalty} beside").format(penalty=formats.number(total["wishes"]))


def gap_cards(report: pd.DataFrame, centre: Centre) -> None:
    """By site (where there are several) beside by week."""
    several = report["site"].nunique() > 1
    weeks = gaps(report.sort_values("week"), ["week"])
    weeks["name"] = [f"{formats.week(day)}, {formats.short_day(day)}" for day in weeks["week"]]
    if not several:
        _card("weeks", _("How does the gap split over the weeks?"), weeks)
        return
    sites = gaps(report, ["site"]).sort_values("gap_h", ascending=False)
    sites["name"] = [centre.sites[str(code)].name for code in sites["site"]]
    left, right = look.pair("gaps", 1, 1)
    with left:
        _card("sites", _("Which site is furthest from the best?"), sites)
    with right:
        _card("weeks", _("How does the gap split over the weeks?"), weeks)


def _card(name: str, question: str, rows: pd.DataFrame) -> None:
    about = _("penalty in agent-hours short, % of the hours needed; right: the gap in three measures")
    with look.card(name, question, about, data=rows, fill=True):
        colours = look.palette()
        look.key(
            Mark(_("bound"), colours.ink, "hollow"),
            Mark(_("this schedule"), colours.ink),
            Mark(_("gap above {far}").format(far=formats.percent(FAR, 0)), colours.under),
        )
        charts.show(_dumbbells(rows), name, alt=f"{question} " + _("Penalty and bound"))


def _dumbbells(rows: pd.DataFrame) -> go.Figure:
    """One row a name: bound hollow, penalty filled, the gap between them."""
    colours = look.palette()
    fig = charts.figure(len(rows) * 30 + 58, margin={"l": 4, "r": ROOM, "t": 26, "b": 4})
    for row in rows.to_dict("records"):
        _dumbbell(fig, row)
    for text, shift in zip((_("of penalty"), _("hours"), _("of need")), SHIFTS, strict=True):
        charts.note(
            fig, 1, 1, text=text, xref="paper", yref="paper", xanchor="right", xshift=shift, yshift=14
        )
    low, high = rows["bound_share"].min() * 100, rows["cost_share"].max() * 100
    pad = max((high - low) * 0.12, 0.1)  # dots, not bars: the axis need not begin at 0
    fig.update_xaxes(
        range=[max(low - pad, 0), high + pad], ticksuffix=" %", showgrid=True, gridcolor=colours.grid,
        showline=False, ticks="", nticks=5,
    )  # fmt: skip
    fig.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": colours.text}, type="category")
    return fig


def _dumbbell(fig: go.Figure, row: Row) -> None:
    colours, name = look.palette(), row["name"]
    far = row["gap"] > FAR
    colour = colours.under if far else colours.ink
    ends = [row["bound_share"] * 100, row["cost_share"] * 100]
    pen = {"color": colour if far else colours.scheduled, "width": 3}
    fig.add_scatter(x=ends, y=[name] * 2, mode="lines", line=pen, hoverinfo="skip")
    said = _("{name}: bound {bound}, penalty {penalty}").format(
        name=name, bound=formats.number(row["bound"]), penalty=formats.number(row["cost"])
    )
    hint = f"{said}<extra></extra>"
    for x, fill in zip(ends, (colours.card, colour), strict=True):
        marker = {"size": 9, "color": fill, "line": {"color": colour, "width": 1.6}}
        fig.add_scatter(x=[x], y=[name], mode="markers", marker=marker, hovertemplate=hint)
    measures = (
        formats.percent(row["gap"]),
        f"{formats.number(row['gap_h'], 1)} h",
        formats.percent(row["gap_share"], 2),
    )
    for text, shift in zip(measures, SHIFTS, strict=True):
        ink = colours.under if far and shift == SHIFTS[0] else colours.muted
        charts.note(fig, 1, name, text=text, colour=ink, xref="paper", xanchor="right", xshift=shift)


def effort_card(report: pd.DataFrame, centre: Centre) -> None:
    """Why the search stopped, the seed and the time: one row a site."""
    rows = gaps(report, ["site", "stopped", "seed", "seconds"])
    people = report.groupby("site")["agents"].max()
    about = _("one row a site; hours of all its weeks; the same seed gives the same schedule")
    with look.card("effort", _("Why did the search stop?"), about, data=report):
        heads = [
            _("People"),
            _("Needed h"),
            _("Scheduled h"),
            _("Short h"),
            _("Over h"),
            _("Penalty"),
            _("Bound"),
            _("Time"),
        ]
        look.table(
            [
                Cell(_("Site"), "left"),
                *(Cell(name) for name in heads),
                Cell(_("Stopped"), "left"),
                Cell(_("Seed")),
            ],
            [_effort(row, people, centre) for row in rows.to_dict("records")],
        )
        hour = formats.number(penalty_of_an_hour())
        look.foot(
            _(
                "Penalty: convex price of what is short and over and of idle contract hours; "
                "{hour} is one agent missing for an hour. Bound: proven, by code that builds "
                "no schedule. More time (seconds_per_site in plan.yaml) closes the gap only as "
                "far as it is real: part of it may be the bound's."
            ).format(hour=hour)
        )


def _effort(row: Row, people: pd.Series, centre: Centre) -> list[Cell]:
    names = ("required_h", "scheduled_h", "under_h", "over_h", "cost", "bound")
    return [
        Cell(centre.sites[str(row["site"])].name, "left", strong=True),
        Cell(formats.number(people[row["site"]])),
        *(Cell(formats.number(row[name])) for name in names),
        Cell(f"{formats.number(row['seconds'], 1)} s"),
        Cell(retold(str(row["stopped"])), "left"),
        Cell(str(row["seed"])),
    ]
