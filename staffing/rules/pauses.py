"""Pauses: nobody works longer than the law allows without a pause, and a meal is long enough."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import Limits, Rule, Worked, violations

MINUTE = pd.Timedelta(minutes=1)


def limits(site: Site, _contract: Contract) -> Limits:
    """Longest work in a row, and the pause that ends it."""
    return Limits(row_h=site.labour.break_after_h, pause_min=site.labour.break_min)


def broken(worked: Worked) -> pd.DataFrame:
    """Work in a row that is too long, counted over pauses too short to matter, and meals cut short."""
    return pd.concat([_too_long_in_a_row(worked), _meals_cut_short(worked)])


def _too_long_in_a_row(worked: Worked) -> pd.DataFrame:
    segments = worked.segments.sort_values(["agent_id", "day", "start"])
    length_min = (segments["end"] - segments["start"]) / MINUTE
    idle = segments["activity"].isin(("break", "meal"))
    pause = idle & (length_min >= worked.law("break_min", segments["site"]) - 1e-9)
    shift = [segments["agent_id"], segments["day"]]
    rows = segments.assign(row=pause.groupby(shift).cumsum(), row_h=length_min / 60)[~pause]
    stretch = rows.groupby(["agent_id", "day", "row"]).agg(site=("site", "first"), row_h=("row_h", "sum"))
    stretch = stretch.assign(most=worked.law("break_after_h", stretch["site"]))
    bad = stretch[stretch["row_h"] > stretch["most"] + 1e-9].reset_index()
    return violations(
        bad,
        [
            f"{found:g} h of work without a pause; one is due after {most:g} h"
            for found, most in zip(bad["row_h"], bad["most"])
        ],
    )


def _meals_cut_short(worked: Worked) -> pd.DataFrame:
    meals = worked.segments[worked.segments["activity"] == "meal"]
    length_min = (meals["end"] - meals["start"]) / MINUTE
    least = worked.law("meal_min", meals["site"])
    bad = meals.assign(length_min=length_min, least=least)[length_min < least - 1e-9]
    return violations(
        bad,
        [
            f"a meal of {found:g} min; {least:g} min are due"
            for found, least in zip(bad["length_min"], bad["least"])
        ],
    )


RULE = Rule("pauses", "a pause before too many hours of work in a row; full meals", broken, limits=limits)
