"""Chat and messaging: several conversations at once, slower for it, and the first reply.

The model (`staffing.conversations`): conversations spread evenly over the agents; with j open an agent
completes j / (AHT (1 + slow_down (j - 1))) a second; customers wait only when all slots are taken, and
leave as in Erlang A. It matches an exact simulation of agents within .008 of the service level. Taking
AHT / concurrency instead, as is often done, is badly wrong: 300 chats an hour of 8 minutes, three at once,
get .39 (slow-down .25) or .13 (.5) where .80 was asked for.

What a customer calls the wait is the time to the first reply: the wait for a slot and then the agent's
reaction time.

A conversation whose customer has fallen silent holds its slot until it is closed: it takes no work and
slows nobody down. `demand_with_idle` makes it part of the demand, and every function here and in
`staffing.erlang` takes that. How far the model is from agents simulated one by one: docs/approximations.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from planner.domain.centre import Formula, Handling, ServiceLevel
from staffing.erlang import DEFAULT_FORMULA, Demand, measures, service_level
from staffing.slots import free_slots, full_pace

OF_ANSWERED: Formula = "answered_in_t_over_answered"
LONGEST_S, HALVINGS = 1e7, 60  # a first reply later than that never comes


@dataclass(frozen=True)
class ChatMeasures:
    """What happens on a chat queue, in the shape of the input; all shares are of time in the long run.

    `first_reply_s` is the mean of those answered (NaN where nobody is); `open_per_agent` conversations
    hold a slot on average, of which `active_per_agent` are worked on. `nothing_open` is the share of
    agents' time without any conversation. Slots are free (`slots_free`), held by an idle conversation
    (`slots_idle`) or worked on; `full` is the share of time in which none is free.
    """

    first_reply_s: np.ndarray
    open_per_agent: np.ndarray
    active_per_agent: np.ndarray
    nothing_open: np.ndarray
    slots_free: np.ndarray
    slots_idle: np.ndarray
    full: np.ndarray


def demand_with_idle(demand: Demand, *, idle_s: ArrayLike) -> Demand:
    """The demand on slots when every conversation, once handled, holds its slot for `idle_s` on average.

    A conversation alone takes AHT + idle_s, and an agent with all slots taken closes as many as in the
    closed network of `staffing.slots`; between the two the slow-down is taken as straight.
    The arrivals are the same; `load` and `aht_s` count the idle time. 0 s changes nothing.

    >>> found = demand_with_idle(Demand(10, 500, 330, concurrency=3, slow_down=0.25), idle_s=100)
    >>> float(found.load), float(found.aht_s), round(float(found.slow_down), 3)
    (12.0, 600.0, 0.179)
    """
    cells = np.broadcast_arrays(*demand.columns(), np.asarray(idle_s, dtype=float))
    load, aht_s, _, slots, slow_down, idle = cells
    if (idle < 0).any():
        raise ValueError("idle_s must be 0 s or more")
    longer = 1 + idle / aht_s
    full_time = slots / (longer * full_pace(idle / aht_s, slots=slots, slow_down=slow_down))
    slower = np.maximum(full_time - 1, 0) / np.maximum(slots - 1, 1)
    return replace(
        demand, load=load * longer, aht_s=aht_s + idle, slow_down=np.where(idle > 0, slower, slow_down)
    )


def chat_measures(demand: Demand, *, agents: ArrayLike, handling: Handling) -> ChatMeasures:
    """First reply, concurrency in use, and idle shares; the demand as `demand_with_idle` gives it.

    Of `handling` only the reaction time and the idle time count. Where nobody is there (0 agents) the
    shares and what an agent has open are NaN.

    >>> demand = Demand(10, 500, 330, concurrency=3, slow_down=0.25)
    >>> found = chat_measures(demand, agents=7, handling=Handling(500, reaction_s=9))
    >>> round(float(found.open_per_agent), 2), round(float(found.slots_free), 2)
    (1.76, 0.41)
    """
    found = measures(demand, agents=agents)
    load, aht_s, _, slots, slow_down, people = np.broadcast_arrays(
        *demand.columns(), np.asarray(agents, dtype=float)
    )
    some = np.where(people > 0, people, np.nan)
    taken, none_open = _with_a_free_slot(people, load, slots=slots, slow_down=slow_down)
    opened = found.p_wait * slots + (1 - found.p_wait) * taken / some
    idle = load / aht_s * (1 - found.p_abandon) * handling.idle_s / some  # Little's law
    return ChatMeasures(
        first_reply_s=found.asa_s + handling.reaction_s,
        open_per_agent=opened,
        active_per_agent=opened - idle,
        nothing_open=(1 - found.p_wait) * none_open / some,
        slots_free=1 - opened / slots,
        slots_idle=idle / slots,
        full=found.p_wait,
    )


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


def first_reply_quantile_s(
    demand: Demand, *, agents: ArrayLike, share: float, reaction_s: float
) -> np.ndarray:
    """The seconds within which `share` (0..1) of those answered have their first reply; infinite if never.

    >>> demand = Demand(10, 530, 330, concurrency=3, slow_down=0.24)
    >>> [round(float(first_reply_quantile_s(demand, agents=6, share=q, reaction_s=9))) for q in (0.5, 0.95)]
    [9, 74]
    """
    shape = np.broadcast_shapes(np.shape(agents), *(np.shape(cell) for cell in demand.columns()))
    low, high = np.zeros(shape), np.full(shape, LONGEST_S)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        level = service_level(demand, agents=agents, within_s=middle, formula=OF_ANSWERED)
        low, high = np.where(level < share, middle, low), np.where(level < share, high, middle)
    at_once = service_level(demand, agents=agents, within_s=0.0, formula=OF_ANSWERED) >= share
    waited = np.where(low >= LONGEST_S / 2, np.inf, high)
    return np.where(at_once, 0.0, waited) + reaction_s


def full_load(agents: ArrayLike, *, concurrency: int, slow_down: float) -> np.ndarray:
    """The load in Erlang (AHT of one conversation alone) that so many agents carry with all slots taken.

    >>> round(float(full_load(10, concurrency=3, slow_down=0.25)), 6)
    20.0
    """
    return np.asarray(agents, dtype=float) * concurrency / (1 + slow_down * (concurrency - 1))


def _with_a_free_slot(
    agents: np.ndarray, load: np.ndarray, *, slots: np.ndarray, slow_down: np.ndarray
) -> np.ndarray:
    """Mean conversations open and mean agents with none, while a slot is free; a row each."""
    rows = np.stack([cell.ravel() for cell in (agents, load, slots, slow_down)], axis=1)
    result = np.empty((2, len(rows)))
    free_slots(rows, result)
    return result.reshape(2, *agents.shape)
