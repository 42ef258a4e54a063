"""Service as the queue's own model gives it: for every interval and every mix of planned and actual.

Voice is Erlang A, chat and messaging the chain of conversations, the first reply a reaction time later;
each interval as if steady. Customers who come again are on top of the contacts, as in staffing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from planner.domain.centre import Formula, Handling, Queue, ServiceLevel
from staffing.chat import chat_measures, demand_with_idle, first_reply_level
from staffing.erlang import Demand, measures
from staffing.immediate import handling_of
from staffing.least import limits_of
from staffing.redials import Repeats, with_repeats
from staffing.weibull_patience import effective_patience_s

STAFF = 8  # of the five causes, three make up the staff
LEAST_AHT_S = 1e-3
ROUNDS, STEP = 12, 0.8  # of the search for the handle time of one conversation alone
FARTHEST = 20.0  # times the planned handle time, up or down


@dataclass(frozen=True)
class Happening:
    """What made the service of one queue: a row an interval; column 0 as planned, column 1 as it was.

    `contacts` offered, `aht_s` (of one conversation alone), `agents` on contact duty (a column for each
    coalition of schedule, shrinkage and adherence; fractions: so much of the interval with one more).
    """

    contacts: np.ndarray
    aht_s: np.ndarray
    agents: np.ndarray
    interval_s: np.ndarray


@dataclass(frozen=True)
class Grid:
    """Whole numbers of agents that an interval may have: interval of each row, agents, where each begins."""

    interval: np.ndarray
    agents: np.ndarray
    begins: np.ndarray
    least: np.ndarray


def modelled(queue: Queue, happening: Happening) -> Mapping[str, np.ndarray]:
    """Each measure (intervals x 32 coalitions, as `planner.scorecards.shapley.coalitions` numbers them).

    Causes in order: volume, aht, schedule, shrinkage, adherence.
    """
    grid = _grid(happening.agents)
    handling, patience_s = handling_of(queue), _patience(queue, happening)
    here = grid.interval
    corners = []
    for aht, volume in ((0, 0), (0, 1), (1, 0), (1, 1)):
        aht_s = np.maximum(happening.aht_s[here, aht], LEAST_AHT_S)
        rate = happening.contacts[here, volume] / happening.interval_s[here]
        demand = _demand(handling, rate * aht_s, aht_s, patience_s=patience_s[here])
        corners.append(_measured(queue, demand, agents=grid.agents))
    return {name: _mixed(grid, happening.agents, [corner[name] for corner in corners]) for name in corners[0]}


def _grid(agents: np.ndarray) -> Grid:
    """Every whole number from the least to the most agents of each interval."""
    least = np.floor(agents.min(axis=1)).astype(np.int64)
    count = np.ceil(agents.max(axis=1)).astype(np.int64) - least + 1
    begins = np.cumsum(count) - count
    interval = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(interval)) - begins[interval] + least[interval]
    return Grid(interval, number, begins, least)


def _mixed(grid: Grid, agents: np.ndarray, corners: list[np.ndarray]) -> np.ndarray:
    """Values on the grid, one array a corner of volume and AHT, as values of coalitions."""
    whole = np.floor(agents)
    more = agents - whole
    below = grid.begins[:, None] + whole.astype(np.int64) - grid.least[:, None]
    above = np.minimum(below + 1, len(grid.agents) - 1)
    found = [(1 - more) * values[below] + more * np.where(more > 0, values[above], 0.0) for values in corners]
    # coalition = volume + 2 aht + 4 staff; the corners come as volume + 2 aht
    return np.stack(found, axis=2).reshape(len(agents), 4 * agents.shape[1])


def _demand(handling: Handling, load: np.ndarray, aht_s: np.ndarray, *, patience_s: np.ndarray) -> Demand:
    plain = Demand(load, aht_s, patience_s, handling.concurrency, handling.slow_down)
    return demand_with_idle(plain, idle_s=handling.idle_s) if handling.idle_s > 0 else plain


def _patience(queue: Queue, happening: Happening) -> np.ndarray:
    """Mean patience of each interval; Weibull's as the exponential one that loses as many, as planned."""
    handling, count = handling_of(queue), len(happening.contacts)
    given = np.full(count, np.inf if handling.patience_s is None else handling.patience_s)
    if handling.patience_s is None or handling.patience_shape == 1:
        return given
    aht_s = np.maximum(happening.aht_s[:, 0], LEAST_AHT_S)
    load = happening.contacts[:, 0] / happening.interval_s * aht_s
    planned = _demand(handling, load, aht_s, patience_s=given)
    limits = limits_of(queue.target, handling)
    return effective_patience_s(planned, shape=handling.patience_shape, limits=limits)


def _measured(queue: Queue, demand: Demand, *, agents: np.ndarray) -> dict[str, np.ndarray]:
    handling, target = handling_of(queue), queue.target
    if handling.redial_share or handling.reconnect_share:
        repeats = Repeats(handling.redial_share, handling.reconnect_share)
        demand = with_repeats(demand, agents=agents, repeats=repeats)
    level = partial(_level, demand, agents, handling, target.formula)
    found = dict(zip(("service_level", "service_level_2"), map(level, target.service_levels), strict=False))
    return found | {"abandonment": measures(demand, agents=agents).p_abandon}


def _level(
    demand: Demand, agents: np.ndarray, handling: Handling, formula: Formula, asked: ServiceLevel
) -> np.ndarray:
    return first_reply_level(demand, agents=agents, asked=asked, handling=handling, formula=formula)


def alone_s(queue: Queue, happening: Happening, *, open_s: np.ndarray, of: np.ndarray) -> np.ndarray:
    """The handle time of one conversation alone (intervals,) that makes conversations as long as they were.

    Several at once stretch each other, the more the busier the agents are: `open_s` (intervals,) is the
    mean time a conversation of the interval's day was open, `of` the number of its day. Within a day the
    planned course of the handle time is kept. NaN days are left as planned.
    """
    handling, patience_s = handling_of(queue), _patience(queue, happening)
    contacts, agents = happening.contacts[:, 1], np.maximum(np.rint(happening.agents[:, -1]), 1)
    weight, days = np.where(contacts > 0, contacts, 0.0), int(of.max(initial=-1)) + 1
    rate = np.maximum(contacts, 1e-9) / happening.interval_s
    total = np.maximum(np.bincount(of, weight, days), 1e-9)
    factor = np.ones(len(contacts))
    for _ in range(ROUNDS):
        aht_s = happening.aht_s[:, 0] * factor
        demand = _demand(handling, rate * aht_s, aht_s, patience_s=patience_s)
        found = _open_s(demand, rate, agents=agents, handling=handling)
        modelled_s = (np.bincount(of, weight * found, days) / total)[of]
        change = np.where(np.isnan(open_s) | (modelled_s <= 0), 1.0, open_s / np.maximum(modelled_s, 1e-9))
        factor = np.clip(factor * change**STEP, 1 / FARTHEST, FARTHEST)
    return happening.aht_s[:, 0] * factor


def _open_s(demand: Demand, rate: np.ndarray, *, agents: np.ndarray, handling: Handling) -> np.ndarray:
    """Mean time a conversation is open with its agent, in seconds (Little's law)."""
    opened = chat_measures(demand, agents=agents, handling=handling).open_per_agent * agents
    answered = rate * (1 - measures(demand, agents=agents).p_abandon)
    return opened / np.maximum(answered, 1e-12)
