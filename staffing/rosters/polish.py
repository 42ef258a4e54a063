"""A whole roster made better by neighbourhoods: some people over some days, all else as it is.

People are drawn by how dear their rows are at the bound's prices, days by what is missed on them, both
half the time; the other half, alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from staffing.rosters.clock import Clock
from staffing.rosters.dive import Luck
from staffing.rosters.generation import Desk
from staffing.rosters.kind import LONG, Kind, drawn_kind, kinds_of
from staffing.rosters.master import Need
from staffing.rosters.neighbourhood import How, retry
from staffing.rosters.part import Part, room_of_part, tables_of_part
from staffing.rosters.problem import OFF
from staffing.rosters.tables import SCALE, Tables

GOAL = 0.2  # of the root of the time: what is meant for one neighbourhood
PATIENCE = 4.0  # times that, after which it is given up
LUCK, SLACK = 0.1, 0.5  # added at most to a share in a dive, and money a fixing may lose before new columns


@dataclass(frozen=True)
class Whole:
    """The problem as the polish sees it: need of everybody, prices to begin around, cost that ends it."""

    need: Need
    near: np.ndarray
    enough: float


def polish(
    desk: Desk, whole: Whole, roster: np.ndarray, *, rng: np.random.Generator, clock: Clock
) -> Iterator[np.ndarray]:
    """Better and better rosters (people x days) until the cost is enough or the time over."""
    people, days = roster.shape
    kinds, goal = kinds_of(people, days), GOAL * max(clock.left, 0.0) ** 0.5
    earned = _earned(desk, whole, people)
    while clock.left > 0:
        miss, dear = _missed(whole.need, roster), earned + _reduced(desk, whole, roster)
        if miss.sum() + _wishes(desk.t, roster) <= whole.enough + 0.5:
            return
        kind, before = drawn_kind(kinds, goal=goal, rng=rng), clock.now()
        part = _drawn(kind, miss.sum(axis=1), dear - dear.min() + 0.5, rng)
        ends = Clock(clock.now, before, min(clock.end, before + PATIENCE * goal))
        how = How(whole.near[part.days], ends, kind.finish, Luck(rng, LUCK, SLACK), round(kind.kept))
        roster, saved, solved = _retried(desk, roster, part, how)
        kind.learn(saved=saved, seconds=clock.now() - before, solved=solved, goal=goal)
        if saved > 0:
            yield roster


def _retried(desk: Desk, roster: np.ndarray, part: Part, how: How) -> tuple[np.ndarray, float, bool]:
    """The roster after a part of it was tried again, what that saved, and whether no more can be."""
    t = tables_of_part(desk.t, roster, part)
    whole = part.end - part.first == roster.shape[1]
    # Rows over all days are kept for later: they fit whatever the others do.
    small = desk if whole else Desk(t, room_of_part(desk.room, part), how.clock, desk.salt)
    number = part.people.tolist() if whole else range(len(part.people))
    need = Need(t.need, t.under / SCALE, t.over / SCALE)
    now = {n: small.column(n, row) for n, row in zip(number, roster[part.people, part.days])}
    tried = retry(small, need, now, how=how)
    desk.salt, after = small.salt, roster.copy()
    for n, person in zip(number, part.people):
        after[person, part.days] = tried.rows[n].row
    return after, need.price(now.values()) - need.price(tried.rows.values()), tried.solved


def _drawn(kind: Kind, miss: np.ndarray, dear: np.ndarray, rng: np.random.Generator) -> Part:
    """People and days of a kind."""
    number, length = round(kind.people), round(kind.days)
    weight = None if rng.random() < 0.5 else dear / dear.sum()
    people = rng.choice(len(dear), min(number, len(dear)), replace=False, p=weight)
    missed = np.convolve(miss, np.ones(length), "valid") + 1.0
    odds = None if rng.random() < 0.5 else missed / missed.sum()
    first = int(rng.choice(len(missed), p=odds))
    return Part(np.sort(people), first, first + length)


def _earned(desk: Desk, whole: Whole, people: int) -> np.ndarray:
    """What anyone earns at most at the bound's prices; over very many days that takes too long to ask."""
    if len(whole.near) > LONG:
        return np.zeros(people)
    return desk.offers(_asked(whole), np.arange(people)).earned / SCALE


def _asked(whole: Whole) -> np.ndarray:
    """The bound's prices as whole numbers times SCALE."""
    return np.rint(whole.near * SCALE).astype(np.int64)


def _missed(need: Need, roster: np.ndarray) -> np.ndarray:
    """What people too few or too many cost, by day and shift."""
    missing = need.people.copy()
    _, days = np.nonzero(roster != OFF)
    np.subtract.at(missing, (days, roster[roster != OFF]), 1)
    return np.asarray(need.under * np.maximum(missing, 0) + need.over * np.maximum(-missing, 0))


def _paid(t: Tables, roster: np.ndarray) -> np.ndarray:
    """What the shifts of a roster cost in wishes, people x days."""
    people, days = np.indices(roster.shape)
    return np.where(roster != OFF, t.wish[people, days, roster], 0) / SCALE


def _wishes(t: Tables, roster: np.ndarray) -> float:
    return float(_paid(t, roster).sum())


def _reduced(desk: Desk, whole: Whole, roster: np.ndarray) -> np.ndarray:
    """By person: what their row costs more than it is worth at the bound's prices."""
    days = np.indices(roster.shape)[1]
    worth = np.where(roster != OFF, (_asked(whole) / SCALE)[days, roster], 0.0)
    return np.asarray((_paid(desk.t, roster) - worth).sum(axis=1))
