"""What a customer who finds so many contacts ahead can expect, compiled: exact, by those ahead.

With j customers waiting ahead and all slots taken, c = completions a second x patience, the wait V
offered is a sum of independent stages of rates (c + i) / patience, i = 0..j, so that exp(-V / patience)
is Beta(c, j + 1):

    P(V <= t) = I_x(j + 1, c),   P(served within t) = c / (c + j + 1) I_x(j + 1, c + 1),   x = 1 - exp(-t / p)

The incomplete beta functions come by their recursion in j, one term each; without abandonment they are
the Erlang distributions. Agents are taken to stay as they are while the customer waits.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from staffing.mills import compiled


class Floor(NamedTuple):
    """Slots to be served in, completions a second with all of them taken, mean patience in seconds."""

    full: int
    rate: float
    patience_s: float


@compiled
def served_within(top: int, floor: Floor, t: float) -> Any:
    """P(served within t seconds | n contacts in the system), n = 0..top; t may be 0."""
    full, rate, patience_s = floor
    result = _offered_within(top, floor, t, 1.0)
    if patience_s < math.inf:
        c = rate * patience_s
        for n in range(full, top + 1):
            result[n] *= c / (c + n - full + 1)
    return result


@compiled
def left_within(top: int, floor: Floor, t: float) -> Any:
    """P(abandons within t seconds | n contacts in the system), n = 0..top."""
    full, patience_s = floor.full, floor.patience_s
    result = np.zeros(top + 1)
    if patience_s == math.inf:
        return result
    served = served_within(top, floor, t)
    offered = _offered_within(top, floor, t, 0.0)
    stays = math.exp(-t / patience_s)
    for n in range(full, top + 1):
        result[n] = max(1 - stays * (1 - offered[n]) - served[n], 0.0)
    return result


@compiled
def served_at_all(top: int, floor: Floor) -> Any:
    """P(served | n contacts in the system), n = 0..top."""
    full, rate, patience_s = floor
    result = np.ones(top + 1)
    for n in range(full, top + 1):
        c = rate * patience_s
        result[n] = (c / (c + n - full + 1) if patience_s < math.inf else 1.0) if rate > 0 else 0.0
    return result


@compiled
def wait_of_served(top: int, floor: Floor) -> Any:
    """E[wait; served | n contacts in the system] in seconds, n = 0..top."""
    full, rate, patience_s = floor
    result, wait = np.zeros(top + 1), 0.0
    for n in range(full, top + 1):
        if rate == 0:
            return result
        wait += 1 / (rate + (n - full + 1) / patience_s)
        result[n] = wait * rate / (rate + (n - full + 1) / patience_s)
    if patience_s == math.inf:
        for n in range(full, top + 1):
            result[n] = (n - full + 1) / rate
    return result


@compiled
def _offered_within(top: int, floor: Floor, t: float, more: float) -> Any:
    """I_x(j + 1, c + more) for j = n - full; 1 where a slot is free."""
    full, rate, patience_s = floor
    result = np.ones(top + 1)
    if full > top:
        return result
    if patience_s == math.inf:
        _stages(result, full, rate * t)
        return result
    x, b = -math.expm1(-t / patience_s), rate * patience_s + more
    value = -math.expm1(-t / patience_s * b)
    logarithm = math.log(x) - t / patience_s * b + math.log(b) if x > 0 and b > 0 else -math.inf
    for n in range(full, top + 1):
        result[n] = max(value, 0.0)
        a = n - full + 1.0
        value -= math.exp(logarithm)
        if logarithm > -math.inf:
            logarithm += math.log(x * (a + b) / (a + 1))
    return result


@compiled
def _stages(result: Any, full: int, y: float) -> None:
    """P(more than j events in Poisson(y)), j = n - full: the Erlang distribution."""
    value = -math.expm1(-y)
    logarithm = math.log(y) - y if y > 0 else -math.inf
    for n in range(full, len(result)):
        result[n] = max(value, 0.0)
        value -= math.exp(logarithm)
        if y > 0:
            logarithm += math.log(y / (n - full + 2.0))
