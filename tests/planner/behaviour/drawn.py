"""Waits drawn as a queue would make them: patience against the wait until an agent is free."""

from __future__ import annotations

import numpy as np

from planner.behaviour.waits import Waits


def waits_of(patience_s: np.ndarray, offered_wait_s: np.ndarray, *, step_s: float = 1.0) -> Waits:
    """Counts by the second of who left before an agent was free, and of who did not."""
    left = patience_s < offered_wait_s
    seconds = np.rint(np.minimum(patience_s, offered_wait_s)).astype(int)
    most = seconds.max() + 1
    return Waits(
        np.arange(most, dtype=float),
        np.bincount(seconds[left], minlength=most),
        np.bincount(seconds[~left], minlength=most),
        step_s,
    )


def offered_waits(rng: np.random.Generator, contacts: int, *, mean_s: float = 40) -> np.ndarray:
    """As in Erlang A: half are answered at once, the others after an exponential wait."""
    return np.where(rng.random(contacts) < 0.5, 0.0, rng.exponential(mean_s, contacts))
