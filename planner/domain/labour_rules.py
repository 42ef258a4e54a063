"""What work may look like: the law of a site as numbers, contracts, and the shapes a shift may have."""

from __future__ import annotations

import re
from dataclasses import dataclass

ROLLING = re.compile(r"(\d+) (?:of|in) (\d+)(?: weeks)?")


@dataclass(frozen=True)
class Rolling:
    """A number in every window of so many calendar weeks (from Monday), as in "1 of 4" or "8 in 4 weeks"."""

    number: int
    weeks: int

    def __str__(self) -> str:
        return f"{self.number} in {self.weeks} weeks"


def rolling_of(text: str) -> Rolling:
    """The window that a text means; ValueError where it means none.

    >>> rolling_of("1 of 4")
    Rolling(number=1, weeks=4)
    """
    found = ROLLING.fullmatch(" ".join(text.lower().split()))
    if found is None or int(found[2]) == 0:
        raise ValueError("is no number in so many weeks; write 1 of 4 or 8 in 4 weeks")
    return Rolling(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class PausesDue:
    """Work of more than `over_h` hours carries pauses of `minutes` in all."""

    over_h: float
    minutes: int


@dataclass(frozen=True)
class LabourRules:
    """The law of a site as numbers, in hours and minutes; the site answers for them. None = no such limit.

    `average_week_h` is the mean over every `reference_weeks` calendar weeks. `breaks_apart_min` is the least
    and most work between two pauses, and between a pause and either end of the shift. A shift is night
    work when `night_work_h` hours of it or more lie inside `night` (local hours). A premium is
    paid on top, as a share of the paid hour (0.25 = a quarter more); where several meet, all are paid.
    """

    daily_rest_h: float = 11
    weekly_rest_h: float = 35
    day_max_h: float = 10
    week_max_h: float = 48
    average_week_h: float | None = None
    reference_weeks: int = 17
    consecutive_days_max: int = 6
    break_after_h: float = 6
    break_min: int = 15
    pauses_due: tuple[PausesDue, ...] = ()
    pause_part_min: int = 15
    breaks_apart_min: tuple[int, int] | None = None
    meal_min: int = 30
    short_breaks: tuple[int, ...] = ()
    night: tuple[int, int] = (22, 6)
    night_work_h: float = 3
    night_max_h: float | None = None
    nights_in_a_row_max: int | None = None
    nights_max: Rolling | None = None
    free_weekends: Rolling | None = None
    free_sundays: Rolling | None = None
    sunday_premium: float = 0.0
    night_premium: float = 0.0
    holiday_premium: float = 0.0


@dataclass(frozen=True)
class Contract:
    """Hours a week and days a week an agent works, and the paid hours of a shift.

    In weeks without leave up to `overtime_h` paid hours may be planned above them, as whole shifts, on one
    day more.
    """

    name: str
    weekly_hours: float
    days_per_week: int
    shift_h: tuple[float, ...]
    overtime_h: float = 0.0


@dataclass(frozen=True)
class ShiftPattern:
    """A family of shifts: paid hours, when one may start, where the meal may lie.

    A shift starts at one of `starts_min` (minutes after local midnight), or, where none are given, every
    `start_step_min`. Shifts of at least `meal_from_h` paid hours carry the labour rules' meal, unpaid,
    beginning `meal_window_h` after the shift began; a shift of `break_from_h` or more carries a paid break.
    """

    name: str
    paid_h: float
    start_step_min: int = 30
    meal_from_h: float = 6.5
    meal_window_h: tuple[float, float] = (3.5, 5.0)
    break_from_h: float = 4.0
    starts_min: tuple[int, ...] = ()
