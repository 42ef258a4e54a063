"""How long a capacity plan takes, part by part: `python -m benchmarks.capacity STORE [--weeks 30]`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from planner.config import load_plan
from planner.pipeline.capacity import expected_weeks, needed, planned_with_levers
from planner.pipeline.history import history_of, known_to
from planner.store import Store, plans
from staffing.capacity.plan import Search


def main() -> None:
    """Forecast, need, and the plan without and with its levers, in CPU seconds."""
    command = argparse.ArgumentParser(description=__doc__)
    command.add_argument("store", type=Path)
    command.add_argument("--plan", type=Path, help="default: that of the newest plan")
    command.add_argument("--weeks", type=int, default=30)
    asked = command.parse_args()
    store = Store(asked.store)
    plan = load_plan(asked.plan or plans(store)[0].yaml)
    plan = replace(plan, capacity=replace(plan.capacity, weeks=asked.weeks))
    history, _ = known_to(plan.centre, history_of(store))
    with measured("forecast, paths and need"):
        expected = expected_weeks(plan, history, today=datetime.now(UTC).date(), say=quiet)
    with measured("need alone, three levels"):
        needed(plan, expected.forecast, expected.horizon, say=quiet)
    for name, levers in (("plan without levers", ()), ("plan with levers", plan.capacity.levers)):
        capacity = replace(plan.capacity, levers=levers)
        now = replace(expected, planning=replace(expected.planning, capacity=capacity))
        with measured(name):
            planned_with_levers(plan, now, history.agents, search=Search(seed=plan.seed), say=quiet)


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print the CPU seconds of what is done inside."""
    begun = time.process_time()
    yield
    print(f"{what}: {time.process_time() - begun:.1f} CPU s", flush=True)


def quiet(_text: str) -> None:
    """Say nothing."""


if __name__ == "__main__":
    main()
