"""Locked shifts: what must stay of a schedule stays: days off, whole shifts, and segments.

The engine gets what is locked with its arrays, so this rule needs no engine face.
"""

from __future__ import annotations

import pandas as pd

from staffing.labour import Rule, Worked, violations

OFF, WHOLE_SHIFT = "off", "shift"
SEGMENT = ["agent_id", "day", "start", "end", "activity", "language", "channel"]


def broken(worked: Worked) -> pd.DataFrame:
    """Locked days off that are worked, locked shifts that moved, locked segments that are not there."""
    if worked.locked.empty:
        return violations(worked.locked[["agent_id", "day"]], [])
    locked = worked.ahead(worked.locked).reindex(columns=SEGMENT)
    off = locked["activity"] == OFF
    whole = locked["activity"] == WHOLE_SHIFT
    return pd.concat(
        [
            _worked_days_off(locked[off], worked),
            _moved(locked[whole], worked),
            _lost(locked[~off & ~whole], worked),
        ]
    )


def _worked_days_off(off: pd.DataFrame, worked: Worked) -> pd.DataFrame:
    bad = off[["agent_id", "day"]].merge(worked.shifts[["agent_id", "day"]], on=["agent_id", "day"])
    return violations(bad, ["works on a day that is locked as a day off"] * len(bad))


def _moved(whole: pd.DataFrame, worked: Worked) -> pd.DataFrame:
    times = ["agent_id", "day", "start", "end"]
    return _missing(
        whole, worked.shifts[times], times, "the locked shift is not there with its start and end"
    )


def _lost(segments: pd.DataFrame, worked: Worked) -> pd.DataFrame:
    return _missing(segments, worked.segments[SEGMENT], SEGMENT, "a locked segment is not there as it was")


def _missing(asked: pd.DataFrame, there: pd.DataFrame, keys: list[str], note: str) -> pd.DataFrame:
    """The asked rows that are not there; blank languages and channels agree with blank ones."""
    texts = [name for name in ("language", "channel") if name in keys]
    blank = dict.fromkeys(texts, "")
    known = there[keys].fillna(blank).drop_duplicates().assign(found=True)
    both = asked[keys].fillna(blank).merge(known, on=keys, how="left")
    bad = both[both["found"].isna()].drop_duplicates(["agent_id", "day"])
    return violations(bad, [note] * len(bad))


RULE = Rule("locked shifts", "days off, shifts and segments that must stay", broken)
