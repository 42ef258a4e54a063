"""Which languages carry the peak? Small multiples, and history on a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.expected import Expected
from dashboards.filters import Scope
from dashboards.languages import both_names
from planner.language import _

ACROSS = 5  # small multiples in a row
ROOM = 23  # letters over a panel


def on_calendar(actual: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Contacts of the scope on every day of the history: day, offered; NaN where nothing is known."""
    sums = scope.of(actual).groupby("day")["offered"].sum()
    every = pd.date_range(actual["day"].min(), actual["day"].max()) if len(actual) else sums.index
    return sums.reindex(every).rename_axis("day").reset_index()


def full_weeks(days: pd.DataFrame) -> pd.DataFrame:
    """Weeks from Monday of which as many days are known as of the median week: week, offered."""
    week = days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D")
    sums = days.groupby(week.rename("week"), as_index=False).agg(
        offered=("offered", "sum"), known=("offered", "count"), n=("day", "nunique")
    )
    whole = sums[sums["n"] == 7]
    return whole[whole["known"] >= max(1.0, whole["known"].median())][["week", "offered"]]


def languages_card(
    scope: Scope, actual: pd.DataFrame, expected: Expected, *, shown: tuple[date, date]
) -> None:
    """One panel a language: weeks of the past, weeks to come with their band, on its own scale."""
    tags = by_size(scope, expected)
    if len(tags) < 2:
        return
    past = {tag: _past(actual, Scope(scope.site, tag, scope.channel), shown[0]) for tag in tags}
    weeks = {tag: _whole_weeks(expected, Scope(scope.site, tag, scope.channel)) for tag in tags}
    unit = Unit.of(max([part["p50"].max() for part in weeks.values() if len(part)], default=0))
    about = _(
        "{words}; each panel has its own scale; first number = last full week, second "
        "= the next with its 10–90 % range"
    ).format(words=unit.words)
    data = pd.concat(part.assign(language=tag) for found in (past, weeks) for tag, part in found.items())
    with look.card("languages", _("Which languages carry the peak?"), about, data=data):
        fig = _grid(len(tags))
        for place, tag in enumerate(tags):
            text = small_multiple_text(past[tag], weeks[tag], unit)
            _small_multiple(fig, place, tag, past=past[tag], weeks=weeks[tag], text=text)
        charts.show(fig, "languages", alt=_("Weekly contacts of each language with forecast band"))


def _past(actual: pd.DataFrame, scope: Scope, first: date) -> pd.DataFrame:
    weeks = full_weeks(on_calendar(actual, scope))
    return weeks[weeks["week"] >= pd.Timestamp(first)]


def _whole_weeks(expected: Expected, scope: Scope) -> pd.DataFrame:
    weeks = expected.by_week(scope)
    return weeks[weeks["days"] == 7].drop(columns="days")


def _grid(panels: int) -> go.Figure:
    """Empty panels in rows of five; only the lowest of each column names its months."""
    rows = -(-panels // ACROSS)
    layout: dict[str, Any] = {"margin": {"l": 2, "r": 2, "t": 44, "b": 4}}
    for place in range(rows * ACROSS):
        lowest = panels - ACROSS <= place < panels
        layout[f"xaxis{place + 1}"] = {"showticklabels": lowest, "visible": place < panels}
        layout[f"yaxis{place + 1}"] = {"visible": place < panels}
    return charts.panels(
        rows,
        ACROSS,
        height=40 + 136 * rows,
        horizontal_spacing=0.025,
        vertical_spacing=0.42 / rows,
        layout=layout,
    )


def by_size(scope: Scope, expected: Expected) -> list[str]:
    """The languages of the scope, the one with most contacts in the horizon first."""
    tags = dict.fromkeys(key.language for key in expected.queues if scope.holds(key))
    sizes = {tag: expected.by_week(Scope(scope.site, tag, scope.channel))["p50"].sum() for tag in tags}
    return sorted(tags, key=lambda tag: -sizes[tag])


def _small_multiple(
    fig: go.Figure, place: int, tag: str, *, past: pd.DataFrame, weeks: pd.DataFrame, text: str
) -> None:
    """One panel; `text` stands under the language's name."""
    colours = look.palette()
    where = {"row": place // ACROSS + 1, "col": place % ACROSS + 1}
    hint = {"mode": "lines", "hovertemplate": "%{x|%-d %b}: %{y:,.0f}<extra></extra>"}
    charts.band(fig, weeks["week"], low=weeks["p10"], high=weeks["p90"], strength=0.2, **where)
    fig.add_scatter(
        x=weeks["week"],
        y=weeks["p50"],
        line={"color": colours.forecast, "width": 1.6},
        **hint,
        **where,
    )
    fig.add_scatter(
        x=past["week"], y=past["offered"], line={"color": colours.ink, "width": 1.3}, **hint, **where
    )
    number = place + 1 if place else ""  # plotly calls the first axis x, not x1
    axes = {"xref": f"x{number} domain", "yref": f"y{number} domain"}
    top = {"x": 0, "xanchor": "left", "yanchor": "top", "showarrow": False, **axes}
    fig.add_annotation(y=1.42, text=panel_name(tag), font={"size": 12.5, "color": colours.ink}, **top)
    fig.add_annotation(y=1.2, text=text, font={"size": 11.5, "color": colours.muted}, **top)
    most = max([*weeks["p90"], *past["offered"], 1])
    fig.update_yaxes(range=[0, most * 1.04], showticklabels=False, showgrid=False, **where)
    fig.update_xaxes(tickformat="%b", nticks=4, **where)


def panel_name(tag: str) -> str:
    """Both names, the English one smaller; the own one alone where a panel at 1024 px has no room.

    >>> panel_name("nl"), panel_name("es-MX")
    ('<b>Nederlands</b> <span style="font-size:11px">· Dutch</span>', '<b>Español (México)</b>')
    """
    own, _, english = both_names(tag).partition(" · ")
    if not english or len(both_names(tag)) > ROOM:
        return f"<b>{own}</b>"
    return f'<b>{own}</b> <span style="font-size:11px">· {english}</span>'


@dataclass(frozen=True)
class Unit:
    """In what the weeks are told: contacts by `size`, with so many digits."""

    size: int
    digits: int

    @classmethod
    def of(cls, most: float) -> Unit:
        """Thousands where the largest week has a thousand contacts, else contacts."""
        return cls(1, 0) if most < 1000 else cls(1000, 1 if most >= 10_000 else 2)

    @property
    def words(self) -> str:
        """As the card names it."""
        return _("contacts a week") if self.size == 1 else _("contacts a week, thousand")

    def number(self, contacts: float) -> str:
        """Contacts in this unit."""
        return formats.number(contacts / self.size, self.digits)


def small_multiple_text(past: pd.DataFrame, weeks: pd.DataFrame, unit: Unit) -> str:
    """Last full week, next week and its 10–90 % range: 8.9 → 9.6 (8.5–10.8)."""
    last = unit.number(past["offered"].iloc[-1]) if len(past) else formats.MISSING
    if weeks.empty:
        return last
    low, mid, high = (unit.number(weeks[name].iloc[0]) for name in ("p10", "p50", "p90"))
    return f"{last} → {mid} ({low}–{high})"
