"""Planning: will the plan hold?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, filters, formats, look
from dashboards.filters import Scope
from dashboards.look import Cell, Tile
from dashboards.outlook import (
    by_queue,
    measure_label,
    measure_words,
    measures_of,
    queue_name,
    queues_in,
    shared_limit,
    simulated,
    whole,
)
from dashboards.published import Published
from dashboards.service_words import EVEN
from dashboards.service_words import answer as answer
from planner.domain.centre import QueueKey
from planner.domain.tables import QUEUE
from planner.language import _, message
from planner.scorecards.contract_promises import MEASURE_NAMES

QUESTION = message("Will the plan hold?")
NO_SIMULATION = (
    message("Nothing was simulated in this plan"),
    message("The simulation plays a schedule against the forecast; this plan has no schedule."),
    message("Import agents and make the plan again."),
)
LISTED = 12
MATRIX_ROWS = 14
NAME_WIDTH = 250  # pixels
HOVER = {"low": "%{customdata[0]:.1f}", "high": "%{customdata[1]:.1f}", "chance": "%{customdata[2]}"}


def page(plan: Published) -> None:
    """Simulated chances per day and target, how far each could fall, and the queues at risk."""
    if not plan.has("SERVICE_CHECK"):
        look.empty_page("service", QUESTION, origin=plan.origin(), state=NO_SIMULATION)
        return
    with look.head("service", QUESTION):
        check = simulated(plan)
        scope = filters.scope(plan.centre, among=queues_in(check))
        measures = measures_of(scope.of(by_queue(check)))
        measure = filters.choose("measure", measures, show=lambda name: _(MEASURE_NAMES[name]))
        begin, end = filters.period(plan.scheduled_days[0], plan.scheduled_days[-1])
    measure = measure or "service_level"
    days = check[(check["level"] == "day") & check["start"].between(pd.Timestamp(begin), pd.Timestamp(end))]
    total = scope.of(by_queue(check[check["level"] == "total"]))
    keys = [key for key in queues_in(check) if scope.holds(key)]
    words = measure_words(plan.centre, keys, measure)
    look.about(
        f"{scope.words(plan.centre)} · {formats.span(begin, end)} · {draws(check)}",
        plan.origin(),
    )
    look.say(answer(total[total["measure"] == measure], words, plan))
    _matrix_card(plan, scope, days, measure=measure, words=words)
    left, right = look.pair("service", 7, 5)
    with left:
        _range_card(plan, scope, days, total=total, measure=measure)
    with right:
        _risk_card(total[total["measure"] == measure], plan, words)


def draws(check: pd.DataFrame) -> str:
    """How many simulated paths, and their seed."""
    replications = formats.number(check["replications"].max())
    return _("{n} simulated paths of each day, seed {seed}").format(
        n=replications, seed=int(check["seed"].max())
    )


def _matrix_card(plan: Published, scope: Scope, days: pd.DataFrame, *, measure: str, words: str) -> None:
    together = whole(days, scope)
    if together["p_meets"].notna().any():
        _target_matrix(plan, scope, together)
        return
    mine = scope.of(by_queue(days))
    mine = mine[(mine["measure"] == measure) & mine["p_meets"].notna()]
    about = _(
        "chance of {words} per queue and day, %, worst first; share of simulated paths; orange = below 50 %"
    ).format(words=words)
    with look.card("days", _("Which queue will miss on which day?"), about, data=_saved(mine)):
        table = mine.assign(
            name=[queue_name(plan.centre, key) for key in mine[[*QUEUE]].itertuples(index=False)]
        )
        grid = table.pivot_table(index="name", columns="start", values="p_meets")
        grid = grid.loc[grid.mean(axis=1).sort_values(kind="stable").index]
        shown = grid.head(MATRIX_ROWS)
        lines = [(str(name), _tiles(row)) for name, row in shown.iterrows()]
        look.tiles(_day_heads(grid.columns), lines, name_width=NAME_WIDTH)
        if len(grid) > len(shown):
            least = formats.chance(float(grid.iloc[len(shown) :].mean(axis=1).min()))
            look.foot(
                _("{n} further queues: mean chance of a day {least} or more.").format(
                    n=len(grid) - len(shown), least=least
                )
            )


def _target_matrix(plan: Published, scope: Scope, rows: pd.DataFrame) -> None:
    about = _("share of simulated paths in which the day meets the target, %; orange = below 50 %")
    keys = [key for key in plan.centre.queues if scope.holds(key)]
    with look.card("days", _("How likely is each day to meet its targets?"), about, data=_saved(rows)):
        grid = rows.pivot_table(index="measure", columns="start", values="p_meets")
        lines = [
            (measure_label(plan.centre, keys, measure), _tiles(grid.loc[measure]))
            for measure in MEASURE_NAMES
            if measure in grid.index
        ]
        look.tiles(_day_heads(grid.columns), lines, name_width=NAME_WIDTH)


def _saved(rows: pd.DataFrame) -> pd.DataFrame:
    names = [
        *QUEUE,
        "start",
        "measure",
        "value",
        "low",
        "high",
        "target",
        "p_meets",
        "offered",
        "replications",
        "seed",
    ]
    return rows[names].rename(columns={"start": "day"})


def _day_heads(days: Sequence[pd.Timestamp] | pd.Index) -> list[str]:
    return [f"{formats.short_weekday(day)}\n{formats.short_day(day)}" for day in days]


def _tiles(chances: pd.Series) -> list[Tile | None]:
    return [
        None
        if pd.isna(share)
        else Tile(
            formats.chance(share).replace(formats.NO_BREAK, "").removesuffix("%"),
            max(0.0, (EVEN - share) / EVEN),
        )
        for share in chances
    ]


def _range_card(
    plan: Published, scope: Scope, days: pd.DataFrame, *, total: pd.DataFrame, measure: str
) -> None:
    together = whole(days, scope)
    together = together[together["measure"] == measure]
    single = together["value"].notna().any()
    if single:
        labels = [f"{formats.short_weekday(day)}<br>{formats.short_day(day)}" for day in together["start"]]
        question, rows = _("How far could a day fall?"), together
    else:
        rows = (
            total[(total["measure"] == measure) & total["value"].notna()].sort_values("p_meets").head(LISTED)
        )
        labels = [queue_name(plan.centre, key) for key in rows[[*QUEUE]].itertuples(index=False)]
        question = _("How far could a queue fall?")
    when = _("a day") if single else _("over the simulated weeks, least sure first")
    about = _(
        "{measure} · {when}; dot = mean of the paths, line = 5–95 % of them; orange = chance below 50 %"
    ).format(measure=_(MEASURE_NAMES[measure]), when=when)
    with look.card("range", question, about, data=_saved(rows), fill=True):
        if rows.empty:
            look.nothing(_("No queue here has this target"), "", _("Choose another measure."))
            return
        charts.show(
            ranges(rows, labels, upward=not single), "range", alt=_("Simulated mean and 5 to 95 % range")
        )


def ranges(rows: pd.DataFrame, labels: Sequence[str], *, upward: bool) -> go.Figure:
    """Dots with their 5–95 % lines; `upward` lists the labels down the side instead of along the foot."""
    colours = look.palette()
    height = 60 + 32 * len(rows) if upward else 376
    fig = charts.figure(height, margin={"l": 4, "r": 12, "t": 22, "b": 4})
    risky = (rows["p_meets"] < EVEN).to_numpy()
    for holds, colour in ((False, colours.forecast), (True, colours.under)):
        part, names = rows[risky == holds], [n for n, bad in zip(labels, risky, strict=True) if bad == holds]
        _dots(fig, part, names, colour=colour, upward=upward)
    limit = shared_limit(rows)
    if limit is not None:
        charts.target_line(
            fig,
            limit * 100,
            text=_("target {limit}").format(limit=formats.exact_percent(limit)),
            axis="x" if upward else "y",
        )
    along = {"categoryorder": "array", "categoryarray": list(labels)[::-1] if upward else list(labels)}
    fig.update_layout({"yaxis" if upward else "xaxis": {"showgrid": False, **along}})
    fig.update_layout({"xaxis" if upward else "yaxis": {"ticksuffix": " %", "nticks": 7, "showgrid": True}})
    return fig


def _dots(fig: go.Figure, rows: pd.DataFrame, names: Sequence[str], *, colour: str, upward: bool) -> None:
    mean, low, high = (rows[name] * 100 for name in ("value", "low", "high"))
    spread = {
        "type": "data",
        "symmetric": False,
        "array": high - mean,
        "arrayminus": mean - low,
        "width": 0,
        "thickness": 1.6,
        "color": colour,
    }
    place = (
        {"x": mean, "y": names, "error_x": spread} if upward else {"x": names, "y": mean, "error_y": spread}
    )
    axis = "x" if upward else "y"
    fig.add_scatter(
        mode="markers",
        marker={"size": 9, "color": colour, "line": {"color": look.palette().card, "width": 1.5}},
        customdata=list(zip(low, high, [formats.chance(p) for p in rows["p_meets"]], strict=True)),
        hovertemplate=charts.hover(
            _("mean {mean} %<br>5–95 %: {low}–{high} %<br>chance {chance}"),
            HOVER | {"mean": f"%{{{axis}:.1f}}"},
        ),
        **place,
    )


def _risk_card(total: pd.DataFrame, plan: Published, words: str) -> None:
    rows = total.dropna(subset=["p_meets"]).sort_values(["p_meets", "value"])
    about = _("over the simulated weeks; chance = share of paths that meet {words}").format(words=words)
    with look.card("queues", _("Which queues are at risk?"), about, data=_saved(rows), fill=True):
        shown = rows.head(LISTED)
        look.table(
            [
                Cell(_("Queue"), "left"),
                Cell(_("Chance")),
                Cell(_("Mean")),
                Cell("5–95 %"),
                Cell(_("Contacts")),
            ],
            [_risk_row(row, plan) for row in shown.to_dict("records")],
        )
        rest = rows.iloc[len(shown) :]
        if len(rest):
            least = formats.chance(rest["p_meets"].min())
            look.foot(
                _(
                    "{queues}, each {chance} or more. Simulated independently of the formulas that "
                    "set the requirement."
                ).format(
                    queues=formats.counted(len(rest), "{n} further queue", "{n} further queues"), chance=least
                )
            )


def _risk_row(row: dict[str, object], plan: Published) -> list[Cell]:
    key = QueueKey(*(str(row[part]) for part in QUEUE))
    share, value, low, high = (float(str(row[name])) for name in ("p_meets", "value", "low", "high"))
    bad = share < EVEN
    return [
        Cell(queue_name(plan.centre, key), "left"),
        Cell(formats.chance(share), strong=bad, bad=bad),
        Cell(formats.percent(value)),
        Cell(f"{formats.number(low * 100)}–{formats.number(high * 100)}{formats.NO_BREAK}%"),
        Cell(formats.number(float(str(row["offered"])))),
    ]
