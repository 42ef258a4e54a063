"""Kinds of day in a planner's words, and which days of a calendar are of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasting.design import parts_of_month
from forecasting.past import Past
from forecasting.special_days import SpecialDays

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BY_WEEKDAY = ("day before a holiday", "day after a holiday")
DURING = ": during"
PARTS_OF_MONTH = (
    "first two days of the month",
    "3rd to 6th of the month",
    "middle of the month (14th to 17th)",
    "last two days of the month",
    "3 to 6 days before the month ends",
)
Source = Literal["holiday", "beside", "season", "event", "month"]


@dataclass(frozen=True)
class KindOfDay:
    """`here` (days,) are the open days of this kind; `columns` (bool) those whose effects make it up."""

    name: str
    source: Source
    here: np.ndarray
    columns: np.ndarray


def kinds_of_day(past: Past) -> Iterator[KindOfDay]:
    """The kinds of day on the open days of a past and its horizon; columns of special days come first.

    Everything the calendar does to a holiday or a day beside one makes up its effect; seasons and events
    are told apart from the holidays they meet.
    """
    special = past.calendar.special
    no_month = np.zeros(len(PARTS_OF_MONTH), bool)
    by_calendar = np.append(np.array([kind != "event" for kind in special.kinds], bool), no_month)
    for column, (name, kind) in enumerate(zip(special.names, special.kinds)):
        here = (special.values[:, column] > 0) & past.is_open
        if name in BY_WEEKDAY:
            for weekday, called in enumerate(WEEKDAYS):
                on = here & (past.calendar.weekday == weekday)
                yield KindOfDay(name.replace("day", called, 1), kind, on, by_calendar)
        elif kind in ("event", "season"):
            if not _told_before(column, special):
                off = special.holiday == 0 if kind == "season" else True
                yield KindOfDay(name, kind, here & off, np.append(_together(column, special), no_month))
        else:
            yield KindOfDay(name, kind, here, by_calendar)
    yield from _of_the_month(past)


def _together(column: int, special: SpecialDays) -> np.ndarray:
    """The columns of seasons and events under way that make up one of them (columns,).

    They lie within its days or all around them: a campaign and its names, Black Friday and the weekend
    a retailer made of it. The days before and after an event stand alone.
    """
    under_way = _under_way(special)
    if not under_way[column]:
        return np.arange(len(under_way)) == column
    on = special.values > 0
    mine = on[:, column]
    within = ~(on & ~mine[:, None]).any(axis=0)
    around = ~(mine[:, None] & ~on).any(axis=0)
    return under_way & (within | around)


def _told_before(column: int, special: SpecialDays) -> bool:
    """Whether an earlier column under way lies on the very same days: a kind of event with one name."""
    earlier = special.values[:, :column][:, _under_way(special)[:column]]
    return bool((earlier == special.values[:, [column]]).all(axis=0).any())


def _under_way(special: SpecialDays) -> np.ndarray:
    """Seasons and events while they last (columns,)."""
    kinds = np.array(special.kinds)
    return (kinds == "season") | np.array([name.endswith(DURING) for name in special.names], bool)


def _of_the_month(past: Past) -> Iterator[KindOfDay]:
    """Parts of the month, their columns behind those of the special days."""
    count, parts = len(past.calendar.special.names), parts_of_month(past)
    for part, name in enumerate(PARTS_OF_MONTH):
        column = np.arange(count + len(PARTS_OF_MONTH)) == count + part
        yield KindOfDay(name, "month", (parts[:, part] > 0) & past.is_open, column)
