"""Erlang B turned round: the recursion itself is the witness."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.blocking import agents_for_blocking, agents_for_occupancy


def recursion(load: float, agents: int) -> list[float]:
    """Blocking with 0..agents agents (Erlang 1917): B(n) = a B(n-1) / (n + a B(n-1))."""
    found = [1.0]
    for n in range(1, agents + 1):
        found.append(load * found[-1] / (n + load * found[-1]))
    return found


@given(st.floats(0.01, 200), st.floats(1e-6, 0.999))
@settings(max_examples=80, deadline=None)
def test_the_first_that_blocks_few_enough(load: float, most: float) -> None:
    blocked = recursion(load, 400)
    first = next(n for n, share in enumerate(blocked) if share <= most + 1e-12)
    assert agents_for_blocking(np.array([load]), most=np.array([most])).tolist() == [first]


@given(st.floats(0.01, 100), st.floats(0.2, 1))
@settings(max_examples=80, deadline=None)
def test_the_first_that_is_idle_enough(load: float, most: float) -> None:
    blocked = recursion(load, 600)
    first = next(n for n in range(1, 601) if load * (1 - blocked[n]) <= n * most * (1 + 1e-12))
    assert agents_for_occupancy(np.array([load]), most=np.array([most])).tolist() == [first]


def test_nothing_offered_needs_nobody() -> None:
    assert agents_for_blocking(np.zeros(1), most=np.array([0.01])).tolist() == [0]
    assert agents_for_occupancy(np.zeros(1), most=np.array([0.9])).tolist() == [0]
