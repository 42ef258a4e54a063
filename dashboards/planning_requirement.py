"""Planning: how many people, and why?"""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, filters, formats, look
from dashboards.clock import on_clock, runs, until
from dashboards.filters import Scope
from dashboards.look import Mark
from dashboards.palette import softened
from dashboards.published import Published
from dashboards.requirement_sum import expected_table, why_table
from planner.domain.centre import QueueKey
from planner.domain.tables import QUEUE

QUESTION = "How many people, and why?"
NO_REQUIREMENT = (
    "No requirement in this plan",
    "People are planned per interval; this history has whole days only, or the plan stopped earlier.",
    "Import volumes of 15, 30 or 60 minutes and make the plan again.",
)
SHORT = 0.5  # people; less is rounding, not a shortage
COLUMNS_PLANNED = {"offered": "the mean forecast", "p50": "the median forecast"}


def page(plan: Published) -> None:
    """One queue and day: work, reserve and shrinkage per interval, and one interval as a sum."""
    if not plan.has("REQUIREMENT"):
        look.empty_page("requirement", QUESTION, origin=plan.origin(), state=NO_REQUIREMENT)
        return
    with look.head("requirement", QUESTION):
        needed = plan.table("REQUIREMENT")
        scope = filters.scope(plan.centre, among=_queues(needed), fixed=("site", "language", "channel"))
        zone = plan.centre.sites[str(scope.site)].time_zone
        mine = on_clock(scope.of(needed), zone)
        shown = filters.one_day([day.date() for day in sorted(mine["day"].unique())])
        rows = with_schedule(plan, scope, mine[mine["day"] == pd.Timestamp(shown)])
        at = filters.choose("at", list(rows["at"]), default=worst(rows))
    look.about(_line(plan, scope, shown), plan.origin())
    chosen = rows[rows["at"] == at].iloc[0]
    look.say(answer(rows, str(at), interval_min=plan.centre.interval_min))
    left, right = look.pair("requirement", 7, 4)
    with left:
        _day_card(rows, chosen, interval_min=plan.centre.interval_min)
    with (
        right,
        look.card(
            "why",
            f"Why {formats.number(chosen['agents_scheduled'], 1)} at {at}?",
            "each line follows from the one above",
            fill=True,
        ),
    ):
        queue = plan.centre.queues[QueueKey(*(str(chosen[name]) for name in QUEUE))]
        shrinkage = plan.centre.sites[queue.key.site].shrinkage_in(shown.month)
        why_table(chosen, queue, shrinkage)
        expected_table(chosen, queue)


def _queues(needed: pd.DataFrame) -> list[QueueKey]:
    return [QueueKey(*key) for key in needed[[*QUEUE]].drop_duplicates().itertuples(index=False)]


