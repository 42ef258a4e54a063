"""What is each agent's own in a problem: prices of wishes, the weeks before, caps, fair shares; and seats.

A problem first holds coverage alone (`case`); `personal` fills in what rules, history and wishes say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.soft import Soft, Weights
from planner.domain.tables import PREFERENCES
from staffing.flags import SUNDAY_WORK
from staffing.labour import Cap, Flag, Limits, People, Rule, at_once_of, caps_of
from staffing.last_weeks import flagged
from staffing.scheduling.before import entry_of, last_shifts
from staffing.scheduling.clock import Clock
from staffing.scheduling.fair import Fair, fair
from staffing.scheduling.marks import marks
from staffing.scheduling.problem import BEGIN, COUNTED, FLAGS, FORBIDDEN, Problem, Shifts, Staff, Taste
from staffing.scheduling.wishes import Wanted, floors, offers_of, wanted
from staffing.shifts import Shift
from staffing.unwanted import unwanted
from staffing.wish import Asked, every_wish
from staffing.wishes.premiums import average_hour

OVERTIME = 1 << COUNTED.index("overtime")
BITS = {"weekend": 0, "night": 1, "Sunday": 4}  # places in COUNTED of the flags that rules cap


@dataclass(frozen=True)
class Wishing:
    """PREFERENCES of all agents, what wishes weigh, and the public holidays of each site."""

    preferences: pd.DataFrame = field(default_factory=PREFERENCES.empty)
    soft: Soft = field(default_factory=lambda: Soft(Weights.none()))
    holidays: dict[str, frozenset[date]] = field(default_factory=dict)


@dataclass(frozen=True)
class Own:
    """A problem with what is the agents' own; `base`: the wishes' price of an empty roster, agent x week."""

    problem: Problem
    base: np.ndarray


@dataclass(frozen=True)
class Ground:
    """What a problem stands on: people in its order, centre and clock, limits by kind, shifts, rules."""

    people: People
    centre: Centre
    clock: Clock
    limits: Sequence[Limits]
    shifts: tuple[Shift, ...]
    rules: Sequence[Rule]


def personal(problem: Problem, ground: Ground, wishing: Wishing) -> Own:
    """The problem with prices of wishes, the weeks before it, caps, fair shares, floors and seats."""
    people, clock = ground.people, ground.clock
    if not len(people.agents) or not problem.shifts.offered.any():
        return Own(problem, np.zeros((len(people.agents), len(problem.week_day) - 1)))
    asked = _asked(ground, wishing, problem.staff.kind)
    caps = caps_of(people.site, rules=ground.rules)
    shifts = _flagged(problem.shifts, ground, wishing.soft, caps)
    prices = wanted(asked, offers_of(shifts, ground.shifts, asked, clock=clock), wishes=every_wish())
    shares = fair(people, problem.demand.need, clock=clock, soft=wishing.soft)
    staff = _staff(problem.staff, shifts, ground, prices)
    before = _counted_before(people, caps)
    due = np.zeros((len(before), len(COUNTED)))
    due[:, : shares.due.shape[1]] = shares.due - shares.before
    due += before.sum(axis=1)
    most = at_once_of(people.site, rules=ground.rules)
    demand = problem.demand._replace(
        floor=floors(people.queues, ground.centre, clock),
        prices=np.append(problem.demand.prices[:4], wishing.soft.weights.floor * clock.interval_min / 60),
        seats=np.full_like(problem.demand.seats, np.inf if most is None else most),
    )
    whole = Problem(
        demand, staff._replace(before=before, due=due), shifts, _taste(wishing.soft, shares, clock),
        problem.week_day, problem.day_begin,
    )  # fmt: skip
    return Own(whole, np.add.reduceat(prices.idle, problem.week_day[:-1], axis=1))


def _asked(ground: Ground, wishing: Wishing, kind: np.ndarray) -> Asked:
    holidays = wishing.holidays.get(ground.people.site.code, frozenset())
    money = average_hour(ground.centre)
    return Asked(ground.people, kind, wishing.preferences, wishing.soft, money, holidays)


def _flagged(shifts: Shifts, ground: Ground, soft: Soft, caps: Iterable[Cap]) -> Shifts:
    """The shifts with what each counts as, and the caps of every kind (the site's law is one)."""
    flags: list[Flag] = [*unwanted(soft.fairness), SUNDAY_WORK]
    starts = shifts.starts.copy()
    overtime = starts[..., FLAGS] & OVERTIME
    starts[..., FLAGS] = marks(shifts, flags, site=ground.people.site, clock=ground.clock) | overtime
    rows = [(BITS[cap.flag.name], cap.most, cap.weeks, cap.flag.weekly) for cap in caps]
    table = np.repeat(np.array(rows, np.int64).reshape(1, len(rows), 4), len(shifts.unit_count), axis=0)
    return shifts._replace(starts=starts, caps=np.concatenate([table, shifts.caps], axis=1))


def _staff(staff: Staff, shifts: Shifts, ground: Ground, prices: Wanted) -> Staff:
    """The staff with the prices of its wishes, and how each comes into the first day."""
    limits = [ground.limits[c] for c in staff.kind]
    last = last_shifts(ground.people, limits, ground.clock)
    places = np.arange(shifts.starts.shape[2])
    stands = places < shifts.offered[staff.kind][:, :, None]
    begins = np.where(stands, shifts.starts[staff.kind, :, :, BEGIN], -1)
    entry = entry_of(last, limits, begins, an_hour=60 / ground.clock.interval_min)
    cost = np.where(entry.banned, np.float32(FORBIDDEN), prices.shift).astype(np.float32)
    return staff._replace(cost=cost, entry=entry.state)


def _counted_before(people: People, caps: Sequence[Cap]) -> np.ndarray:
    """What was counted in the weeks before, as many as the caps look back: agent x week x COUNTED.

    The calendar week in which the horizon begins counts as the week before, which is never too little.
    """
    weeks = max((cap.weeks for cap in caps), default=1) - 1
    found = np.zeros((len(people.agents), weeks, len(COUNTED)), np.int16)
    for cap in {cap.flag.name: cap for cap in caps}.values() if weeks else ():
        counts = flagged(people, cap.flag, weeks=weeks + 1)
        counts[:, -2] += counts[:, -1]
        found[:, :, BITS[cap.flag.name]] = counts[:, :-1]
    return found


def _taste(soft: Soft, shares: Fair, clock: Clock) -> Taste:
    weights, interval_h = soft.weights, clock.interval_min / 60
    price = np.zeros(len(COUNTED))
    price[: len(shares.price)] = shares.price
    return Taste(weights.single_day_off, weights.steady * interval_h, weights.rotation * interval_h, price)
