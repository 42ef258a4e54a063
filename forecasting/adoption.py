"""The past a new queue never had: its kin's days before its own, to learn the day's shape and AHT from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forecasting.history import QueueHistory
from forecasting.new_market import YEAR, by_hours

FEWEST = 50  # contacts answered that say what the queue's own AHT is


def adopted(history: QueueHistory, kin: Sequence[QueueHistory]) -> QueueHistory:
    """The queue with its kin's last year before its own first day, in the queue's opening hours.

    Own days follow, so that profile and AHT, which weigh recent days more, move from the kin's to its own.
    The kin's handle times are brought to the queue's own level, or to its `handling.aht_s`. Kin known by
    other intervals teach nothing.
    """
    like = [one for one in kin if one.grid.interval_min == history.grid.interval_min]
    rows = _before(history)
    if not like or not len(rows):
        return history
    grid = replace(history.grid, is_open=_opened(history, rows))
    opens = grid.open_intervals[rows] > 0
    contacts, answered, handle_s = (array.copy() for array in _arrays(history))
    theirs = np.sum([_lived(one.contacts[rows]) for one in like], axis=0)
    contacts[rows] = np.where(opens, _everywhere(theirs, opens), 0.0)
    answered[rows] = opens * np.sum([one.answered[rows] for one in like], axis=0)
    handle_s[rows] = opens * np.sum([one.handle_s[rows] for one in like], axis=0)
    handle_s[rows] *= _aht_s(history) * answered[rows].sum() / max(float(handle_s[rows].sum()), 1e-9)
    return replace(history, grid=grid, contacts=contacts, answered=answered, handle_s=handle_s)


def _arrays(history: QueueHistory) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return history.contacts, history.answered, history.handle_s


def _before(history: QueueHistory) -> np.ndarray:
    """Rows of the year before the cutoff on which nothing is known of the queue itself yet."""
    cutoff = history.grid.axis.cutoff
    known = np.flatnonzero(~np.isnan(history.day_totals))
    first = int(known[0]) if len(known) else cutoff
    return np.arange(max(cutoff - YEAR, 0), first)


def _opened(history: QueueHistory, rows: np.ndarray) -> np.ndarray:
    """The queue's open intervals, on these rows as its hours have it."""
    return np.where(np.isin(history.grid.row, rows), by_hours(history).is_open, history.grid.is_open)


def _lived(contacts: np.ndarray) -> np.ndarray:
    """The contacts of one kin, nothing on days before and after its life."""
    gone = np.isnan(contacts).all(axis=1)
    return np.where(gone[:, None], 0.0, contacts)


def _everywhere(theirs: np.ndarray, opens: np.ndarray) -> np.ndarray:
    """The kin's usual contacts at the nearest slot in slots in which only the queue is open."""
    usual = np.nanmean(theirs, axis=0)
    lit = np.flatnonzero(usual > 0)
    if not len(lit):
        return theirs
    slots = np.arange(len(usual))
    nearest = lit[np.abs(slots[:, None] - lit).argmin(axis=1)]
    dark = opens.any(axis=0) & (usual <= 0)
    size = theirs.sum(axis=1, keepdims=True) / max(float(usual.sum()), 1e-9)
    return np.where(dark, size * usual[nearest], theirs)


def _aht_s(history: QueueHistory) -> float:
    answered = float(history.answered.sum())
    if answered >= FEWEST and history.handle_s.sum() > 0:
        return float(history.handle_s.sum() / answered)
    return history.queue.handling.aht_s
