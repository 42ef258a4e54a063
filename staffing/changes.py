"""What differs between two schedules: shifts, pauses and queues, agent by agent, and sums by site and day.

A shift added or dropped is one change; its pauses and queues are not told again. Where an agent works
on the day in both, every pause and every stretch of contact that differs is a change of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.domain.change_tables import CHANGES, CHANGES_DAYS
from planner.domain.tables import SCHEDULE
from staffing.swaps import TIMES, with_whom

DAY = ["agent_id", "day"]
PAUSES = ("break", "meal", "training")
HOUR = pd.Timedelta(hours=1)


def changes(
    before: pd.DataFrame, after: pd.DataFrame, *, zones: Mapping[str, str], names: Mapping[str, str]
) -> pd.DataFrame:
    """CHANGES from one SCHEDULE to another; empty when they are the same.

    `zones` gives each site's time zone, `names` each agent's name on the roster where it is known. Both
    schedules should cover the same days: see `shared_days`.
    """
    if before.empty and after.empty:
        return CHANGES.empty()
    old, new = (each.reset_index(drop=True) for each in (before, after))
    shifts = _shifts(old).merge(_shifts(new), on=DAY, how="outer", suffixes=("", "_after"))
    shifts = shifts.assign(site=shifts["site"].fillna(shifts["site_after"])).drop(columns="site_after")
    found = pd.concat([_of_shifts(shifts), _of_pauses(old, new, shifts), _of_queues(old, new)])
    found = found.sort_values([*DAY, "kind", "before_start", "after_start"], ignore_index=True)
    rows = found.assign(
        item=found.groupby([*DAY, "kind"]).cumcount() + 1,
        before=_text(found, "before", zones),
        after=_text(found, "after", zones),
        name=found["agent_id"].map(dict(names)),
        hours_moved=_hours(found),
    )
    return CHANGES.check(rows)


def shared_days(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of both schedules on the local days that lie within both, from first to last day worked."""
    if before.empty or after.empty:
        return before.iloc[:0], after.iloc[:0]
    first = max(before["day"].min(), after["day"].min())
    last = min(before["day"].max(), after["day"].max())
    old, new = (each[(each["day"] >= first) & (each["day"] <= last)] for each in (before, after))
    return old, new


