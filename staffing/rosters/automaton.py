"""Rules on rows of days as automata: product and smallest form.

A day is a symbol: 0 is a day off, 1 + s is shift s. An automaton reads a person's row from the first day;
a row is legal when it never gets stuck. Rows may end in any state, as runs and rests go on after the
horizon. Rules multiply to one automaton, whose smallest form (Moore 1956) is what the engine walks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np

STUCK = -1


@dataclass(frozen=True)
class Automaton:
    """`step[state, symbol]` is the next state, or STUCK where the symbol is forbidden."""

    step: np.ndarray
    start: int = 0


def of_runs(step: list[tuple[int, int]], *, shifts: int, start: int) -> Automaton:
    """An automaton that only sees whether a day is worked: pairs (next after a day off, after a shift)."""
    table = np.array([[off] + [work] * shifts for off, work in step], np.int64)
    return Automaton(table, start)


def both(one: Automaton, other: Automaton) -> Automaton:
    """The automaton of two rules at once, over the states that can be reached."""
    number = {(one.start, other.start): 0}
    queue, step = [(one.start, other.start)], []
    for a, b in queue:
        row = []
        for x, y in zip(one.step[a].tolist(), other.step[b].tolist()):
            if STUCK in (x, y):
                row.append(STUCK)
                continue
            if (x, y) not in number:
                number[x, y] = len(queue)
                queue.append((x, y))
            row.append(number[x, y])
        step.append(row)
    return Automaton(np.array(step, np.int64))


def smallest(automaton: Automaton, *, worked: np.ndarray) -> tuple[Automaton, np.ndarray]:
    """The automaton with states that cannot be told apart put together, and their `worked`.

    `worked` (bool per state) is a mark that states put together must share.
    """
    block = worked.astype(np.int64)
    while True:
        after = np.where(automaton.step == STUCK, STUCK, block[automaton.step])
        _, first, finer = np.unique(np.c_[block, after], axis=0, return_index=True, return_inverse=True)
        finer = finer.reshape(-1)
        if finer.max() == block.max():
            step = np.where(automaton.step[first] == STUCK, STUCK, finer[automaton.step[first]])
            return Automaton(step, int(finer[automaton.start])), worked[first]
        block = finer


def last_day_worked(shifts: int) -> Automaton:
    """Two states: 0 when the last day was off (or before the horizon), 1 when it was worked."""
    return of_runs([(0, 1), (0, 1)], shifts=shifts, start=0)


def all_at_once(automata: Iterable[Automaton], *, shifts: int) -> tuple[Automaton, np.ndarray]:
    """The smallest automaton of all rules, and which of its states follow a day worked."""
    product = reduce(both, automata, last_day_worked(shifts))
    return smallest(product, worked=_worked(product))


def _worked(product: Automaton) -> np.ndarray:
    """Which states follow a day worked: every state has been entered by one kind of day only."""
    worked = np.zeros(len(product.step), bool)
    entered = product.step[:, 1:]
    worked[entered[entered != STUCK]] = True
    return worked
