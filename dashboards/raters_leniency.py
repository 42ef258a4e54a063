"""Which raters give more or less than the others for the same contact, and who should calibrate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboards import charts, formats, look
from dashboards.difference_dots import Dot, difference_dots
from dashboards.look import Cell
from planner.domain.centre import Centre
from planner.language import _, ngettext

FEWEST = 20  # contacts below which no figure is shown
LEAN = 0.02  # share; a rater who surely leans, by so much, should calibrate


def raters(leniency: pd.DataFrame, centre: Centre, *, now: pd.Timestamp) -> pd.DataFrame:
    """LENIENCY with what follows: `leans`, `days` since the last session (NaN = none), `overdue`."""
    surely = (leniency["low"] > 0) | (leniency["high"] < 0)
    enough = leniency["contacts"] >= FEWEST
    days = (now - leniency["last"]).dt.days
    return leniency.assign(
        leans=surely & enough & (leniency["leniency"].abs() >= LEAN),
        days=days,
        overdue=days.isna() | (days > centre.quality.calibrate_every_days),
    )


def leniency_card(rows: pd.DataFrame) -> None:
    """A dot a rater, the most lenient first."""
    about = _(
        "points of 100 given above the other raters for the same contacts, last 12 months; line = 95 % "
        "interval; orange = surely leaning by 2 points or more; hollow = fewer than 20 contacts"
    )
    with look.card("leniency", _("Who is lenient, who is strict?"), about, data=rows, fill=True):
        known = rows.dropna(subset=["leniency"]).sort_values("leniency", ascending=False)
        if known.empty:
            look.nothing(
                _("No rater can be compared"),
                _("No contact was scored by two raters in the last year."),
                _("Plan calibration sessions: the same contacts, scored blind by several raters."),
            )
            return
        dots = [_dot(row) for row in known.itertuples()]
        charts.show(difference_dots(dots, words=64), "leniency", alt=_("Leniency of raters with intervals"))
        groups = known["linked"].nunique()
        if groups > 1:
            text = ngettext(
                "Raters are compared within {n} group: groups share no contact.",
                "Raters are compared within {n} groups: groups share no contact.",
                groups,
            )
            look.foot(text.format(n=formats.number(groups)))


def _dot(row: Any) -> Dot:
    few = row.contacts < FEWEST
    name = f"{row.rater_id} ({row.linked})" if row.linked not in ("", "1") else str(row.rater_id)
    return Dot(
        name,
        row.leniency,
        row.low,
        row.high,
        small=f"n {formats.number(row.contacts)}",
        bad=bool(row.leans),
        few=few,
    )


def to_calibrate(rows: pd.DataFrame, *, every_days: int) -> pd.DataFrame:
    """Who should calibrate and why: rater_id, site, why; those who lean first, then the longest overdue."""
    found = [
        {"rater_id": row.rater_id, "site": row.site, "why": why, "rank": rank}
        for row in rows.itertuples()
        for rank, why in _reasons(row, every_days)
    ]
    table = pd.DataFrame(found, columns=["rater_id", "site", "why", "rank"])
    return table.sort_values("rank", kind="stable").drop(columns="rank").reset_index(drop=True)


def _reasons(row: Any, every_days: int) -> Iterator[tuple[float, str]]:
    """Why a rater should calibrate, each with its place in the list."""
    if row.leans:
        words = _("gives {points} points more") if row.leniency > 0 else _("gives {points} points less")
        size = formats.number(abs(row.leniency) * 100, 1)
        yield -1000 - abs(row.leniency), formats.sentence(words.format(points=size))
    if pd.isna(row.days):
        yield -999, _("scores contacts, but was in no calibration session for a year")
    elif row.overdue:
        text = ngettext("last calibrated {n} day ago", "last calibrated {n} days ago", int(row.days))
        allowed = ngettext("every {n} day is asked", "every {n} days is asked", every_days)
        yield -float(row.days), f"{text.format(n=formats.number(row.days))}; {allowed.format(n=every_days)}"


def calibrate_card(rows: pd.DataFrame, centre: Centre) -> None:
    """The list of raters to calibrate."""
    every = centre.quality.calibrate_every_days
    table = to_calibrate(rows, every_days=every)
    about = ngettext(
        "sessions are asked every {n} day (quality.calibrate_every_days)",
        "sessions are asked every {n} days (quality.calibrate_every_days)",
        every,
    ).format(n=every)
    with look.card("calibrate", _("Who should calibrate?"), about, data=table, fill=True):
        if table.empty:
            look.nothing(_("Nobody"), _("No rater surely leans by 2 points, and no session is overdue."), "")
            return
        heads = [Cell(_("Rater"), "left"), Cell(_("Site"), "left"), Cell(_("Why"), "left")]
        look.table(
            heads,
            [
                [
                    Cell(str(row.rater_id), "left", strong=True),
                    Cell(_site(row.site, centre), "left"),
                    Cell(str(row.why), "left"),
                ]
                for row in table.itertuples()
            ],
        )


def _site(code: str, centre: Centre) -> str:
    return centre.sites[code].name if code in centre.sites else code
