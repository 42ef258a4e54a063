"""Agents needed on each queue: the least that meet every target together, for a whole course of loads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from planner.domain.centre import QueueKey
from planner.sample.courses import Course, base_aht_s
from planner.sample.parameters import SLOT_S, Parameters
from planner.sample.waiting import Work, service

DEFERRED_OCCUPANCY = 0.92
RESERVE = 1.3  # standard deviations of a day's work
HALVINGS = 40


def work_of(parameters: Parameters, key: QueueKey, *, aht_s: float | np.ndarray) -> Work:
    """How a queue's contacts are handled, at this AHT (concurrent channels: alone)."""
    handling = parameters.spec["handling"][key.channel]
    patience = handling["patience_s"] * parameters.spec["handling"]["by_language"][key.language]["patience"]
    return Work(aht_s, patience, handling.get("concurrency", 1), handling.get("slow_down", 0.0))


def within_s(parameters: Parameters, channel: str) -> list[float]:
    """The answer thresholds of a channel, less the agent's time to react: what waiting may take."""
    reaction = parameters.spec["handling"][channel].get("reaction_s", 0)
    return [seconds - reaction for _, seconds in parameters.spec["targets"][channel]["service_level"]]


def largest_loads(parameters: Parameters, key: QueueKey, *, most: int) -> np.ndarray:
    """For 1..`most` agents the largest load (Erlang, AHT alone) that still meets every target."""
    target = parameters.spec["targets"][key.channel]
    work = work_of(parameters, key, aht_s=base_aht_s(parameters, key.language, key.channel))
    agents = np.arange(1.0, most + 1)
    low, high = np.full(most, 1e-3), agents * 1.3 * work.slots
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        meets = _meets(agents, middle, work, target=target, within=within_s(parameters, key.channel))
        low, high = np.where(meets, middle, low), np.where(meets, high, middle)
    return np.maximum.accumulate(low)


def _meets(
    agents: np.ndarray, load: np.ndarray, work: Work, *, target: Mapping[str, Any], within: list[float]
) -> np.ndarray:
    found = service(agents, load / work.aht_s, work, within_s=within)
    meets = (found.abandoned <= target["abandonment_max"]) & (found.occupancy <= target["occupancy_max"])
    for late, (share, _) in zip(found.late, target["service_level"]):
        meets &= 1 - found.abandoned - late >= share
    return meets


def need(parameters: Parameters, course: Course, load: np.ndarray) -> np.ndarray:
    """Least agents for each half-hour's load (Erlang); 0 where the queue is closed or nothing is expected."""
    most = int(np.ceil(load.max(initial=0.0))) + 4
    table = largest_loads(parameters, course.key, most=most)
    return np.where(course.is_open & (load > 0), np.searchsorted(table, load) + 1, 0)


def deferred_agents(course: Course, load: np.ndarray, *, cv: float) -> np.ndarray:
    """Agents (fractions) for deferred work: each open day does what came since the day before closed.

    The work is laid evenly on the open half-hours of the day, at an occupancy of 0.92, or with a reserve
    for chance where that is more: few contacts a day vary more than many. `cv` is that of the handle time.
    """
    days = np.arange(len(load)) // 48
    ahead = np.where(course.is_open, days, np.iinfo(np.int64).max)
    done_on = np.minimum.accumulate(ahead[::-1])[::-1]
    inside = done_on <= days[-1]
    work = np.bincount(done_on[inside], load[inside], minlength=days[-1] + 1)
    opened = np.maximum(np.bincount(days, course.is_open, minlength=days[-1] + 1), 1)
    one = course.aht_s.mean() / SLOT_S
    enough = np.maximum(work / DEFERRED_OCCUPANCY, work + RESERVE * np.sqrt(work * one * (1 + cv**2)))
    return np.where(course.is_open, (enough / opened)[days], 0.0)


def load_of(course: Course) -> np.ndarray:
    """Expected load in Erlang."""
    return course.contacts * course.aht_s / SLOT_S
