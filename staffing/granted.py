"""What people got of what they wished for, and how a shortage is shared: from a finished schedule alone."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import MISSED_WISHES, SHORTAGE, WISHES
from planner.domain.timegrid import local_day
from staffing.finished import Finished
from staffing.wish import Wish, every_wish
from staffing.worked import monday

WHOLE = ["site", "week"]


def missed_wishes(finished: Finished) -> pd.DataFrame:
    """MISSED_WISHES: every wish not granted, with its price."""
    found = pd.concat([_missed(wish, finished) for wish in every_wish()], ignore_index=True)
    return MISSED_WISHES.check(found.sort_values(["day", "who", "wish"], ignore_index=True))


def _missed(wish: Wish, finished: Finished) -> pd.DataFrame:
    rows = wish.missed(finished).rename(columns={"agent_id": "who"})
    price = rows["amount"] * rows["weight"] * wish.price(finished.soft)
    return rows.assign(wish=wish.name, price=price.astype("float64"))


def granted(missed: pd.DataFrame, finished: Finished) -> pd.DataFrame:
    """WISHES, one row per site, week and wish that was asked, from the MISSED_WISHES of the same schedule."""
    keys = ["site", "week", "wish"]
    asked = pd.concat([_asked(wish, finished) for wish in every_wish()], ignore_index=True)
    asks = asked.groupby(keys, as_index=False).agg(asked=("day", "size"), unit=("unit", "first"))
    weekly = missed.assign(week=monday(missed["day"])).groupby(keys, as_index=False)
    losses = weekly.agg(lost=("day", "size"), amount=("amount", "sum"), price=("price", "sum"))
    both = asks.merge(losses, on=keys, how="left").fillna({"lost": 0, "amount": 0.0, "price": 0.0})
    return WISHES.check(both.assign(granted=both["asked"] - both["lost"]))


def _asked(wish: Wish, finished: Finished) -> pd.DataFrame:
    rows = wish.asked(finished)[["site", "day"]]
    return rows.assign(week=monday(rows["day"].astype("datetime64[us]")), wish=wish.name, unit=wish.unit)


def shortage(coverage: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """SHORTAGE (site x week x language) of a COVERAGE: a language bears its share of what a site lacks.

    Weeks are the site's, from Monday; an interval of one language does not make up for another's.
    """
    rows = coverage.assign(
        week=_weeks(coverage, centre),
        needed_h=coverage["needed"] * coverage["interval_min"] / 60,
        short_h=(-coverage["gap"]).clip(lower=0.0) * coverage["interval_min"] / 60,
    )
    by_language = rows.groupby([*WHOLE, "language"], as_index=False)[["needed_h", "short_h"]].sum()
    whole = by_language.groupby(WHOLE)[["needed_h", "short_h"]].transform("sum")
    shares = {
        "short_share": _share(by_language["short_h"], by_language["needed_h"]),
        "site_share": _share(whole["short_h"], whole["needed_h"]),
    }
    return SHORTAGE.check(by_language.assign(**shares))


def _weeks(coverage: pd.DataFrame, centre: Centre) -> pd.Series:
    """The Monday of each row's local week."""
    days = [
        local_day(rows["interval_start"], centre.sites[str(site)].time_zone)
        for site, rows in coverage.groupby("site", sort=False)
    ]
    return monday(pd.concat(days).reindex(coverage.index)) if days else pd.Series(dtype="datetime64[us]")


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (part / whole.where(whole > 0)).astype("float64")
