"""Mean wait of those answered (ASA), compiled: exact, and quickly near enough to compare with a target.

The exact value is a sum over the customers ahead or an integral over the wait offered; there is no
closed form. But the moments of u = exp(-V / patience) follow from each other, and three of them nearly
give the mean of -u ln(u), which is what is asked for.
"""

from __future__ import annotations

import math

from staffing.mills import TINY, compiled
from staffing.waiting import Wait, answered, bend

QUICK_FROM = 10.0  # eta from which the spread of V is small against the patience
SHORT_SERIES = 400.0  # eta below which a sum over the customers ahead is quicker than an integral
NODES = (
    (0.0950125098376374, 0.1894506104550685),
    (0.2816035507792589, 0.1826034150449236),
    (0.4580167776572274, 0.1691565193950025),
    (0.6178762444026438, 0.1495959888165767),
    (0.7554044083550030, 0.1246289712555339),
    (0.8656312023878318, 0.0951585116824928),
    (0.9445750230732326, 0.0622535239386479),
    (0.9894009349916499, 0.0271524594117541),
)  # Gauss-Legendre, 16 points: half of the nodes and their weights
PANELS = 8


@compiled
def answer_time(wait: Wait) -> float:
    """Mean wait of those answered (ASA), in handle times; infinite when the queue grows for ever."""
    if wait.p_wait == 0.0:
        return 0.0
    if wait.ratio == math.inf:
        spare = wait.servers - wait.load
        return wait.p_wait / spare if spare > 0 else math.inf
    served = answered(wait)
    if wait.servers == 0 or served <= 0:
        return math.nan
    c, eta = wait.servers * wait.ratio, wait.load * wait.ratio
    if eta < SHORT_SERIES:
        return wait.p_wait / served * wait.ratio * _wait_by_those_ahead(c, eta) / wait.weight
    mean = _mean_of_hill((wait.servers - wait.load) * wait.ratio + 1, eta)
    return wait.p_wait * wait.stay / served * wait.ratio * mean


@compiled
def answer_time_against(wait: Wait, limit: float) -> float:
    """ASA in handle times, exact where it is close to the limit, else near it and on the same side."""
    c, eta = wait.servers * wait.ratio, wait.load * wait.ratio
    if wait.p_wait == 0.0 or not QUICK_FROM < eta < math.inf or c < 1:
        return answer_time(wait)
    mean, square, cube = wait.stay, 0.0, 0.0
    empty = c / wait.weight
    square = ((c + 1) * mean - empty) / eta
    cube = ((c + 2) * square - empty) / eta
    spread = (square - mean * mean) / (mean * mean)
    skew = (cube - 3 * mean * square + 2 * mean**3) / mean**3
    scale = wait.p_wait / answered(wait) * wait.ratio * mean
    near = scale * (-math.log(mean) - spread / 2 + skew / 6)
    doubt = scale * (20 * spread * spread + 1e-11 * (1 + c / eta) ** 2)
    return near if abs(near - limit) > doubt and near > 2 * doubt else answer_time(wait)


@compiled
def _wait_by_those_ahead(c: float, eta: float) -> float:
    """L x mean wait of those served, in patiences; with j ahead: sum of 1 / (c + i + 1), i = 0..j."""
    total, weight, wait, n = 0.0, c / eta, 0.0, c
    while True:
        n += 1.0
        weight *= eta / n
        wait += 1 / n
        total += weight * wait
        if weight * wait < TINY * total and n > eta:
            return total


@compiled
def _hill(u: float, slope: float, curve: float) -> float:
    return -slope * u - curve * bend(u)


@compiled
def _mean_of_hill(down: float, eta: float) -> float:
    """Mean of x >= 0 under the density exp(-down x - eta (x - 1 + e^-x)): no closed form, but a smooth hill.

    It is the density of V / patience among those who wait and are served, with down = c - eta + 1. Seen
    from a top inside, u = x - top, it is exp(-(c + 1) (u - 1 + e^-u)): nothing large is subtracted.
    """
    top = -math.log1p(down / eta) if down < 0 else 0.0
    slope, curve = (0.0, down + eta) if down < 0 else (down, eta)
    width = 1 / max(math.sqrt(curve), slope)
    first, last = 0.0, width
    while first > -top and _hill(first, slope, curve) > -42:
        first = max(first - width, -top)
    while _hill(last, slope, curve) > -42:
        last += width
    mass, moment = _moments(last, slope, curve)
    if first < 0:
        more, further = _moments(first, slope, curve)
        mass, moment = mass - more, moment - further
    return top + moment / mass


@compiled
def _moments(end: float, slope: float, curve: float) -> tuple[float, float]:
    """Integrals of the density and of u times it from the top to the end; finer panels near the top."""
    mass, moment = 0.0, 0.0
    for panel in range(PANELS):
        start = end * (panel / PANELS) ** 2
        half = 0.5 * end * (2 * panel + 1) / PANELS**2
        for node, weight in NODES:
            for u in (start + half - half * node, start + half + half * node):
                density = half * weight * math.exp(_hill(u, slope, curve))
                mass += density
                moment += density * u
    return mass, moment