def with_reasons(found: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """CHANGES with why a shift could not stay; `reasons` has agent_id, day, reason, one row per shift."""
    known = found.drop(columns="reason", errors="ignore")
    return CHANGES.check(known.merge(reasons[[*DAY, "reason"]], on=DAY, how="left"))


def changes_days(found: pd.DataFrame) -> pd.DataFrame:
    """CHANGES -> CHANGES_DAYS: agents, changes and hours by site, local day and kind."""
    rows = pd.concat([found, found.assign(kind="all")])
    days = rows.assign(hours=rows["hours_moved"].abs()).groupby(["site", "day", "kind"], as_index=False)
    return CHANGES_DAYS.check(
        days.agg(agents=("agent_id", "nunique"), items=("item", "size"), hours_moved=("hours", "sum"))
    )


def _shifts(schedule: pd.DataFrame) -> pd.DataFrame:
    """agent_id, day, site, start, end of each shift."""
    return schedule.groupby(DAY, as_index=False).agg(
        site=("site", "first"), start=("start", "min"), end=("end", "max")
    )


def _of_shifts(shifts: pd.DataFrame) -> pd.DataFrame:
    """Shifts added, dropped, swapped or moved."""
    rows = shifts.set_axis([*DAY, "site", *TIMES], axis=1)
    starts, ends = (rows[f"before_{edge}"].ne(rows[f"after_{edge}"]) for edge in ("start", "end"))
    rows = rows[starts | ends]
    rows = rows.assign(with_agent=with_whom(rows), activity="")
    added, dropped = rows["before_start"].isna(), rows["after_start"].isna()
    swapped = ~added & ~dropped & rows["with_agent"].notna()
    moved = ~added & ~dropped & ~swapped
    return pd.concat(
        [
            rows[added].assign(kind="shift added"),
            rows[dropped].assign(kind="shift dropped"),
            rows[swapped].assign(kind="swapped"),
            rows[moved & starts[rows.index]].assign(kind="start moved"),
            rows[moved & ends[rows.index]].assign(kind="end moved"),
        ]
    )


def _of_pauses(old: pd.DataFrame, new: pd.DataFrame, shifts: pd.DataFrame) -> pd.DataFrame:
    """The nth pause of a kind against the nth, on days worked in both."""
    both = shifts.loc[shifts["start"].notna() & shifts["start_after"].notna(), DAY]
    pairs = _pauses(old, both).merge(_pauses(new, both), on=[*DAY, "activity", "nth"], how="outer")
    rows = pairs.assign(site=pairs["site_x"].fillna(pairs["site_y"])).rename(
        columns=dict(zip(["start_x", "end_x", "start_y", "end_y"], TIMES))
    )
    added, dropped = rows["before_start"].isna(), rows["after_start"].isna()
    same = rows["before_start"].eq(rows["after_start"]) & rows["before_end"].eq(rows["after_end"])
    kinds = np.select([added, dropped], ["break added", "break dropped"], "break moved")
    return rows.assign(kind=kinds)[~same][[*DAY, "site", *TIMES, "activity", "kind"]]


def _pauses(schedule: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    rows = schedule[schedule["activity"].isin(PAUSES)].merge(days, on=DAY).sort_values([*DAY, "start"])
    nth = rows.groupby([*DAY, "activity"]).cumcount()
    return rows.assign(nth=nth)[[*DAY, "activity", "nth", "site", "start", "end"]]


def _of_queues(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Stretches on contact in both schedules, on another queue."""
    contact = [each.loc[each["activity"] == "contact", SCHEDULE.present(each)] for each in (old, new)]
    both = contact[0].merge(contact[1], on=DAY, suffixes=("", "_new"))
    start = both["start"].where(both["start"] >= both["start_new"], both["start_new"])
    end = both["end"].where(both["end"] <= both["end_new"], both["end_new"])
    other = both["language"].ne(both["language_new"]) | both["channel"].ne(both["channel_new"])
    rows = both.assign(before_start=start, before_end=end, after_start=start, after_end=end)
    served = [rows[f"language{new}"] + " " + rows[f"channel{new}"] for new in ("", "_new")]
    rows = rows.assign(kind="queue changed", before_queue=served[0], after_queue=served[1])
    return rows[other & (start < end)][[*DAY, "site", *TIMES, "kind", "before_queue", "after_queue"]]


def _text(found: pd.DataFrame, side: str, zones: Mapping[str, str]) -> pd.Series:
    """What was or is there, by the clock of the site, such as `meal 13:00-13:30`; missing where nothing."""
    parts = [_clock(rows, side, zones[str(site)]) for site, rows in found.groupby("site")]
    times = pd.concat(parts).reindex(found.index) if parts else pd.Series(index=found.index, dtype="str")
    queue = found.get(f"{side}_queue", pd.Series(index=found.index, dtype="str"))
    what = queue.fillna(found["activity"]).fillna("")
    return (what + " " + times).str.strip()


def _clock(rows: pd.DataFrame, side: str, zone: str) -> pd.Series:
    start, end = (
        rows[f"{side}_{edge}"].dt.tz_convert(zone).dt.strftime("%H:%M") for edge in ("start", "end")
    )
    return start + "-" + end


def _hours(found: pd.DataFrame) -> pd.Series:
    """Hours moved, added (positive) or dropped (negative); of a change of queue its length."""
    start_h, end_h = ((found[f"after_{edge}"] - found[f"before_{edge}"]) / HOUR for edge in ("start", "end"))
    was_h, is_h = (
        ((found[f"{side}_end"] - found[f"{side}_start"]) / HOUR).fillna(0.0) for side in ("before", "after")
    )
    kind = found["kind"]
    one_sided = kind.str.endswith(("added", "dropped"))
    hours = np.select(
        [kind == "end moved", one_sided, kind == "queue changed"], [end_h, is_h - was_h, is_h], start_h
    )
    return pd.Series(hours, index=found.index)
