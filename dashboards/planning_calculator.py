"""Planning: how many agents would it take?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards import calculator_form, charts, filters, formats, look
from dashboards.calculator_goals import Goal, answer, goals, shown
from dashboards.formats import capital
from dashboards.look import Cell, Mark
from dashboards.published import Published
from planner.domain.centre import QueueKey
from planner.domain.problems import InputError
from planner.language import _, message, retold
from planner.pipeline.calculate import around

QUESTION = message("How many agents would it take?")
NEAR = 3  # rows of the table on each side of the answer
LOWER = {"erlang-a": "p_abandon", "chat": "p_abandon", "erlang-b": "blocking", "erlang-c": "occupancy"}
NAMES = {
    "service_level": message("service level"),
    "service_level_2": message("second level"),
    "p_abandon": message("abandoned"),
    "blocking": message("blocked"),
    "occupancy": message("occupancy"),
    "asa_s": message("ASA"),
}
NO_TARGET = message("No target is given that this model can meet or miss, and no agents.")
FIELDS = {
    "offered_per_h": message("Contacts an hour"),
    "aht_s": message("AHT"),
    "patience_s": message("Mean patience"),
    "answer_within_s": message("Within"),
    "answer_within_2_s": message("Within (the second)"),
    "max_occupancy": message("Occupancy"),
    "planned_shrinkage": message("Planned shrinkage"),
    "unplanned_shrinkage": message("Unplanned shrinkage"),
}
FOR_A_SLOT = message("Chats wait for a free slot; the agent's reaction comes on top.")
METHOD = message(
    "Steady state: contacts arrive at random at this rate, handle times and patience are exponential. "
    "Service level = answered in T / offered. Rostered = on contact ÷ (1 − planned) ÷ (1 − unplanned)."
)


def page(plan: Published) -> None:
    """One situation, its answer, and how service moves with every agent more or fewer."""
    with look.head("calculator", QUESTION):
        immediate = [key for key, queue in plan.centre.queues.items() if queue.kind != "deferred"]
        scope = filters.scope(plan.centre, among=immediate, fixed=("site", "language", "channel"))
        queue = plan.centre.queues[QueueKey(str(scope.site), str(scope.language), str(scope.channel))]
        model = calculator_form.choose_model(queue)
    look.about(
        _("{words} · one steady hour, whatever the plan says").format(words=scope.words(plan.centre)),
        plan.origin(),
    )
    said = look.place()
    left, right = look.pair("calculator", 4, 9)
    with left:
        situation = calculator_form.situation(plan, queue, model=model)
    with right:
        try:
            own, near = around(situation)
        except InputError as error:
            with look.card("state", "", ""):
                look.nothing(_("This situation has no answer yet"), lacking(error), _("Fill the field in."))
            return
        asked = goals(situation.iloc[0])
        with said:
            look.say(answer(own, near, asked=asked))
        _curve_card(own, near, asked=asked)
        _table_card(own, near, asked=asked)


def lacking(error: InputError) -> str:
    """What a situation lacks, by the names of the fields."""
    return " ".join(
        _(NO_TARGET)
        if problem.code == "no_target"
        else f"{_(FIELDS.get(str(problem.column), ''))}: {retold(problem.note)}."
        for problem in error.problems
    )


def _curve_card(own: pd.Series, near: pd.DataFrame, *, asked: Sequence[Goal]) -> None:
    with look.card(
        "curve", _("What does one agent more give?"), _("share of contacts, by agents on contact"), data=near
    ):
        colours = look.palette()
        upper = [name for name in ("service_level", "service_level_2") if near[name].notna().any()]
        marks = [Mark(_name(name, own), _colour(name), "line") for name in upper]
        look.key(*marks, Mark(_("target missed"), colours.under, "line"))
        fig = _curve(own, near, asked=asked, shown_above=upper)
        charts.show(fig, "curve", alt=_("Service level and abandonment against agents on contact"))


def _name(measure: str, own: pd.Series) -> str:
    if not measure.startswith("service_level"):
        return _(NAMES[measure])
    seconds = own["answer_within_2_s" if measure.endswith("_2") else "answer_within_s"]
    return _("answered in {seconds} s").format(seconds=formats.exact(seconds))


def _colour(measure: str) -> str:
    colours = look.palette()
    return colours.muted if measure == "service_level_2" else colours.forecast


def _curve(
    own: pd.Series, near: pd.DataFrame, *, asked: Sequence[Goal], shown_above: Sequence[str]
) -> go.Figure:
    """Service level over the measure that moves against it, each with its target, and the answer's place."""
    deciding = {goal.column: goal.measure for goal in asked if goal.measure in LOWER.values()}
    below = deciding.get(own["binding"], LOWER[str(own["model"])])
    heights = [0.64, 0.36] if shown_above else [0.08, 0.92]
    fig = charts.panels(
        2, 1, height=430, shared_xaxes=True, vertical_spacing=0.07, row_heights=heights, layout={}
    )
    for row, measures in ((1, shown_above), (2, [below])):
        for measure in measures:
            goal = next((goal for goal in asked if goal.measure == measure), None)
            _line(fig, near, measure, goal=goal, row=row)
            _point(fig, own, measure, row=row)
    place = own["agents_on_contact"]
    fig.add_vline(x=place, line={"color": look.palette().faint, "width": 1})
    text = f"<b>{formats.number(place)}</b>"
    charts.note(fig, place, 1, text=text, colour=look.palette().ink, yref="paper", yshift=9, xanchor="center")
    above = {"xref": "x2 domain", "yref": "y2 domain", "yanchor": "bottom"}
    charts.note(fig, 0, 1, text=_(NAMES[below]), **above)
    fig.update_layout(margin={"l": 4, "r": 8, "t": 22, "b": 4})
    fig.update_yaxes(ticksuffix=" %", rangemode="tozero", nticks=5)
    fig.update_xaxes(tickformat=",d", nticks=14)
    fig.update_xaxes(showline=False, ticks="", row=1, col=1)
    return fig


