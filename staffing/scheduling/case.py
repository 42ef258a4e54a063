"""From tables to the engine's arrays: one site, its people, what is needed, and what the rules allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey, Site
from planner.domain.problems import InputError
from planner.domain.problems import Problem as Note
from staffing.labour import People, Rule, lawful_of, limits_of
from staffing.scheduling.able import left_out
from staffing.scheduling.clock import Clock
from staffing.scheduling.held import cover_of, held_days, held_shifts
from staffing.scheduling.overtime import forbid_overtime, hours_left, shifts_of_overtime, with_overtime
from staffing.scheduling.personal import Ground, Wishing, personal
from staffing.scheduling.price import Prices
from staffing.scheduling.problem import Demand, Problem, Roster, Shifts, Staff, no_taste, no_wishes
from staffing.scheduling.shift_table import Kind, shift_table
from staffing.shifts import Shift, shifts


@dataclass(frozen=True)
class Start:
    """A roster to begin with, and how it is written: rows of SCHEDULE that stay as they are in any case
    (`held`), and the published rows of its other days, written again where nothing moved.

    `queue_price` is the price of an agent's interval on another queue than the roster's (penalty units).
    """

    roster: Roster
    held: pd.DataFrame
    published: pd.DataFrame
    queue_price: float


@dataclass(frozen=True)
class Case:
    """A site's problem with the names behind its numbers.

    `agents` and `queues` name the rows of the arrays, `shifts` the rows of `problem.shifts`; `idle_base`
    is the price (agent x week) of leaving a contract idle, `wish_base` what wishes cost when nobody works;
    `notes` name the agents left out. `there` are the
    agents (queue x interval) who are on contact already, in held shifts and the last night before the
    horizon: the need of the problem is what they leave. `start` is what the search begins with.
    """

    site: Site
    clock: Clock
    agents: tuple[str, ...]
    queues: tuple[QueueKey, ...]
    shifts: tuple[Shift, ...]
    problem: Problem
    idle_base: np.ndarray
    wish_base: np.ndarray
    notes: tuple[Note, ...]
    there: np.ndarray
    start: Start | None = None


@dataclass(frozen=True)
class Allowed:
    """What all rules together leave to each agent: kind of contract, free days, hours and days, queues."""

    kind: np.ndarray  # A
    free: np.ndarray  # A x D+1, for the last night's shift ends on the day after
    week_h: np.ndarray  # A x W, of the contract
    overtime_h: np.ndarray  # A x W, above it
    week_days: np.ndarray  # A x W
    queues: np.ndarray  # A x Q
    week_of_day: np.ndarray  # D, the calendar week of each day

    def of(self, rows: np.ndarray) -> Allowed:
        """The same for some of the agents."""
        return Allowed(
            self.kind[rows],
            self.free[rows],
            self.week_h[rows],
            self.overtime_h[rows],
            self.week_days[rows],
            self.queues[rows],
            self.week_of_day,
        )


def case_of(
    requirement: pd.DataFrame,
    people: People,
    centre: Centre,
    *,
    rules: Sequence[Rule],
    prices: Prices,
    wishing: Wishing | None = None,
) -> Case:
    """One site's case; `requirement` holds the rows of REQUIREMENT of that site, no wishes = coverage alone.

    Who has no queue, no lawful shift or no free day is left out and named in `notes`.
    """
    clock = Clock(people.site.time_zone, centre.interval_min, people.first_day, people.days)
    kinds = _held(people, clock, _kinds(people, centre, rules, prices))
    is_open = clock.when(lambda moments: _open(rules, people.site, moments))
    table = shift_table(list(kinds.values()), clock, is_open)
    everyone = _allowed(people, list(kinds), kinds, rules)
    able = _able(everyone, list(kinds.values()), table)
    notes = left_out(people.of(~able), rules, partial(_judge, centre=centre, clock=clock))
    rows = np.flatnonzero(able)
    allowed = everyone.of(rows)
    staff, idle_h = _staff(allowed, list(kinds.values()), clock)
    demand = _demand(requirement, people.queues, clock, prices)
    there = cover_of(pd.concat([people.before, people.held]), people.queues, clock)
    bare = Problem(
        demand._replace(need=demand.need - there),
        no_wishes(staff, table.starts.shape[2]),
        table,
        no_taste(),
        clock.weeks(),
        clock.day_begin[: people.days + 1].copy(),
    )
    known = tuple(shift for kind in kinds.values() for shift in kind.shifts)
    limits = [kind.limits for kind in kinds.values()]
    ground = Ground(people.of(able), centre, clock, limits, known, rules)
    own = personal(bare, ground, wishing or Wishing())
    forbid_overtime(own.problem, allowed.overtime_h, list(kinds.values()))
    return Case(
        people.site,
        clock,
        tuple(people.agents["agent_id"].iloc[rows]),
        people.queues,
        known,
        own.problem,
        prices.idle * idle_h,
        own.base,
        notes,
        there,
    )


def _held(people: People, clock: Clock, kinds: Mapping[str, Kind]) -> Mapping[str, Kind]:
    """The kinds with a shift for each way in which days of their people are held."""
    own = people.held[people.held["agent_id"].isin(people.agents["agent_id"])]
    contracts = {agent: contract.name for agent, contract in zip(people.agents["agent_id"], people.contracts)}
    return held_shifts(held_days(own, clock), contracts, kinds) if len(own) else kinds


def _kinds(people: People, centre: Centre, rules: Sequence[Rule], prices: Prices) -> dict[str, Kind]:
    """The contracts of a site's people by name, with their lawful shifts."""
    kinds = {}
    for contract in dict.fromkeys(people.contracts):
        limits = limits_of(contract, site=people.site, rules=rules)
        lawful = shifts(
            contract,
            patterns=centre.shift_patterns,
            labour=people.site.labour,
            limits=limits,
            interval_min=centre.interval_min,
        )
        labour = people.site.labour
        fits = partial(lawful_of, people.site, rules=rules)
        kind = Kind(lawful, limits, prices.idle, fits, labour.night, labour.night_work_h)
        premium = centre.rates.of(people.site.code).overtime_premium
        allowed = any(rule.overtime_h is not None for rule in rules)
        kinds[contract.name] = with_overtime(kind, contract, premium=premium) if allowed else kind
    return kinds


