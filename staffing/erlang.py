"""Erlang B, C and A: arrays in, arrays out.

- Erlang B (Erlang 1917): who finds every agent busy leaves at once.
- Erlang C (Erlang 1917): everybody waits for ever (`patience_s` None or infinite).
- Erlang A (Palm 1957; Garnett, Mandelbaum & Reiman 2002): everybody waits, and leaves after an
  exponential patience. Staff below the load is legitimate: abandonment carries off the rest.

Contacts arrive at random at a steady rate, handle times are exponential. Loads from 0 to 100,000
Erlang, patience from a second to never, waits from 0 s to a day: shares are right to 1e-12
(`tests/staffing/test_erlang.py`). Agents with several conversations at once: `staffing.chat`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import ArrayLike

from planner.domain.centre import Formula
from staffing.answer_time import answer_time
from staffing.conversations import AHT, LOAD, PATIENCE, SLOTS, SLOW_DOWN, slowed, state_of
from staffing.mills import compiled, upper
from staffing.temme import temme_coefficients
from staffing.waiting import abandoned_within as _abandoned_within
from staffing.waiting import answered, level

DEFAULT_FORMULA: Formula = "answered_in_t_over_offered"
FEWEST = 1e-280  # a share that leaves: below it, patience x share is no number any more
EXCLUDING_SHORT = 6  # not one of the five: answered in time / (offered - short abandons)
AGENTS, WITHIN, SHORT = 5, 6, 7  # columns of a row after those of the demand


@dataclass(frozen=True)
class Demand:
    """Contacts that arrive and how they are handled: arrays (or numbers) that broadcast together.

    `load` in Erlang is arrivals per second x AHT; `patience_s` is the mean, None or infinite = never
    leaves. `concurrency` conversations at once (voice: 1) take 1 + slow_down (j - 1) times as long.
    ValueError where a cell is impossible.
    """

    load: ArrayLike
    aht_s: ArrayLike
    patience_s: ArrayLike | None = None
    concurrency: ArrayLike = 1
    slow_down: ArrayLike = 0.0

    def __post_init__(self) -> None:
        load, aht, patience, slots, slow_down = self.columns()
        _refuse(~(np.isfinite(load) & (load >= 0)), "load must be 0 Erlang or more")
        _refuse(~(np.isfinite(aht) & (aht > 0)), "aht_s must be more than 0 s")
        _refuse(~(patience > 0), "patience_s must be more than 0 s, or None for never")
        _refuse(~((slots >= 1) & (slots % 1 == 0)), "concurrency must be a whole number from 1")
        _refuse(~(slow_down >= 0), "slow_down must be 0 or more")

    def columns(self) -> tuple[np.ndarray, ...]:
        """Load, AHT, patience, slots and slow-down as float arrays, not yet broadcast."""
        patience = np.inf if self.patience_s is None else self.patience_s
        cells = (self.load, self.aht_s, patience, self.concurrency, self.slow_down)
        return tuple(np.asarray(cell, dtype=float) for cell in cells)


@dataclass(frozen=True)
class Measures:
    """What customers and agents meet, in the shape of the input; NaN where nobody is there to ask.

    `mean_wait_s` is of all offered, `asa_s` of those answered, `occupancy` is contact time over time on
    contact duty (several conversations: work done over the work that full agents do), `queue_length`
    is the mean number waiting.
    """

    p_wait: np.ndarray
    p_abandon: np.ndarray
    mean_wait_s: np.ndarray
    asa_s: np.ndarray
    occupancy: np.ndarray
    queue_length: np.ndarray


def erlang_b(load: ArrayLike, *, agents: ArrayLike) -> np.ndarray:
    """The share of contacts that find all agents busy and are lost: 1 / (1 + U(agents, load)).

    >>> round(float(erlang_b(10, agents=10)), 6)
    0.214582
    """
    rows, shape = _rows(Demand(load, 1.0), _whole(agents))
    result = np.empty(len(rows))
    _block(rows, temme_coefficients(), result)
    return result.reshape(shape)


def erlang_c(load: ArrayLike, *, agents: ArrayLike) -> np.ndarray:
    """The share of contacts that wait when nobody leaves: 1 / (1 + (1 - load/agents) U(agents, load)).

    It is 1 where the load is not below the agents.

    >>> round(float(erlang_c(10, agents=14)), 6)
    0.174132
    """
    return measures(Demand(load, 1.0), agents=agents).p_wait


def measures(demand: Demand, *, agents: ArrayLike) -> Measures:
    """P(wait), P(abandon), waits, occupancy and queue length of the steady state.

    >>> found = measures(Demand(10, 300, 120), agents=11)
    >>> round(float(found.p_abandon), 3), round(float(found.occupancy), 3)
    (0.107, 0.812)
    """
    rows, shape = _rows(demand, _whole(agents))
    result = np.empty((6, len(rows)))
    _measure(rows, temme_coefficients(), result)
    return Measures(*(column.reshape(shape) for column in result))


def service_level(
    demand: Demand,
    *,
    agents: ArrayLike,
    within_s: ArrayLike,
    formula: Formula = DEFAULT_FORMULA,
    short_abandon_s: ArrayLike = 5.0,
) -> np.ndarray:
    """The expected service level by one of the five formulas in use (ICMI's list).

    >>> round(float(service_level(Demand(200, 300, 60), agents=154, within_s=30)), 3)
    0.707
    """
    return _levels(demand, (_whole(agents), within_s, short_abandon_s), number_of(formula))


def service_level_excluding_short(
    demand: Demand, *, agents: ArrayLike, within_s: ArrayLike, short_abandon_s: ArrayLike = 5.0
) -> np.ndarray:
    """Answered within the seconds / (offered - abandoned within `short_abandon_s`)."""
    return _levels(demand, (_whole(agents), within_s, short_abandon_s), EXCLUDING_SHORT)


def abandoned_within(demand: Demand, *, agents: ArrayLike, within_s: ArrayLike) -> np.ndarray:
    """The share of contacts that leave within so many seconds."""
    rows, shape = _rows(demand, _whole(agents), _seconds(within_s))
    result = np.empty(len(rows))
    _leave(rows, temme_coefficients(), result)
    return result.reshape(shape)


def number_of(formula: Formula) -> int:
    """The number 1..5 of a service-level formula in `domain.centre`."""
    return get_args(Formula).index(formula) + 1


def _levels(demand: Demand, others: tuple[Any, ...], formula: int) -> np.ndarray:
    agents, within_s, short_abandon_s = others
    rows, shape = _rows(demand, agents, _seconds(within_s), _seconds(short_abandon_s))
    result = np.empty(len(rows))
    _answer(rows, formula, temme_coefficients(), result)
    return result.reshape(shape)


def _rows(demand: Demand, *others: np.ndarray) -> tuple[np.ndarray, tuple[int, ...]]:
    """Every cell as a row (load, AHT, patience, slots, slow-down, *others), and the shape to return."""
    together = np.broadcast_arrays(*demand.columns(), *others)
    return np.stack([cell.ravel() for cell in together], axis=1), together[0].shape


def _whole(agents: ArrayLike) -> np.ndarray:
    found = np.asarray(agents, dtype=float)
    _refuse(~((found >= 0) & (found % 1 == 0)), "agents must be a whole number from 0")
    return found


def _seconds(given: ArrayLike) -> np.ndarray:
    found = np.asarray(given, dtype=float)
    _refuse(~(found >= 0), "seconds must be 0 or more")
    return found


def _refuse(wrong: np.ndarray, what: str) -> None:
    if wrong.any():
        raise ValueError(what)


@compiled
def _state(row: Any, table: Any) -> Any:
    return state_of(int(row[AGENTS]), row, table)


@compiled
def _handle_time(row: Any) -> Any:
    return row[AHT] * slowed(int(row[SLOTS]), row[SLOW_DOWN])


@compiled
def _block(rows: Any, table: Any, result: Any) -> None:
    for i in range(len(rows)):
        load, agents = rows[i, LOAD], int(rows[i, AGENTS])
        free = upper(agents, load, load - agents, table) if load > 0 else np.inf if agents else 0.0
        result[i] = 1 / (1 + free)


@compiled
def _measure(rows: Any, table: Any, result: Any) -> None:
    for i in range(len(rows)):
        wait = _state(rows[i], table)
        patience, asa = rows[i, PATIENCE], answer_time(wait) * _handle_time(rows[i])
        abandon = wait.p_wait * wait.leave
        busy = wait.load * answered(wait) / wait.servers if wait.servers > 0 else 0.0
        mean = asa if abandon < FEWEST else abandon * patience
        queue = mean * rows[i, LOAD] / rows[i, AHT] if rows[i, LOAD] > 0 else 0.0
        result[:, i] = wait.p_wait, abandon, mean, asa, min(busy, 1.0), queue


@compiled
def _answer(rows: Any, formula: int, table: Any, result: Any) -> None:
    for i in range(len(rows)):
        wait = _state(rows[i], table)
        aht = _handle_time(rows[i])
        result[i] = level(formula, wait, rows[i, WITHIN] / aht, rows[i, SHORT] / aht, table)


@compiled
def _leave(rows: Any, table: Any, result: Any) -> None:
    for i in range(len(rows)):
        wait = _state(rows[i], table)
        aht = _handle_time(rows[i])
        result[i] = _abandoned_within(wait, rows[i, WITHIN] / aht, table)
