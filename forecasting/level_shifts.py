"""Days from which contacts stand at another level for good: a lost client, a new line, a changed process.

Only what is clear counts: four times what the level moves anyway, at once and not over weeks, still so
weeks later, different from the weeks before, and not the same as happened a year earlier or later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from forecasting.medians import robust_sd, running_median
from forecasting.usual_days import UsualDays

COMPARED, AT_ONCE = 20, 7  # open days on each side; those beside the change, which must show it already
FEWEST = 8  # open days since: a flood is over by then
CLEAR, SMALLEST = 4.0, float(np.log(1.15))
OF_A_STEP = float(np.sqrt(np.pi / COMPARED))  # a difference of two medians' standard deviation over a day's
AT_ONCE_SHARE, LASTING_SHARE, SEASON_SHARE = 0.6, 0.5, 0.5
YEAR, ABOUT = 364, 21  # days; how far a season's turn may lie from last year's
MOST = 4


@dataclass(frozen=True)
class LevelShift:
    """From the day in place `row` of the past on, contacts stand `log_size` (log ratio) from before."""

    row: int
    log_size: float


def level_shifts(usual: UsualDays, *, smallest: float = SMALLEST) -> tuple[LevelShift, ...]:
    """The clear shifts of a past, the earliest first; none below `smallest` (log ratio)."""
    steps, at_once = _steps(usual.left, COMPARED), _steps(usual.left, AT_ONCE)
    noise = OF_A_STEP * robust_sd(usual.left - usual.level)  # of steps between days that vary alone
    least = max(CLEAR * robust_sd(steps), CLEAR * noise, smallest)
    found: list[LevelShift] = []
    for rough in _largest_first(np.abs(steps + at_once)):
        place = _exactly(usual.left, rough)
        size = float(steps[place])
        if not abs(size) >= least or len(found) == MOST:
            break
        sharp = at_once[place] / size >= AT_ONCE_SHARE
        if sharp and _lasts(usual.left, place, size) and not _seasonal(usual.rows, steps, place):
            found.append(LevelShift(int(usual.rows[place]), size))
    return tuple(sorted(found, key=lambda shift: shift.row))


def log_factor(shifts: tuple[LevelShift, ...], rows: np.ndarray) -> np.ndarray:
    """Log of what each day is multiplied by to stand at the level since the last shift (as `rows`)."""
    factor = np.zeros(len(rows))
    for shift in shifts:
        factor += shift.log_size * (rows < shift.row)
    return factor


def _steps(left: np.ndarray, reach: int) -> np.ndarray:
    """Median of the days from each on less the median of the days before it."""
    fewest = min(FEWEST, reach // 2)
    return np.asarray(running_median(left, 0, reach, fewest) - running_median(left, -reach, 0, fewest))


def _largest_first(size: np.ndarray) -> Iterator[int]:
    """Places of the largest sizes, each at least `COMPARED` days from those before."""
    left = np.nan_to_num(size)
    while left.any():
        place = int(left.argmax())
        yield place
        left[max(place - COMPARED, 0) : place + COMPARED] = 0


def _exactly(left: np.ndarray, rough: int) -> int:
    """The place near a rough one at which one level before and one since fit the days best."""
    begin, end = max(rough - COMPARED, 0), min(rough + COMPARED, len(left))
    near = np.arange(max(rough - AT_ONCE, begin + FEWEST), min(rough + AT_ONCE + 1, end - FEWEST + 1))
    misfit = [_misfit(left[begin:place]) + _misfit(left[place:end]) for place in near]
    return int(near[np.argmin(misfit)]) if len(near) else rough


def _misfit(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(np.abs(known - np.median(known)).sum()) if len(known) else 0.0


def _lasts(left: np.ndarray, place: int, size: float) -> bool:
    """Whether the weeks further off, on either side, say the same, as far as they are known."""
    around = [
        np.nanmedian(part) if np.isfinite(part).sum() >= FEWEST else np.nan
        for part in (
            left[max(place - 2 * COMPARED, 0) : max(place - COMPARED, 0)],
            left[max(place - COMPARED, 0) : place],
            left[place : place + COMPARED],
            left[place + COMPARED : place + 2 * COMPARED],
        )
    ]
    further = np.array([around[2] - around[0], around[3] - around[1]]) / size
    return bool((np.isnan(further) | (further >= LASTING_SHARE)).all())


def _seasonal(rows: np.ndarray, steps: np.ndarray, place: int) -> bool:
    """Whether the level moved alike at about the same time of another year."""
    away = np.abs(np.abs(rows - rows[place])[:, None] - YEAR * np.arange(1, 4)).min(axis=1)
    alike = (away <= ABOUT) & (np.nan_to_num(steps) / steps[place] >= SEASON_SHARE)
    return bool(alike.any())
