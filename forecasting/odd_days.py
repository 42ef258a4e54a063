"""Days of the past that tell nothing of an ordinary day: floods, outages, closures nobody wrote down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasting.usual_days import UsualDays

FAR, TAIL_SHARE, TAILS = 5.0, 0.95, 2.0  # scores; on heavy-tailed series twice what one day in 20 reaches
BESIDE = 0.6  # of that score is enough beside a day that reaches it: floods ebb
DRAWN_IN = 4.0  # score an odd day counts with: floods do come, and a forecast that forgot them is too low
SMALLEST = float(np.log(1.25))
LONGEST = 7  # odd open days in a row; more are a time of their own and not odd
LATEST = 2  # odd days up to the cutoff; more may be the new level
NOTHING = 0.02  # of what was expected: nobody was there, or nobody counted
A_YEAR_LATER = (362, 371)  # days: the same date, or the same weekday of the month
ALSO_FAR, ALIKE = 3.0, 0.5  # score, and share of the log size, from which a day of another year is alike
Why = Literal["odd", "shut", "returns", "latest", "vouched"]


@dataclass(frozen=True)
class OddDay:
    """The day in place `row` of the past: its total against the expected one (-0.8 = 80 % less).

    `counts_as` is what the models are told: less far off when it is "odd", nothing (NaN) when it was
    "shut", and what came when it is kept: it returns every year, it may be the beginning of a new level
    ("latest"), or a planner vouches for it.
    """

    row: int
    size: float
    why: Why
    counts_as: float


def odd_days(usual: UsualDays, *, vouched: np.ndarray) -> tuple[OddDay, ...]:
    """The odd days of a past, in order.

    `vouched` (days of the past,) are those a planner lets teach whatever is found.
    """
    ratio = np.log((usual.offered + 0.5) / (usual.expected + 0.5))
    told = {"odd": usual.drawn_in(DRAWN_IN), "shut": np.full(len(ratio), np.nan)}
    came = usual.drawn_in(np.inf)
    return tuple(
        OddDay(int(usual.rows[place]), float(np.expm1(ratio[place])), why, float(told.get(why, came)[place]))
        for run in _runs(np.nan_to_num(usual.score), ratio)
        if len(run) <= LONGEST or run[-1] == len(ratio) - 1
        for place in run
        for why in (_why(usual, ratio, run, place, vouched),)
    )


def _runs(score: np.ndarray, ratio: np.ndarray) -> Iterator[np.ndarray]:
    """Places of neighbouring days far off to the same side, at least one of them very far."""
    very = max(FAR, TAILS * float(np.quantile(np.abs(score), TAIL_SHARE)))
    side = np.sign(score) * ((np.abs(score) >= BESIDE * very) & (np.abs(ratio) >= SMALLEST))
    ends = np.flatnonzero(np.diff(side)) + 1
    for run in np.split(np.arange(len(side)), ends):
        if side[run[0]] and np.abs(score[run]).max() >= very:
            yield run


def _why(usual: UsualDays, ratio: np.ndarray, run: np.ndarray, place: int, vouched: np.ndarray) -> Why:
    if vouched[usual.rows[place]]:
        return "vouched"
    if usual.offered[place] < NOTHING * usual.expected[place]:
        return "shut"
    if run[-1] == len(ratio) - 1 and len(run) > LATEST:
        return "latest"
    return "returns" if _returns(usual, ratio, place) else "odd"


def _returns(usual: UsualDays, ratio: np.ndarray, place: int) -> bool:
    """Whether a day a year earlier or later was off to the same side, and about as far."""
    away = np.abs(usual.rows - usual.rows[place])
    near = (away >= A_YEAR_LATER[0]) & (away <= A_YEAR_LATER[1])
    alike = (np.abs(usual.score) >= ALSO_FAR) & (ratio / ratio[place] >= ALIKE)
    return bool((near & alike).any())
