"""Where past forecasts erred: weekday and time of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.palette import Palette, softened
from planner.language import _, message

HOVER = {
    "place": "%{y}, %{x}",
    "lean": "%{customdata[0]:+.1f}",
    "error": "%{customdata[1]:.1f}",
    "n": "%{customdata[2]:,.0f}",
}
A_MONDAY = date(2026, 11, 23)
NAMES = (
    message("Mondays"),
    message("Tuesdays"),
    message("Wednesdays"),
    message("Thursdays"),
    message("Fridays"),
    message("Saturdays"),
    message("Sundays"),
)
EVEN = 0.03  # share; a smaller lean is none
FULL = 0.25  # share; this large a lean has the full colour
FEWEST = 20  # contacts; below them a cell says nothing
CHANCE = 2.0  # square roots of the contacts: what chance alone moves a sum by, one time in twenty
PRINTED = 26  # columns; with more of them the shares are not printed
HALF = 0.5  # share of the cells
TOLD = 3  # h, the shortest stretch of a day that the sentence speaks of


@dataclass(frozen=True)
class ErrorMap:
    """Weekday x time of day: lean and error as shares of what came (NaN where little came), and n.

    `sure` is the lean where it is more than chance, else 0.
    """

    lean: pd.DataFrame
    sure: pd.DataFrame
    error: pd.DataFrame
    n: pd.DataFrame


def error_map(errors: pd.DataFrame) -> ErrorMap:
    """The scope's FORECAST_ERRORS, its queues summed."""
    sums = errors.groupby(["weekday", "minute"], as_index=False)[["n", "actual", "error", "abs_error"]].sum()
    enough = sums["actual"] >= FEWEST
    lean = (sums["error"] / sums["actual"]).where(enough)
    by_chance = sums["error"].abs() <= CHANCE * np.sqrt(sums["actual"])
    shares = sums.assign(
        lean=lean,
        sure=lean.mask(enough & by_chance, 0.0),
        size=(sums["abs_error"] / sums["actual"]).where(enough),
    )
    tables = (
        shares.pivot_table(index="weekday", columns="minute", values=name, dropna=False)
        for name in ("lean", "sure", "size", "n")
    )
    return ErrorMap(*tables)


