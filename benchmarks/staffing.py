"""How fast requirements are solved. Run by hand: python -m benchmarks.staffing

CPU seconds of one core; every row is a distinct situation with two service levels, abandonment and
occupancy. The answer for a row holds the least agents, what each target needs alone, and what binds.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from staffing.erlang import Demand, measures, service_level
from staffing.least import Limits, least_agents

ROWS = 500_000
CONTRACT = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05, max_occupancy=0.90)
WITH_ASA = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05, max_asa_s=30)


def main() -> None:
    rng = np.random.default_rng(20261122)
    load, aht_s = 10 ** rng.uniform(-1, np.log10(500), ROWS), rng.uniform(120, 720, ROWS)
    patience_s = rng.uniform(60, 600, ROWS)
    large = 10 ** rng.uniform(3, 5, ROWS // 10)
    voice, chat = Demand(load, aht_s, patience_s), Demand(load, aht_s, patience_s, 3, 0.24)
    agents = least_agents(voice, CONTRACT).agents  # also compiles, once per installation
    repeated = np.round(load[:1000])[rng.integers(0, 1000, 1_048_320)]
    print(f"{'what':<58}{'rows':>10}{'CPU s':>8}{'per CPU s':>12}")
    _time("Erlang A, four targets, 0.1..500 Erlang", ROWS, lambda: least_agents(voice, CONTRACT))
    _time(
        "the same, 1,000..100,000 Erlang", ROWS // 10, lambda: least_agents(Demand(large, 300, 180), CONTRACT)
    )
    _time("the same with an ASA target instead of occupancy", ROWS, lambda: least_agents(voice, WITH_ASA))
    _time("chat, three conversations, four targets", ROWS, lambda: least_agents(chat, CONTRACT))
    _time(
        "a year of 60 queues, as many rows as repeat in it",
        len(repeated),
        lambda: least_agents(Demand(repeated, 300, 180), CONTRACT),
    )
    _time(
        "measures of given agents (ASA of the answered included)",
        ROWS,
        lambda: measures(voice, agents=agents),
    )
    _time("service level of given agents", ROWS, lambda: service_level(voice, agents=agents, within_s=20))


def _time(what: str, rows: int, run: Callable[[], object]) -> None:
    begin = time.process_time()
    run()
    seconds = time.process_time() - begin
    print(f"{what:<58}{rows:>10,}{seconds:>8.2f}{rows / seconds:>12,.0f}")


if __name__ == "__main__":
    main()
