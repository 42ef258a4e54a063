"""What a schedule should be beside legal and covered: prices of wishes and how fairness is reckoned."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal

from planner.domain.moves import Moves

GroupBy = Literal["contract", "team", "languages"]


@dataclass(frozen=True)
class Weights:
    """What missing a wish costs, in penalty units: at the usual prices 40 are one agent missing for an hour.

    `start` is the price of an hour outside the band wished for, `day_off` and `work` of a day, each times
    the wish's own weight; `steady` of an hour between a start and the middle start of the agent's week;
    `rotation` of an hour by which a start comes earlier than the day before; `single_day_off` of a day off
    between two worked ones; `weekends`, `nights`, `late` and `early` of a squared shift off the fair share.
    `paid_hour` is what an average paid hour's money weighs when premiums are paid; `floor` is the price of
    an agent-hour below a queue's floor, on top of its need. 0 switches a wish off.
    """

    start: float = 1.0
    day_off: float = 10.0
    work: float = 6.0
    steady: float = 0.5
    rotation: float = 0.5
    single_day_off: float = 3.0
    weekends: float = 2.0
    nights: float = 2.0
    late: float = 0.7
    early: float = 0.7
    paid_hour: float = 10.0
    floor: float = 80.0

    @classmethod
    def none(cls) -> Weights:
        """No wish weighs anything: coverage alone counts."""
        return cls(**{weight.name: 0.0 for weight in fields(cls)})


@dataclass(frozen=True)
class Fairness:
    """Over how many weeks before the horizon unwanted shifts are counted, and among whom they are shared.

    `late_after_min` and `early_before_min` are minutes after local midnight: a shift that ends after the
    one is late, one that starts before the other is early, unless it is night work.
    """

    weeks: int = 8
    group: tuple[GroupBy, ...] = ("contract", "team")
    late_after_min: int = 21 * 60
    early_before_min: int = 7 * 60


@dataclass(frozen=True)
class Soft:
    """The soft side of scheduling; `moves` counts where a published schedule is planned again."""

    weights: Weights = field(default_factory=Weights)
    fairness: Fairness = field(default_factory=Fairness)
    moves: Moves = field(default_factory=Moves)
