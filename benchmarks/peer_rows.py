"""Situations to ask every program, drawn from the numbers planners use, and the comparison of answers.

Standard library only: the peers' own environments import it too.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

HALF_HOUR_S = 1800
Promise = tuple[float, int]


@dataclass(frozen=True)
class Situation:
    """One half hour of one queue. `agents` None asks for the least; a number asks for the service level.

    `patience_s` None is Erlang C; a target of None is not asked for.
    """

    offered: int
    aht_s: int
    share: float
    within_s: int
    patience_s: int | None = None
    max_abandonment: float | None = None
    max_occupancy: float | None = None
    shrinkage: float = 0.0
    agents: int | None = None

    @property
    def load(self) -> float:
        """Offered load, Erlang."""
        return self.offered * self.aht_s / HALF_HOUR_S


@dataclass(frozen=True)
class Answer:
    """What a program says: least agents and people rostered, or the service level of given agents."""

    agents: int | None = None
    rostered: int | None = None
    service_level: float | None = None
    failed: str | None = None


@dataclass(frozen=True)
class Choices:
    """What situations are drawn from; loads in Erlang, spread evenly on a log scale."""

    loads: tuple[float, float]
    promises: tuple[Promise, ...] = ((0.8, 20), (0.9, 60), (0.7, 30), (0.85, 15))
    aht_s: tuple[int, ...] = (180, 240, 300, 420)
    patience_s: tuple[int | None, ...] = (None,)
    max_abandonment: tuple[float | None, ...] = (None,)
    max_occupancy: tuple[float | None, ...] = (None,)
    shrinkage: tuple[float, ...] = (0.0,)


def draw(rng: random.Random, choices: Choices, *, rows: int) -> tuple[Situation, ...]:
    """So many situations, each cell drawn by itself."""
    return tuple(_one(rng, choices) for _ in range(rows))


def differing(ours: Sequence[Answer], theirs: Sequence[Answer]) -> list[int]:
    """The rows on which two programs do not agree about the agents on contact."""
    return [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a.agents != b.agents]


def compare(ours: Sequence[Answer], theirs: Sequence[Answer]) -> Counter[str]:
    """How many rows the peer answers the same, with more, with fewer, or not at all."""
    words = Counter({"same": 0, "more": 0, "fewer": 0, "failed": 0})
    words.update(_word(a, b) for a, b in zip(ours, theirs, strict=True))
    return words


def misrounded(rows: Sequence[Situation], answers: Sequence[Answer]) -> int:
    """The rows whose people rostered are not those that the answer's own agents need, in fractions."""
    told = [(row, a) for row, a in zip(rows, answers, strict=True) if a.agents and a.rostered is not None]
    return sum(a.rostered != people(a.agents or 0, row.shrinkage) for row, a in told)


def people(agents: int, shrinkage: float) -> int:
    """Whole people for so many agents, shrinkage read as the decimal people write.

    >>> people(21, 0.3)
    30
    """
    return ceil(agents / (1 - Fraction(str(shrinkage))))


def _word(a: Answer, b: Answer) -> str:
    if a.agents is None or b.agents is None:
        return "failed"
    return "same" if a.agents == b.agents else "more" if b.agents > a.agents else "fewer"


def _one(rng: random.Random, choices: Choices) -> Situation:
    low, high = choices.loads
    load, aht_s = low * (high / low) ** rng.random(), rng.choice(choices.aht_s)
    share, within_s = rng.choice(choices.promises)
    return Situation(
        max(1, round(load * HALF_HOUR_S / aht_s)),
        aht_s,
        share,
        within_s,
        rng.choice(choices.patience_s),
        rng.choice(choices.max_abandonment),
        rng.choice(choices.max_occupancy),
        rng.choice(choices.shrinkage),
    )
