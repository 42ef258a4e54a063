"""What will the coming weeks do? Contacts, people, and the chance of each simulated week."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.filters import Scope
from dashboards.look import Tile
from dashboards.outlook import by_queue, measure_label, measures_of, whole
from dashboards.published import Published, paths_of
from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.language import _
from planner.scorecards.clients import rows_of
from planner.scorecards.contract_ahead import mean_contract_h as agents_contract_h
from planner.scorecards.contract_ahead import people_needed

EVEN = 0.5
HOVER = {"day": "%{x|%-d %b}", "n": "%{y:,.0f}"}


def people_by_week(plan: Published, scope: Scope, *, part: Centre) -> pd.DataFrame:
    """Paid hours the part's queues need a week and the people at the mean contract: week, paid_h, people."""
    columns = (*QUEUE, "interval_start", "interval_min", "agents_rostered")
    needed = rows_of(plan.table("REQUIREMENT", *columns), part, whole=plan.centre)
    return people_needed(needed, plan.centre, scope, weekly_h=mean_contract_h(plan, scope))


def mean_contract_h(plan: Published, scope: Scope) -> float:
    """Weekly contract hours of the mean agent of the site or centre; 40 where no agents are known."""
    agents = plan.table("AGENTS", "site", "contract") if plan.has("AGENTS") else pd.DataFrame()
    return agents_contract_h(agents, plan.centre, scope.site)


def ahead_card(
    plan: Published, scope: Scope, *, part: Centre, people: pd.DataFrame, check: pd.DataFrame
) -> None:
    """Contacts with their interval over people needed, and under them the simulated chances.

    `part` is the centre with the queues of the client chosen, of whom `people` speak too; `check` is
    SERVICE_CHECK by local day.
    """
    weeks = paths_of(plan.folder, plan.plan_id).among(part.queues).by_week(scope)
    full = weeks[weeks["days"] == 7]
    table = full.drop(columns="days").merge(people, on="week", how="left") if len(people) else full
    about = _("contacts a week with their 10–90 % range")
    if len(people):
        about += "; " + _("people = paid hours needed for every target ÷ mean contract hours")
    with look.card("ahead", _("What will the coming weeks do?"), about, data=_saved(table)):
        if full.empty:
            look.nothing(_("Less than a week was planned"), "", _("Plan a longer horizon."))
            return
        roster = _roster(plan, scope, part=part)
        charts.show(ahead(full, people, roster), "ahead", alt=_("Contacts and people needed by week"))
        _chances(part, scope, rows_of(check, part, whole=plan.centre))
        if len(people):
            hours = formats.number(mean_contract_h(plan, scope), 1)
            look.foot(
                _(
                    "People at {hours} contract hours a week, leave and absence included, before "
                    "what shifts lose in fitting the day."
                ).format(hours=hours)
            )


def _saved(table: pd.DataFrame) -> pd.DataFrame:
    names = ["week", "p10", "p25", "p50", "p75", "p90", "paid_h", "people"]
    return table[[name for name in names if name in table]]


def _roster(plan: Published, scope: Scope, *, part: Centre) -> int | None:
    """People on the roster where the scope is whole sites; None where queues or a client were picked."""
    picked = scope.language or scope.channel or len(part.queues) < len(plan.centre.queues)
    if picked or not plan.has("AGENTS"):
        return None
    agents = plan.table("AGENTS", "site")
    return len(agents) if scope.site is None else int((agents["site"] == scope.site).sum())


