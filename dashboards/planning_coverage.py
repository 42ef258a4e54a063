"""Planning: where is the schedule short?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.clock import on_clock, runs, until
from dashboards.coverage_languages import day_card, language_card
from dashboards.gap_map import SHORT, Edge, gap_map
from dashboards.look import Figure
from dashboards.published import Published
from planner.domain.tables import QUEUE

QUESTION = "Where is the schedule short?"
NO_SCHEDULE = (
    "No schedule in this plan",
    "Coverage compares people scheduled with people needed; no agents were known when it was made.",
    "Import agents and make the plan again.",
)
LISTED = 8


def page(plan: Published) -> None:
    """Scheduled against needed: day x interval, hours short, the longest shortages."""
    if not plan.has("COVERAGE"):
        look.empty_page("coverage", QUESTION, origin=plan.origin(), state=NO_SCHEDULE)
        return
    with look.head("coverage", QUESTION):
        scope = filters.scope(plan.centre, fixed=("site",))
        begin, end = filters.period(plan.scheduled_days[0], plan.scheduled_days[-1])
    site = plan.centre.sites[str(scope.site)]
    rows = on_clock(scope.of(plan.table("COVERAGE")), site.time_zone)
    rows = rows[rows["day"].between(pd.Timestamp(begin), pd.Timestamp(end))]
    look.about(
        f"{scope.words(plan.centre)} · {formats.span(begin, end)}, {site.name} time · "
        f"{plan.centre.interval_min}-minute intervals",
        plan.origin(),
    )
    if rows.empty:
        look.nothing(
            "Nothing is needed here", "The queues are closed on these days.", "Choose other days or queues."
        )
        return
    summed = net(rows)
    hours = plan.centre.interval_min / 60
    look.say(answer(rows, summed, hours=hours))
    look.figures(*figures(rows, summed, hours=hours))
    _map_card(rows, summed, hours=hours)
    if scope.language is None:
        language_card(rows, hours=hours)
        day_card(rows)
    _worst_card(longest(summed, interval_min=plan.centre.interval_min))


def net(rows: pd.DataFrame) -> pd.DataFrame:
    """Queues together, one row an interval in time order: day, at, needed, scheduled, gap."""
    keys = ["interval_start", "day", "at"]
    return rows.groupby(keys, as_index=False)[["needed", "scheduled", "gap"]].sum()


def hours_short(rows: pd.DataFrame, hours: float) -> float:
    """Agent-hours short, counted queue by queue; `hours` is the length of an interval."""
    return float(-rows["gap"].clip(upper=0).sum() * hours)


def hours_over(rows: pd.DataFrame, hours: float) -> float:
    """Agent-hours over, counted queue by queue; `hours` is the length of an interval."""
    return float(rows["gap"].clip(lower=0).sum() * hours)


def answer(rows: pd.DataFrame, summed: pd.DataFrame, *, hours: float) -> str:
    """Hours short and over, and the times of day that are most short and most over.

    `rows` are queue x interval (gap), `summed` the queues together (at, gap).
    """
    short, over = hours_short(rows, hours), hours_over(rows, hours)
    if short < SHORT:
        return f"**No interval is short.** {formats.number(over)} agent-hours are over what is needed."
    text = f"!!{formats.number(short)} hours short!!, {formats.number(over)} hours over."
    by_clock = summed.groupby("at")["gap"].mean()
    if by_clock.min() < 0:
        text += (
            f" {by_clock.idxmin()} is most short ({formats.signed(by_clock.min())} people on the mean day)"
        )
        text += (
            f"; {by_clock.idxmax()} has most to move ({formats.signed(by_clock.max())})."
            if by_clock.max() > 0
            else "."
        )
    else:
        text += " Over the queues together every time of day has enough: people sit in the wrong queue."
    return text


def figures(rows: pd.DataFrame, summed: pd.DataFrame, *, hours: float) -> list[Figure]:
    """The strip: intervals covered, hours short and over, the worst interval."""
    covered = rows["gap"] > -SHORT
    needed = rows["needed"].sum() * hours
    short = hours_short(rows, hours)
    bad = summed.loc[summed["gap"].idxmin()]
    return [
        Figure(
            "Intervals covered",
            formats.percent(covered.mean(), 0),
            f"{formats.number(covered.sum())} of {formats.number(len(rows))}, each queue on its own",
        ),
        Figure(
            "Hours short",
            formats.number(short),
            f"{formats.percent(short / needed if needed else None)} of {formats.number(needed)} h needed",
            short >= SHORT,
        ),
        Figure("Hours over", formats.number(hours_over(rows, hours)), "can be moved, trained or released"),
        Figure(
            "Worst interval",
            formats.signed(bad["gap"]),
            f"people, {formats.day(bad['day'])}, {bad['at']}",
            bad["gap"] < -SHORT,
        ),
    ]


def _map_card(rows: pd.DataFrame, summed: pd.DataFrame, *, hours: float) -> None:
    about = (
        "scheduled − needed, people, queues together; orange = too few, blue = too many, grey = covered, "
        "blank = closed; numbers from two people on; right: hours short, queue by queue"
    )
    table = rows[[*QUEUE, "day", "at", "needed", "scheduled", "gap"]]
    with look.card("map", "Coverage by day and interval", about, data=table):
        grid = summed.pivot_table(index="day", columns="at", values="gap", aggfunc="mean")
        short = -rows["gap"].clip(upper=0).groupby(rows["day"]).sum() * hours
        charts.show(_map(grid, short.reindex(grid.index)), "map", alt="Heat map of scheduled minus needed")


def _map(grid: pd.DataFrame, short: pd.Series) -> go.Figure:
    """Day x interval, weeks divided by lines."""
    days = grid.index
    named = grid.set_axis([formats.day(day) for day in days])
    fig = gap_map(named, [Edge("hours short", list(short), orange=True)])
    for place in [n for n, day in enumerate(days) if n and day.weekday() == 0]:
        fig.add_hline(y=place - 0.5, line={"color": look.palette().muted, "width": 1})
    return fig


def longest(summed: pd.DataFrame, *, interval_min: int) -> pd.DataFrame:
    """Runs of short intervals, the most hours first, with what the same day has over.

    `summed` is one row an interval in time order: day, at, needed, gap.
    """
    found = []
    for day, rows in summed.groupby("day"):
        gap = rows["gap"].to_numpy()
        over = _most_over(rows, interval_min)
        for first, last in runs(gap < -SHORT):
            part = rows.iloc[first : last + 1]
            short = -part["gap"].sum() * interval_min / 60
            found.append(
                {
                    "day": day,
                    "from": part["at"].iloc[0],
                    "to": until(part["at"].iloc[-1], interval_min),
                    "short_h": short,
                    "share": short / (part["needed"].sum() * interval_min / 60),
                    "over": over,
                }
            )
    names = ["day", "from", "to", "short_h", "share", "over"]
    return pd.DataFrame(found, columns=names).sort_values("short_h", ascending=False, ignore_index=True)


def _most_over(rows: pd.DataFrame, interval_min: int) -> str:
    """The day's largest surplus in words: up to 3.4 over, 14:00–15:30."""
    gap = rows["gap"].to_numpy()
    spare = runs(gap > SHORT)
    if not spare:
        return "nobody over that day"
    first, last = max(spare, key=lambda run: gap[run[0] : run[1] + 1].sum())
    most = formats.number(gap[first : last + 1].max(), 1)
    return f"up to {most} over, {rows['at'].iloc[first]}–{until(rows['at'].iloc[last], interval_min)}"


def _worst_card(found: pd.DataFrame) -> None:
    about = "intervals in a row with fewer people than needed, queues together, by hours short"
    with look.card("worst", "Longest shortages", about, data=found):
        if found.empty:
            look.nothing("None", "No interval is half a person short.", "")
            return
        column = st.column_config
        most = float(found["share"].max())
        st.dataframe(
            found.head(LISTED).round({"short_h": 1, "share": 3}),
            hide_index=True,
            row_height=32,
            key="worst-table",
            column_config={
                "day": column.DateColumn("Day", format="ddd D MMM"),
                "from": "From",
                "to": "To",
                "short_h": column.NumberColumn("Hours short", format="%.1f"),
                "share": column.ProgressColumn(
                    "Share of need", format="percent", max_value=most, color="gray"
                ),
                "over": column.TextColumn("Over on the same day", width="large"),
            },
        )
        look.foot(
            "Needed = people at work, after shrinkage; a fraction stays a fraction. Scheduled = this plan."
        )
