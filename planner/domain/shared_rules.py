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
