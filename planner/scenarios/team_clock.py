"""A team's clock: the open hours of its queue, and when each of its people is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import Queue, Site
from planner.domain.team import Team
from planner.domain.timegrid import OpeningHours, intervals, midnight

STEP_MIN = 5
DAYS_BEFORE, DAYS_AFTER = 14, 91  # for the backlog's age; and until each contact planned has its reply


@dataclass(frozen=True)
class TeamClock:
    """Seconds since the site's first midnight planned.

    `at_s` every step (steps,), some days before the plan to some weeks after it; `open_h` the queue's open
    hours up to it, `on_duty` whether the team's hours run in the step that begins then, `day` the number
    of its local day; `ends_s` the end of each local day planned (days,).
    """

    origin: pd.Timestamp
    at_s: np.ndarray
    open_h: np.ndarray
    on_duty: np.ndarray
    day: np.ndarray
    days: pd.DatetimeIndex
    ends_s: np.ndarray

    def open_hours(self, from_s: np.ndarray, until_s: np.ndarray) -> np.ndarray:
        """Open hours of the queue between two moments each."""
        result: np.ndarray = np.interp(until_s, self.at_s, self.open_h) - np.interp(
            from_s, self.at_s, self.open_h
        )
        return result

    def moment_of(self, open_h: np.ndarray) -> np.ndarray:
        """When the queue has been open for so many hours since the first midnight planned."""
        since = np.interp(0.0, self.at_s, self.open_h)
        result: np.ndarray = np.interp(open_h + since, self.open_h, self.at_s)
        return result

    def second_of(self, day: date, zone: str) -> float:
        """The first moment of a local day."""
        return float((midnight(day, zone) - self.origin).total_seconds())


def clock_of(team: Team, queue: Queue, site: Site, *, days: pd.DatetimeIndex) -> TeamClock:
    """The clock of a team over the local days planned."""
    zone, count = site.time_zone, len(pd.date_range(days[0], days[-1]))
    first = (days[0] - pd.Timedelta(days=DAYS_BEFORE)).date()
    steps = intervals(first, DAYS_BEFORE + count + DAYS_AFTER, zone=zone, interval_min=STEP_MIN)
    origin = midnight(days[0].date(), zone)
    turns = [
        OpeningHours(queue.hours.zone, turn.hours, closed=queue.hours.closed).is_open(steps)
        for turn in team.turns
    ]
    local = steps.tz_convert(zone).tz_localize(None).normalize()
    number, every = pd.factorize(local)
    before = np.cumsum(np.append(0, queue.hours.is_open(steps)[:-1]))
    ends = [midnight((day + pd.Timedelta(days=1)).date(), zone) for day in days]
    return TeamClock(
        origin,
        np.asarray((steps - origin) / pd.Timedelta(seconds=1)),
        before * STEP_MIN / 60,
        np.array(turns),
        number,
        pd.DatetimeIndex(every),
        np.array([(end - origin).total_seconds() for end in ends]),
    )


def presence(clock: TeamClock, site: Site, people: int, *, rng: np.random.Generator) -> np.ndarray:
    """Whether each person is there on each of the clock's days (people x days), leave and sickness drawn."""
    away = []
    for day in clock.days:
        part = site.shrinkage_on(day.month, day.weekday())
        away.append(1 - (1 - part.planned_away) * (1 - part.unplanned))
    result: np.ndarray = rng.random((people, len(away))) >= np.array(away)
    return result


def windows(clock: TeamClock, turn: int, there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Begins and ends (windows,), in seconds, of someone of a turn who is there on some days (days,)."""
    on = clock.on_duty[turn] & there[clock.day] & (clock.at_s >= 0)
    change = np.diff(on.astype(np.int8), prepend=0, append=0)
    at_s = np.append(clock.at_s, clock.at_s[-1] + STEP_MIN * 60)
    return at_s[change == 1], at_s[change == -1]