def _open(rules: Sequence[Rule], site: Site, moments: pd.DatetimeIndex) -> np.ndarray:
    """Moments at which every rule lets people work at the site."""
    faces = [rule.moments(site, moments) for rule in rules if rule.moments is not None]
    return np.logical_and.reduce([np.ones(len(moments), bool), *faces])


def _allowed(people: People, names: list[str], kinds: Mapping[str, Kind], rules: Sequence[Rule]) -> Allowed:
    kind = np.array([names.index(contract.name) for contract in people.contracts], np.int64)
    caps = np.array([kinds[name].limits.week_h for name in names], float)[kind][:, None]
    weeks = int(people.week_of_day.max()) + 1
    longer = replace(people, days=people.days + 1)
    free = np.ones((len(kind), longer.days), bool)
    knows = np.ones((len(kind), len(people.queues)), bool)
    hours = hours_left(people, np.tile(caps, weeks), rules)
    return Allowed(
        kind,
        np.logical_and.reduce([free, *(rule.days(longer) for rule in rules if rule.days is not None)]),
        hours.contract,
        hours.overtime,
        np.minimum.reduce(
            [
                np.full((len(kind), weeks), 7),
                *(rule.week_days(people) for rule in rules if rule.week_days is not None),
            ]
        ),
        np.logical_and.reduce([knows, *(rule.queues(people) for rule in rules if rule.queues is not None)]),
        people.week_of_day,
    )


def _able(allowed: Allowed, kinds: Sequence[Kind], table: Shifts) -> np.ndarray:
    """Which agents have a queue and, in a week with hours left, a free day on which a shift may start."""
    days = np.zeros(allowed.week_h.shape, np.int64)
    for c, kind in enumerate(kinds):
        of = allowed.kind == c
        days[of] = np.minimum(kind.days(allowed.week_h[of]), allowed.week_days[of])
    open_days = allowed.free[:, :-1] & (table.offered > 0)[allowed.kind]
    return np.asarray(allowed.queues.any(1) & (open_days & (days > 0)[:, allowed.week_of_day]).any(1))


