"""Work spread over workers comes back whole and in order, and says how far it is."""

from __future__ import annotations

import time

import pytest

from forecasting.spread import LINES, each, spread


def slow_first(number: int) -> int:
    time.sleep(0.05 if number == 0 else 0)
    return number


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_calls_whatever_finishes_first(workers: int) -> None:
    with spread(workers=workers, backend="threading") as run:
        assert each(run, slow_first, calls=[(n,) for n in range(20)]) == list(range(20))
        assert each(run, slow_first, calls=[]) == []
        assert each(run, slow_first, calls=[(5,)]) == [5]


@pytest.mark.parametrize("count", [10, 11, 99, 200])
def test_many_queues_are_told_of_in_a_few_rising_lines(count: int) -> None:
    said: list[str] = []
    with spread(workers=1, backend="loky") as run:
        each(run, slow_first, calls=[(n,) for n in range(1, count + 1)], say=said.append)
    done = [int(line.split()[1]) for line in said]
    assert 4 <= len(done) <= LINES
    assert done == sorted(set(done))
    assert all(f"of {count} queues" in line for line in said)


def test_few_queues_are_not_worth_a_line() -> None:
    said: list[str] = []
    with spread(workers=1, backend="loky") as run:
        each(run, slow_first, calls=[(n,) for n in range(1, 8)], say=said.append)
    assert said == []
