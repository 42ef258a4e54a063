"""The last forecast that can be judged, beside what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, formats, look
from dashboards.expected import ALL, local_days
from dashboards.filters import Scope
from dashboards.look import Mark
from dashboards.palette import softened
from dashboards.published import Published, open_plan
from planner.domain.tables import QUEUE
from planner.language import _, ngettext

FEWEST_DAYS = 3
TELLING = 0.02  # share; a smaller lean over all days is none


@dataclass(frozen=True)
class Judged:
    """A scope's last forecast.

    `days` has day, offered (expected), actual, and p10, p90 of the day's sum, blank where nobody kept
    them; `inside` of `intervals` intervals lay inside their 80 % range.
    """

    days: pd.DataFrame
    inside: int
    intervals: int
    cutoff: pd.Timestamp
    source: str

    @property
    def banded(self) -> pd.DataFrame:
        """The days whose range is known."""
        return self.days.dropna(subset=["p10", "p90", "actual"])

    @property
    def lean(self) -> float:
        """Sum of forecast - actual over sum of actual."""
        return float((self.days["offered"] - self.days["actual"]).sum() / self.days["actual"].sum())

    @property
    def error(self) -> float:
        """WAPE of the day totals."""
        return float((self.days["offered"] - self.days["actual"]).abs().sum() / self.days["actual"].sum())


def judged(plan: Published, scope: Scope) -> Judged | None:
    """The last forecast of the scope's queues; None where there is none or too few of its days are known."""
    if not plan.has("LAST_FORECAST"):
        return None
    rows = scope.of(_with_days(plan.folder, plan.plan_id))
    days = rows[~rows["partly"]].groupby("day", as_index=False)[["offered", "actual"]].sum()
    if len(days) < FEWEST_DAYS or not days["actual"].sum():
        return None
    ranged = rows.dropna(subset=["p10", "p90"])
    inside = ranged["actual"].between(ranged["p10"], ranged["p90"])
    days = days.merge(_ranges(plan, scope), on="day", how="left")
    return Judged(days, int(inside.sum()), len(ranged), rows["cutoff"].max(), str(rows["source"].iloc[0]))


@st.cache_data(max_entries=4, show_spinner=False)
def _with_days(folder: str, plan_id: str) -> pd.DataFrame:
    """LAST_FORECAST where it is known what came, with the local day; `partly`: not all of the day is."""
    plan = open_plan(folder, plan_id)
    rows = plan.table("LAST_FORECAST")
    rows = rows.reindex(columns=[*dict.fromkeys((*rows.columns, "p10", "p90"))])
    rows = rows.assign(day=local_days(rows, plan.centre))
    unknown = rows["actual"].isna().groupby([rows[name] for name in (*QUEUE, "day")]).transform("any")
    last = rows["day"] == rows.groupby([*QUEUE])["day"].transform("max")
    return rows.assign(partly=unknown & last).dropna(subset=["actual"])


def _ranges(plan: Published, scope: Scope) -> pd.DataFrame:
    """80 % ranges of the scope's day totals: day, p10, p90."""
    if not plan.has("LAST_FORECAST_DAYS"):
        return pd.DataFrame({"day": pd.Series(dtype="datetime64[us]"), "p10": [], "p90": []})
    rows = plan.table("LAST_FORECAST_DAYS", *QUEUE, "day", "p10", "p90")
    wanted = [part or ALL for part in (scope.site, scope.language, scope.channel)]
    return rows[(rows[[*QUEUE]] == wanted).all(axis=1)][["day", "p10", "p90"]]