def _judge(people: People, rules: Sequence[Rule], *, centre: Centre, clock: Clock) -> np.ndarray:
    """Which of the people could be scheduled if these were all the rules.

    Where no rule heeds absences nobody is absent, and no leave takes contract hours.
    """
    if all(rule.days is None for rule in rules):
        people = replace(people, absences=people.absences.iloc[:0])
    kinds = _kinds(people, centre, rules, Prices())
    is_open = clock.when(lambda moments: _open(rules, people.site, moments))
    table = shift_table(list(kinds.values()), clock, is_open)
    return _able(_allowed(people, list(kinds), kinds, rules), list(kinds.values()), table)


def _staff(allowed: Allowed, kinds: Sequence[Kind], clock: Clock) -> tuple[Staff, np.ndarray]:
    """The agents as arrays, and the contract hours (agent x week) that can be scheduled."""
    agents, weeks = len(allowed.kind), clock.weeks()
    free = allowed.free[:, :-1].astype(np.int64)
    free_days = np.add.reduceat(free, weeks[:-1], axis=1).reshape(agents, len(weeks) - 1)
    days, units, hours = (np.zeros(allowed.week_h.shape, np.int64) for _ in range(3))
    hours = hours.astype(float)
    for c, kind in enumerate(kinds):
        of = allowed.kind == c
        own = np.minimum(kind.days(allowed.week_h[of]), np.minimum(allowed.week_days, free_days)[of])
        wanted = kind.days(allowed.week_h[of]) + shifts_of_overtime(kind, allowed.overtime_h[of])
        days[of] = np.minimum(wanted, np.minimum(allowed.week_days, free_days)[of])
        units[of] = kind.units(allowed.week_h[of])
        longest_h = max((shift.paid_min for shift in kind.shifts), default=0) / 60
        hours[of] = np.minimum(own * longest_h, allowed.week_h[of])
    count = allowed.queues.sum(axis=1)
    known = np.argsort(~allowed.queues, axis=1, kind="stable")[:, : max(int(count.max(initial=0)), 1)]
    known = np.where(np.arange(known.shape[1]) < count[:, None], known, -1)
    return Staff(allowed.kind, known, count, allowed.free, days, units), hours


def _demand(requirement: pd.DataFrame, queues: Sequence[QueueKey], clock: Clock, prices: Prices) -> Demand:
    """Need by queue and interval; 0, and the dearer price of too many, where nothing is asked for."""
    need = np.zeros((len(queues), clock.horizon))
    number = {queue: q for q, queue in enumerate(queues)}
    keys = zip(requirement["site"], requirement["language"], requirement["channel"])
    q = np.array([number[QueueKey(*key)] for key in keys], np.int64)
    starts = pd.DatetimeIndex(requirement["interval_start"])
    t = clock.interval(starts)
    _refuse_other_grid(starts, clock)
    inside = (t >= 0) & (t < clock.horizon)
    need[q[inside], t[inside]] = requirement["agents_scheduled"].to_numpy()[inside]
    return Demand(
        need,
        prices.under_share * need,
        prices.over_share * need,
        np.zeros_like(need),
        prices.per_interval(clock.interval_min / 60),
        np.full(len(clock.intervals) + 1, np.inf),
    )


def _refuse_other_grid(starts: pd.DatetimeIndex, clock: Clock) -> None:
    """InputError for need in intervals that do not begin with those of the site's local day."""
    step = pd.Timedelta(minutes=clock.interval_min)
    other = starts[np.asarray((starts - clock.midnights[0]) % step != pd.Timedelta(0))]
    if len(other):
        note = (
            f"{len(other)} intervals, the first at {other[0].isoformat()}, are not intervals of "
            f"{clock.interval_min} min counted from midnight in {clock.zone}"
        )
        raise InputError([Note("other_grid", note, column="interval_start")])
