"""Demand that moves inside the day: the exact state of the M(t)/M/s(t)+M queue, and staffing from it.

Taking each interval as if it had lasted for ever (SIPP) fails where handle times are not short against
the interval: a busy interval inherits the queue of the one before, a quiet one its idle agents. Here the
distribution of the number of contacts in the system is carried from interval to interval (Feldman,
Mandelbaum, Massey & Whitt 2008; Ingolfsson et al. 2007, by uniformisation) along a smooth arrival curve,
and each interval gets the least agents that meet the targets from that state: "sequential exact".

Who goes off duty finishes the contact in hand outside the system; who that is, chance decides, for rosters
name people and not idle ones. The textbook hands the contact back to the queue instead
(`sequential_hand_back`): customers in service queue again and may leave, which makes falling demand look
worse than it is (docs/decisions/038-agents-finish-their-contact.md).

Open hours begin empty; around the clock the walk goes on through the nights.
A wait is reckoned as if the agents of the interval of arrival stayed. Exact for exponential handle times
and patience; several conversations are taken as evenly spread over the agents.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from planner.domain.arrival_curve import smooth_rates
from planner.domain.centre import Handling, StaffingMethod
from staffing.chat import demand_with_idle
from staffing.erlang import Demand, number_of
from staffing.forward import sequential, walk
from staffing.least import Least, Limits, least_agents
from staffing.least_with_repeats import least_with_repeats
from staffing.redials import Repeats
from staffing.visit import Again, Ask, Moving, busy_with_agents_for_all

STEP_S = 300.0  # the arrival rate is constant for so long; a minute would change service by less than .001
BEFORE = {"offered": 0, "abandonment": 1, "occupancy": 2, "asa_s": 3, "p_wait": 4}


@dataclass(frozen=True)
class Stretch:
    """Open intervals in order: contacts offered and AHT of each, and how they are handled.

    `opens` is true where a queue begins the interval empty, after hours closed (by default only the
    first). `rates` (intervals x steps, per second) is the arrival curve; by default the smooth one
    through the contacts offered. `patience_s`, one for each interval, stands for the handling's own where
    that is not exponential (`staffing.weibull_patience`). ValueError where a shape or a number is impossible.
    """

    offered: np.ndarray
    interval_s: float
    aht_s: np.ndarray
    handling: Handling
    _: KW_ONLY
    opens: np.ndarray | None = None
    rates: np.ndarray | None = None
    patience_s: np.ndarray | None = None

    def __post_init__(self) -> None:
        if self.offered.shape != self.aht_s.shape or self.offered.ndim != 1:
            raise ValueError("offered and aht_s are one number for each interval")
        if not (np.isfinite(self.offered).all() and (self.offered >= 0).all() and (self.aht_s > 0).all()):
            raise ValueError("offered must be 0 or more and aht_s more than 0 s")
        if self.rates is not None and (len(self.rates) != len(self.offered) or (self.rates < 0).any()):
            raise ValueError("rates are 0 or more, one row for each interval")

    @cached_property
    def curve(self) -> np.ndarray:
        """Arrivals per second, intervals x steps."""
        if self.rates is not None:
            return np.array(self.rates, dtype=float, order="C")
        steps = max(1, round(self.interval_s / STEP_S))
        runs = np.split(self.offered, self.begins[1:])
        return np.concatenate([smooth_rates(run, interval_s=self.interval_s, steps=steps) for run in runs])

    @cached_property
    def begins(self) -> np.ndarray:
        """Numbers of the intervals that the queue begins empty; 0 is always one."""
        opens = np.zeros(len(self.offered), dtype=bool) if self.opens is None else self.opens
        return np.union1d([0], np.flatnonzero(opens))

    @property
    def step_s(self) -> float:
        return self.interval_s / self.curve.shape[1]

    @cached_property
    def holding(self) -> Demand:
        """How long contacts hold agents and slots, as a demand without load: idle conversations hold, too."""
        given = self.handling
        patience_s = given.patience_s if self.patience_s is None else self.patience_s
        plain = Demand(0.0, self.aht_s, patience_s, given.concurrency, given.slow_down)
        return demand_with_idle(plain, idle_s=given.idle_s) if given.idle_s > 0 else plain

    def demand(self, arrivals_per_s: np.ndarray) -> Demand:
        """A steady demand for each interval with so many arrivals a second."""
        return replace(self.holding, load=arrivals_per_s * np.asarray(self.holding.aht_s))


@dataclass(frozen=True)
class Met:
    """What customers and agents meet in each interval, NaN where nobody is there to ask.

    `offered` holds those who call again as well. All is counted by the interval of arrival, but for
    occupancy, which is of the time in it. `levels` are service levels, intervals x levels.
    """

    offered: np.ndarray
    abandonment: np.ndarray
    occupancy: np.ndarray
    asa_s: np.ndarray
    p_wait: np.ndarray
    levels: np.ndarray


@dataclass(frozen=True)
class Staffed:
    """Agents of each interval with what each target alone needs, what they give, and what one fewer gives.

    `fewer` is NaN where nobody is needed.
    """

    least: Least
    met: Met
    fewer: Met


def staffed(stretch: Stretch, limits: Limits, *, method: StaffingMethod = "sequential") -> Staffed:
    """Agents for a stretch by a method; what they give is always reckoned from the exact distribution.

    `sipp`: each interval as if steady at its mean load, with the repeats that this load would settle to;
    `lag`: the same with the arrivals of one handle time before (Green, Kolesar & Soares 2001);
    `sequential`: exact, each from the state it inherits.
    OverflowError when a target cannot be met by anybody.

    >>> morning = np.array([20.0, 60.0, 120.0, 150.0, 90.0, 40.0])
    >>> stretch = Stretch(morning, 1800, np.full(6, 360.0), Handling(360, patience_s=180))
    >>> limits = Limits(((0.8, 20.0),))
    >>> [staffed(stretch, limits, method=method).least.agents.tolist() for method in ("sipp", "sequential")]
    [[6, 15, 27, 33, 21, 10], [6, 14, 26, 33, 23, 11]]
    """
    if method in ("sipp", "lag"):
        least = _least_of_each(stretch, limits, method)
        return Staffed(least, *_walked(stretch, least.agents, limits, hand_back=0))
    near = _least_if_steady(stretch, limits, replace(stretch.holding, load=modified_load(stretch)))
    found = _sequential(stretch, limits, guess=_guess(near, near.needs), method=method)
    agents, needs = found.agents, np.where(found.agents[:, None] == 0, near.needs * 0, found.needs)
    first = (needs == agents[:, None]).argmax(axis=1)
    return Staffed(Least(agents, needs, np.where(agents > 0, first, -1)), found.met, found.fewer)


def least_through(stretch: Stretch, limits: Limits, *, method: StaffingMethod = "sequential") -> np.ndarray:
    """The agents of `staffed` alone, without what each target needs: half the work.

    By `sipp` and `lag` nothing is walked: the walk only says what the agents give.
    """
    if method in ("sipp", "lag"):
        return _least_of_each(stretch, limits, method).agents
    near = _least_if_steady(stretch, limits, replace(stretch.holding, load=modified_load(stretch)))
    guess = _guess(near, np.full_like(near.needs, np.nan))
    return _sequential(stretch, limits, guess=guess, method=method).agents


def service(stretch: Stretch, agents: np.ndarray, limits: Limits, *, hand_back: int = 0) -> Met:
    """What given agents give in every interval, from the exact distribution; `hand_back` as in `Moving`."""
    return _walked(stretch, agents, limits, hand_back=hand_back)[0]


def _walked(stretch: Stretch, agents: np.ndarray, limits: Limits, *, hand_back: int) -> tuple[Met, Met]:
    """What the agents give, and what one fewer in an interval would give there."""
    cells = np.full((2, len(agents), 5 + len(limits.service_levels)), np.nan)
    walk(_moving(stretch, hand_back), np.asarray(agents, dtype=float), _ask(limits), cells[0], cells[1])
    return _met(cells[0]), _met(cells[1])


def lagged_rate(stretch: Stretch) -> np.ndarray:
    """Arrivals a second that each interval feels: those of one handle time before."""
    cuts = stretch.begins[1:]
    aht_s = np.broadcast_to(np.asarray(stretch.holding.aht_s), stretch.offered.shape)
    runs = zip(np.split(stretch.curve, cuts), np.split(aht_s, cuts), strict=True)
    return np.concatenate([_lagged(curve, before_s, stretch.step_s) for curve, before_s in runs])


def _lagged(curve: np.ndarray, before_s: np.ndarray, step_s: float) -> np.ndarray:
    until = np.concatenate([[0.0], np.cumsum(curve) * step_s])
    at_s = np.arange(len(until)) * step_s
    interval_s = curve.shape[1] * step_s
    ends = np.arange(1, len(curve) + 1) * interval_s - before_s
    return (np.interp(ends, at_s, until) - np.interp(ends - interval_s, at_s, until)) / interval_s


def modified_load(stretch: Stretch) -> np.ndarray:
    """Mean number in service with agents for all, in Erlang: the load that an interval really feels."""
    return busy_with_agents_for_all(_moving(stretch, 0))


def _least_of_each(stretch: Stretch, limits: Limits, method: StaffingMethod) -> Least:
    """The least agents of each interval for itself: its own arrivals (`sipp`), or those before (`lag`)."""
    arrivals_per_s = lagged_rate(stretch) if method == "lag" else stretch.offered / stretch.interval_s
    return _least_if_steady(stretch, limits, stretch.demand(arrivals_per_s))


def _least_if_steady(stretch: Stretch, limits: Limits, fresh: Demand) -> Least:
    """The least agents of each interval alone; those who call again come on top, as if they came at once."""
    handling = stretch.handling
    if handling.redial_share == handling.reconnect_share == 0:
        return least_agents(fresh, limits)
    repeats = Repeats(handling.redial_share, handling.reconnect_share)
    return least_with_repeats(fresh, limits=limits, repeats=repeats).least


class Sequence(NamedTuple):
    """Agents, what each target needs (NaN where not asked), what customers meet, and with one fewer."""

    agents: np.ndarray
    needs: np.ndarray
    met: Met
    fewer: Met


def _sequential(stretch: Stretch, limits: Limits, *, guess: np.ndarray, method: StaffingMethod) -> Sequence:
    cells = np.full((2, len(guess), 5 + len(limits.service_levels)), np.nan)
    moving = _moving(stretch, int(method == "sequential_hand_back"))
    found = sequential(moving, _ask(limits), guess, cells[0], cells[1])
    return Sequence(found[:, -1].astype(np.int64), found[:, :-1], _met(cells[0]), _met(cells[1]))


def _guess(near: Least, needs: np.ndarray) -> np.ndarray:
    return np.column_stack([needs, near.agents.astype(float)])


def _moving(stretch: Stretch, hand_back: int) -> Moving:
    handling, count = stretch.handling, len(stretch.offered)
    opens = np.zeros(count, dtype=bool)
    opens[stretch.begins] = True
    _, aht_s, patience_s, _, slow_down = (
        np.broadcast_to(cell, count).astype(float, copy=True) for cell in stretch.holding.columns()
    )  # copies: a read-only array would be compiled for anew
    shares = (handling.redial_share, handling.redial_after_s)
    again = Again(*map(float, (*shares, handling.reconnect_share, handling.reconnect_after_s)))
    slots = float(handling.concurrency)
    return Moving(
        opens, stretch.curve, float(stretch.step_s), aht_s, slots, slow_down, patience_s, again, hand_back
    )


def _ask(limits: Limits) -> Ask:
    short_s, abandonment, occupancy, asa_s, *levels = (float(cell) for cell in limits.columns())
    return Ask(number_of(limits.formula), short_s, abandonment, occupancy, asa_s, np.array(levels))


def _met(cells: np.ndarray) -> Met:
    columns = {name: cells[:, column] for name, column in BEFORE.items()}
    return Met(**columns, levels=cells[:, len(BEFORE) :])