def coverage(found: Judged) -> str:
    """Of 28 days 23 lay inside the 80 % range; where ranges of days were not kept, of intervals."""
    days = found.banded
    if len(days):
        inside = int(days["actual"].between(days["p10"], days["p90"]).sum())
        return ngettext(
            "Of {n} day **{inside} lay inside the 80 % range**.",
            "Of {n} days **{inside} lay inside the 80 % range**.",
            len(days),
        ).format(n=formats.number(len(days)), inside=inside)
    if not found.intervals:
        return _("No range was kept with this forecast.")
    return ngettext(
        "Of {n} interval **{share} lay inside their 80 % range**.",
        "Of {n} intervals **{share} lay inside their 80 % range**.",
        found.intervals,
    ).format(n=formats.number(found.intervals), share=formats.percent(found.inside / found.intervals, 0))


def leaning(found: Judged) -> str:
    """Whether too much or too little was expected over all days."""
    if abs(found.lean) < TELLING:
        text = _("Over all days it was {lean}\u00a0% off: no lean either way.")
        return text.format(lean=formats.points(found.lean))
    text = _("Over all days it was **{share} too little**.")
    if found.lean > 0:
        text = _("Over all days it was **{share} too much**.")
    return text.format(share=formats.percent(abs(found.lean)))


def origin(found: Judged) -> str:
    """Whether the forecast was published then, or made now as of then."""
    moment = formats.long_day(found.days["day"].min())
    if found.source == "published":
        return _(
            "Published then, by the plan whose forecast begins on {moment}; changes by hand included."
        ).format(moment=moment)
    return _(
        "Made again now as of {moment}, nothing later looked at: no earlier plan of "
        "this store has been lived through yet."
    ).format(moment=moment)


def last_forecast_card(found: Judged | None) -> None:
    """The card: expected and actual by day, how many days lay in the range, who said it."""
    days = None if found is None else found.days
    about = _("contacts offered a day, expected then and what came")
    if found is not None and len(found.banded):
        about += "; " + _("band = 10–90 % of the day's sum")
    with look.card("last", _("What did we expect, and what came?"), about, data=days):
        if found is None:
            look.nothing(
                _("No forecast can be judged yet"),
                _("A forecast is judged once its days have passed and their contacts are imported."),
                _("Import the contacts since the last plan and make the plan again."),
            )
            return
        look.tell(f"{leaning(found)} {origin(found)}")
        look.key(*_marks(found))
        charts.show(_figure(found), "last", alt=_("Contacts a day: expected with range, and actual"))


def _marks(found: Judged) -> list[Mark]:
    colours = look.palette()
    marks = [Mark(_("actual"), colours.ink, "line"), Mark(_("expected"), colours.forecast, "line")]
    if len(found.banded):
        marks += [
            Mark("10–90 %", softened(colours.forecast_rgb, 0.15)),
            Mark(_("outside the range"), colours.under, "hollow"),
        ]
    return marks


def _figure(found: Judged) -> go.Figure:
    colours, days, banded = look.palette(), found.days, found.banded
    fig = charts.figure(300, hovermode="x unified", margin={"l": 4, "r": 14, "t": 10, "b": 4})
    if len(banded):
        charts.band(fig, banded["day"], low=banded["p10"], high=banded["p90"], strength=0.15)
    for name, column, colour in (
        (_("expected"), "offered", colours.forecast),
        (_("actual"), "actual", colours.ink),
    ):
        pen = {"color": colour, "width": 1.7}
        x, y = days["day"], days[column]
        fig.add_scatter(x=x, y=y, mode="lines", line=pen, name=name, hovertemplate="%{y:,.0f}")
    outside = banded[~banded["actual"].between(banded["p10"], banded["p90"])]
    ring = {"symbol": "circle-open", "size": 9, "color": colours.under, "line": {"width": 1.8}}
    fig.add_scatter(
        x=outside["day"], y=outside["actual"], mode="markers", marker=ring, hoverinfo="skip", name=""
    )
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=6)
    fig.update_xaxes(
        tickformat="%a %-d %b", nticks=int(np.clip(len(days) / 2, 4, 12)), hoverformat="%a %-d %b %Y"
    )
    return fig
