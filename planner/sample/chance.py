"""Where chance comes from: one generator for each table and queue, named, so that none disturbs another."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def generator(seed: int, *names: str) -> np.random.Generator:
    """The generator of one part; the same seed and names always give the same numbers.

    Children are keyed by name, not by order, so that a queue added to the file leaves the others
    as they were.

    >>> float(generator(1, "volume", "SVQ").random()) == float(generator(1, "volume", "LIS").random())
    False
    """
    key = tuple(crc32(name.encode()) for name in names)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def lognormal_factor(rng: np.random.Generator, cv: float, *, size: int) -> np.ndarray:
    """Lognormal factors with mean 1 and coefficient of variation `cv`."""
    return lognormal_of(rng.standard_normal(size), cv)


def lognormal_of(normal: np.ndarray, cv: float) -> np.ndarray:
    """Standard normal values as lognormal factors with mean 1 and coefficient of variation `cv`."""
    variance = np.log1p(cv * cv)
    return np.exp(np.sqrt(variance) * normal - variance / 2)


def autoregressive(rng: np.random.Generator, weeks: int, *, cv: float, persistence: float) -> np.ndarray:
    """A level that moves slowly: log AR(1) by week, mean 1, stationary coefficient of variation `cv`."""
    shocks = rng.standard_normal(weeks)
    state = np.empty(weeks)
    state[0] = shocks[0]
    for week in range(1, weeks):
        state[week] = persistence * state[week - 1] + np.sqrt(1 - persistence**2) * shocks[week]
    return lognormal_of(state, cv)
