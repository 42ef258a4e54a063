"""FCR_CURVE: week by week the share not followed; weeks with open windows by Kaplan-Meier's estimate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from planner.domain.measures import Quotient
from planner.domain.resolution_tables import FCR_CURVE
from planner.domain.tables import QUEUE
from planner.scorecards.contact_log import DAY_ZERO, Log
from planner.scorecards.follow_up import Watched, not_followed
from planner.scorecards.proportions import wilson
from planner.scorecards.returns import BITS, WINDOWS_H
from planner.scorecards.rollups import ALL, period_start, rolled_up

WEEKS_BEFORE = 4  # whose hazards a week borrows where its own contacts could not be watched long enough
WEEK_DAYS = 7
NEVER = 2_000_000_000  # seconds until a contact that did not come: later than any watch ends


def curve(log: Log, *, days: pd.DataFrame) -> pd.DataFrame:
    """FCR_CURVE of a followed log and its `daily_counts`; contacts that a bot closed are left out."""
    weeks = days[days["handled_by"] == "person"]
    weeks = weeks.assign(week=period_start(weeks["day"], "week"))
    sums = [f"{kind}_{name}" for name in WINDOWS_H for kind in ("anchors", "resolved", "open")]
    rolled = rolled_up(weeks, by=["week"], sums=sums)
    parts = []
    for name, hours in WINDOWS_H.items():
        counted = _counted(rolled, name).assign(window_h=hours)
        counted = counted[counted["n"] > 0]
        young = counted["open"] > 0
        parts.append(counted[~young])
        if young.any():
            parts.append(_young(log, counted[young], name))
    return FCR_CURVE.check(pd.concat(parts, ignore_index=True))


def _counted(rolled: pd.DataFrame, name: str) -> pd.DataFrame:
    """Weeks whose windows are all over: share and Wilson's interval; own_h is the whole window."""
    yes, n = rolled[f"resolved_{name}"], rolled[f"anchors_{name}"]
    ends = wilson(yes, n)
    return rolled[[*QUEUE, "week"]].assign(
        value=Quotient(yes, n).value,
        low=ends.low,
        high=ends.high,
        n=n + rolled[f"open_{name}"],
        open=rolled[f"open_{name}"],
        own_h=float(WINDOWS_H[name]),
    )


def _young(log: Log, weeks: pd.DataFrame, name: str) -> pd.DataFrame:
    """The weeks that have open windows, estimated."""
    first = (weeks["week"].min() - DAY_ZERO).days - WEEK_DAYS * WEEKS_BEFORE
    rows = log.connection.sql(
        f"""SELECT cell, (day - (day + 3) % 7)::INTEGER AS week, left_s,
                   coalesce(back_s, {NEVER}) AS back_s
            FROM anchor WHERE NOT bot AND anchor & {BITS[name]} > 0 AND day >= {first}"""
    ).fetchnumpy()
    parts = [
        _estimates(rows, log.cells, list(kept), window_s=WINDOWS_H[name] * 3600.0)
        for kept in product(*((column, ALL) for column in QUEUE))
    ]
    found = pd.concat(parts, ignore_index=True)
    found["week"] = (DAY_ZERO + pd.to_timedelta(found["week"], unit="D")).astype(weeks["week"].dtype)
    bare = weeks.drop(columns=["value", "low", "high", "own_h"])
    return bare.merge(found, on=[*QUEUE, "week"], how="left")


def _estimates(
    rows: dict[str, np.ndarray], cells: pd.DataFrame, kept: list[str], *, window_s: float
) -> pd.DataFrame:
    """Every week of every subject of one roll-up: site, language, channel, week, value, low, high, own_h."""
    names = cells.assign(**{column: ALL for column, keep in zip(QUEUE, kept, strict=True) if keep == ALL})
    subjects = names.groupby(list(QUEUE))
    code = np.zeros(int(cells["cell"].max()) + 1, int)
    code[cells["cell"]] = subjects.ngroup()
    by_subject = code[rows["cell"]]
    order = np.argsort(by_subject, kind="stable")
    edges = np.searchsorted(by_subject[order], np.arange(subjects.ngroups + 1))
    found = []
    for number, key in enumerate(subjects.groups):
        mine = order[edges[number] : edges[number + 1]]
        found += [
            dict(zip(QUEUE, key, strict=True)) | told
            for told in _weeks_of({name: values[mine] for name, values in rows.items()}, window_s)
        ]
    return pd.DataFrame(found, columns=[*QUEUE, "week", "value", "low", "high", "own_h"])


def _weeks_of(rows: dict[str, np.ndarray], window_s: float) -> Iterator[dict[str, float]]:
    """Each week of one subject that has open windows: the estimate and how far its own watch reaches."""
    back_s, left_s, week = rows["back_s"].astype(float), rows["left_s"].astype(float), rows["week"]
    for monday in np.unique(week[left_s < window_s]):
        mine = week == monday
        before = (week < monday) & (week >= monday - WEEK_DAYS * WEEKS_BEFORE)
        told = not_followed(
            Watched(back_s[mine], left_s[mine]),
            within_s=window_s,
            before=Watched(back_s[before], left_s[before]),
        )
        yield {
            "week": int(monday),
            "value": told.value,
            "low": told.low,
            "high": told.high,
            "own_h": told.own_s / 3600,
        }
