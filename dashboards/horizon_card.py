"""Contacts of the past and the horizon: bands, events, and what planners changed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, look
from dashboards.filters import Scope
from dashboards.look import Mark
from dashboards.override_words import change_words, days_words, place_words
from dashboards.palette import softened
from dashboards.published import Published
from planner.domain.centre import Centre
from planner.language import _

LETTER = 0.0096  # of the drawing's width, at 1024 px
CHANGED = 0.002  # share; a smaller change by hand cannot be seen on the line
Days = tuple[date, date]


@dataclass(frozen=True)
class Horizon:
    """What the card draws of one scope.

    `history` has day, offered; `expected` has day and quantiles; `mean` has day, offered, base (before
    overrides); `overrides` are rows of OVERRIDES.
    """

    history: pd.DataFrame
    expected: pd.DataFrame
    mean: pd.DataFrame
    overrides: pd.DataFrame

    def between(self, shown: Days) -> Horizon:
        """The same without the days outside first..last."""
        first, last = map(pd.Timestamp, shown)
        kept = self.overrides
        if len(kept):
            kept = kept[(kept["first_day"] <= last) & (kept["last_day"] >= first)]
        history, expected, mean = (
            part[part["day"].between(first, last)] for part in (self.history, self.expected, self.mean)
        )
        return Horizon(history, expected, mean, kept)

    def before_overrides(self) -> pd.DataFrame:
        """The median as it was before overrides: day, p50; blank where nothing was changed by hand."""
        both = self.expected[["day", "p50"]].merge(self.mean, on="day", how="left")
        share = both["base"] / both["offered"].where(both["offered"] > 0)
        base = (both["p50"] * share).fillna(both["base"])
        changed = (both["base"] - both["offered"]).abs() > CHANGED * both["base"].clip(lower=1)
        near = changed | changed.shift(1, fill_value=False) | changed.shift(-1, fill_value=False)
        return both[["day"]].assign(p50=base.where(near))


def horizon_card(plan: Published, scope: Scope, horizon: Horizon, *, shown: Days) -> None:
    """The card; `shown` are the first and last day drawn."""
    inside = horizon.between(shown)
    about = _("contacts offered a day; the inner band holds 50 % of days, the outer 80 %")
    with look.card(
        "horizon", _("Contacts offered a day, with the range we expect"), about, data=saved(inside)
    ):
        base = inside.before_overrides()
        changed = base["p50"].notna().any() or len(inside.overrides)
        look.key(*_marks(changed=bool(changed)))
        fig = _figure(inside)
        if changed:
            _draw_overrides(fig, inside, base, centre=plan.centre)
        _mark_today(fig, plan.first_day, shown)
        _name_events(fig, events_shown(plan, scope, shown), inside)
        charts.show(fig, "horizon", alt=_("Daily contacts: history, forecast median and bands"))


def saved(horizon: Horizon) -> pd.DataFrame:
    """History and horizon as one table: day, offered, base, quantiles."""
    quantiles = [name for name in ("p10", "p25", "p50", "p75", "p90") if name in horizon.expected]
    ahead = horizon.expected[["day", *quantiles]].merge(horizon.mean, on="day", how="left")
    table = pd.concat([horizon.history, ahead]).sort_values("day")
    return table[["day", "offered", "base", *quantiles]]


def _marks(*, changed: bool) -> list[Mark]:
    colours = look.palette()
    marks = [
        Mark(_("actual"), colours.ink, "line"),
        Mark(_("forecast, median"), colours.forecast, "line"),
        Mark("25–75 %", softened(colours.forecast_rgb, 0.34)),
        Mark("10–90 %", softened(colours.forecast_rgb, 0.15)),
    ]
    return [*marks, Mark(_("before a change by hand (◆)"), colours.forecast, "dots")] if changed else marks


def _figure(horizon: Horizon) -> go.Figure:
    colours, history, ahead = look.palette(), horizon.history, horizon.expected
    fig = charts.figure(340, hovermode="x unified", margin={"l": 4, "r": 14, "t": 30, "b": 4})
    for low, high, strength in charts.BANDS:
        charts.band(fig, ahead["day"], low=ahead[low], high=ahead[high], strength=strength)
    fig.add_scatter(
        x=ahead["day"],
        y=ahead["p50"],
        mode="lines",
        line={"color": colours.forecast, "width": 1.8},
        name=_("forecast"),
        customdata=ahead[["p10", "p90"]],
        hovertemplate="%{y:,.0f} (10–90 %: %{customdata[0]:,.0f}–%{customdata[1]:,.0f})",
    )
    pen = {"color": colours.ink, "width": 1.5}
    x, y = history["day"], history["offered"]
    fig.add_scatter(x=x, y=y, mode="lines", line=pen, name=_("actual"), hovertemplate="%{y:,.0f}")
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=6)
    mondays = [day for day in [*history["day"], *ahead["day"]] if day.weekday() == 0]
    ticks = mondays[:: -(-len(mondays) // 14) or 1]
    fig.update_xaxes(tickformat="%-d %b", tickvals=ticks, hoverformat="%a %-d %b %Y")
    return fig


def _draw_overrides(fig: go.Figure, horizon: Horizon, base: pd.DataFrame, *, centre: Centre) -> None:
    """The line as it was, dotted, and a mark on the first changed day with who changed what and why."""
    colours, line = look.palette(), horizon.expected.set_index("day")["p50"]
    pen = {"color": colours.forecast, "width": 1.2, "dash": "dot"}
    fig.add_scatter(
        x=base["day"],
        y=base["p50"],
        mode="lines",
        line=pen,
        name=_("before overrides"),
        hovertemplate="%{y:,.0f}",
    )
    for row in horizon.overrides.to_dict("records"):
        known = line.loc[row["first_day"] : row["last_day"]].dropna()
        if known.empty:
            continue
        what = f"{change_words(row)}, {place_words(row, centre)}, {days_words(row)}"
        fig.add_scatter(
            x=[known.index[0]],
            y=[known.iloc[0]],
            mode="markers",
            marker={"symbol": "diamond", "size": 8, "color": colours.ink},
            hovertemplate=charts.hint(what, f"{row['author']}: {row['reason']}"),
        )


def _mark_today(fig: go.Figure, first_day: date, shown: Days) -> None:
    if shown[0] < first_day <= shown[1]:
        day = pd.Timestamp(first_day)
        fig.add_vline(x=day, line={"color": look.palette().muted, "width": 1})
        charts.note(fig, day, 1.05, text=_("plan from here"), yref="paper", xanchor="right", xshift=-5)


def events_shown(plan: Published, scope: Scope, shown: Days) -> list[tuple[date, str]]:
    """First visible day and name of each event that touches the languages and days shown."""
    spoken = {key.language for key in plan.centre.queues if scope.holds(key)}
    return sorted(
        (max(event.first_day, shown[0]), event.name)
        for event in plan.events()
        if event.first_day <= shown[1]
        and event.last_day >= shown[0]
        and (not event.languages or spoken & set(event.languages))
    )


def _name_events(fig: go.Figure, events: list[tuple[date, str]], horizon: Horizon) -> None:
    """Names above their day; where a name would run into the next event's, it stands above it."""
    ahead = horizon.expected
    tops = pd.concat([horizon.history.set_index("day")["offered"], ahead.set_index("day")["p90"]])
    most = tops.max() if tops.notna().any() else 1.0
    a_letter = pd.Timedelta(days=LETTER * (tops.index.max() - tops.index.min()).days)
    end, following, height = ahead["day"].max(), pd.Timestamp.max, 0.0
    for first_day, name in reversed(events):
        day, reach = pd.Timestamp(first_day), a_letter * len(name)
        late = day + reach > end
        near = tops.loc[day - reach : day] if late else tops.loc[day : day + reach]
        base = near.max() if near.notna().any() else most
        top = max(base + 0.07 * most, height + 0.09 * most if day + reach > following else 0.0)
        _name_event(fig, (day, base + 0.015 * most, top), name, late=late)
        following, height = day - reach if late else day, top


def _name_event(fig: go.Figure, stem: tuple[pd.Timestamp, float, float], name: str, *, late: bool) -> None:
    day, base, top = stem
    pen = {"color": look.palette().muted, "width": 1}
    fig.add_scatter(x=[day, day], y=[base, top], mode="lines", line=pen, hoverinfo="skip")
    side = {"xanchor": "right", "xshift": 4} if late else {"xanchor": "left", "xshift": -4}
    text = escape(name, quote=False)
    charts.note(fig, day, top, text=text, colour=look.palette().text, yanchor="bottom", **side)
