"""What holidays, the days beside them, events and the month do to a day's contacts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, formats, look
from dashboards.look import Mark
from planner.domain.tables import QUEUE
from planner.language import _, message, retold

DRAWN = 14  # kinds of day in the chart
SOURCES = {
    "own": message("own history"),
    "language": message("its language"),
    "country": message("its country"),
    "expected": message("only expected"),
}
ORDER = tuple(SOURCES)  # from what is known best
LEAST = 0.005  # share; less is no change
WINDOWS = {
    "during": "{event}",
    "lead": message("{event}, its days of lead"),
    "lag": message("{event}, its days of lag"),
    "before": message("{event}, the week before"),
    "after": message("{event}, 1 to 3 days after"),
    "later": message("{event}, 4 to 10 days after"),
    "much later": message("{event}, 11 to 28 days after"),
}
COUNTRIES = r" \([A-Z0-9/-]+\)$"  # behind a holiday's name: where it is one
Row = Mapping[Hashable, Any]


def effects_of(effects: pd.DataFrame, contacts: pd.DataFrame) -> pd.DataFrame:
    """One row a kind of day: name, kind, effect, low, high, seen, learned_from, next_day, queues, moved.

    `effects` are the scope's rows of EFFECTS, `contacts` has site, language, channel, offered: the weights.
    Of several queues the effect is the mean over contacts, low to high what 80 % of the queues lie between,
    seen that of the queue that saw most, learned_from what most queues learned from, and the same day has one
    name in every country. `moved` is the effect times the contacts of the queues that have it.
    """
    rows = _named(effects).merge(contacts, on=[*QUEUE], how="left")
    rows["queue"] = rows["site"] + " " + rows["language"] + " " + rows["channel"]
    rows["weight"] = rows["offered"].fillna(0) + 1e-9
    rows["share"] = rows["effect"] * rows["weight"]
    found = rows.groupby("name", as_index=False).agg(
        kind=("kind", "first"),
        share=("share", "sum"),
        weight=("weight", "sum"),
        low=("low", "min"),
        high=("high", "max"),
        lowest=("effect", lambda part: part.quantile(0.1)),
        highest=("effect", lambda part: part.quantile(0.9)),
        seen=("seen", "max"),
        learned_from=("learned_from", lambda part: part.value_counts().index[0]),
        next_day=("next_day", "min"),
        queues=("queue", "nunique"),
    )
    several = found["queues"] > 1
    found["effect"] = found["share"] / found["weight"]
    found["low"] = found["low"].mask(several, found["lowest"])
    found["high"] = found["high"].mask(several, found["highest"])
    names = ["name", "kind", "effect", "low", "high", "seen", "learned_from", "next_day", "queues"]
    return in_order(found.rename(columns={"share": "moved"})[[*names, "moved"]])


def _named(effects: pd.DataFrame) -> pd.DataFrame:
    """EFFECTS under the names that are shown; an event whose name is its kind stands once."""
    rows = effects.assign(name=[day_name(str(name)) for name in effects["name"]])
    if len(rows[[*QUEUE]].drop_duplicates()) > 1:
        rows["name"] = rows["name"].str.replace(COUNTRIES, "", regex=True)
    small = rows["name"].str.casefold()
    same = rows.assign(name=small).duplicated([*QUEUE, "name", "effect"])
    first = rows["name"].groupby(small).transform("min")  # of Sale weekend and Sale Weekend the second
    return rows.assign(name=first)[~same]


def in_order(found: pd.DataFrame) -> pd.DataFrame:
    """Those that come next first, by day; then the others, the largest first."""
    size = found["effect"].abs()
    return found.assign(size=-size).sort_values(["next_day", "size"], ignore_index=True).drop(columns="size")


def effect_words(row: Row) -> str:
    """What a kind of day does, in words: +23 % (+15 to +31), seen 8 times, next on Tue 8 Dec."""
    text = f"**{change(row['effect'])}**"
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        ends = _("({low} to {high})")
        text += " " + ends.format(low=formats.points(row["low"], 0), high=formats.points(row["high"], 0))
    seen = int(row["seen"])
    parts = [text, formats.counted(seen, "seen {n} time", "seen {n} times") if seen else _("never seen here")]
    if pd.notna(row["next_day"]):
        parts.append(_("next on {day}").format(day=formats.day(row["next_day"])))
    return ", ".join(parts)


def change(share: float) -> str:
    """A change of a day's contacts: +23 %, −78 %, no change.

    >>> change(-0.78).replace(formats.NO_BREAK, " "), change(0.001)
    ('−78 %', 'no change')
    """
    return _("no change") if abs(share) < LEAST else f"{formats.points(share, 0)}{formats.NO_BREAK}%"


def effects_card(found: pd.DataFrame) -> None:
    """The largest effects as dots with their range."""
    several = bool((found["queues"] > 1).any()) if len(found) else False
    whiskers = _("80 % of the queues lie on the line") if several else _("line = 80 % interval")
    about = _(
        "change of a day's contacts against an ordinary day, %; {whiskers}; right: such days seen"
    ).format(whiskers=whiskers)
    with look.card("effects", _("Which days are not ordinary?"), about, data=found, fill=True):
        if found.empty:
            look.nothing(
                _("No effects in this plan"),
                _("They are learned from holidays and events that lie in the history."),
                _("Give each queue its customers' country, import events, and make the plan again."),
            )
            return
        colours = look.palette()
        look.key(
            Mark(_("learned from days that were seen"), colours.forecast),
            Mark(_("never seen here: from its kin or only expected"), colours.faint, "hollow"),
        )
        largest = found.loc[found["moved"].abs().sort_values(ascending=False).index].head(DRAWN)
        charts.show(_dots(largest), "effects", alt=_("Change of a day's contacts by kind of day"))


def _dots(largest: pd.DataFrame) -> go.Figure:
    colours = look.palette()
    rows = largest.sort_values("effect")
    fig = charts.figure(len(rows) * 27 + 40, margin={"l": 4, "r": 44, "t": 20, "b": 4})
    for row in rows.to_dict("records"):
        _dot(fig, row)
    fig.add_vline(x=0, line={"color": colours.muted, "width": 1})
    charts.note(fig, 1, 1, text=_("seen"), xref="paper", yref="paper", xanchor="right", xshift=40, yshift=12)
    fig.update_xaxes(
        ticksuffix=" %", showgrid=True, gridcolor=colours.grid, showline=False, ticks="", nticks=7
    )
    fig.update_yaxes(showgrid=False, tickfont={"color": colours.text}, range=[-0.6, len(rows) - 0.4])
    return fig


def _dot(fig: go.Figure, row: Row) -> None:
    """Hollow where the queue never saw such a day."""
    colours = look.palette()
    colour = colours.forecast if row["seen"] else colours.faint
    name = _short(str(row["name"]))
    ends = [100 * row["low"], 100 * row["high"]]
    if not np.isnan(ends).any():
        pen = {"color": colour, "width": 2}
        fig.add_scatter(x=ends, y=[name] * 2, mode="lines", line=pen, hoverinfo="skip")
    fill = colour if row["seen"] else colours.card
    fig.add_scatter(
        x=[100 * row["effect"]],
        y=[name],
        mode="markers",
        marker={"size": 9, "color": fill, "line": {"color": colour, "width": 1.8}},
        hovertemplate=charts.hint(str(row["name"]), look.plain(effect_words(row))),
    )
    charts.note(fig, 1, name, text=formats.number(row["seen"]), xref="paper", xanchor="right", xshift=40)


def day_name(name: str) -> str:
    """A kind of day as it stands at the head of a line; of an event its window in words.

    >>> day_name("Monday after a holiday"), day_name("spring sale: during"), day_name("spring sale: before")
    ('Monday after a holiday', 'Spring sale', 'Spring sale, the week before')
    """
    named, window = name.rpartition(": ")[::2]
    words = _(WINDOWS[window]).format(event=retold(named)) if window in WINDOWS else retold(name)
    return words[:1].upper() + words[1:]


def _short(name: str) -> str:
    return name if len(name) <= 38 else name[:37] + "…"


def effects_table(found: pd.DataFrame) -> None:
    """Every kind of day, those to come first."""
    about = _("those that come next first; effect against an ordinary day of the same weekday and season")
    with look.card("effects-table", _("Every kind of day"), about, data=found):
        st.dataframe(
            _shown(found),
            hide_index=True,
            row_height=30,
            height=min(30 * (len(found) + 1) + 4, 400),
            key="effects-rows",
            column_config=_columns(),
        )
        look.foot(_(FOOT))


FOOT = message(
    "Own history: what this queue did on such days. Its language, its country: too few of its own, so "
    "mostly what queues of the same language or country did. Only expected: what the events table says, "
    "for nothing like it was seen."
)


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    shares = (found[["effect", "low", "high"]].astype("float64") * 100).round(1)
    table = found.assign(
        next_day=[
            formats.MISSING if pd.isna(day) else f"{formats.day(day)} {day.year}" for day in found["next_day"]
        ],
        learned_from=found["learned_from"].map({name: _(words) for name, words in SOURCES.items()}),
        **shares,
    )
    return table[["name", "next_day", "effect", "low", "high", "seen", "learned_from", "queues"]]


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "name": column.TextColumn(_("Kind of day"), width=230, pinned=True),
        "next_day": column.TextColumn(_("Next")),
        "effect": column.NumberColumn(_("Change"), format="%+.0f %%"),
        "low": column.NumberColumn(_("from"), format="%+.0f %%"),
        "high": column.NumberColumn(_("to"), format="%+.0f %%"),
        "seen": column.NumberColumn(_("Days seen")),
        "learned_from": column.TextColumn(_("Learned from")),
        "queues": column.NumberColumn(_("Queues")),
    }
