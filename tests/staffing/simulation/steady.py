"""Steady queues by summing birth-death chains: the theory the simulation is held against.

Only sums over states, so that it shares nothing with the simulation or with staffing.erlang.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc
from scipy.stats import poisson

STATES = 2000


@dataclass(frozen=True)
class Steady:
    """Shares of the offered contacts, mean waits in seconds, busy share of the servers."""

    p_wait: float
    abandonment: float
    service_level: float
    asa_s: float
    mean_wait_s: float
    occupancy: float


def many_servers(
    agents: int, *, offered_per_s: float, aht_s: float, patience_s: float, within_s: float
) -> Steady:
    """M/M/N+M (Palm 1957; Garnett, Mandelbaum & Reiman 2002); patience inf is M/M/N, near 0 M/M/N/N."""
    completions = np.arange(1, agents + 1) / aht_s
    return chain(completions, offered_per_s=offered_per_s, patience_s=patience_s, within_s=within_s)


def chain(completions: np.ndarray, *, offered_per_s: float, patience_s: float, within_s: float) -> Steady:
    """A queue that completes `completions[n - 1]` a second with n contacts in service; more must wait."""
    slots, states = len(completions), np.arange(STATES)
    deaths = completions[np.minimum(states[1:], slots) - 1] + np.maximum(states[1:] - slots, 0) / patience_s
    log_weight = np.concatenate([[0.0], np.cumsum(np.log(offered_per_s / deaths))])
    share = np.exp(log_weight - log_weight.max())
    share /= share.sum()
    late, ahead = share[slots:], np.arange(STATES - slots)
    full_per_s = completions[-1]
    mean_wait_s = float(ahead @ late) / offered_per_s  # Little's law for the line
    if np.isinf(patience_s):
        lost, lost_wait_s = np.zeros(len(late)), np.zeros(len(late))
        in_time = poisson.sf(ahead, full_per_s * within_s)
    else:
        lost, lost_wait_s = lost_ahead(ahead, full_per_s * patience_s, patience_s)
        in_time = (1 - lost) * betainc(
            ahead + 1, full_per_s * patience_s + 1, -np.expm1(-within_s / patience_s)
        )
    abandonment = float(late @ lost)
    asa_s = (mean_wait_s - float(late @ lost_wait_s)) / (1 - abandonment)
    busy = float(np.minimum(states, slots) @ share) / slots
    level = float(share[:slots].sum() + late @ in_time)
    return Steady(float(late.sum()), abandonment, level, asa_s, mean_wait_s, busy)


def lost_ahead(ahead: np.ndarray, full: float, patience_s: float) -> tuple[np.ndarray, np.ndarray]:
    """P(abandon) and E(wait; abandon) of a customer with that many ahead.

    The line moves on in exponential stages of rate (full + j + 1) / patience, j ahead; a stage ends
    with this customer's leaving with probability 1 / (full + j + 1).
    """
    lost = (ahead + 1) / (full + ahead + 1)
    wait_s = np.zeros(len(ahead))
    for j in ahead:
        later = wait_s[j - 1] if j else 0.0
        wait_s[j] = (lost[j] * patience_s + (full + j) * later) / (full + j + 1)
    return lost, wait_s
