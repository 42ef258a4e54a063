"""A part of a roster made better: columns, a bound that says whether anything can be saved, a roster.

The bound of the small problem says when nothing can be saved there, and its reduced costs which rows
cannot be in a cheaper roster.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.rosters.clock import Clock
from staffing.rosters.dive import Luck, dive
from staffing.rosters.generation import Aim, Desk, Generated, generate
from staffing.rosters.kind import Finish
from staffing.rosters.master import Column, Master, Need
from staffing.rosters.pool import best_of_pool
from staffing.rosters.tables import SCALE

ROUNDS = 60  # of generation: a few people of many have prices that never settle
LEAST = 1.0 - 1e-6  # costs are whole numbers: a roster that saves less than 1 saves nothing


@dataclass(frozen=True)
class How:
    """Prices (money) to begin around, the clock, how a mixture becomes a roster, luck for a dive.

    `kept` rows of each person's that are known from before are tried.
    """

    near: np.ndarray
    clock: Clock
    finish: Finish
    luck: Luck
    kept: int


@dataclass(frozen=True)
class Tried:
    """What came of a neighbourhood: the rows now, and whether no cheaper ones exist."""

    rows: dict[int, Column]
    solved: bool


def retry(desk: Desk, need: Need, now: dict[int, Column], *, how: How) -> Tried:
    """The best rows found for the people of `now`, who meet `need`; never dearer than they are."""
    master = desk.master(need, list(now), near=how.near, kept=how.kept)
    for column in now.values():
        master.add(column)
    cost = need.price(now.values())
    aim = Aim(gap=1e-3, cutoff=cost - LEAST, rounds=ROUNDS)
    found = generate(desk, master, clock=how.clock, aim=aim, near=how.near)
    if found.bound > cost - LEAST:
        return Tried(now, solved=True)
    if how.clock.left <= 0:
        return Tried(now, solved=False)
    if how.finish is Finish.DIVE:
        return _by_dive(desk, master, found, now, how)
    return _by_pool(desk, master, found, now, how)


def _by_dive(desk: Desk, master: Master, found: Generated, now: dict[int, Column], how: How) -> Tried:
    """The roster of a dive, where it is cheaper."""
    need = master.need  # a dive fixes people, which takes them off the need
    rows = dive(desk, found, master, clock=how.clock, luck=how.luck)
    rows = min(rows, now, key=lambda each: need.price(each.values()))
    return Tried(rows, solved=need.price(rows.values()) - LEAST < found.bound)


def _by_pool(desk: Desk, master: Master, found: Generated, now: dict[int, Column], how: How) -> Tried:
    """The roster of the integer programme over the rows."""
    columns = _useful(desk, master, found, spare=master.need.price(now.values()) - found.bound)
    columns += [column for column in now.values() if column not in columns]
    if (seconds := how.clock.left) <= 0:  # offers take time, too
        return Tried(now, solved=False)
    picked = best_of_pool(master.need, columns, now=now, seconds=seconds)
    return Tried(picked.rows, picked.optimal)


def _useful(desk: Desk, master: Master, found: Generated, *, spare: float) -> list[Column]:
    """The columns that may be in a roster cheaper by at most `spare` than the bound's."""
    people = np.array(master.people)
    asked = np.rint(found.prices * SCALE).astype(np.int64)
    earned = desk.offers(asked, people).earned / SCALE
    most = dict(zip(people.tolist(), earned.tolist()))
    return [c for c in master.columns if most[c.person] + c.reduced(asked / SCALE) <= spare + 1e-6]
