"""Shift patterns made concrete: where a shift may start, how long it lasts, where its pauses may lie.

Meals are unpaid and rounded up to whole intervals. Paid breaks keep their exact minutes; they begin
with an interval, so that an agent with a break of 15 min serves half of an interval of 30 min.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Literal

from planner.domain.centre import Contract, LabourRules, ShiftPattern
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


@dataclass(frozen=True)
class Shift:
    """A shift by the site's clock: start in minutes after local midnight, pauses in order of time."""

    pattern: str
    start_min: int
    paid_min: int
    pauses: tuple[Pause, ...]

    @property
    def span_min(self) -> int:
        """Minutes from the start to the end, unpaid meals included."""
        return self.paid_min + sum(pause.minutes for pause in self.pauses if pause.activity == "meal")


def shifts(
    contract: Contract,
    *,
    patterns: Iterable[ShiftPattern],
    labour: LabourRules,
    limits: Limits,
    interval_min: int,
) -> tuple[Shift, ...]:
    """Every shift of a contract that the limits allow, at every start of its pattern, around the clock.

    A pattern belongs to a contract when its paid hours are among the contract's `shift_h`. Empty when
    no pattern fits, or when no placing of its pauses keeps the longest work in a row.
    """
    found = []
    for pattern in patterns:
        paid_min = round(pattern.paid_h * 60)
        if (
            pattern.paid_h not in contract.shift_h
            or pattern.paid_h > limits.shift_h
            or paid_min % interval_min
        ):
            continue
        step = max(pattern.start_step_min, interval_min)
        pauses = pauses_of(pattern, labour=labour, limits=limits, interval_min=interval_min)
        if pauses is not None:
            found += [Shift(pattern.name, start, paid_min, pauses) for start in range(0, DAY_MIN, step)]
    return tuple(found)


def pauses_of(
    pattern: ShiftPattern, *, labour: LabourRules, limits: Limits, interval_min: int
) -> tuple[Pause, ...] | None:
    """The pauses of a pattern at a site, None when they cannot be placed lawfully.

    A meal where the pattern has one, or where the law asks for a pause that no paid break is long
    enough for. Paid breaks are the site's `short_breaks`, else one of `break_min` where that is shorter
    than the meal; a stretch of work before or after the meal holds its breaks in the middle.
    """
    breaks = _breaks(pattern, labour)
    lawful = pattern.paid_h <= limits.row_h or any(minutes >= limits.pause_min for minutes in breaks)
    if pattern.paid_h < pattern.meal_from_h and lawful:
        found = _spread(breaks, 0, round(pattern.paid_h * 60), interval_min)
    else:
        found = _around_meal(pattern, breaks, labour, interval_min)
    return (
        _lawful(found, round(pattern.paid_h * 60), limits, interval_min) if _apart(found, pattern) else None
    )


def _apart(pauses: tuple[Pause, ...], pattern: ShiftPattern) -> bool:
    """Whether the pauses, wherever they begin, follow one another and end before the shift does."""
    span_min = round(pattern.paid_h * 60) + sum(p.minutes for p in pauses if p.activity == "meal")
    ends = [pause.latest_min + pause.minutes for pause in pauses]
    return all(end <= start for end, start in zip(ends, [*(p.earliest_min for p in pauses[1:]), span_min]))


def _breaks(pattern: ShiftPattern, labour: LabourRules) -> tuple[int, ...]:
    if pattern.paid_h < pattern.break_from_h:
        return ()
    if labour.short_breaks:
        return labour.short_breaks
    return (labour.break_min,) if 0 < labour.break_min < labour.meal_min else ()


def _around_meal(
    pattern: ShiftPattern, breaks: tuple[int, ...], labour: LabourRules, interval_min: int
) -> tuple[Pause, ...]:
    paid_min, asked = round(pattern.paid_h * 60), max(labour.meal_min, labour.break_min)
    minutes = ceil(asked / interval_min) * interval_min
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
    first = ceil(earliest / interval_min) * interval_min
    return Pause(activity, minutes, first, max(first, floor(latest / interval_min) * interval_min))


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
    span_min = paid_min + sum(pause.minutes for pause in pauses if pause.activity == "meal")
    earliest = max(main.earliest_min, span_min - main.minutes // interval_min * interval_min - row_min)
    latest = min(main.latest_min, row_min)
    if latest < earliest:
        return None
    moved = replace(main, earliest_min=earliest, latest_min=latest)
    return tuple(moved if pause is main else pause for pause in pauses)
