"""Contacts of one queue that come to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.scenarios.demand import Flow

LONGEST_WAIT = pd.Timedelta(days=4)  # over a long weekend; who would wait longer stays where he is


@dataclass(frozen=True)
class Leaving:
    """Contacts that leave a queue: how many in each interval (intervals,)."""

    flow: Flow
    contacts: np.ndarray

    @property
    def paths(self) -> np.ndarray:
        """Leaving contacts on each path (days x paths): the queue's paths, by the day's share that leaves."""
        day, whole = self.flow.by_day(self.contacts), self.flow.by_day(self.flow.offered)
        share = np.divide(day, whole, out=np.zeros_like(day), where=whole > 0)
        return self.flow.paths * share[:, None]

    @property
    def left(self) -> Flow:
        """The queue without them."""
        return self.flow.changed(self.flow.offered - self.contacts, self.flow.aht_s)


@dataclass(frozen=True)
class Arriving:
    """Contacts as another queue sees them: by its own intervals and days."""

    contacts: np.ndarray
    paths: np.ndarray


def within_reach(flow: Flow, at: Flow) -> np.ndarray:
    """Which intervals of a queue (intervals,) have an open interval of another at or soon after them.

    Only these contacts can leave for it: nothing is lost where the other opens later, or no more.
    """
    places = np.searchsorted(at.start, flow.start)
    inside = places < len(at.start)
    result = np.zeros(len(flow.start), dtype=bool)
    result[inside] = np.asarray(at.start[places[inside]] - flow.start[inside] <= LONGEST_WAIT)
    return result


def arriving(leaving: Leaving, at: Flow, *, each: float = 1.0) -> Arriving:
    """Leaving contacts in the intervals of another queue, `each` for one.

    Both keep the clock of the world (UTC). What leaves while the other queue is closed comes in its next
    open interval; all that leaves must be within its reach.
    """
    places = np.searchsorted(at.start, leaving.flow.start)
    inside = places < len(at.start)
    contacts = np.bincount(places[inside], leaving.contacts[inside] * each, len(at.start))
    return Arriving(contacts, _paths(leaving, at, places, inside) * each)


def _paths(leaving: Leaving, at: Flow, places: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Each path of the leaving days, handed to the days in which the contacts arrive."""
    source = leaving.flow
    to_day = at.day_of[places[inside]]
    pairs = np.ravel_multi_index((to_day, source.day_of[inside]), (len(at.days), len(source.days)))
    handed = np.bincount(pairs, leaving.contacts[inside], len(at.days) * len(source.days))
    handed = handed.reshape(len(at.days), len(source.days))
    whole = source.by_day(leaving.contacts)
    return np.divide(handed, whole, out=np.zeros_like(handed), where=whole > 0) @ leaving.paths
