"""How fast requirements are solved, and in how much memory. Run by hand: python -m benchmarks.staffing

CPU seconds of one core; the rows of a line are all different and stand in no order, except in the year.
Each has two service levels, abandonment and occupancy or ASA as targets, and the answer for a row holds
the least agents, what each target needs alone, and what binds.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

import numpy as np

from staffing.erlang import Demand, measures, service_level
from staffing.least import Limits, least_agents
from staffing.least_with_repeats import least_with_repeats
from staffing.redials import Repeats
from staffing.slack import why

ROWS = 500_000
YEAR, QUEUES, WEEK, HALF_HOUR_S = 1_048_320, 60, 336, 1800  # half hours: 52 weeks x 336 x 60 queues
CONTRACT = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05, max_occupancy=0.90)
WITH_ASA = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05, max_asa_s=30)


def main() -> None:
    rng = np.random.default_rng(20261122)
    small, every, large = (_demand(rng, *powers) for powers in ((-1, np.log10(500)), (-1, 5), (3, 5)))
    chat = Demand(small.load, small.aht_s, small.patience_s, 3, 0.24)
    least = least_agents(small, CONTRACT)  # also compiles, once per installation
    least_agents(chat, WITH_ASA)
    print(f"{'what':<58}{'rows':>10}{'CPU s':>8}{'per CPU s':>12}{'peak MB':>9}")
    _year(rng)
    for name, demand in (("0.1..500", small), ("0.1..100,000", every), ("1,000..100,000", large)):
        _time(f"Erlang A, four targets, {name} Erlang", ROWS, lambda d=demand: least_agents(d, CONTRACT))
        _time("  the same, ASA for occupancy", ROWS, lambda d=demand: least_agents(d, WITH_ASA))
    _time("chat, three conversations, four targets", ROWS, lambda: least_agents(chat, CONTRACT))
    _time("measures of given agents (ASA included)", ROWS, lambda: measures(small, agents=least.agents))
    _time(
        "service level of given agents", ROWS, lambda: service_level(small, agents=least.agents, within_s=20)
    )
    _time("why: slack and what one fewer breaks", ROWS, lambda: why(small, limits=CONTRACT, least=least))
    some, repeats = (
        Demand(small.load[:20_000], small.aht_s[:20_000], small.patience_s[:20_000]),
        Repeats(0.5, 0.1),
    )
    _time(
        "with redials and reconnects",
        20_000,
        lambda: least_with_repeats(some, limits=CONTRACT, repeats=repeats),
    )


def _demand(rng: np.random.Generator, least: float, most: float) -> Demand:
    """Loads from 10^least to 10^most Erlang, evenly on the scale of logarithms."""
    load = 10 ** rng.uniform(least, most, ROWS)
    return Demand(load, rng.uniform(120, 720, ROWS), rng.uniform(60, 600, ROWS))


def _year(rng: np.random.Generator) -> None:
    """A year of 60 queues in half hours: whole contacts about a weekly profile, one AHT and patience each."""
    busiest = 10 ** rng.uniform(0.5, 2.8, (QUEUES, 1, 1))
    profile = rng.uniform(0.05, 1, (QUEUES, 1, WEEK))
    contacts = rng.poisson(busiest * profile, (QUEUES, YEAR // QUEUES // WEEK, WEEK)).reshape(QUEUES, -1)
    aht_s, patience_s = rng.integers(120, 720, (QUEUES, 1)), rng.integers(60, 600, (QUEUES, 1))
    demand = Demand(contacts * aht_s / HALF_HOUR_S, aht_s, patience_s)
    _time("a year of 60 queues, four targets", YEAR, lambda: least_agents(demand, CONTRACT))
    apart = Demand(demand.load + rng.uniform(0, 1e-6, contacts.shape), aht_s, patience_s)
    _time("  the same, no two rows alike", YEAR, lambda: least_agents(apart, CONTRACT))


def _time(what: str, rows: int, run: Callable[[], object]) -> None:
    begin = time.process_time()
    run()
    seconds, peak = time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<58}{rows:>10,}{seconds:>8.2f}{rows / seconds:>12,.0f}{peak:>9,.0f}")


if __name__ == "__main__":
    main()
