"""The people: who was hired and left when, and what each speaks, does and is like.

People by site and line follow the computed roster by month; leavers 3 % a month, 6 % in the first 90
days; hires begin contact duty on a Monday; temporaries of the peak leave on 31 January.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from planner.sample.chance import generator
from planner.sample.parameters import Parameters

PEAK_MONTHS = (11, 12, 1, 6, 7)
EARLY_DAYS = 90
MONTH_DAYS = 30.4


@dataclass
class Staffing:
    """People of one group as they come and go, in days since the history's first; STAYS while here."""

    hired: list[int]
    left: list[int]
    temporary: list[bool]

    def here(self, day: int) -> list[int]:
        """Who is employed on a day."""
        return [i for i, (begin, end) in enumerate(zip(self.hired, self.left)) if begin <= day <= end]

    def hire(self, day: int, *, temporary: bool) -> None:
        """One more from that day."""
        self.hired.append(day)
        self.left.append(STAYS)
        self.temporary.append(temporary)


STAYS = 10**6


def groups(parameters: Parameters) -> list[str]:
    """The groups of people, site/line of the first language, in the order of the parameters."""
    return list(parameters.spec["people"]["on_roster_by_month"]["people"])


def months(parameters: Parameters) -> list[tuple[int, int, int]]:
    """Each month of the history: its number 1..12, first and last day (days since the history's first)."""
    firsts = pd.date_range(parameters.first_day.replace(day=1), parameters.last_day, freq="MS")
    today = (parameters.last_day - parameters.first_day).days
    found = []
    for first in firsts:
        begin = (first.date() - parameters.first_day).days
        last = ((first + pd.offsets.MonthEnd(0)).date() - parameters.first_day).days
        found.append((first.month, max(begin, 0), min(last, today)))
    return found


def staffing_of(group: str, parameters: Parameters, *, shares: np.ndarray) -> Staffing:
    """Everybody who ever worked in a group; `shares` scales the roster of each month (scale rule)."""
    rng = generator(parameters.seed, "people", group)
    by_month = parameters.spec["people"]["on_roster_by_month"]["people"][group]
    span = months(parameters)
    wanted = [max(round(n * s), 1) if n else 0 for n, s in zip(by_month, shares)]
    today = people_today(group, parameters, share=float(shares[len(span) - 1]))
    wanted[len(span) - 1 :] = [sum(count for _, count in today)]
    people = Staffing([], [], [])
    _begin_with(people, _lasting(wanted, span)[0], rng=rng, parameters=parameters)
    for number, month in enumerate(span):
        earliest = _first_duty(group, parameters)
        _leavers(people, month, rng=rng, parameters=parameters)
        _match(people, wanted[number], _lasting(wanted, span)[number], month=month, earliest=earliest)
    return people


def people_today(group: str, parameters: Parameters, *, share: float) -> list[tuple[list[str], int]]:
    """Language sets and how many people have each on the as-of day; scaled: rounded up, at least 3 a set."""
    sets = parameters.spec["people"]["sets_today"].get(group, [])
    if parameters.scale == 1.0:
        return [(languages, count) for languages, count, _ in sets]
    return [(languages, max(int(np.ceil(count * share)), 3)) for languages, count, _ in sets]


def _first_duty(group: str, parameters: Parameters) -> int:
    """The first day a group can be on duty: when its site opened, or its line was launched."""
    site, line = group.split("/")
    opened: date = parameters.spec["sites"][site].get("opened", parameters.first_day)
    launch = parameters.lines[line].launch
    return max(
        (opened - parameters.first_day).days, (launch.day - parameters.first_day).days if launch else 0
    )


def _lasting(wanted: list[int], span: list[tuple[int, int, int]]) -> list[int]:
    """People who stay through the year: in a peak month no more than the next quiet month needs."""
    lasting = list(wanted)
    for number in range(len(span) - 2, -1, -1):
        if span[number][0] in PEAK_MONTHS:
            lasting[number] = min(wanted[number], lasting[number + 1])
    return lasting


def _begin_with(people: Staffing, count: int, *, rng: np.random.Generator, parameters: Parameters) -> None:
    """The people of the first day, with a gamma tenure behind them."""
    tenure = parameters.spec["people"]["tenure_months"]
    days = rng.gamma(tenure["shape"], tenure["mean"] / tenure["shape"], count) * MONTH_DAYS
    for worked in days:
        people.hire(-int(worked) - 1, temporary=False)


def _leavers(
    people: Staffing, month: tuple[int, int, int], *, rng: np.random.Generator, parameters: Parameters
) -> None:
    """Who resigns in a month: on a random day of it."""
    rates = parameters.spec["people"]["attrition_per_month"]
    _, first, last = month
    for i in people.here(first):
        early = first - people.hired[i] < EARLY_DAYS
        if rng.random() < rates["first_90_days" if early else "base"] * (last + 1 - first) / MONTH_DAYS:
            people.left[i] = min(people.left[i], int(rng.integers(first, last + 1)))


def _match(
    people: Staffing, wanted: int, lasting: int, *, month: tuple[int, int, int], earliest: int
) -> None:
    """Hire or let go, so that the month has the people wanted; temporaries go first, then the newest."""
    _, first, last = month
    monday = max(first + (-first) % 7, earliest)
    here = [i for i in people.here(first) if people.left[i] > last]
    surplus = len(here) - wanted
    if surplus > 0:
        going = sorted(here, key=lambda i: (not people.temporary[i], -people.hired[i]))[:surplus]
        for i in going:
            people.left[i] = first - 1 if first > people.hired[i] else last
    for i in range(-surplus if surplus < 0 else 0):
        permanent = sum(not people.temporary[i] for i in here) + i < lasting
        people.hire(min(monday, last), temporary=not permanent)
