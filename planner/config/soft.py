"""What may stand under `scheduling:` in `plan.yaml` about wishes and fairness."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from planner.config.hours import minute_of
from planner.config.labour_schema import ClockTime
from planner.config.strict import Strict
from planner.domain.moves import Moves
from planner.domain.soft import Fairness, GroupBy, Soft, Weights

Price = Annotated[float, Field(ge=0, le=1000)]


class WeightsFile(Strict):
    """Penalty units, as in `Weights`."""

    start: Price = Weights.start
    day_off: Price = Weights.day_off
    work: Price = Weights.work
    steady: Price = Weights.steady
    rotation: Price = Weights.rotation
    single_day_off: Price = Weights.single_day_off
    weekends: Price = Weights.weekends
    nights: Price = Weights.nights
    late: Price = Weights.late
    early: Price = Weights.early
    paid_hour: Price = Weights.paid_hour
    floor: Price = Weights.floor


class FairnessFile(Strict):
    """Weeks of history, who shares with whom, and the clock times of late and early shifts."""

    weeks: Annotated[int, Field(ge=0, le=52)] = Fairness.weeks
    group: Annotated[tuple[GroupBy, ...], Field(min_length=1)] = Fairness.group
    late_after: ClockTime = "21:00"
    early_before: ClockTime = "07:00"

    @model_validator(mode="after")
    def _each_once(self) -> FairnessFile:
        if len(set(self.group)) < len(self.group):
            raise ValueError(f"group {', '.join(self.group)} names something twice")
        return self


class MovesFile(Strict):
    """Penalty units, as in `Moves`."""

    pause: Price = Moves.pause
    queue: Price = Moves.queue
    shift: Price = Moves.shift
    hour: Price = Moves.hour
    day: Price = Moves.day


class SchedulingFile(Strict):
    """The soft side of scheduling."""

    weights: WeightsFile = WeightsFile()
    fairness: FairnessFile = FairnessFile()
    moves: MovesFile = MovesFile()


def soft_of(given: SchedulingFile) -> Soft:
    """The weights, the fairness and the prices of moves that the plan asks for."""
    fair = given.fairness
    late, early = minute_of(fair.late_after), minute_of(fair.early_before)
    weights, moves = Weights(**given.weights.model_dump()), Moves(**given.moves.model_dump())
    return Soft(weights, Fairness(fair.weeks, tuple(fair.group), late, early), moves)
