"""The two-hump day: each half-hour alone against the exact state carried through, then simulated.

08:00 to 20:00, ten calls a minute at the peak, mean patience 180 s, 80 % in 20 s, half-hours. "Textbook" is
M(t)/M/s(t)+M, which hands the contacts of agents who leave back to the queue; "they finish" is what planner
takes people to do (docs/decisions/038). Run: python -m benchmarks.two_humps
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from planner.domain.centre import Handling, StaffingMethod
from staffing.day import Stretch, service, staffed
from staffing.least import Limits
from staffing.simulation.single import MovingDay, simulate_day
from tests.staffing.two_humps import two_humps

HALF_HOURS, PATIENCE_S, WITHIN_S = 24, 180.0, 20.0
LIMITS = Limits(((0.80, WITHIN_S),))
METHODS: tuple[StaffingMethod, ...] = ("sipp", "lag", "sequential_hand_back", "sequential")
DAYS, SEED = 1000, 7


def main() -> None:
    """Print the table for handle times of 3, 6 and 12 minutes."""
    rows = [row(aht_min, method) for aht_min in (3, 6, 12) for method in METHODS]
    table = pd.DataFrame(rows).set_index(["aht_min", "method"])
    alone = table["staff_h"].xs("sipp", level="method")
    table.insert(1, "against_sipp", table["staff_h"] / alone.reindex(table.index, level=0) - 1)
    print(table.round(4).to_string())


def row(aht_min: int, method: StaffingMethod) -> dict[str, float | str]:
    """Staff hours of a method, and the worst half-hour by either chain and in simulated days."""
    rates, aht_s = two_humps(), aht_min * 60.0
    stretch = Stretch(
        rates.reshape(HALF_HOURS, 30).sum(axis=1) * 60,
        1800.0,
        np.full(HALF_HOURS, aht_s),
        Handling(aht_s, patience_s=PATIENCE_S),
        rates=rates.reshape(HALF_HOURS, 30),
    )
    started = time.process_time()
    found = staffed(stretch, LIMITS, method=method)
    seconds = time.process_time() - started
    day = MovingDay(rates, found.least.agents, aht_s, WITHIN_S, PATIENCE_S)
    seen = simulate_day(day, replications=DAYS, seed=SEED).service_level
    finish = service(stretch, found.least.agents, LIMITS).levels[:, 0]
    textbook = service(stretch, found.least.agents, LIMITS, hand_back=1).levels[:, 0]
    worst = int(seen.value.argmin())
    return {
        "aht_min": aht_min,
        "method": method,
        "staff_h": found.least.agents.sum() / 2,
        "textbook_worst": textbook.min(),
        "finish_worst": finish.min(),
        "simulated_worst": seen.value[worst],
        "simulated_low": seen.low[worst],
        "simulated_high": seen.high[worst],
        "largest_difference": abs(seen.value - finish).max(),
        "cpu_s": seconds,
    }


if __name__ == "__main__":
    main()
