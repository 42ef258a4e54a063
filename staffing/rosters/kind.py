"""Kinds of neighbourhoods: how many people over how many days, and which have paid of late.

A kind grows while its neighbourhoods are solved in the time meant for one, and shrinks where they take
longer. What a kind has saved per second, the latest counting most, are its odds of being tried next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

GROW, SHRINK = 1.15, 0.85
LATELY = 0.3  # weight of the latest neighbourhood
CHANCE = 0.1  # of the odds are shared alike
LITTLE = 0.1  # money saved in the time meant for a neighbourhood, which counts as nothing
FEWEST = 3  # people
SHORTEST = 2  # days
ROWS = 25  # known from before, for each one
LONG = 100  # days, more than which nobody is tried over all of them: their prices take too long to settle


class Finish(Enum):
    """How a mixture becomes a roster: by the integer programme over its rows, or by a dive."""

    POOL = "pool"
    DIVE = "dive"


@dataclass
class Kind:
    """So many people over so many days, of at most `most` (people, days), and what that was worth of late.

    `kept` is how many of each one's rows known from before are tried.
    """

    finish: Finish
    people: float
    days: float
    most: tuple[int, int]
    kept: float
    rate: float | None = None  # money a second; None: never tried

    def learn(self, *, saved: float, seconds: float, solved: bool, goal: float) -> None:
        """Take in what a neighbourhood saved in how many seconds, of `goal`, and whether it was solved."""
        rate = saved / max(seconds, 1e-3)
        self.rate = rate if self.rate is None else (1 - LATELY) * self.rate + LATELY * rate
        if seconds > goal or not solved:
            self._scale(SHRINK)
        elif saved <= 0:
            self._scale(GROW)

    def _scale(self, factor: float) -> None:
        """More or fewer days; people where all days are in it anyway.

        Where everybody is, too, it goes on with half of them, as all would be the same once more.
        """
        people, days = self.most
        if self.days < days:
            self.days = min(max(self.days * factor, SHORTEST), days)
        elif factor > 1 and self.people >= people:
            self.people, self.kept = max(people / 2, 1), self.kept * factor
        else:
            self.people = min(max(self.people * factor, FEWEST), people)


def kinds_of(people: int, days: int) -> list[Kind]:
    """Many people over few days, and few over all days unless these are very many."""
    most = (people, days)
    shares = [(1.0, 3), (1.0, 7), (0.5, 14), (0.25, 28)]
    parts = [
        Kind(finish, people * share, length, most, ROWS)
        for share, length in shares
        for finish in Finish
        if length < days and people * share >= 1
    ]
    if days > LONG:
        return parts
    few = Kind(Finish.POOL, min(6, people), days, most, ROWS)
    more = Kind(Finish.DIVE, min(12, people), days, most, 6 * ROWS)
    return [*parts, few, more]


def drawn_kind(kinds: Sequence[Kind], *, goal: float, rng: np.random.Generator) -> Kind:
    """One of the kinds by what they have paid a second; all are tried once first. `goal` as in `learn`."""
    untried = [kind for kind in kinds if kind.rate is None]
    if untried:
        return untried[0]
    rates = np.array([kind.rate or 0.0 for kind in kinds]) + LITTLE / goal
    odds = CHANCE / len(kinds) + (1 - CHANCE) * rates / rates.sum()
    return kinds[int(rng.choice(len(kinds), p=odds))]
