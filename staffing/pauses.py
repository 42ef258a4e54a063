"""Where the pauses of a shift may lie: meals in their window, breaks in the middle of a stretch of work.

Every pause has a window of its own in which it may begin, whatever the others do; so windows are made
narrow enough that the law on work in a row, and on work between two pauses, holds for any choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import ceil, floor
from typing import Literal

from planner.domain.centre import LabourRules, ShiftPattern
from staffing.labour import Limits

DAY_MIN = 1440
LEAST_AFTER_MEAL_MIN = 60  # nobody comes back from a meal for less


@dataclass(frozen=True)
class Pause:
    """A meal (unpaid) or break (paid) that begins between two moments, in minutes after the shift began."""

    activity: Literal["meal", "break"]
    minutes: int
    earliest_min: int
    latest_min: int


def pauses_of(
    pattern: ShiftPattern, *, labour: LabourRules, limits: Limits, interval_min: int
) -> tuple[Pause, ...] | None:
    """The pauses of a pattern at a site, None when they cannot be placed lawfully.

    A meal where the pattern has one, or where the law asks for a pause that no paid break is long
    enough for, or for more minutes of pauses than the breaks have. Paid breaks are the site's
    `short_breaks`, else one of `break_min` where that is shorter than the meal; a stretch of work before
    or after the meal holds its breaks in the middle.
    """
    breaks, paid_min = _breaks(pattern, labour), round(pattern.paid_h * 60)
    lawful = pattern.paid_h <= limits.row_h or any(minutes >= limits.pause_min for minutes in breaks)
    owed_min = _owed_min(pattern, breaks, limits)
    if pattern.paid_h < pattern.meal_from_h and lawful and owed_min <= 0:
        found = _spread(breaks, 0, paid_min, interval_min)
    else:
        asked = max(labour.meal_min, labour.break_min, owed_min)
        found = _around_meal(pattern, breaks, _up(asked, interval_min), interval_min)
    span_min = _span_min(found, paid_min)
    if not (_in_order(found, span_min) and _in_window(found, pattern)):
        return None
    placed = _lawful(found, paid_min, limits, interval_min)
    return placed and spaced(placed, span_min=span_min, limits=limits, interval_min=interval_min)


def _owed_min(pattern: ShiftPattern, breaks: tuple[int, ...], limits: Limits) -> int:
    """Minutes of pauses that the law asks for by hours of work, less the breaks that are a part of it."""
    due = max((due.minutes for due in limits.pauses_due if pattern.paid_h > due.over_h), default=0)
    return due - sum(minutes for minutes in breaks if minutes >= limits.part_min)


def _span_min(pauses: tuple[Pause, ...], paid_min: int) -> int:
    return paid_min + sum(pause.minutes for pause in pauses if pause.activity == "meal")


def _in_window(pauses: tuple[Pause, ...], pattern: ShiftPattern) -> bool:
    """Whether an interval begins in the window that the pattern gives its meal."""
    if pattern.paid_h < pattern.meal_from_h:
        return True
    return all(p.earliest_min <= pattern.meal_window_h[1] * 60 for p in pauses if p.activity == "meal")


def _in_order(pauses: tuple[Pause, ...], span_min: int) -> bool:
    """Whether the pauses, wherever they begin, follow one another and end before the shift does."""
    ends = [pause.latest_min + pause.minutes for pause in pauses]
    return all(end <= start for end, start in zip(ends, [*(p.earliest_min for p in pauses[1:]), span_min]))


def _breaks(pattern: ShiftPattern, labour: LabourRules) -> tuple[int, ...]:
    if pattern.paid_h < pattern.break_from_h:
        return ()
    if labour.short_breaks:
        return labour.short_breaks
    return (labour.break_min,) if 0 < labour.break_min < labour.meal_min else ()


def _around_meal(
    pattern: ShiftPattern, breaks: tuple[int, ...], minutes: int, interval_min: int
) -> tuple[Pause, ...]:
    """A meal of so many minutes and the breaks before and after it."""
    paid_min = round(pattern.paid_h * 60)
    if pattern.paid_h >= pattern.meal_from_h:
        earliest, latest = (hour * 60 for hour in pattern.meal_window_h)
        latest = min(latest, paid_min - LEAST_AFTER_MEAL_MIN)
    else:
        earliest, latest = paid_min / 2 - 30, paid_min / 2 + 30
    meal = _window("meal", minutes, earliest, latest, interval_min)
    before = len(breaks) // 2
    return (
        *_spread(breaks[:before], 0, meal.earliest_min, interval_min),
        meal,
        *_spread(breaks[before:], meal.latest_min + minutes, paid_min + minutes, interval_min),
    )


def _spread(breaks: tuple[int, ...], begin: int, end: int, interval_min: int) -> tuple[Pause, ...]:
    """Breaks evenly over a stretch of work, each free to move by a quarter of its share."""
    share = (end - begin) / (len(breaks) + 1)
    return tuple(
        _window(
            "break", minutes, begin + (i + 0.5) * share, begin + (i + 1.5) * share - minutes, interval_min
        )
        for i, minutes in enumerate(breaks)
    )


def _window(
    activity: Literal["meal", "break"], minutes: int, earliest: float, latest: float, interval_min: int
) -> Pause:
    first = _up(earliest, interval_min)
    return Pause(activity, minutes, first, max(first, _down(latest, interval_min)))


def _lawful(
    pauses: tuple[Pause, ...], paid_min: int, limits: Limits, interval_min: int
) -> tuple[Pause, ...] | None:
    """The pauses with the longest one moved so that it ends work in a row in time; None when it cannot."""
    row_min = floor(limits.row_h * 60 / interval_min) * interval_min
    if paid_min <= limits.row_h * 60:
        return pauses
    main = max(pauses, key=lambda pause: pause.minutes, default=None)
    if main is None or main.minutes < limits.pause_min:
        return None
    span_min = _span_min(pauses, paid_min)
    earliest = max(main.earliest_min, span_min - main.minutes // interval_min * interval_min - row_min)
    latest = min(main.latest_min, row_min)
    if latest < earliest:
        return None
    moved = replace(main, earliest_min=earliest, latest_min=latest)
    return tuple(moved if pause is main else pause for pause in pauses)


def spaced(
    pauses: tuple[Pause, ...], *, span_min: int, limits: Limits, interval_min: int
) -> tuple[Pause, ...] | None:
    """The pauses in windows so narrow that work beside each lasts as long as the limits ask; else None.

    Where the windows leave no way, breaks may lie anywhere between their neighbours.
    """
    if not pauses or (limits.apart_least_min == 0 and limits.apart_most_min >= DAY_MIN):
        return pauses
    anywhere = tuple(
        replace(p, earliest_min=0, latest_min=span_min) if p.activity == "break" else p for p in pauses
    )
    bounds = _bounds(pauses, span_min, limits, interval_min) or _bounds(
        anywhere, span_min, limits, interval_min
    )
    if bounds is None:
        return None
    middles = [(low + high) // 2 // interval_min * interval_min for low, high in bounds]
    fixed = tuple(replace(p, earliest_min=m, latest_min=m) for p, m in zip(pauses, middles))
    return _widened(fixed, bounds, limits, interval_min)


def _widened(
    pauses: tuple[Pause, ...], bounds: list[tuple[int, int]], limits: Limits, interval_min: int
) -> tuple[Pause, ...]:
    """The windows opened in turn, an interval at a time, within the bounds, as far as the limits allow."""
    sides = list(product(range(len(pauses)), ("earliest_min", "latest_min")))
    while sides:
        i, side = sides.pop(0)
        step = -interval_min if side == "earliest_min" else interval_min
        begins = getattr(pauses[i], side) + step
        wider = replace(pauses[i], **{side: begins})
        found = (*pauses[:i], wider, *pauses[i + 1 :])
        if bounds[i][0] <= begins <= bounds[i][1] and _kept_by_any_choice(found, limits):
            pauses = found
            sides.append((i, side))
    return pauses


def _bounds(
    pauses: tuple[Pause, ...], span_min: int, limits: Limits, interval_min: int
) -> list[tuple[int, int]] | None:
    """Earliest and latest start of each pause in any placing that keeps the limits; None if there is none.

    All earliest starts together are such a placing, and so are all latest and all in the middle of both
    (differences bounded on a grid: the placings form a lattice closed under rounded means).
    """
    least, most, n = limits.apart_least_min, limits.apart_most_min, len(pauses)
    low = [_up(p.earliest_min, interval_min) for p in pauses]
    high = [_down(p.latest_min, interval_min) for p in pauses]
    last = pauses[-1].minutes
    low[0], high[0] = max(low[0], _up(least, interval_min)), min(high[0], _down(most, interval_min))
    low[-1] = max(low[-1], _up(span_min - last - most, interval_min))
    high[-1] = min(high[-1], _down(span_min - last - least, interval_min))
    for i in range(1, n):
        minutes = pauses[i - 1].minutes
        low[i] = max(low[i], _up(low[i - 1] + minutes + least, interval_min))
        high[i] = min(high[i], _down(high[i - 1] + minutes + most, interval_min))
    for i in range(n - 2, -1, -1):
        minutes = pauses[i].minutes
        low[i] = max(low[i], _up(low[i + 1] - minutes - most, interval_min))
        high[i] = min(high[i], _down(high[i + 1] - minutes - least, interval_min))
    return None if any(a > b for a, b in zip(low, high)) else list(zip(low, high))


def _kept_by_any_choice(pauses: tuple[Pause, ...], limits: Limits) -> bool:
    """Whether the work between two pauses keeps the limits wherever in their windows both begin."""
    pairs = list(pairwise(pauses))
    closest = min(
        (b.earliest_min - a.latest_min - a.minutes for a, b in pairs), default=limits.apart_least_min
    )
    widest = max((b.latest_min - a.earliest_min - a.minutes for a, b in pairs), default=0)
    return closest >= limits.apart_least_min and widest <= limits.apart_most_min


def _up(minutes: float, interval_min: int) -> int:
    return ceil(minutes / interval_min) * interval_min


def _down(minutes: float, interval_min: int) -> int:
    return floor(minutes / interval_min) * interval_min
