"""How far models that are approximations are from simulated agents.

    python -m benchmarks.approximations chat

or patience, handle_times, leaving, blending (`benchmarks.approximations_of_calls`). Chat: for each load,
concurrency, slow-down and idle time the least agents for 80 % in 60 s are simulated one by one
(`benchmarks.chat_floor`), and what the model says of them is compared.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

from benchmarks.approximations_of_calls import blending, handle_times, leaving, patience
from benchmarks.chat_floor import Floor, watch
from planner.domain.centre import Handling
from staffing.chat import chat_measures, demand_with_idle
from staffing.erlang import Demand, measures, service_level
from staffing.least import Limits, least_agents

LOADS, CONCURRENCIES, SLOW_DOWNS, IDLE_S = (2, 10, 40, 100), (2, 3, 5), (0.0, 0.25, 0.5), (0, 60, 300)
AHT_S, PATIENCE_S, WITHIN_S, CONTACTS = 500.0, 330.0, 60.0, 600_000
TARGET = Limits(((0.80, WITHIN_S),))
CALLS = {"patience": patience, "handle_times": handle_times, "leaving": leaving, "blending": blending}
SHOWN = ("service_level", "abandoned", "open", "nothing_open")


def main() -> None:
    """Print the approximation asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["chat", *CALLS])
    what = parser.parse_args().what
    if what == "chat":
        chat()
    else:
        print(CALLS[what]().round(4).to_string(index=False))


def chat() -> None:
    """Print model minus simulation: every case, then mean and largest error by concurrency and idle time."""
    cells = pd.MultiIndex.from_product(
        [LOADS, CONCURRENCIES, SLOW_DOWNS, IDLE_S], names=["load", "concurrency", "slow_down", "idle_s"]
    ).to_frame(index=False)
    found = pd.DataFrame([compared(*cell) for cell in cells.itertuples(index=False)])
    errors = {f"{n}_error": (found[f"{n}_model"] - found[f"{n}_simulated"]).abs() for n in SHOWN}
    rows = pd.concat([cells, found.assign(**errors)], axis=1)
    print(rows.round(3).to_string(index=False))
    by = rows.groupby(["concurrency", "idle_s"])[list(errors)]
    print(by.agg(["mean", "max"]).round(3).to_string())
    print(rows[list(errors)].agg(["mean", "max"]).round(4).to_string())


def compared(load: float, concurrency: int, slow_down: float, idle_s: float) -> dict[str, float]:
    """Model and simulation of one case: shares, and conversations open per agent."""
    alone = Demand(load, AHT_S, PATIENCE_S, concurrency, slow_down)
    demand = demand_with_idle(alone, idle_s=idle_s)
    agents = int(least_agents(demand, TARGET).agents)
    chat = chat_measures(demand, agents=agents, handling=Handling(AHT_S, idle_s=idle_s))
    level = service_level(demand, agents=agents, within_s=WITHIN_S)
    left = measures(demand, agents=agents).p_abandon
    model = [float(cell) for cell in (level, left, chat.open_per_agent, chat.nothing_open)]
    floor = Floor(agents, concurrency, load / AHT_S, AHT_S, slow_down, float(idle_s), PATIENCE_S)
    seen = watch(floor, within_s=WITHIN_S, contacts=CONTACTS, rng=np.random.default_rng(20261122))
    simulated = [seen.answered_within, seen.abandoned, seen.open_per_agent, seen.nothing_open]
    result: dict[str, float] = {"agents": agents}
    for name, ours, theirs in zip(SHOWN, model, simulated, strict=True):
        result |= {f"{name}_model": ours, f"{name}_simulated": theirs}
    return result


if __name__ == "__main__":
    main()
