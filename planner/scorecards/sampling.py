"""SAMPLING: how many contacts to score this month, where, what that buys and what it costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from planner.domain.centre import Centre
from planner.domain.quality_tables import SAMPLING
from planner.domain.tables import QUEUE
from planner.scorecards.proportions import CONFIDENCE
from planner.scorecards.rollups import period_start, with_local_day

Z = float(stats.norm.ppf(0.5 + CONFIDENCE / 2))
HISTORY_DAYS = 182
RECENT_DAYS = 28  # whose mean day stands for the days of the month still to come
BORROWED = 20.0  # evaluations' worth of the centre's spread in a stratum's own


def asked_for_mean(spread: Any, *, half_width: float, contacts: Any) -> np.ndarray:
    """Evaluations that make half of a mean's 95 % interval `half_width`, drawn from so many contacts.

    n0 = z^2 s^2 / E^2, n = n0 / (1 + (n0 - 1) / N) (Cochran 1977, 4.7 and 2.15); not more than there are.

    >>> print(asked_for_mean(0.15, half_width=0.05, contacts=[20, 400, 1e9]))
    [13 32 35]
    """
    first = (Z * np.asarray(spread, float) / half_width) ** 2
    many = np.asarray(contacts, float)
    n = np.where(many > 0, first / (1 + (first - 1) / np.where(many > 0, many, 1)), 0)
    return np.minimum(np.ceil(np.round(n, 9)), np.floor(many)).astype(int)


def asked_for_share(share: Any, *, half_width: float, contacts: Any) -> np.ndarray:
    """The same for a share, whose variance is p (1 - p): n0 = z^2 p (1 - p) / E^2.

    >>> print(asked_for_share(0.5, half_width=0.05, contacts=1e9))
    385
    """
    p = np.asarray(share, float)
    return asked_for_mean(np.sqrt(p * (1 - p)), half_width=half_width, contacts=contacts)


def half_width(spread: Any, *, n: Any, contacts: Any) -> np.ndarray:
    """Half of the 95 % interval of a mean of n evaluations out of so many contacts; NaN below two."""
    size, many = np.asarray(n, float), np.maximum(np.asarray(contacts, float), 1.0)
    left = np.clip((many - size) / np.maximum(many - 1, 1), 0, 1)
    counted = np.where(size >= 2, size, np.nan)
    return np.asarray(Z * np.asarray(spread, float) * np.sqrt(left / counted))


def sampling(
    scored: pd.DataFrame, volume: pd.DataFrame, centre: Centre, *, now: pd.Timestamp
) -> pd.DataFrame:
    """SAMPLING of the month of `now`: EVALUATION_SCORES against VOLUME, one row a queue that had contacts.

    The spread of the final score comes from the random evaluations of the last half year; a queue with
    few of them borrows from the whole. Nothing is asked where no score is known at all.
    """
    month = now.tz_localize(None).normalize().replace(day=1)
    strata = _contacts(volume, centre, now=now, month=month)
    random = scored[(scored["stream"] == "random") & scored["final"].notna()]
    if strata.empty or random.empty:
        return SAMPLING.empty()
    days = with_local_day(random, centre, moment="evaluated_at")
    done = days[period_start(days["day"], "month") == month].groupby([*QUEUE]).size().rename("done")
    recent = random[random["evaluated_at"] > now - pd.Timedelta(days=HISTORY_DAYS)]
    table = strata.merge(_spread(recent), on=[*QUEUE], how="left").merge(done, on=[*QUEUE], how="left")
    table["spread"] = table["spread"].fillna(recent["final"].std())
    table["done"] = table["done"].fillna(0).astype("int64")
    return SAMPLING.check(_asked(table.dropna(subset="spread"), centre).assign(month=month))


def _asked(table: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    settings = centre.quality.sampling
    spread, contacts = table["spread"], table["contacts"]
    asked = asked_for_mean(spread, half_width=settings.half_width, contacts=contacts)
    return table.assign(
        asked=asked,
        width=100 * half_width(spread, n=table["done"], contacts=contacts),
        width_asked=100 * half_width(spread, n=asked, contacts=contacts),
        hours=np.maximum(asked - table["done"], 0) * settings.minutes / 60,
    )


def _contacts(
    volume: pd.DataFrame, centre: Centre, *, now: pd.Timestamp, month: pd.Timestamp
) -> pd.DataFrame:
    """Contacts of each queue in the month: those so far, and the recent mean day for every day to come."""
    recent = volume[volume["interval_start"] > now - pd.Timedelta(days=RECENT_DAYS + 31)]
    if recent.empty:
        return pd.DataFrame(columns=[*QUEUE, "contacts"])
    days = with_local_day(recent, centre, moment="interval_start")
    today = now.tz_localize(None).normalize()
    to_come = max((month + pd.offsets.MonthEnd(0) - today).days, 0)
    mean = days[days["day"] >= today - pd.Timedelta(days=RECENT_DAYS)].groupby([*QUEUE])["offered"].sum()
    so_far = days[days["day"] >= month].groupby([*QUEUE])["offered"].sum()
    whole = so_far.add(mean * to_come / RECENT_DAYS, fill_value=0.0)
    return whole[whole > 0].rename("contacts").reset_index()


def _spread(recent: pd.DataFrame) -> pd.DataFrame:
    """Standard deviation of the final score by queue, its variance drawn towards that of the whole."""
    pooled = float(recent["final"].var())
    table = recent.groupby([*QUEUE])["final"].agg(["size", "var"]).fillna(0.0).reset_index()
    freedom = np.maximum(table["size"] - 1, 0)
    variance = (freedom * table["var"] + BORROWED * pooled) / (freedom + BORROWED)
    return table[[*QUEUE]].assign(spread=np.sqrt(variance))
