"""The simulation's 95 % intervals hold the formulas' values in 95 of 100 experiments, for every queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest

from staffing.erlang import Demand, erlang_b, erlang_c, measures, service_level
from staffing.simulation.certainty import ratio
from staffing.simulation.floor import Contacts, Outcome
from tests.staffing.simulation.floors import always, one_queue, poisson_contacts
from tests.staffing.simulation.steady import chain

EXPERIMENTS, REPLICATIONS = 200, 20
WITHIN_S = 20.0
Sums = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Steady:
    """A queue that is left running for `seconds`; `warm_s` of them to forget that it began empty."""

    agents: int
    offered_per_s: float
    aht_s: float
    patience_s: float
    slots: int = 1
    slow_down: float = 0.0
    warm_s: float = 10_000.0
    seconds: float = 40_000.0

    @property
    def load(self) -> float:
        """Offered load in Erlang."""
        return self.offered_per_s * self.aht_s


def erlang_b_values(queue: Steady) -> dict[str, float]:
    return {"abandonment": float(erlang_b(queue.load, agents=queue.agents))}


def erlang_c_values(queue: Steady) -> dict[str, float]:
    demand = Demand(queue.load, queue.aht_s)
    level = service_level(demand, agents=queue.agents, within_s=WITHIN_S)
    wait = erlang_c(queue.load, agents=queue.agents)
    return {
        "waited": float(wait),
        "service_level": float(level),
        "asa_s": float(measures(demand, agents=queue.agents).asa_s),
    }


def erlang_a_values(queue: Steady) -> dict[str, float]:
    demand = Demand(queue.load, queue.aht_s, queue.patience_s)
    found = measures(demand, agents=queue.agents)
    level = service_level(demand, agents=queue.agents, within_s=WITHIN_S)
    return {
        "abandonment": float(found.p_abandon),
        "service_level": float(level),
        "asa_s": float(found.asa_s),
        "occupancy": float(found.occupancy),
    }


def chat_values(queue: Steady) -> dict[str, float]:
    """One agent with several conversations is a birth-death chain, exactly."""
    open_now = np.arange(1, queue.slots + 1)
    rates = open_now / (queue.aht_s * (1 + queue.slow_down * (open_now - 1)))
    theory = chain(rates, offered_per_s=queue.offered_per_s, patience_s=queue.patience_s, within_s=WITHIN_S)
    return {"abandonment": theory.abandonment, "service_level": theory.service_level, "asa_s": theory.asa_s}


CASES = {
    "Erlang B": (Steady(6, 0.02, 300.0, 1e-9), erlang_b_values),
    "Erlang C": (Steady(8, 0.02, 300.0, np.inf, warm_s=20_000.0, seconds=80_000.0), erlang_c_values),
    "Erlang A": (Steady(7, 0.02, 300.0, 120.0), erlang_a_values),
    "chat": (Steady(1, 0.006, 300.0, 150.0, slots=3, slow_down=0.25, seconds=160_000.0), chat_values),
}


def sums(contacts: Contacts, outcome: Outcome, *, warm_s: float) -> Sums:
    """Numerator and denominator of each measure of one run, after it has warmed up."""
    wait_s = (outcome.answered_s - contacts.arrived_s)[contacts.arrived_s > warm_s]
    answered, offered = float((~np.isnan(wait_s)).sum()), float(len(wait_s))
    warm = int(warm_s // 1800) + 1
    return {
        "abandonment": (offered - answered, offered),
        "service_level": (float((wait_s <= WITHIN_S).sum()), offered),
        "waited": (float((wait_s > 0).sum()), offered),
        "asa_s": (float(np.nansum(wait_s)), answered),
        "occupancy": (float(outcome.busy_s[:, warm:].sum()), float(outcome.people_s[:, warm:].sum())),
    }


def covered(queue: Steady, truth: Mapping[str, float]) -> dict[str, float]:
    """Share of experiments whose interval holds each true value."""
    runs = []
    shifts = always(queue.agents, seconds=queue.seconds, slots=queue.slots)
    for seed in range(EXPERIMENTS * REPLICATIONS):
        contacts = poisson_contacts(
            np.random.default_rng(seed),
            offered_per_s=queue.offered_per_s,
            seconds=queue.seconds,
            aht_s=queue.aht_s,
            patience_s=queue.patience_s,
        )
        outcome = one_queue(contacts, shifts, slow_down=queue.slow_down, concurrent=queue.slots > 1)
        runs.append(sums(contacts, outcome, warm_s=queue.warm_s))
    found = {}
    for name, value in truth.items():
        parts = np.array([one[name] for one in runs]).reshape(EXPERIMENTS, REPLICATIONS, 2)
        mean = ratio(parts[..., 0].T, parts[..., 1].T)
        found[name] = float(((mean.low <= value) & (value <= mean.high)).mean())
    return found


@pytest.mark.parametrize("case", CASES)
def test_nineteen_of_twenty_intervals_hold_the_formulas_value(case: str) -> None:
    queue, theory = CASES[case]
    for name, share in covered(queue, theory(queue)).items():
        assert share == pytest.approx(0.95, abs=0.03), name
