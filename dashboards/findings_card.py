"""What is odd in the history, where it lies, and what the forecast does with it."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, formats, look
from dashboards.languages import short_names
from dashboards.look import Mark
from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.language import _, message, retold

KINDS = {
    "gap": message("no rows"),
    "outlier": message("an odd day"),
    "level_shift": message("a new level"),
    "closed_day": message("closed"),
    "exceptional": message("a one-off"),
    "handle_time": message("odd handle time"),
    "short_history": message("short history"),
    "zeros_left_out": message("zeros for nothing"),
}
TREATMENTS = {
    "left out": message("left out"),
    "weighs less": message("weighs less"),
    "drawn in": message("drawn in towards the usual"),
    "levelled": message("what came before counts at this level"),
    "kept": message("kept"),
    "said": message("only said"),
}
SHAPING = (
    "left out",
    "weighs less",
    "drawn in",
    "levelled",
)  # treatments that change what the forecast learns
BY = ["kind", "first_day", "last_day", "measure", "treatment", "reason", "decided_by"]
NAMED = 3  # queues that are named; more are counted
ROWS = 4  # of stretches, one under the other
LONG = 14  # days; a longer finding is a stretch, not days to mark
Row = Mapping[Hashable, Any]


def grouped(findings: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """One row a finding that queues share, the newest first: kind, days, size (median), treatment, reason ...

    `queues` counts them and `whose` names them where they are few.
    """
    rows = findings.assign(whose=[_queue(row, centre) for row in findings[[*QUEUE]].to_dict("records")])
    found = rows.groupby(BY, as_index=False, dropna=False).agg(
        size=("size", "median"), queues=("whose", "size"), whose=("whose", _few)
    )
    return found.sort_values(["first_day", "queues"], ascending=False, ignore_index=True)


def _queue(row: Row, centre: Centre) -> str:
    site = centre.sites[row["site"]].name if row["site"] in centre.sites else row["site"]
    return f"{site}, {short_names(row['language'])}, {formats.channel_words(row['channel'])}"


def _few(names: pd.Series) -> str:
    return "; ".join(names) if len(names) <= NAMED else formats.counted(len(names), "{n} queue", "{n} queues")


def days_of(findings: pd.DataFrame, treatment: str) -> int:
    """Queue-days with a treatment: each day of each queue once."""
    rows = findings[findings["treatment"] == treatment]
    days = [
        (row["site"], row["language"], row["channel"], day)
        for row in rows.to_dict("records")
        for day in pd.date_range(row["first_day"], row["last_day"])
    ]
    return len(set(days))


def finding_words(row: Row) -> str:
    """A finding in a line: Thu 5 Feb 2026: closed, −100 %, left out (18 queues)."""
    kind, treatment = str(row["kind"]), retold(str(row["treatment"]))
    parts = [_(KINDS.get(kind, kind)), formats.with_percent(formats.points(row["size"], 0)), treatment]
    if pd.isna(row["size"]):
        del parts[1]
    return f"{when(row)}: {', '.join(parts)} ({row['whose']})"


def when(row: Row) -> str:
    """The days of a finding, with the weekday where it is one."""
    first, last = row["first_day"].date(), row["last_day"].date()
    return formats.day_and_year(first) if first == last else formats.span(first, last)


def findings_card(found: pd.DataFrame, days: pd.DataFrame) -> None:
    """The history by day with what was found in it; `days` has day, offered of the scope."""
    about = _(
        "contacts offered a day, all that is known before the plan; marks = what was found, hover for why"
    )
    with look.card("history", _("Where do odd days lie?"), about, data=days):
        if days.empty:
            look.nothing(
                _("No history"), _("The store holds no contacts of these queues."), _("Choose other queues.")
            )
            return
        colours = look.palette()
        look.key(
            Mark(_("actual"), colours.ink, "line"),
            Mark(_("left out, weighs less or drawn in"), colours.under, "hollow"),
            Mark(_("kept or only said"), colours.muted, "hollow"),
        )
        charts.show(_figure(found, days), "history", alt=_("Contacts a day with odd days marked"))


def _figure(found: pd.DataFrame, days: pd.DataFrame) -> go.Figure:
    colours = look.palette()
    fig = charts.figure(320, margin={"l": 4, "r": 14, "t": 18, "b": 4})
    pen = {"color": colours.ink, "width": 1.1}
    hint = "%{x|%a %-d %b %Y}: %{y:,.0f}<extra></extra>"
    fig.add_scatter(x=days["day"], y=days["offered"], mode="lines", line=pen, hovertemplate=hint)
    drawn = found[found["measure"] == "offered"]
    long = (drawn["last_day"] - drawn["first_day"]).dt.days >= LONG
    _rings(fig, marked_days(drawn[~long]), days.set_index("day")["offered"])
    for place, row in enumerate(drawn[long].to_dict("records")):
        _stretch(fig, row, level=1.02 - 0.04 * (place % ROWS))
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=6)
    fig.update_xaxes(tickformat="%b %Y", nticks=10)
    return fig


def marked_days(found: pd.DataFrame) -> pd.DataFrame:
    """One row a day: shaping (one changes what is learned), words of the first few findings, why."""
    rows = [
        {
            "day": day,
            "shaping": row["treatment"] in SHAPING,
            "words": finding_words(row),
            "why": retold(row["reason"]),
        }
        for row in found.to_dict("records")
        for day in pd.date_range(row["first_day"], row["last_day"])
    ]
    marks = pd.DataFrame(rows, columns=["day", "shaping", "words", "why"])
    return marks.groupby("day", as_index=False).agg(
        shaping=("shaping", "any"), words=("words", _first_few), why=("why", "first")
    )


def _first_few(words: pd.Series) -> str:
    more = "<br>" + _("and {n} more").format(n=len(words) - NAMED) if len(words) > NAMED else ""
    return "<br>".join(html.escape(text, quote=False) for text in words.head(NAMED)) + more


def _rings(fig: go.Figure, marks: pd.DataFrame, contacts: pd.Series) -> None:
    """A ring on each day with a finding; on the axis where nothing is known of the day."""
    colours = look.palette()
    for shaping, colour in ((False, colours.muted), (True, colours.under)):
        here = marks[marks["shaping"] == shaping]
        why = [html.escape(str(text), quote=False) for text in here["why"]]
        fig.add_scatter(
            x=here["day"],
            y=contacts.reindex(here["day"]).fillna(0),
            mode="markers",
            marker={"symbol": "circle-open", "size": 8, "color": colour, "line": {"width": 1.7}},
            customdata=list(zip(here["words"], why, strict=True)),
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
        )


def _stretch(fig: go.Figure, row: Row, *, level: float) -> None:
    """A bar near the top for a stretch of weeks."""
    colours = look.palette()
    colour = colours.under if row["treatment"] in SHAPING else colours.muted
    fig.add_scatter(
        x=[row["first_day"], row["last_day"]],
        y=[level, level],
        yaxis="y2",
        mode="lines+markers",
        line={"color": colour, "width": 3},
        marker={"symbol": "line-ns", "size": 8, "line": {"width": 2, "color": colour}},
        hovertemplate=_hint(row),
    )
    fig.update_layout(yaxis2={"overlaying": "y", "range": [0, 1.04], "visible": False, "fixedrange": True})


def _hint(row: Row) -> str:
    return charts.hint(finding_words(row), f"{retold(row['reason'])} ({retold(row['decided_by'])})")


def findings_table(found: pd.DataFrame) -> None:
    """Every finding: the newest first."""
    about = _("newest first; size = against what was usual; a finding that queues share stands once")
    with look.card(
        "findings", _("What was found, and what does the forecast do with it?"), about, data=found
    ):
        st.dataframe(
            _shown(found),
            hide_index=True,
            row_height=30,
            height=min(30 * (len(found) + 1) + 4, 400),
            key="findings-rows",
            column_config=_columns(),
        )
        look.foot(
            _(
                "Left out: does not teach. Weighs less: teaches with less weight. Drawn in: an extreme day "
                "teaches as a less extreme one. Only said: nothing is done, but you should know."
            )
        )


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    table = found.assign(
        days=[when(row) for row in found.to_dict("records")],
        what=[_(KINDS.get(kind, kind)) for kind in found["kind"]],
        size=(found["size"].astype("float64") * 100).round(0),
        treated=[_(TREATMENTS.get(how, how)) for how in found["treatment"]],
        reason=found["reason"].map(retold),
        decided_by=found["decided_by"].map(retold),
    )
    return table[["days", "what", "size", "treated", "reason", "whose", "decided_by"]]


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "days": column.TextColumn(_("Days"), width=160, pinned=True),
        "what": column.TextColumn(_("Found"), width=110),
        "size": column.NumberColumn(_("Size"), format="%+.0f %%", width=64),
        "treated": column.TextColumn(_("The forecast"), width=110),
        "reason": column.TextColumn(_("Because"), width=330),
        "whose": column.TextColumn(_("Queues"), width=220),
        "decided_by": column.TextColumn(_("Decided by"), width=110),
    }
