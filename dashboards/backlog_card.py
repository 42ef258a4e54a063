"""Deferred work at the end of each day: what is open, what waits for others, what is late."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.clock import on_clock
from dashboards.filters import Scope
from dashboards.look import Cell, Mark
from dashboards.palette import softened
from dashboards.published import Published
from planner.language import _, message

FLOWS, STOCKS = ("new", "returned", "worked", "done"), ("open", "pending", "on_hold")
WORDS = {
    "open": message("open, waiting for an agent"),
    "pending": message("pending, waiting for the customer"),
    "on_hold": message("on hold, waiting for a third party"),
}
SHORT = {"open": message("open"), "pending": message("pending"), "on_hold": message("on hold")}
STRENGTHS = {"open": 0.85, "pending": 0.45, "on_hold": 0.18}
LISTED = 7  # days in the table
SHOWN = 28  # days in the chart
NONE_LATE = 0.5  # contacts; less is rounding


def backlog_days(plan: Published, scope: Scope, *, zone: str) -> pd.DataFrame:
    """The scope's BACKLOG, one row a local day of the clock `zone`, queues together.

    new, returned, worked and done are sums of the day; open, pending and on_hold stand at its end; late
    and oldest_h are the day's largest. No rows where the plan has no BACKLOG or the scope no deferred queue.
    """
    if not plan.has("BACKLOG"):
        return pd.DataFrame(columns=["day", *FLOWS, *STOCKS, "late", "oldest_h"])
    rows = scope.of(plan.table("BACKLOG"))
    sums = rows.groupby("interval_start", as_index=False)[[*FLOWS, *STOCKS, "late"]].sum()
    oldest = rows.groupby("interval_start", as_index=False)["oldest_h"].max()
    days = on_clock(sums.merge(oldest, on="interval_start"), zone).groupby("day", as_index=False)
    largest = days[["late", "oldest_h"]].max()
    return days[list(FLOWS)].sum().merge(days[list(STOCKS)].last(), on="day").merge(largest, on="day")


def backlog_card(days: pd.DataFrame, *, first: date, deadline: str) -> None:
    """What is left at the end of each day from `first` on; `deadline` is the promise in words."""
    shown = days[days["day"] >= pd.Timestamp(first)].head(SHOWN)
    about = _("contacts expected at the end of each day, by what they wait for")
    with look.card("backlog", _("What is left at the end of the day?"), about, data=days):
        if shown.empty:
            look.nothing(
                _("No deferred work here"),
                _("E-mail and back office have a backlog; other channels do not, nor do plans made earlier."),
                _("Choose such a queue, or make the plan again."),
            )
            return
        look.tell(answer(shown, deadline=deadline))
        colours = look.palette()
        look.key(*(Mark(_(WORDS[name]), softened(colours.forecast_rgb, STRENGTHS[name])) for name in STOCKS))
        charts.show(
            _chart(shown), "backlog", alt=_("Contacts open, pending and on hold at the end of each day")
        )
        _table(shown.head(LISTED))
        look.foot(
            _("Means, not promises. Handled counts every touch: a contact that comes back is handled twice.")
        )


def answer(days: pd.DataFrame, *, deadline: str) -> str:
    """The fullest day, and whether anything is late; `days` as `backlog_days` gives them."""
    fullest = days.loc[days["open"].idxmax()]
    most, when = formats.number(fullest["open"]), formats.day(fullest["day"])
    text = _("At most **{most} contacts are open** at the end of a day, on {when};").format(
        most=most, when=when
    )
    late = days.loc[days["late"].idxmax()]
    if late["late"] < NONE_LATE:
        return f"{text} {_('none is late ({deadline}).').format(deadline=deadline)}"
    told = _("!!{late} are late!! on {day} ({deadline}).").format(
        late=formats.number(late["late"]), day=formats.day(late["day"]), deadline=deadline
    )
    return f"{text} {told}"


def _chart(days: pd.DataFrame) -> go.Figure:
    fig = charts.figure(260, barmode="stack", hovermode="x unified")
    for name in STOCKS:
        fig.add_bar(
            x=days["day"],
            y=days[name],
            name=_(SHORT[name]),
            marker={"color": softened(look.palette().forecast_rgb, STRENGTHS[name]), "line_width": 0},
            hovertemplate="%{y:,.0f}",
        )
    fig.update_xaxes(tickformat="%a %-d %b", hoverformat="%a %-d %b")
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=5)
    return fig


def _table(days: pd.DataFrame) -> None:
    heads = [
        (_("Day"), "left"),
        *((name, "right") for name in (_("New"), _("Back again"), _("Handled"), _("Done"))),
    ]
    heads += [
        (name, "right") for name in (_("Open"), _("Pending"), _("On hold"), _("Late"), _("Oldest, open h"))
    ]
    look.table(
        [Cell(text, "left" if side == "left" else "right") for text, side in heads],
        [_line(row) for _, row in days.iterrows()],
    )


def _line(row: pd.Series) -> list[Cell]:
    counts = [Cell(formats.number(row[name])) for name in (*FLOWS, *STOCKS)]
    late = Cell(formats.number(row["late"]), bad=bool(row["late"] >= NONE_LATE))
    age = formats.MISSING if pd.isna(row["oldest_h"]) else formats.number(row["oldest_h"], 1)
    return [Cell(formats.day(row["day"]), "left"), *counts, late, Cell(age)]