def ahead(weeks: pd.DataFrame, people: pd.DataFrame, roster: int | None) -> go.Figure:
    """Two panels on one clock: contacts with bands, and people needed against the roster."""
    both = len(people) > 0
    fig = charts.panels(
        2 if both else 1,
        1,
        height=360 if both else 240,
        shared_xaxes=True,
        vertical_spacing=0.09,
        row_heights=[0.55, 0.45] if both else [1],
        layout={"margin": {"l": 4, "r": 14, "t": 24, "b": 4}},
    )
    colours, x = look.palette(), list(weeks["week"])
    line = {"color": colours.forecast, "width": 1.8}
    for low, high, strength in charts.BANDS:
        charts.band(fig, x, low=weeks[low], high=weeks[high], strength=strength, row=1, col=1)
    fig.add_scatter(
        x=x,
        y=weeks["p50"],
        mode="lines+markers",
        line=line,
        marker={"size": 6},
        customdata=weeks[["p10", "p90"]],
        hovertemplate=charts.hover(
            _("week of {day}: {n}<br>10–90 %: {low}–{high}"),
            HOVER | {"low": "%{customdata[0]:,.0f}", "high": "%{customdata[1]:,.0f}"},
        ),
        row=1,
        col=1,
    )
    peak = int(weeks["p50"].to_numpy().argmax())
    text = _("<b>{n}</b> contacts").format(n=formats.number(weeks["p50"].iloc[peak]))
    _label(fig, x[peak], weeks["p90"].iloc[peak], text=text, row=1)
    if both:
        _people(fig, people[people["week"].isin(x)], roster)
    named = x[:: 2 if len(x) > 9 else 1]
    words = [f"{formats.week(week)}<br>{formats.short_day(week)}" for week in named]
    fig.update_xaxes(tickvals=named, ticktext=words, tickangle=0)
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=4)
    return fig


def _people(fig: go.Figure, people: pd.DataFrame, roster: int | None) -> None:
    colours = look.palette()
    fig.add_bar(
        x=people["week"],
        y=people["people"],
        marker_color=colours.scheduled,
        width=4 * 864e5,
        hovertemplate=charts.hover(_("week of {day}: {n} people"), HOVER),
        row=2,
        col=1,
    )
    if len(people):
        most = people.loc[people["people"].idxmax()]
        text = _("<b>{n}</b> people needed").format(n=formats.number(most["people"]))
        _label(fig, most["week"], most["people"], text=text, row=2)
    if roster is not None:
        fig.add_hline(y=roster, line={"color": colours.ink, "width": 1, "dash": "dot"}, row=2, col=1)
        charts.note(
            fig,
            0,
            roster,
            text=_("{n} on the roster today").format(n=formats.number(roster)),
            xref="paper",
            yref="y2",
            bgcolor=colours.card,
            yshift=9,
            xshift=4,
        )


def _label(fig: go.Figure, week: pd.Timestamp, top: float, *, text: str, row: int) -> None:
    """Words above the drawing of a panel at a week."""
    panel = "" if row == 1 else str(row)
    place = {"xanchor": "center", "yanchor": "bottom", "yshift": 3, "xref": f"x{panel}", "yref": f"y{panel}"}
    charts.note(fig, week, top, text=text, colour=look.palette().ink, **place)


def _chances(centre: Centre, scope: Scope, check: pd.DataFrame) -> None:
    """A line a target, a tile a simulated week: its chance, or how many queues will probably meet it."""
    weeks = check[(check["level"] == "week") & check["p_meets"].notna()]
    mine = scope.of(by_queue(weeks))
    starts = sorted(mine["start"].unique())
    if not starts:
        return
    keys = [key for key in centre.queues if scope.holds(key)]
    rows = []
    for measure in measures_of(mine):
        part, together = mine[mine["measure"] == measure], whole(weeks[weeks["measure"] == measure], scope)
        rows.append(
            (measure_label(centre, keys, measure), [_week_tile(part, together, start) for start in starts])
        )
    look.tiles([f"{formats.week(start)}\n{formats.short_day(start)}" for start in starts], rows)
    look.foot(
        _(
            "Simulated weeks: the chance of the target, or how many queues will probably meet it "
            "(chance of 50 % or more)."
        )
    )


def _week_tile(rows: pd.DataFrame, together: pd.DataFrame, start: pd.Timestamp) -> Tile | None:
    one = together[together["start"] == start]
    if len(one) == 1:
        share = float(one["p_meets"].iloc[0])
        return Tile(formats.chance(share), max(0.0, (EVEN - share) / EVEN))
    mine = rows[rows["start"] == start]
    if mine.empty:
        return None
    likely = int((mine["p_meets"] >= EVEN).sum())
    missing = 1 - likely / len(mine)
    return Tile(
        _("{likely} of {n} queues").format(likely=likely, n=len(mine)), max(0.0, (missing - EVEN) / EVEN)
    )
