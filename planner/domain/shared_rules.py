"""Columns and checks that several tables share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from planner.domain.table import Column, Found

DAY = Column("day", "day", "local day of the queue's or site's clock")


def no_more_than(left: str, right: str) -> Callable[[pd.DataFrame], Iterator[Found]]:
    """A check across two columns: left <= right on every row."""

    def rule(frame: pd.DataFrame) -> Iterator[Found]:
        if left in frame.columns and right in frame.columns:
            wrong = (frame[left] > frame[right]).to_numpy()
            if wrong.any():
                yield Found(
                    "more_than", left, wrong, lambda v: f"{v} {left} is more than {right}; {left} ≤ {right}"
                )

    return rule


LEAST_VALUE = {"share": (-1, "nobody calls at all"), "exactly": (0, "nobody calls")}


def change_within_reach(frame: pd.DataFrame) -> Iterator[Found]:
    """A check of OVERRIDES: no change leaves a day with less than nothing."""
    if {"change", "value"} <= set(frame.columns):
        for change, (least, means) in LEAST_VALUE.items():
            wrong = (frame["change"].eq(change) & (frame["value"] < least)).to_numpy(dtype=bool)
            if wrong.any():
                note = f"is too little: with {change}, {least} means that {means}"
                yield Found("too_small", "value", wrong, _saying(note))


def _saying(note: str) -> Callable[[object], str]:
    return lambda cell: f"{cell} {note}"
