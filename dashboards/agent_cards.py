"""One agent: where the true score lies, items beside the group, and the evaluations themselves."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.languages import english_name
from dashboards.look import Cell
from dashboards.scores import FEWEST
from planner.language import _, message

Row = Mapping[Hashable, Any]
EVALUATIONS = 12
LOWEST = -6.0  # the oldest evaluation stands here, the interval at 0
STREAMS = {
    "random": message("random"),
    "targeted": message("targeted"),
    "calibration": message("calibration"),
}


def where_card(row: Row, scored: pd.DataFrame, *, name: str) -> None:
    """The agent's expected score with its interval, beside group and target, over the single evaluations."""
    about = _(
        "final score, 0–100; bar = 95 % interval of the true score; "
        "small dots = the {n} random evaluations, newest on top"
    ).format(n=formats.number(row["n"]))
    with look.card("where", _("Where does {name} stand?").format(name=name), about, fill=True):
        charts.show(
            interval(row, _counted(row, scored)),
            "where",
            alt=_("The agent’s score with its interval, the group and the target"),
        )
        look.foot(_foot(row))


def _counted(row: Row, scored: pd.DataFrame) -> pd.DataFrame:
    """The random evaluations that the score rests on, the newest first."""
    mine = scored[(scored["agent_id"] == row["agent_id"]) & (scored["stream"] == "random")]
    return mine.sort_values("evaluated_at", ascending=False).head(int(row["n"]))


def _foot(row: Row) -> str:
    few = _("Fewer than {n} evaluations: no figure, only the interval.").format(n=FEWEST)
    if int(row["n"]) < FEWEST:
        return few
    text = _("Mean as observed {mean}; what few evaluations say is drawn towards the group ({group}).")
    return text.format(mean=formats.number(row["mean"] * 100, 1), group=formats.number(row["group"] * 100, 1))


def interval(row: Row, evaluations: pd.DataFrame) -> go.Figure:
    """Interval and expected score, the group as a bar, the target dotted; below it a dot an evaluation."""
    colours = look.palette()
    fig = charts.figure(330, margin={"l": 8, "r": 16, "t": 26, "b": 4})
    low, mean, high, group = (float(row[key]) * 100 for key in ("low", "posterior", "high", "group"))
    few, target = int(row["n"]) < FEWEST, float(row["target"]) * 100
    colour = colours.faint if few else colours.under if bool(row["coach"]) else colours.ink
    fig.add_scatter(
        x=[low, high], y=[0, 0], mode="lines", line={"color": colour, "width": 5}, hoverinfo="skip"
    )
    marker = {"size": 13, "color": colours.card if few else colour, "line": {"color": colour, "width": 2}}
    fig.add_scatter(x=[mean], y=[0], mode="markers", marker=marker, hoverinfo="skip")
    if not few:
        charts.note(
            fig,
            mean,
            0,
            text=f"<b>{formats.number(mean, 1)}</b>",
            colour=colours.ink,
            xanchor="center",
            yshift=17,
        )
    fig.add_scatter(
        x=[group] * 2,
        y=[-0.5, 0.28],
        mode="lines",
        line={"color": colours.muted, "width": 2},
        hoverinfo="skip",
    )
    words = _("group {score}").format(score=formats.number(group, 1))
    charts.note(fig, group, -0.75, text=words, xanchor="center")
    scores = (evaluations["final"] * 100).tolist()
    _dots(fig, evaluations)
    marks = [low, high, group, *(score for score in scores if score > 0)]
    if pd.notna(target):
        charts.target_line(
            fig, target, text=_("target {score}").format(score=formats.number(target)), axis="x"
        )
        marks.append(target)
    fig.update_xaxes(
        range=[min(marks) - 3, min(max(marks) + 3, 101)], nticks=6, showgrid=True, gridcolor=colours.grid
    )
    fig.update_yaxes(visible=False, range=[LOWEST - 0.4, 1])
    return fig


