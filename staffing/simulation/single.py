"""One queue and one day with demand that moves: what the given agents bring, many times over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from planner.domain.centre import Handling
from staffing.simulation.certainty import Estimate, ratio
from staffing.simulation.floor import ANYONE, Contacts, Duty, Groups, Outcome, Queues, padded
from staffing.simulation.luck import draw_patience, draw_work
from staffing.simulation.run import run

MINUTE_S = 60.0
TAIL_S = 7200.0  # the last interval's agents stay on: who came late in the day is seen through


@dataclass(frozen=True)
class MovingDay:
    """One queue over one day; `rates_per_s` has an entry for each minute, `agents` for each interval.

    Handle times are lognormal of `aht_cv`, exponential if that is None; patience is Weibull of mean
    `patience_s` (None: nobody leaves). Agents come and go at the interval's start; those who go are drawn
    by lot, or are those free at that moment, and finish the contact they are at. The day begins empty.
    """

    rates_per_s: np.ndarray
    agents: np.ndarray
    aht_s: float
    within_s: float
    patience_s: float | None = None
    aht_cv: float | None = None
    patience_shape: float = 1.0
    leaving: Literal["at_random", "idle_first"] = "at_random"

    def __post_init__(self) -> None:
        if len(self.rates_per_s) % len(self.agents):
            raise ValueError(f"{len(self.rates_per_s)} minutes do not make {len(self.agents)} intervals")

    @property
    def interval_s(self) -> float:
        """Length of an interval."""
        return len(self.rates_per_s) / len(self.agents) * MINUTE_S


class DayService(NamedTuple):
    """Per interval of arrival: the mean offered, and as shares of them those answered within `within_s` and
    those who abandoned, each with its 95 % interval.
    """

    offered: np.ndarray
    service_level: Estimate
    abandonment: Estimate


def simulate_day(day: MovingDay, *, replications: int, seed: int) -> DayService:
    """Service in each interval of a day, from independent replications."""
    sums = np.stack([_replication(day, seed=seed, number=number) for number in range(replications)])
    offered, in_time, abandoned = np.moveaxis(sums, 1, 0)
    return DayService(offered.mean(axis=0), ratio(in_time, offered), ratio(abandoned, offered))


def _replication(day: MovingDay, *, seed: int, number: int) -> np.ndarray:
    """Offered, answered in time and abandoned by interval of arrival (3 x intervals)."""
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
    contacts, duty = _contacts(day, rng=rng), _duty(day, rng=rng)
    outcome = run(
        contacts,
        queues=Queues(np.zeros(1), np.zeros(1, bool), padded([[0]])),
        groups=Groups(padded([[0]]), padded([[]]), np.zeros(1)),
        duty=duty,
    )
    return _counted(contacts, outcome, day=day)


def _contacts(day: MovingDay, *, rng: np.random.Generator) -> Contacts:
    expected = np.concatenate([[0.0], np.cumsum(day.rates_per_s * MINUTE_S)])
    count = rng.poisson(expected[-1])
    moments = np.sort(rng.random(count)) * expected[-1]
    work = rng.exponential(size=count) if day.aht_cv is None else draw_work(rng, cv=day.aht_cv, size=count)
    handling = Handling(day.aht_s, day.patience_s, patience_shape=day.patience_shape)
    return Contacts(
        np.interp(moments, expected, np.arange(len(expected)) * MINUTE_S),
        np.zeros(count, np.int64),
        day.aht_s * work,
        draw_patience(rng, handling=handling, size=count),
    )


def _duty(day: MovingDay, *, rng: np.random.Generator) -> Duty:
    """Who comes and goes when; whoever comes is somebody new."""
    rows: list[tuple[float, int, int]] = []
    present: list[int] = []
    newcomers = 0
    for interval, wanted in enumerate(day.agents):
        now_s, going, coming = interval * day.interval_s, len(present) - wanted, wanted - len(present)
        if going > 0:
            rng.shuffle(present)
            leavers = present[:going] if day.leaving == "at_random" else [ANYONE] * going
            rows += [(now_s, agent, -1 if day.leaving == "at_random" else 0) for agent in leavers]
            present = present[going:]
        joiners = list(range(newcomers, newcomers + max(0, coming)))
        rows += [(now_s, agent, 0) for agent in joiners]
        newcomers, present = newcomers + len(joiners), present + joiners
    rows.append((len(day.rates_per_s) * MINUTE_S + TAIL_S, -1, -1))
    at_s, agents, groups = (np.array(column) for column in zip(*rows, strict=True))
    return Duty(at_s, agents, groups, np.ones(len(rows), np.int64))


def _counted(contacts: Contacts, outcome: Outcome, *, day: MovingDay) -> np.ndarray:
    interval = (contacts.arrived_s // day.interval_s).astype(np.int64)
    wait_s = outcome.answered_s - contacts.arrived_s
    abandoned = np.isnan(wait_s) & (contacts.patience_s < np.inf)
    sums = [
        np.bincount(interval, weights, minlength=len(day.agents))
        for weights in (np.ones(len(wait_s)), wait_s <= day.within_s, abandoned)
    ]
    return np.stack(sums)
