"""Small floors for the tests: one queue each, agents on duty all the time, exponential handling."""

from __future__ import annotations

import numpy as np

from staffing.simulation.floor import Contacts, Duty, Groups, Outcome, Queues, padded
from staffing.simulation.run import run

INTERVAL_S = 1800.0


def poisson_contacts(
    rng: np.random.Generator, *, offered_per_s: float, seconds: float, aht_s: float, patience_s: float
) -> Contacts:
    """A Poisson stream into queue 0 with exponential handle times and patience."""
    count = rng.poisson(offered_per_s * seconds)
    return Contacts(
        np.sort(rng.random(count)) * seconds,
        np.zeros(count, np.int64),
        rng.exponential(aht_s, count),
        rng.exponential(1.0, count) * patience_s,
    )


def duty(shifts: list[tuple[int, float, float]], *, seconds: float, group: int = 0, slots: int = 1) -> Duty:
    """Duty from (agent, start, end) in seconds; every interval up to `seconds` is closed."""
    ticks = np.arange(1, int(seconds // INTERVAL_S) + 1) * INTERVAL_S
    rows = [(start, agent, group, slots) for agent, start, _ in shifts]
    rows += [(end, agent, -1, 1) for agent, _, end in shifts]
    rows += [(tick, -1, -1, 1) for tick in ticks]
    columns = zip(*sorted(rows, key=lambda row: row[0]), strict=True)
    at_s, agent, groups, slot = (np.array(column) for column in columns)
    return Duty(at_s, agent, groups, slot)


def always(agents: int, *, seconds: float, slots: int = 1) -> Duty:
    """That many agents on duty from the first moment to past the end."""
    return duty([(agent, 0.0, seconds + 1) for agent in range(agents)], seconds=seconds, slots=slots)


def one_queue(contacts: Contacts, duty: Duty, *, slow_down: float = 0.0, concurrent: bool = False) -> Outcome:
    """Run a floor with a single queue and group."""
    return run(
        contacts,
        queues=Queues(np.array([slow_down]), np.array([concurrent]), padded([[0]])),
        groups=Groups(padded([[0]]), padded([[]]), np.zeros(1)),
        duty=duty,
    )
