"""Week by week, the youngest ones estimated while their windows are open."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.fcr_charts import week_lines
from dashboards.fcr_counts import Chosen
from dashboards.fcr_names import WINDOWS
from dashboards.look import Mark
from dashboards.published import Published
from dashboards.scores import FEWEST, subject
from planner.language import _, ngettext
from planner.scorecards.returns import WINDOWS_H


def weeks_card(plan: Published, chosen: Chosen) -> None:
    """The share without a repeat by week of the first contact, within a window that is chosen."""
    about = _("share of first contacts without a repeat, by week of the contact; band = 95 % interval")
    about += chosen.beyond
    curve = (
        subject(plan.table("FCR_CURVE"), chosen.scope).sort_values("week") if plan.has("FCR_CURVE") else None
    )
    with look.card("weeks", _("Does it change?"), about, data=curve, fill=True):
        if curve is None or curve.empty:
            look.nothing(
                _("No week here"),
                _("The log is too short for a week of first contacts."),
                _("Import more of it."),
            )
            return
        with st.container(horizontal=True, gap="small"):
            window = _window()
        weeks = curve[curve["window_h"] == WINDOWS_H[window]]
        if not len(weeks[weeks["n"] >= FEWEST]):
            few = _("No week has {n} of them.").format(n=FEWEST)
            look.nothing(_("Too few contacts"), few, _("Choose more."))
            return
        colours = look.palette()
        look.key(
            Mark(_("every window over"), colours.ink, "line"),
            Mark(_("windows still open: estimated"), colours.forecast, "dots"),
        )
        target = plan.centre.quality.targets.of(f"fcr_repeat_{window}")  # type: ignore[arg-type]
        charts.show(week_lines(weeks, target), "weeks", alt=_("Share without a repeat by week"))
        look.foot(_estimate_words(weeks))


def _window() -> str:
    shown = filters.choose(
        "window",
        list(WINDOWS),
        default="7d",
        show=lambda name: _("No repeat in {window}").format(window=_(WINDOWS[name])),
    )
    return shown or "7d"


def _estimate_words(weeks: pd.DataFrame) -> str:
    """How many weeks are estimated, how, and what they borrow."""
    still = weeks[(weeks["open"] > 0) & (weeks["n"] >= FEWEST)]
    if still.empty:
        return _("Every window is over: these are plain shares with Wilson's interval.")
    text = ngettext(
        "The last week is estimated (Kaplan–Meier): contacts with an open window count while they were "
        "watched.",
        "The last {n} weeks are estimated (Kaplan–Meier): contacts with an open window count while they were "
        "watched.",
        len(still),
    ).format(n=formats.number(len(still)))
    borrowed = still[still["own_h"] < still["window_h"]]
    if len(borrowed):
        text += " " + _("What is not yet watched is taken from the four weeks before.")
    return text
