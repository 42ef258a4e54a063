"""One queue in its steady state, compiled: who waits, how long, who leaves. Erlang A, and C as its limit.

Time is counted in handle times: `ratio` is mean patience / AHT, infinite when nobody ever leaves.
Palm (1957); Garnett, Mandelbaum & Reiman (2002), Manufacturing & Service Operations Management 4;
Mandelbaum & Zeltyn (2007). With c = servers x ratio and eta = load x ratio the states in which
customers wait weigh L(c, eta) against U(servers, load) of the others, and the wait V offered to a
customer who finds all busy has P(V > t) = gamma(c, eta e^-x) / gamma(c, eta) at x = t / patience.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from staffing.mills import compiled, log_pmf, lower

NOTHING = 1e-200  # Erlang: below, a first contact is the last as well
SATURATED = 1e250  # a waiting side that heavy holds all customers


class Wait(NamedTuple):
    """A queue's steady state: `weight` is L(c, eta), `leave` is P(abandon | must wait).

    `free` = 1 - p_wait and `stay` = 1 - leave are kept on their own: of 100,000 Erlang one agent
    answers a share that the difference would round away.
    """

    p_wait: float
    leave: float
    weight: float
    servers: float
    load: float
    ratio: float
    free: float
    stay: float


@compiled
def steady(servers: float, load: float, ratio: float, blocked: float, table: Any) -> Wait:
    """The steady state; `blocked` is the weight of the states with a free server (U for Erlang's)."""
    if load < NOTHING:
        alone = 1.0 if servers == 0 else 0.0
        leave = alone if ratio < math.inf else 0.0
        return Wait(alone, leave, 1.0, servers, 0.0, ratio, 1 - alone, 1 - alone)
    if ratio == math.inf:
        weight = servers / (servers - load) if servers > load else math.inf
        stay = 1.0 if servers > 0 else 0.0
        return Wait(
            1 / (1 + blocked / weight), 0.0, weight, servers, load, ratio, 1 / (1 + weight / blocked), stay
        )
    c, eta, above = servers * ratio, load * ratio, (load - servers) * ratio
    weight = lower(c, eta, above, table)
    leave = _number_waiting(c, eta, above, weight) / eta
    stay = c / eta * (1 - 1 / weight) if weight > 2 else 1 - leave
    return Wait(
        1 / (1 + blocked / weight), leave, weight, servers, load, ratio, 1 / (1 + weight / blocked), stay
    )


@compiled
def _number_waiting(c: float, eta: float, above: float, weight: float) -> float:
    """Mean number waiting when all are busy, c / L - (c - eta), without its cancellation."""
    spare = -above
    if eta < 0.1 * c:
        number = eta / (c + 20 - eta)
        for k in range(19, -1, -1):
            number = eta * (1 + number) / (c + k + 1 + number)
        return number
    if spare > 1e4 and spare * spare > 1e4 * eta:
        # Watson's lemma on L / c, the integral of exp(-c x + eta (1 - e^-x)); error below 1e-13
        e, i = eta / (spare * spare), 1 / spare
        small = (
            e * (1 - i + i * i - i**3)
            - e * e * (3 - 10 * i + 25 * i * i)
            + e**3 * (15 - 105 * i)
            - 105 * e**4
        )
        return spare * small / (1 - small)
    return above + c / weight


@compiled
def bend(x: float) -> float:
    """x - 1 + e^-x, to full relative precision also near 0."""
    if abs(x) > 0.3:
        return x + math.expm1(-x)
    total = 1.0
    for n in range(14, 2, -1):
        total = 1 - x / n * total
    return 0.5 * x * x * total


@compiled
def _share_below(a: float, y: float, above: float, table: Any) -> float:
    """P(a, y), the regularised lower incomplete gamma function."""
    ratio = lower(a, y, above, table) if y > 0 else 1.0
    if ratio == math.inf:
        return 1.0
    return math.exp(log_pmf(a, y, above)) * ratio if y > 0 else 0.0


@compiled
def offered_later(wait: Wait, t: float, table: Any) -> float:
    """P(V > t | must wait): the wait offered, whether or not the customer stays; t in handle times."""
    return _later(wait, t, 0.0, table)


@compiled
def served_later(wait: Wait, t: float, table: Any) -> float:
    """P(V > t and served | must wait); t in handle times."""
    if wait.servers == 0:
        return 0.0
    c = wait.servers * wait.ratio
    part = 1.0 if wait.ratio == math.inf else c / (c + 1)
    return part * _later(wait, t, 1.0, table)


@compiled
def _later(wait: Wait, t: float, k: float, table: Any) -> float:
    """L(c + k, eta e^-x) / L(c, eta) exp(-x (c + k) + eta (1 - e^-x)) at x = t / patience."""
    spare = wait.servers - wait.load
    if wait.ratio == math.inf:
        return math.exp(-spare * t) if spare > 0 else 1.0
    c, eta, x = wait.servers * wait.ratio, wait.load * wait.ratio, t / wait.ratio
    y, above = eta * math.exp(-x), eta * math.expm1(-x) - spare * wait.ratio - k
    if wait.weight >= SATURATED:
        return ((c + 1) / eta if k else 1.0) * _share_below(c + k, y, above, table)
    exponent = -t * spare - k * x - eta * bend(x) if x < 1 else -x * (c + k) - eta * math.expm1(-x)
    if exponent < -745:
        return 0.0
    return lower(c + k, y, above, table) / wait.weight * math.exp(exponent)


@compiled
def abandoned_within(wait: Wait, t: float, table: Any) -> float:
    """P(abandon within t), t in handle times."""
    if wait.ratio == math.inf or wait.p_wait == 0.0:
        return 0.0
    offered = offered_later(wait, t, table) * math.exp(-t / wait.ratio)
    return max(wait.p_wait * (wait.leave - offered + served_later(wait, t, table)), 0.0)


@compiled
def abandoned_after(wait: Wait, t: float, table: Any) -> float:
    """P(abandon, but not within t), t in handle times."""
    if wait.ratio == math.inf or wait.p_wait == 0.0:
        return 0.0
    offered = offered_later(wait, t, table) * math.exp(-t / wait.ratio)
    return wait.p_wait * max(offered - served_later(wait, t, table), 0.0)


@compiled
def level(formula: int, wait: Wait, t: float, short: float, table: Any) -> float:
    """Service level by formula 1..5 (ICMI); 6 is answered in t / (offered - short abandons)."""
    if wait.p_wait == 0.0:
        return 1.0
    if formula == 1:
        gone = math.exp(-t / wait.ratio)
        return 1 - wait.p_wait * offered_later(wait, t, table) * gone
    late = served_later(wait, t, table)
    in_time = wait.free + wait.p_wait * max(wait.stay - late, 0.0)
    if formula == 2:
        return in_time / answered(wait)
    if formula == 4:
        return _part(in_time, answered(wait) + abandoned_after(wait, t, table))
    if formula == 5:
        return in_time + abandoned_within(wait, short, table)
    if formula == 6:
        return _part(in_time, answered(wait) + abandoned_after(wait, short, table))
    return in_time


@compiled
def _part(some: float, whole: float) -> float:
    """some / whole, and 0 where a whole too small for a number has none of it."""
    return some / whole if some > 0 else 0.0


@compiled
def answered(wait: Wait) -> float:
    """The share of contacts that are answered at all."""
    return wait.free + wait.p_wait * wait.stay
