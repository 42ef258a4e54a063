"""One queue and one day with demand that moves: what the given agents bring, many times over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from staffing.simulation.certainty import Estimate, ratio
from staffing.simulation.floor import Contacts, Duty, Groups, Outcome, Queues, padded
from staffing.simulation.run import run

MINUTE_S = 60.0
TAIL_S = 7200.0  # the last interval's agents stay on: who came late in the day is seen through


@dataclass(frozen=True)
class MovingDay:
    """One queue over one day; `rates_per_s` has an entry for each minute, `agents` for each interval.

    Handle times are lognormal of `aht_cv`, exponential if that is None; patience is exponential of mean
    `patience_s` (None: nobody leaves). Agents come and go at the interval's start, those who go are
    drawn by lot and finish the contact they are at. The day begins empty.
    """

    rates_per_s: np.ndarray
    agents: np.ndarray
    aht_s: float
    within_s: float
    patience_s: float | None = None
    aht_cv: float | None = None

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
    patience_s = np.inf if day.patience_s is None else day.patience_s
    return Contacts(
        np.interp(moments, expected, np.arange(len(expected)) * MINUTE_S),
        np.zeros(count, np.int64),
        day.aht_s * _work(rng, cv=day.aht_cv, size=count),
        rng.exponential(size=count) * patience_s,
    )


def _work(rng: np.random.Generator, *, cv: float | None, size: int) -> np.ndarray:
    """Handle times of mean 1: lognormal, or exponential without a cv."""
    if cv is None:
        return rng.exponential(size=size)
    spread = np.sqrt(np.log1p(cv * cv))
    return np.exp(spread * rng.standard_normal(size) - spread * spread / 2)


def _duty(day: MovingDay, *, rng: np.random.Generator) -> Duty:
    """Who comes and goes when: whoever comes is somebody new, whoever goes is drawn by lot."""
    at_s, agent, group = [], [], []
    present: list[int] = []
    newcomers = 0
    for interval, wanted in enumerate(day.agents):
        now_s = interval * day.interval_s
        leaving = [] if wanted >= len(present) else list(rng.permutation(present)[: len(present) - wanted])
        coming = list(range(newcomers, newcomers + max(0, wanted - len(present))))
        newcomers += len(coming)
        present = [one for one in present if one not in leaving] + coming
        at_s += [now_s] * (len(leaving) + len(coming))
        agent += leaving + coming
        group += [-1] * len(leaving) + [0] * len(coming)
    end_s = len(day.rates_per_s) * MINUTE_S + TAIL_S
    columns = (np.array([*at_s, end_s]), np.array([*agent, -1], np.int64), np.array([*group, -1], np.int64))
    return Duty(*columns, slots=np.ones(len(agent) + 1, np.int64))


def _counted(contacts: Contacts, outcome: Outcome, *, day: MovingDay) -> np.ndarray:
    interval = (contacts.arrived_s // day.interval_s).astype(np.int64)
    wait_s = outcome.answered_s - contacts.arrived_s
    abandoned = np.isnan(wait_s) & (contacts.patience_s < np.inf)
    sums = [
        np.bincount(interval, weights, minlength=len(day.agents))
        for weights in (np.ones(len(wait_s)), wait_s <= day.within_s, abandoned)
    ]
    return np.stack(sums)
