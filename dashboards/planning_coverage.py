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
from planner.language import _, message

QUESTION = message("Where is the schedule short?")
NO_SCHEDULE = (
    message("No schedule in this plan"),
    message("Coverage compares people scheduled with people needed; no agents were known when it was made."),
    message("Import agents and make the plan again."),
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
        _("{words} · {days}, {name} time · {interval_min}-minute intervals").format(
            words=scope.words(plan.centre),
            days=formats.span(begin, end),
            name=site.name,
            interval_min=plan.centre.interval_min,
        ),
        plan.origin(),
    )
    if rows.empty:
        look.nothing(
            _("Nothing is needed here"),
            _("The queues are closed on these days."),
            _("Choose other days or queues."),
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
        text = _("**No interval is short.** {over} agent-hours are over what is needed.")
        return text.format(over=formats.number(over))
    text = _("!!{short} hours short!!, {over} hours over.").format(
        short=formats.number(short), over=formats.number(over)
    )
    return f"{text} {_clock_words(summed.groupby('at')['gap'].mean())}"


def _clock_words(by_clock: pd.Series) -> str:
    """The times of day that lack and have most on the mean day."""
    if by_clock.min() >= 0:
        return _("Over the queues together every time of day has enough: people sit in the wrong queue.")
    text = _("{clock} is most short ({gap} people on the mean day).")
    if by_clock.max() > 0:
        text = _("{clock} is most short ({gap} people on the mean day); {other} has most to move ({spare}).")
    return text.format(
        clock=by_clock.idxmin(),
        gap=formats.signed(by_clock.min()),
        other=by_clock.idxmax(),
        spare=formats.signed(by_clock.max()),
    )


def figures(rows: pd.DataFrame, summed: pd.DataFrame, *, hours: float) -> list[Figure]:
    """The strip: intervals covered, hours short and over, the worst interval."""
    covered = rows["gap"] > -SHORT
    needed = rows["needed"].sum() * hours
    short = hours_short(rows, hours)
    bad = summed.loc[summed["gap"].idxmin()]
    return [
        Figure(
            _("Intervals covered"),
            formats.percent(covered.mean(), 0),
            _("{covered} of {n}, each queue on its own").format(
                covered=formats.number(covered.sum()), n=formats.number(len(rows))
            ),
        ),
        Figure(
            _("Hours short"),
            formats.number(short),
            _("{share} of {needed} h needed").format(
                share=formats.percent(short / needed if needed else None), needed=formats.number(needed)
            ),
            short >= SHORT,
        ),
        Figure(
            _("Hours over"), formats.number(hours_over(rows, hours)), _("can be moved, trained or released")
        ),
        Figure(
            _("Worst interval"),
            formats.signed(bad["gap"]),
            _("people, {day}, {at}").format(day=formats.day(bad["day"]), at=bad["at"]),
            bad["gap"] < -SHORT,
        ),
    ]


def _map_card(rows: pd.DataFrame, summed: pd.DataFrame, *, hours: float) -> None:
    about = _(
        "scheduled − needed, people, queues together; orange = too few, blue = too many, grey = covered, "
        "blank = closed; numbers from two people on; right: hours short, queue by queue"
    )
    table = rows[[*QUEUE, "day", "at", "needed", "scheduled", "gap"]]
    with look.card("map", _("Coverage by day and interval"), about, data=table):
        grid = summed.pivot_table(index="day", columns="at", values="gap", aggfunc="mean")
        short = -rows["gap"].clip(upper=0).groupby(rows["day"]).sum() * hours
        charts.show(_map(grid, short.reindex(grid.index)), "map", alt=_("Heat map of scheduled minus needed"))


def _map(grid: pd.DataFrame, short: pd.Series) -> go.Figure:
    """Day x interval, weeks divided by lines."""
    days = grid.index
    named = grid.set_axis([formats.day(day) for day in days])
    fig = gap_map(named, [Edge(_("hours short"), list(short), orange=True)])
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
        return _("nobody over that day")
    first, last = max(spare, key=lambda run: gap[run[0] : run[1] + 1].sum())
    most = formats.number(gap[first : last + 1].max(), 1)
    return _("up to {most} over, {begin}–{end}").format(
        most=most, begin=rows["at"].iloc[first], end=until(rows["at"].iloc[last], interval_min)
    )


def _worst_card(found: pd.DataFrame) -> None:
    about = _("intervals in a row with fewer people than needed, queues together, by hours short")
    with look.card("worst", _("Longest shortages"), about, data=found):
        if found.empty:
            look.nothing(_("No such interval"), _("No interval is half a person short."), "")
            return
        column = st.column_config
        most = float(found["share"].max())
        st.dataframe(
            found.head(LISTED).round({"short_h": 1, "share": 3}),
            hide_index=True,
            row_height=32,
            key="worst-table",
            column_config={
                "day": column.DateColumn(_("Day"), format=formats.column_day()),
                "from": _("From"),
                "to": _("To"),
                "short_h": column.NumberColumn(_("Hours short"), format="%.1f"),
                "share": column.ProgressColumn(
                    _("Share of need"), format="percent", max_value=most, color="gray"
                ),
                "over": column.TextColumn(_("Over on the same day"), width="large"),
            },
        )
        look.foot(
            _("Needed = people at work, after shrinkage; a fraction stays a fraction. Scheduled = this plan.")
        )