def _dots(fig: go.Figure, evaluations: pd.DataFrame) -> None:
    """A dot an evaluation, the newest on top; those that failed a critical item stand at 0, off the axis."""
    down = [
        -1.2 - place * (-LOWEST - 1.2) / max(len(evaluations) - 1, 1) for place in range(len(evaluations))
    ]
    text = [
        f"{formats.day(moment.date())}: {formats.number(score * 100)}"
        for moment, score in zip(evaluations["evaluated_at"], evaluations["final"], strict=True)
    ]
    fig.add_scatter(
        x=evaluations["final"] * 100,
        y=down,
        mode="markers",
        marker={"size": 7, "color": look.palette().ink, "opacity": 0.4},
        text=text,
        hovertemplate="%{text}<extra></extra>",
    )


def items_card(items: pd.DataFrame, *, agent: str, name: str) -> None:
    """Points of each item beside the group, where most is lost first."""
    mine = items[items["agent_id"] == agent].sort_values("lost", ascending=False)
    about = _("share of the item’s points expected, %; few evaluations are drawn towards the group")
    with look.card("agent-items", _("Which items lose points?"), about, data=mine, fill=True):
        if mine.empty:
            look.nothing(_("No items"), _("{name} was not scored at random.").format(name=name), "")
            return
        heads = [Cell(_("Item"), "left"), Cell(name), Cell(_("Group")), Cell(_("Lost")), Cell(_("n"))]
        look.table(heads, [_item(row) for row in mine.head(8).to_dict("records")])
        look.foot(_("Lost: points of an evaluation’s 100 against the group; the eight items that lose most."))


def _item(row: Row) -> list[Cell]:
    few = int(row["n"]) < FEWEST
    spread = f"{formats.number(row['low'] * 100)}–{formats.number(row['high'] * 100)}"
    lost = formats.number(row["lost"], 1) if row["lost"] > 0 else formats.MISSING
    return [
        Cell(str(row["item"]), "left"),
        Cell(spread if few else formats.number(row["posterior"] * 100), under="" if few else spread),
        Cell(formats.number(row["group"] * 100)),
        Cell(lost),
        Cell(formats.number(row["n"])),
    ]


def evaluations_card(scored: pd.DataFrame, *, agent: str, name: str) -> None:
    """The agent's newest evaluations, every stream."""
    mine = scored[scored["agent_id"] == agent]
    question = _("What was scored of {name}?").format(name=name)
    about = _("the newest evaluations, every stream; only random ones count for the score above")
    with look.card("agent-evaluations", question, about, data=mine):
        if mine.empty:
            look.nothing(_("No evaluations"), "", "")
            return
        heads = [
            Cell(_("Day"), "left"),
            Cell(_("Queue"), "left"),
            Cell(_("Stream"), "left"),
            Cell(_("Rater"), "left"),
            Cell(_("Before critical items")),
            Cell(_("Final")),
            Cell(_("Critical items failed"), "left"),
            Cell(_("Evaluation"), "left"),
        ]
        look.table(heads, [_evaluation(row) for row in mine.head(EVALUATIONS).to_dict("records")])


def _evaluation(row: Row) -> list[Cell]:
    failed = str(row["failed_items"]).replace(";", ", ") if isinstance(row["failed_items"], str) else ""
    queue = f"{english_name(str(row['language']))}, {formats.channel(str(row['channel']))}"
    return [
        Cell(formats.day(row["evaluated_at"].date()), "left"),
        Cell(queue, "left"),
        Cell(_(STREAMS[str(row["stream"])]), "left"),
        Cell(str(row["rater_id"]), "left"),
        Cell(formats.number(row["raw"] * 100)),
        Cell(formats.number(row["final"] * 100), bad=bool(failed)),
        Cell(failed or formats.MISSING, "left"),
        Cell(str(row["evaluation_id"]), "left"),
    ]