def _line(fig: go.Figure, near: pd.DataFrame, measure: str, *, goal: Goal | None, row: int) -> None:
    """The measure in percent by agents, orange where its target is missed, and the target."""
    colours, x, y = look.palette(), near["agents_on_contact"], near[measure] * 100
    said = _("{n} agents: {share}").format(n="%{x:,d}", share=formats.with_percent("%{y:.1f}"))
    hint = f"{said}<extra>{_(NAMES[measure])}</extra>"
    fig.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": _colour(measure), "width": 2},
        hovertemplate=hint,
        row=row,
        col=1,
    )
    if goal is None:
        return
    missed = ~near.apply(goal.met, axis=1)
    touching = missed | missed.shift(-1 if not missed.iloc[0] else 1, fill_value=False)
    fig.add_scatter(
        x=x,
        y=y.where(touching),
        mode="lines",
        line={"color": colours.under, "width": 2},
        hoverinfo="skip",
        row=row,
        col=1,
    )
    fig.add_hline(y=goal.limit * 100, line={"color": colours.ink, "width": 1, "dash": "dot"}, row=row, col=1)
    away = -9 if goal.at_least else 9  # on the side where the curve is not, at many agents
    charts.note(
        fig, x.iloc[-1], goal.limit * 100, text=goal.words, xanchor="right", yshift=away, row=row, col=1
    )


def _point(fig: go.Figure, own: pd.Series, measure: str, *, row: int) -> None:
    marker = {"size": 9, "color": look.palette().ink}
    fig.add_scatter(
        x=[own["agents_on_contact"]],
        y=[own[measure] * 100],
        mode="markers",
        marker=marker,
        hoverinfo="skip",
        row=row,
        col=1,
    )


def _table_card(own: pd.Series, near: pd.DataFrame, *, asked: Sequence[Goal]) -> None:
    rows = near[(near["agents_on_contact"] - own["agents_on_contact"]).abs() <= NEAR]
    about = _("a miss is marked ▼; blank waits grow for ever")
    with look.card("near", _("A few more, a few fewer"), about, data=rows):
        measures = [
            name
            for name in (*NAMES, "mean_wait_s")
            if name in rows and rows[name].notna().any() and not (rows[name] == 0).all()
        ]
        heads = [Cell(_("Agents")), Cell(_("Rostered")), *(Cell(_head(name, own)) for name in measures)]
        look.table(heads, [_row(row, own, measures=measures, asked=asked) for _, row in rows.iterrows()])
        look.foot(formats.sentence(_(METHOD), _(FOR_A_SLOT) if own["model"] == "chat" else ""))


def _head(measure: str, own: pd.Series) -> str:
    if measure == "mean_wait_s":
        return _("Mean wait of all")
    name = _name(measure, own)
    return capital(name)


def _row(row: pd.Series, own: pd.Series, *, measures: Sequence[str], asked: Sequence[Goal]) -> list[Cell]:
    strong = row["agents_on_contact"] == own["agents_on_contact"]
    missed = {goal.measure for goal in asked if not goal.met(row)}
    cells = [
        Cell(("▼ " if name in missed else "") + shown(name, row[name]), strong=strong, bad=name in missed)
        for name in measures
    ]
    agents = Cell(formats.number(row["agents_on_contact"]), strong=strong)
    return [agents, Cell(formats.number(row["agents_rostered"], 1), strong=strong), *cells]
