"""A witness for every queue: its birth and death chain solved as written, state by state."""

from dataclasses import dataclass

import numpy as np
from scipy import special


@dataclass(frozen=True)
class Chain:
    """Probabilities of 0, 1, ... contacts; `slots` of them are served, `leave` is 1 / patience in 1/s."""

    probability: np.ndarray
    slots: int
    arrivals: float
    full: float
    leave: float

    @property
    def p_wait(self) -> float:
        return float(self.probability[self.slots :].sum())

    @property
    def queue_length(self) -> float:
        waiting = np.maximum(np.arange(len(self.probability)) - self.slots, 0)
        return float(waiting @ self.probability)

    @property
    def p_abandon(self) -> float:
        return self.leave * self.queue_length / self.arrivals

    def answered_within(self, seconds: float) -> float:
        """Served at once, or from j ahead by c/(c+j+1) I(j+1, c+1) at 1 - exp(-t/p)."""
        at_once = self.probability[: self.slots].sum()
        c, ahead = self.full / self.leave, np.arange(len(self.probability) - self.slots)
        by_then = special.betainc(ahead + 1, c + 1, -np.expm1(-seconds * self.leave))
        return float(at_once + self.probability[self.slots :] @ (c / (c + ahead + 1) * by_then))

    def asa_s(self) -> float:
        """Those with j ahead who are served wait 1/leave times the sum of 1/(c+i+1), i = 0..j, on average."""
        c, ahead = self.full / self.leave, np.arange(len(self.probability) - self.slots)
        wait = np.cumsum(1 / (c + ahead + 1)) / self.leave
        served = self.probability[self.slots :] * c / (c + ahead + 1)
        return float(served @ wait / (1 - self.p_abandon))


def chain(completions: np.ndarray, *, arrivals: float, patience_s: float, most: int = 4000) -> Chain:
    """The chain of a queue with completions[n] a second at n contacts in service (0..slots)."""
    slots = len(completions) - 1
    waiting = np.arange(1, most + 1)
    down = np.append(completions[1:], completions[-1] + waiting / patience_s)
    logs = np.append(0.0, np.cumsum(np.log(arrivals) - np.log(down)))
    weight = np.exp(logs - logs.max())
    return Chain(weight / weight.sum(), slots, arrivals, float(completions[-1]), 1 / patience_s)


def voice(agents: int, *, load: float, aht_s: float, patience_s: float) -> Chain:
    """M/M/N+M."""
    return chain(np.arange(agents + 1) / aht_s, arrivals=load / aht_s, patience_s=patience_s)


def chat(agents: int, *, load: float, aht_s: float, patience_s: float, slots: int, slow_down: float) -> Chain:
    """Conversations spread evenly over agents who complete j / (aht (1 + slow_down (j - 1)))."""
    open_now = np.arange(slots + 1)
    pace = open_now / (aht_s * (1 + slow_down * (open_now - 1)))
    total = np.arange(agents * slots + 1)
    each, more = np.divmod(total, agents)
    completions = (agents - more) * pace[each] + more * pace[np.minimum(each + 1, slots)]
    return chain(completions, arrivals=load / aht_s, patience_s=patience_s)
