"""Planning: where is the schedule short?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.clock import on_clock, runs, until
from dashboards.look import Figure
from dashboards.palette import Palette, softened
from dashboards.published import Published
from planner.domain.tables import QUEUE

QUESTION = "Where is the schedule short?"
NO_SCHEDULE = (
    "No schedule in this plan",
    "Coverage compares people scheduled with people needed; no agents were known when it was made.",
    "Import agents and make the plan again.",
)
FULL = 5.0  # people; a gap this large has the full colour, unless the map's largest is larger
PRINTED = 1.5  # people; smaller gaps are coloured but not printed
SHORT = 0.5  # people; less is rounding, not a shortage
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


def _scale(colours: Palette, edges: tuple[float, float]) -> list[tuple[float, str]]:
    """From orange (-1) through grey to blue (+1); `edges` are where grey ends on either side, 0..1."""
    low, high = 0.5 - edges[0] / 2, 0.5 + edges[1] / 2
    return [
        (0, softened(colours.under_rgb, 0.82)),
        (0.3 * low, softened(colours.under_rgb, 0.62)),
        (low, softened(colours.under_rgb, 0.18)),
        (low + 0.0001, colours.nothing),
        (high - 0.0001, colours.nothing),
        (high, softened(colours.over_rgb, 0.12)),
        (0.7 + 0.3 * high, softened(colours.over_rgb, 0.42)),
        (1, softened(colours.over_rgb, 0.75)),
    ]


def _strength(values: np.ndarray) -> tuple[np.ndarray, tuple[float, float]]:
    """Gaps as -1..1, short and over each on its own scale, and half a person on either scale.

    People over are many more than people short; on one scale the shortages would pale.
    """
    short, over = (np.nanmax(np.where(side > 0, side, 0.0), initial=FULL) for side in (-values, values))
    return np.where(values < 0, values / short, values / over), (SHORT / short, SHORT / over)


def _map(grid: pd.DataFrame, short: pd.Series) -> go.Figure:
    colours = look.palette()
    days = [formats.day(day) for day in grid.index]
    values = grid.to_numpy()
    strength, edges = _strength(values)
    texts = [[formats.signed(gap, 0) if abs(gap) >= PRINTED else "" for gap in row] for row in values]
    fig = charts.figure(len(days) * 27 + 56, margin={"l": 4, "r": 78, "t": 30, "b": 4})
    fig.add_heatmap(
        z=strength,
        customdata=values,
        x=list(grid.columns),
        y=days,
        zmin=-1,
        zmax=1,
        colorscale=_scale(colours, edges),
        showscale=False,
        xgap=1,
        ygap=2,
        text=texts,
        texttemplate="%{text}",
        textfont={"size": 11, "color": colours.ink},
        hoverongaps=False,
        hovertemplate="%{y}, %{x}<br>%{customdata:+.1f} people<extra></extra>",
    )
    for day, lacking in zip(days, short, strict=True):
        text = f"{formats.number(lacking, 1)} h"
        colour = colours.under if lacking >= short.quantile(0.75) > 0 else colours.muted
        charts.note(fig, 1, day, text=text, colour=colour, xref="paper", xshift=66, xanchor="right")
    charts.note(
        fig, 1, 1, text="hours short", xref="paper", yref="paper", xshift=72, yshift=16, xanchor="right"
    )
    for place in [n for n, day in enumerate(grid.index) if n and day.weekday() == 0]:
        fig.add_hline(y=place - 0.5, line={"color": colours.muted, "width": 1})
    fig.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": colours.text})
    hours = [at for at in grid.columns if at.endswith(":00")]
    fig.update_xaxes(tickvals=hours[:: 2 if len(hours) > 9 else 1], side="top", showline=False, ticks="")
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
