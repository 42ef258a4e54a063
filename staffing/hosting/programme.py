"""The programme of hosting: what goes in, what is under construction, what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.math_opt.python import mathopt

from staffing.hosting.choices import Choice, Market
from staffing.hosting.teams import Skills


@dataclass(frozen=True)
class Move:
    """So many people of a site for these skills: who stay, are taught or hired, or are not to be found."""

    site: str
    skills: Skills
    way: str  # stay, taught, hired, unfilled
    people: float
    of: Skills
    cost: float


@dataclass(frozen=True)
class Chosen:
    """Which choices, with the people for them; cost and bound a week, as the programme counts."""

    choices: tuple[Choice, ...]
    moves: tuple[Move, ...]
    free: Mapping[tuple[str, Skills], float]
    cost: float
    bound: float
    stopped: str

    @property
    def gap(self) -> float:
        """(cost - bound) / cost."""
        return max(self.cost - self.bound, 0.0) / self.cost if self.cost else 0.0


@dataclass(frozen=True)
class Search:
    """How hard to search: seconds, relative gap at which it ends, seed."""

    seconds: float = 60.0
    gap: float = 0.002
    seed: int = 1


@dataclass
class Model:
    """The programme under construction."""

    market: Market
    choices: Sequence[Choice]
    solver: Any = field(default_factory=mathopt.Model)
    taken: list[Any] = field(default_factory=list)
    ways: list[tuple[str, Skills, str, Skills, float, Any]] = field(default_factory=list)
    free: dict[tuple[str, Skills], Any] = field(default_factory=dict)
    cost: list[Any] = field(default_factory=list)
