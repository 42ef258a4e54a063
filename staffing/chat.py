"""Chat and messaging: several conversations at once, slower for it, and the first reply.

The model (`staffing.conversations`): conversations spread evenly over the agents; with j open an agent
completes j / (AHT (1 + slow_down (j - 1))) a second; customers wait only when all slots are taken, and
leave as in Erlang A. It matches an exact simulation of agents within .008 of the service level. Taking
AHT / concurrency instead, as is often done, is badly wrong: 300 chats an hour of 8 minutes, three at once,
get .39 (slow-down .25) or .13 (.5) where .80 was asked for.

What a customer calls the wait is the time to the first reply: the wait for a slot and then the agent's
reaction time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from planner.domain.centre import Formula, Handling, ServiceLevel
from staffing.erlang import DEFAULT_FORMULA, Demand, measures, service_level


def first_reply_level(
    demand: Demand,
    *,
    agents: ArrayLike,
    asked: ServiceLevel,
    handling: Handling,
    formula: Formula = DEFAULT_FORMULA,
) -> np.ndarray:
    """The share replied to within the seconds asked, by a service-level formula; 0 if nobody is that fast.

    Of `handling` only the reaction time and the short-abandon threshold matter here.

    >>> demand, handling = Demand(10, 530, 330, concurrency=3, slow_down=0.24), Handling(530, reaction_s=9)
    >>> round(float(first_reply_level(demand, agents=7, asked=ServiceLevel(0.8, 60), handling=handling)), 3)
    0.982
    """
    slot_within_s = max(asked.within_s - handling.reaction_s, 0.0)
    short_s = handling.short_abandon_s
    level = service_level(
        demand, agents=agents, within_s=slot_within_s, formula=formula, short_abandon_s=short_s
    )
    return level if asked.within_s >= handling.reaction_s else np.zeros_like(level)


def first_reply_s(demand: Demand, *, agents: ArrayLike, reaction_s: float) -> np.ndarray:
    """Mean time to the first reply of those answered, in seconds."""
    return measures(demand, agents=agents).asa_s + reaction_s


def full_load(agents: ArrayLike, *, concurrency: int, slow_down: float) -> np.ndarray:
    """The load in Erlang (AHT of one conversation alone) that so many agents carry with all slots taken.

    >>> round(float(full_load(10, concurrency=3, slow_down=0.25)), 6)
    20.0
    """
    return np.asarray(agents, dtype=float) * concurrency / (1 + slow_down * (concurrency - 1))
