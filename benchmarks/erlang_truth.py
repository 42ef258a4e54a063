"""High-precision values of Erlang A, B and C over their whole range, for tests/golden/erlang_extremes.json.

Run by hand: python -m benchmarks.erlang_truth > tests/golden/erlang_extremes.json (needs mpmath, which the
program does not; with gmpy2 beside it two minutes). It shares nothing with `staffing`: every quantity is
a ratio of integrals in 40 digits, as in Mandelbaum & Zeltyn (2007), where `staffing` uses incomplete
gamma functions.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import mpmath as mp
from mpmath.calculus.quadrature import GaussLegendre

DROP = 90  # an integrand below exp(-90) of its peak is left out
PIECES = 16
POINTS = 320
DIGITS = 40
NOTE = (
    "40 digits, 17 of them printed; p_abandon_short: within short_s, p_abandon_within: within within_s; "
    "service_level_1..5: the formulas of domain.centre; excluding_short: answered in within_s / (offered "
    "- abandoned within short_s); asa_s: mean wait of the answered; null: nobody is answered, or endless"
)


@dataclass(frozen=True)
class Hill:
    """An integrand exp(log(x)), log concave, over x >= start."""

    log: Callable[[Any], Any]
    slope: Callable[[Any], Any]
    start: Any

    @cached_property
    def top(self) -> Any:
        return self.start if self.slope(self.start) <= 0 else _crossing(self.slope, self.start)

    def mass(self, power: int = 0) -> Any:
        """The integral of x^power exp(log(x)), in pieces that get finer towards the top."""
        peak = self.log(self.top)
        right = _crossing(lambda x: self.log(x) - peak + DROP, self.top) - self.top
        left = self.top - self.start
        if self.log(self.start) < peak - DROP:
            left = _crossing(lambda x: self.log(self.top - x) - peak + DROP, mp.mpf(0))
        halves = [mp.mpf(2) ** -j for j in range(PIECES + 1)]
        edges = sorted(
            {self.top, *(self.top - left * h for h in halves), *(self.top + right * h for h in halves)}
        )
        inside = mp.fsum(self.panel(a, b, power, peak) for a, b in pairwise(edges))
        return mp.exp(peak) * inside

    def panel(self, start: Any, end: Any, power: int, peak: Any) -> Any:
        """The integral of x^power exp(log(x) - peak) from start to end by Gauss and Legendre's 24 points."""
        half, middle = (end - start) / 2, (end + start) / 2
        cells = ((middle + half * node, weight) for node, weight in nodes())
        return half * mp.fsum(weight * x**power * mp.exp(self.log(x) - peak) for x, weight in cells)


@cache
def nodes() -> list[tuple[Any, Any]]:
    return list(GaussLegendre(mp.mp).calc_nodes(4, mp.mp.prec))