def with_schedule(plan: Published, scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """The requirement's rows in time order with `scheduled`, NaN where no schedule was made."""
    rows = rows.sort_values("interval_start", ignore_index=True)
    if not plan.has("COVERAGE"):
        return rows.assign(scheduled=float("nan"))
    have = scope.of(plan.table("COVERAGE", *QUEUE, "interval_start", "scheduled"))
    return rows.merge(have[["interval_start", "scheduled"]], on="interval_start", how="left")


def worst(rows: pd.DataFrame) -> str:
    """The interval most short of people, or the one that needs most where there is no schedule."""
    gap = rows["scheduled"] - rows["agents_scheduled"]
    place = gap.idxmin() if gap.notna().any() else rows["agents_scheduled"].idxmax()
    return str(rows["at"].loc[place])


def _line(plan: Published, scope: Scope, shown: date) -> str:
    quantile = str(plan.facts.get("quantile", "offered"))
    planned = COLUMNS_PLANNED.get(quantile, f"the forecast's {quantile.removeprefix('p')} % quantile")
    clock = plan.centre.sites[str(scope.site)].name
    return (
        f"{scope.words(plan.centre)} · {formats.day(shown)} {shown.year}, {clock} time · "
        f"{plan.centre.interval_min}-minute intervals · planned for {planned}"
    )


def answer(rows: pd.DataFrame, at: str, *, interval_min: int) -> str:
    """The chosen interval, then where the day is short and where it has people to move.

    `rows` has at, agents_scheduled, scheduled (NaN without a schedule), in time order.
    """
    chosen = rows[rows["at"] == at].iloc[0]
    need = formats.number(chosen["agents_scheduled"], 1)
    if pd.isna(chosen["scheduled"]):
        most = rows.loc[rows["agents_scheduled"].idxmax()]
        peak = formats.number(most["agents_scheduled"], 1)
        text = f"At {at} we need **{need} people at work**; the most is {peak} at {most['at']}."
        return f"{text} This day has no schedule yet."
    gap = rows["scheduled"] - rows["agents_scheduled"]
    mine = chosen["scheduled"] - chosen["agents_scheduled"]
    state = f", !!{formats.number(-mine, 1)} short!!" if mine < -SHORT else ""
    have = formats.number(chosen["scheduled"], 1)
    text = f"At {at} we need **{need} people at work**; {have} are scheduled{state}."
    return f"{text} {_rest(rows, gap, interval_min=interval_min)}"


def _rest(rows: pd.DataFrame, gap: pd.Series, *, interval_min: int) -> str:
    short = runs((gap < -SHORT).to_numpy())
    if not short:
        return "No interval of the day is short."
    first, last = max(short, key=lambda run: -gap.iloc[run[0] : run[1] + 1].sum())
    where = f"{rows['at'].iloc[first]} and {until(rows['at'].iloc[last], interval_min)}"
    text = f"The day is most short between {where}"
    if gap.max() > SHORT:
        text += f"; {rows['at'].loc[gap.idxmax()]} has {formats.number(gap.max(), 1)} too many"
    return text + "."


def _day_card(rows: pd.DataFrame, chosen: pd.Series, *, interval_min: int) -> None:
    about = (
        "agents in each interval; the areas stack: the work, the reserve for the targets, shrinkage at work"
    )
    with look.card("day", "From work to people", about, data=rows.drop(columns=["day", "clock"]), fill=True):
        colours = look.palette()
        look.key(
            Mark("work, Erlang", softened(colours.forecast_rgb, 0.55)),
            Mark("reserve for targets", softened(colours.forecast_rgb, 0.28)),
            Mark("shrinkage at work", softened(colours.forecast_rgb, 0.12)),
            Mark("needed", colours.ink, "line"),
            Mark("scheduled", colours.faint, "line"),
            Mark("too few", colours.under, "line"),
        )
        fig = _day(rows, chosen, interval_min=interval_min)
        charts.show(fig, "day", alt="Requirement and schedule by interval, with the binding target below")
        look.foot("Lower strip: the target that decides. Needed = on contact ÷ (1 − shrinkage at work).")


def _day(rows: pd.DataFrame, chosen: pd.Series, *, interval_min: int) -> go.Figure:
    """Stacked steps over a strip of binding targets; closed hours are gaps."""
    colours, step = look.palette(), pd.Timedelta(minutes=interval_min)
    whole = rows.set_index("clock").reindex(
        pd.date_range(rows["clock"].min(), rows["clock"].max() + step, freq=step)
    )
    below = sorted(whole["binding"].dropna().unique(), key=lambda name: (whole["binding"] == name).sum())
    fig = charts.panels(
        2,
        1,
        height=560,
        shared_xaxes=True,
        row_heights=[0.85, 0.15],
        vertical_spacing=0.035,
        layout={"hovermode": "x unified"},
    )
    upper = {"row": 1, "col": 1}
    x, areas = list(whole.index), whole[["load_erlangs", "agents_on_contact", "agents_scheduled"]].fillna(0)
    for name, strength in zip(areas, (0.55, 0.28, 0.12), strict=True):
        top = areas[name] if name != "agents_on_contact" else areas[["load_erlangs", name]].max(axis=1)
        fill = "tozeroy" if name == "load_erlangs" else "tonexty"
        charts.filled_steps(fig, x, top, colour=softened(colours.forecast_rgb, strength), fill=fill, **upper)
    line = {"hovertemplate": "%{y:.1f}", "connectgaps": False, **upper}
    charts.steps(fig, x, _held(whole["agents_scheduled"]), colour=colours.ink, name="needed", **line)
    charts.steps(fig, x, _held(whole["scheduled"]), colour=colours.faint, name="scheduled", **line)
    short = whole["scheduled"].where(whole["scheduled"] < whole["agents_scheduled"] - SHORT)
    short_x, short_y = _pieces(short, step)
    charts.steps(fig, short_x, short_y, colour=colours.under, width=3, hoverinfo="skip", **upper)
    fig.add_vrect(
        x0=chosen["clock"], x1=chosen["clock"] + step, fillcolor=colours.ink, opacity=0.07, line_width=0
    )
    _binding_strip(fig, whole, below, step=step)
    fig.update_yaxes(rangemode="tozero", **upper)
    fig.update_xaxes(tickformat="%H:%M", dtick=2 * 36e5, range=[x[0], x[-1]], hoverformat="%H:%M")
    fig.update_xaxes(showline=False, ticks="", **upper)
    return fig


def _held(values: pd.Series) -> pd.Series:
    """A last value holds to the end of its interval, so that a stepped line does not stop short."""
    return values.where(values.notna(), values.shift(1))


def _pieces(short: pd.Series, step: pd.Timedelta) -> tuple[list[object], list[float | None]]:
    """Each short interval as its own piece of line: start, end, gap."""
    x: list[object] = []
    y: list[float | None] = []
    for start, value in short.dropna().items():
        x += [start, start + step, None]
        y += [value, value, None]
    return x, y


def _binding_strip(fig: go.Figure, whole: pd.DataFrame, names: list[str], *, step: pd.Timedelta) -> None:
    for place, name in enumerate(names):
        here = whole.index[whole["binding"] == name]
        fig.add_scatter(
            x=here + step / 2,
            y=[name] * len(here),
            mode="markers",
            marker={
                "symbol": "square",
                "size": 9,
                "color": look.palette().ink if place % 2 else look.palette().muted,
            },
            hovertemplate=f"decides: {name}<extra></extra>",
            row=2,
            col=1,
        )
    fig.update_yaxes(showgrid=False, categoryorder="array", categoryarray=names, row=2, col=1)
