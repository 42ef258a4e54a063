"""High-precision values of Erlang A at the ends of its range, for tests/golden/erlang_extremes.json.

Run by hand: python -m benchmarks.erlang_truth > tests/golden/erlang_extremes.json (needs mpmath, five
minutes). It shares nothing with `staffing`: every quantity is a ratio of integrals in 34 digits, as in
Mandelbaum & Zeltyn (2007), where `staffing` uses incomplete gamma functions.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import mpmath as mp

DROP = 90  # an integrand below exp(-90) of its peak is left out
PIECES = 16
POINTS = 160
NOTE = "34 digits; p_abandon_short: within 5 s; service_level: formula 3; asa_s: mean wait of the answered"


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
        inside = mp.quad(
            lambda x: x**power * mp.exp(self.log(x) - peak), edges, method="gauss-legendre", maxdegree=4
        )
        return mp.exp(peak) * inside


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
    def p_wait(self) -> Any:
        agents, load = mp.mpf(self.agents), mp.mpf(self.load)
        free = Hill(lambda x: agents * x - load * mp.expm1(x), lambda x: agents - load * mp.exp(x), mp.mpf(0))
        busy = self.offered * mp.mpf(self.patience_s) / mp.mpf(self.aht_s)
        return busy / (busy + free.mass())

    @cached_property
    def p_abandon(self) -> Any:
        return self.p_wait * (1 - self.of_wait(1) / self.offered)

    def late(self, answered: int, within_s: float) -> Any:
        return self.of_wait(answered, mp.mpf(within_s) / mp.mpf(self.patience_s)) / self.offered

    def values(self, within_s: float, short_s: float) -> dict[str, str]:
        """The measures as decimal strings."""
        x = mp.mpf(short_s) / mp.mpf(self.patience_s)
        later = self.late(0, short_s) * mp.exp(-x) - self.late(1, short_s)
        asa = self.p_wait * mp.mpf(self.patience_s) * self.of_wait(1, power=1) / self.offered
        found = {
            "p_wait": self.p_wait,
            "p_abandon": self.p_abandon,
            "p_abandon_short": self.p_abandon - self.p_wait * later,
            "service_level": 1 - self.p_abandon - self.p_wait * self.late(1, within_s),
            "asa_s": asa / (1 - self.p_abandon),
        }
        return {name: mp.nstr(value, 17) for name, value in found.items()}


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
    """Situations all over the range, many of them with as many agents as load or far fewer."""
    result = []
    for i in range(POINTS):
        load = 10 ** rng.uniform(-3, 5)
        whole = max(1, round(load))
        agents = [
            whole,
            max(1, round(load + rng.gauss(0, 3) * load**0.5)),
            max(1, round(load * rng.uniform(0.1, 2))),
        ]
        result.append(
            {
                "load": float(whole) if i % 3 == 0 else load,
                "agents": agents[i % 3],
                "aht_s": rng.choice([10.0, 60.0, 300.0, 1000.0, 5000.0]),
                "patience_s": rng.choice([1.0, 20.0, 120.0, 1e4, 1e7, 1e9]),
                "within_s": rng.choice([0.0, 10.0, 60.0, 3600.0, 86400.0]),
            }
        )
    return result


def main() -> None:
    mp.mp.dps = 34
    rows = []
    for point in points(random.Random(20261122)):
        truth = Truth(int(point["agents"]), point["load"], point["aht_s"], point["patience_s"])
        rows.append({**point, **truth.values(point["within_s"], 5.0)})
    print(json.dumps({"note": NOTE, "points": rows}, indent=1))


if __name__ == "__main__":
    main()