@dataclass(frozen=True)
class Truth:
    """Erlang A by integrals over the wait offered, x = V / patience."""

    agents: int
    load: float
    aht_s: float
    patience_s: float

    def of_wait(self, answered: int, start: Any = 0, power: int = 0) -> Any:
        """The integral of x^power exp(-(c + answered) x + eta (1 - e^-x)) from `start`."""
        ratio = mp.mpf(self.patience_s) / mp.mpf(self.aht_s)
        c, eta = mp.mpf(self.agents) * ratio + answered, mp.mpf(self.load) * ratio
        hill = Hill(lambda x: -c * x - eta * mp.expm1(-x), lambda x: eta * mp.exp(-x) - c, mp.mpf(start))
        return hill.mass(power)

    @cached_property
    def offered(self) -> Any:
        return self.of_wait(0)

    @cached_property
    def free(self) -> Any:
        """The weight of the states with a free agent, by that of all agents busy and nobody waiting."""
        agents, load = mp.mpf(self.agents), mp.mpf(self.load)
        hill = Hill(lambda x: agents * x - load * mp.expm1(x), lambda x: agents - load * mp.exp(x), mp.mpf(0))
        return agents * hill.mass() if agents else mp.mpf(0)

    @cached_property
    def p_wait(self) -> Any:
        if not self.agents:
            return mp.mpf(1)
        waiting = self.offered * self.agents * mp.mpf(self.patience_s) / mp.mpf(self.aht_s)
        return waiting / (waiting + self.free)

    @cached_property
    def p_abandon(self) -> Any:
        return self.p_wait * (1 - self.of_wait(1) / self.offered) if self.agents else mp.mpf(1)

    def late(self, answered: int, within_s: float) -> Any:
        if not self.agents:
            return mp.mpf(1 - answered)
        return self.of_wait(answered, mp.mpf(within_s) / mp.mpf(self.patience_s)) / self.offered

    def abandoned_after(self, within_s: float) -> Any:
        x = mp.mpf(within_s) / mp.mpf(self.patience_s)
        return self.p_wait * (self.late(0, within_s) * mp.exp(-x) - self.late(1, within_s))

    def values(self, within_s: float, short_s: float) -> dict[str, Any]:
        """The measures of Erlang A."""
        patience, answered = mp.mpf(self.patience_s), 1 - self.p_abandon
        after, after_short = self.abandoned_after(within_s), self.abandoned_after(short_s)
        in_time = answered - self.p_wait * self.late(1, within_s)
        waited = self.p_wait * patience * self.of_wait(1, power=1) / self.offered if self.agents else 0
        return {
            "p_wait": self.p_wait,
            "p_abandon": self.p_abandon,
            "p_abandon_short": self.p_abandon - after_short,
            "p_abandon_within": self.p_abandon - after,
            "service_level_1": in_time + self.p_abandon - after,
            "service_level_2": in_time / answered if self.agents else None,
            "service_level_3": in_time,
            "service_level_4": in_time / (answered + after),
            "service_level_5": in_time + self.p_abandon - after_short,
            "excluding_short": in_time / (answered + after_short),
            "occupancy": answered * mp.mpf(self.load) / self.agents if self.agents else mp.mpf(0),
            "mean_wait_s": self.p_abandon * patience,
            "asa_s": waited / answered if self.agents else None,
        }

    def without_patience(self, within_s: float) -> dict[str, Any]:
        """Blocking by Erlang B; wait, service level and ASA by Erlang C."""
        agents, load, aht_s = mp.mpf(self.agents), mp.mpf(self.load), mp.mpf(self.aht_s)
        found = {"blocked": 1 / (1 + self.free)}
        if load >= agents:
            return {**found, "c_wait": mp.mpf(1), "c_level": mp.mpf(0), "c_asa_s": None}
        wait = 1 / (1 + (1 - load / agents) * self.free)
        late = wait * mp.exp((load - agents) * mp.mpf(within_s) / aht_s)
        return {**found, "c_wait": wait, "c_level": 1 - late, "c_asa_s": wait * aht_s / (agents - load)}


def _crossing(falling: Callable[[Any], Any], start: Any) -> Any:
    """Where a function that is positive at `start` first falls below 0."""
    width = mp.mpf(10) ** -30
    while falling(start + width) > 0:
        width *= 2
    low, high = start, start + width
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high


def points(rng: random.Random) -> list[dict[str, float]]:
    """Situations all over the range: half of them near the load, some far away, some with nobody."""
    return [_point(rng, i) for i in range(POINTS)]


def _point(rng: random.Random, i: int) -> dict[str, float]:
    load = 10 ** rng.uniform(-9 if i % 4 == 0 else -1, 5)
    load = float(max(1, round(load))) if i % 5 == 0 else load
    patience_s = rng.choice([1.0, 180.0, 1e9, 10 ** rng.uniform(0, 9), 10 ** rng.uniform(0, 4)])
    return {
        "load": load,
        "agents": min(_agents(rng, i % 8, load), 200_000),
        "aht_s": rng.choice([1.0, 300.0, 20_000.0, 10 ** rng.uniform(0, 4.3)]),
        "patience_s": patience_s,
        "within_s": rng.choice([0.0, 20.0, 86_400.0, 10 ** rng.uniform(-1, 4.93)]),
        "short_s": rng.choice([5.0, 0.0, 10 ** rng.uniform(-1, 3)]),
    }


def _agents(rng: random.Random, kind: int, load: float) -> int:
    if kind < 4:
        return max(0, round(load + rng.gauss(0, 10**kind / 30) * load**0.5))
    if kind == 4:
        return round(load * rng.uniform(0, 2))
    if kind == 5:
        return round(load * (1 + rng.uniform(-1, 1) * 10 ** rng.uniform(-5, -1)))
    return int(10 ** rng.uniform(0, 5.3)) if kind == 6 else rng.choice([0, 1, 2, 19, 20, 31, 32, 33])


def main() -> None:
    mp.mp.dps = DIGITS
    rows = []
    for point in points(random.Random(20261122)):
        truth = Truth(int(point["agents"]), point["load"], point["aht_s"], point["patience_s"])
        found = truth.values(point["within_s"], point["short_s"])
        found |= truth.without_patience(point["within_s"])
        rows.append(
            {
                **point,
                **{name: mp.nstr(value, 17) if value is not None else None for name, value in found.items()},
            }
        )
    print(json.dumps({"note": NOTE, "points": rows}, indent=1))


if __name__ == "__main__":
    main()