def coarsened(errors: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The errors by the shortest blocks of the day in which half of the cells tell something; their minutes.

    A queue of ten contacts a day says nothing about a half-hour; minutes 0: nothing even by three hours.
    """
    own = int(errors["minute"].drop_duplicates().sort_values().diff().min()) if len(errors) > 1 else 60
    for minutes in sorted({own, 60, 60 * TOLD}):
        if minutes < own:
            continue
        blocks = errors.assign(minute=errors["minute"] // minutes * minutes)
        sums = blocks.groupby(["weekday", "minute"])["actual"].sum()
        if (sums[sums > 0] >= FEWEST).mean() >= HALF:
            return blocks, minutes
    return errors, 0


def worst_stretch(errors: pd.DataFrame) -> tuple[int, int, float] | None:
    """Weekday, first minute and lean of the three hours that missed most contacts; None if none leans."""
    rows = errors.assign(block=errors["minute"] // (60 * TOLD) * 60 * TOLD)
    sums = rows.groupby(["weekday", "block"], as_index=False)[["actual", "error"]].sum()
    sums = sums[sums["actual"] >= FEWEST]
    sums["lean"] = sums["error"] / sums["actual"]
    sums = sums[sums["lean"].abs() >= EVEN]
    if sums.empty:
        return None
    worst = sums.loc[sums["error"].abs().idxmax()]
    return int(worst["weekday"]), int(worst["block"]), float(worst["lean"])


def stretch_words(found: tuple[int, int, float] | None) -> str:
    """Where the forecast leaned most, in a sentence."""
    if found is None:
        text = _("No weekday and time of day leans by {share} or more.")
        return text.format(share=formats.percent(EVEN, 0))
    weekday, minute, lean = found
    end = "24:00" if minute + 60 * TOLD >= 1440 else _clock(minute + 60 * TOLD)
    text = _("Most contacts were missed on **{weekdays} {begin}–{end}**: {share} too few expected.")
    if lean > 0:
        text = _("Most contacts were missed on **{weekdays} {begin}–{end}**: {share} too many expected.")
    share = formats.percent(abs(lean), 0)
    return text.format(weekdays=_(NAMES[weekday]), begin=_clock(minute), end=end, share=share)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def error_map_card(errors: pd.DataFrame) -> None:
    """The card: lean by weekday and time of day, the error of each weekday at the right edge."""
    about = _(
        "sum (forecast − actual) / sum actual over the backtest, each queue's own "
        "clock; orange = too little was expected, blue = too much, grey = within "
        "{even} or within chance, blank = closed"
    ).format(even=formats.percent(EVEN, 0))
    with look.card("errors", _("When is the forecast off?"), about, data=errors):
        if errors.empty:
            look.nothing(
                _("No errors by time of day"),
                _("They are summed over the forecasts that the backtest makes again as of past days."),
                _("Import more history and make the plan again."),
            )
            return
        blocks, minutes = coarsened(errors)
        if not minutes:
            look.nothing(
                _("Too few contacts"),
                _("Even three hours of a weekday say nothing."),
                _("Choose more queues."),
            )
            return
        look.tell(stretch_words(worst_stretch(errors)))
        charts.show(
            _map(error_map(blocks), _by_weekday(errors)), "errors", alt=_("Heat map of forecast lean")
        )
        look.foot(
            _(
                "Error at the right = sum |forecast − actual| / sum actual, interval by "
                "interval and queue by queue. Within chance: {chance} square roots of the "
                "contacts. Cells with fewer than {fewest} contacts stay blank. Cells of "
                "{minutes} minutes."
            ).format(chance=formats.exact(CHANCE), fewest=FEWEST, minutes=minutes)
        )


def _by_weekday(errors: pd.DataFrame) -> pd.Series:
    sums = errors.groupby("weekday")[["abs_error", "actual"]].sum()
    return sums["abs_error"] / sums["actual"].where(sums["actual"] >= FEWEST)


def _scale(colours: Palette) -> list[tuple[float, str]]:
    """From orange (-1) through grey to blue (+1)."""
    low, high = 0.5 - EVEN / FULL / 2, 0.5 + EVEN / FULL / 2
    return [
        (0, softened(colours.under_rgb, 0.82)),
        (low, softened(colours.under_rgb, 0.16)),
        (low + 0.0001, colours.nothing),
        (high - 0.0001, colours.nothing),
        (high, softened(colours.over_rgb, 0.14)),
        (1, softened(colours.over_rgb, 0.75)),
    ]


def _map(found: ErrorMap, by_weekday: pd.Series) -> go.Figure:
    colours, lean = look.palette(), found.lean
    days = [formats.short_weekday(A_MONDAY + timedelta(days=int(day))) for day in lean.index]
    at = [_clock(int(minute)) for minute in lean.columns]
    fig = charts.figure(len(days) * 30 + 40, margin={"l": 4, "r": 70, "t": 30, "b": 4})
    fig.add_heatmap(
        z=(found.sure / FULL).clip(-1, 1).to_numpy(),
        x=at,
        y=days,
        zmin=-1,
        zmax=1,
        colorscale=_scale(colours),
        showscale=False,
        xgap=1,
        ygap=2,
        text=_texts(found.sure),
        texttemplate="%{text}",
        textfont={"size": 11, "color": colours.ink},
        customdata=np.dstack([lean * 100, found.error * 100, found.n]),
        hoverongaps=False,
        hovertemplate=charts.hover(_("{place}<br>lean {lean} %, error {error} %, {n} intervals"), HOVER),
    )
    for day, share in zip(days, by_weekday.reindex(lean.index), strict=True):
        text = formats.percent(share)
        charts.note(fig, 1, day, text=text, colour=colours.text, xref="paper", xshift=62, xanchor="right")
    charts.note(fig, 1, 1, text=_("error"), xref="paper", yref="paper", xanchor="right", xshift=66, yshift=16)
    fig.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": colours.text})
    hours = [clock for clock in at if clock.endswith(":00")]
    fig.update_xaxes(tickvals=hours[:: 2 if len(hours) > 9 else 1], side="top", showline=False, ticks="")
    return fig


def _texts(sure: pd.DataFrame) -> list[list[str]]:
    """Whole percent from EVEN on, where there is room for them."""
    room = len(sure.columns) <= PRINTED
    return [
        [formats.points(value, 0) if room and abs(value) >= EVEN else "" for value in row]
        for row in sure.to_numpy()
    ]
