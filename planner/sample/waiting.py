"""What customers of a queue meet in its steady state: Erlang A, and conversations side by side.

Written apart from `staffing`, so that the history is no echo of the code that will plan from it; scipy's
incomplete gamma is exact enough for the sizes of one operation. Palm (1957); Garnett, Mandelbaum & Reiman
(2002); Mandelbaum & Zeltyn (2007). Arrays over agents and load broadcast together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import special

NEGLIGIBLE = 1e-280  # a waiting side lighter than this never happens


@dataclass(frozen=True)
class Work:
    """How a queue's contacts are handled: seconds; `slots` conversations an agent, `slow_down` each."""

    aht_s: float | np.ndarray
    patience_s: float
    slots: int = 1
    slow_down: float = 0.0

    def completions(self, open_now: int) -> np.ndarray:
        """Contacts a second that an agent completes with that many open."""
        slower = 1 + self.slow_down * (open_now - 1)
        return np.asarray(open_now / (self.aht_s * slower))


class Service(NamedTuple):
    """Shares of the contacts offered, and how long a contact is open with an agent.

    `late` and `gone` have a row for each of the seconds asked for: answered later than that, and
    abandoned within it. `open_s` is the mean time a contact is with an agent.
    """

    waits: np.ndarray
    abandoned: np.ndarray
    late: np.ndarray
    gone: np.ndarray
    occupancy: np.ndarray
    open_s: np.ndarray


def service(agents: np.ndarray, rate: np.ndarray, work: Work, *, within_s: Sequence[float]) -> Service:
    """The steady state of `agents` (1 or more) at `rate` contacts a second (above 0)."""
    blocked, occupied = _free_states(agents, rate, work)
    full = agents * work.completions(work.slots)
    c, eta, rho = full * work.patience_s, rate * work.patience_s, rate / full
    with np.errstate(all="ignore"):
        light = special.gammainc(c, eta)
        lower = np.exp(np.log(light) - _log_pmf(c, eta))
        waits = lower / (lower + blocked)
        abandoned = waits * (1 / (rho * lower) + 1 - 1 / rho)
    none = ~np.isfinite(abandoned) | (light < NEGLIGIBLE)
    waits, abandoned = np.where(none, 0.0, waits), np.where(none, 0.0, abandoned)
    shares = [_within(c, eta, light, seconds / work.patience_s) for seconds in within_s]
    late = np.array([np.where(none, 0.0, waits * served) for served, _ in shares])
    gone = np.array([np.where(none, 0.0, abandoned - waits * left) for _, left in shares])
    top = agents * work.slots
    with np.errstate(all="ignore"):
        open_mean = np.where(none, occupied / blocked, (occupied + top * lower) / (blocked + lower))
    answered = rate * (1 - abandoned)
    return Service(waits, abandoned, late, gone, rho * (1 - abandoned), open_mean / answered)


def _within(c: np.ndarray, eta: np.ndarray, light: np.ndarray, x: float) -> tuple[np.ndarray, np.ndarray]:
    """Of those who wait: P(answered after x) and P(abandoned after x); x in patiences."""
    y = eta * np.exp(-x)
    with np.errstate(all="ignore"):
        served = c / eta * special.gammainc(c + 1, y) / light
        still = special.gammainc(c, y) / light
    return served, still * np.exp(-x) - served


def _free_states(agents: np.ndarray, rate: np.ndarray, work: Work) -> tuple[np.ndarray, np.ndarray]:
    """Weight of the states with a free slot, and of the contacts open in them, relative to the full state."""
    if work.slots > 1:
        return _free_slots(agents, rate, work)
    load = rate * work.aht_s
    with np.errstate(all="ignore"):
        weight = np.exp(np.log(special.gammaincc(agents, load)) - _log_pmf(agents, load))
    # n pi(n) = load pi(n - 1), summed over the states with a free agent
    return weight, load * weight - agents


def _free_slots(agents: np.ndarray, rate: np.ndarray, work: Work) -> tuple[np.ndarray, np.ndarray]:
    """The same where agents hold several conversations, spread evenly: a recursion over the slots.

    With n open, n mod agents of them have one more than the others. Per state: the weight of all states
    below, and of the conversations in them, relative to this one.
    """
    completions = np.stack([work.completions(j) + 0 * rate for j in range(work.slots + 1)])
    number, top = agents.astype(int), agents * work.slots
    weight, occupied = np.zeros(rate.shape), np.zeros(rate.shape)
    for n in range(1, int(top.max()) + 1):
        fewer = np.minimum(n // number, work.slots)
        extra = n - fewer * number
        more = np.choose(np.minimum(fewer + 1, work.slots), completions)
        leave = ((number - extra) * np.choose(fewer, completions) + extra * more) / rate
        weight, occupied = (
            np.where(n <= top, leave * (1 + weight), weight),
            np.where(n <= top, leave * (n - 1 + occupied), occupied),
        )
    return weight, occupied


def _log_pmf(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.asarray(-y + x * np.log(y) - special.gammaln(x + 1))
