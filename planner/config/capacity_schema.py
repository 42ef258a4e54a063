"""What may stand under `capacity:` in `plan.yaml`. Unknown keys are refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from planner.config.capacity_levers import LeverFile
from planner.config.strict import Strict
from planner.domain.capacity import Attrition, Capacity, CrossTraining, HiringKind

MonthShare = Annotated[float, Field(ge=0, lt=1)]
Weeks = Annotated[int, Field(ge=0, le=78)]
Money = Annotated[float, Field(ge=0)]


class AttritionFile(Strict):
    """As in `Attrition`."""

    per_month: MonthShare = Attrition.per_month
    early_per_month: MonthShare | None = None
    early_weeks: Weeks = Attrition.early_weeks


class RampFile(Strict):
    """As in `RampWeek`."""

    week: Annotated[int, Field(ge=1, le=78)]
    aht_multiple: Annotated[float, Field(ge=1, le=10)] = 1.0
    availability: Annotated[float, Field(gt=0, le=1)] = 1.0


class KindFile(Strict):
    """As in `HiringKind`, named by its key."""

    contract: str
    class_least: Annotated[int, Field(ge=1, le=200)] = HiringKind.class_least
    class_most: Annotated[int, Field(ge=1, le=200)] = HiringKind.class_most
    lead_weeks: Weeks = HiringKind.lead_weeks
    training_weeks: Weeks = HiringKind.training_weeks
    cost: Money = HiringKind.cost
    class_cost: Money = HiringKind.class_cost
    term_weeks: Annotated[int, Field(ge=1, le=78)] | None = HiringKind.term_weeks

    @model_validator(mode="after")
    def _least_below_most(self) -> KindFile:
        if self.class_least > self.class_most:
            raise ValueError(f"class_least {self.class_least} is more than class_most {self.class_most}")
        return self


class SiteCapacityFile(Strict):
    """As in `SiteCapacity`; what a site leaves out is as for every site."""

    attrition: AttritionFile | None = None
    kinds: dict[str, KindFile] | None = None
    classrooms: Annotated[int, Field(ge=0, le=200)] | None = None
    roster_efficiency: Annotated[float, Field(gt=0, le=1)] | None = None
    present_share: Annotated[float, Field(gt=0, le=1)] | None = None
    training_seat: Annotated[float, Field(ge=0, le=1)] | None = None


class CrossTrainingFile(Strict):
    """As in `CrossTraining`."""

    site: str
    language: str
    adds: str
    training_weeks: Weeks = CrossTraining.training_weeks
    cost: Money = CrossTraining.cost
    most_a_week: Annotated[int, Field(ge=1, le=200)] = CrossTraining.most_a_week


class FreezeFile(Strict):
    """As in `Freeze`."""

    first_day: date
    last_day: date
    sites: list[str] = []

    @model_validator(mode="after")
    def _first_before_last(self) -> FreezeFile:
        if self.first_day > self.last_day:
            raise ValueError(f"first_day {self.first_day} is after last_day {self.last_day}")
        return self


class LeaveFile(Strict):
    """As in `LeaveSeason`."""

    first_day: date
    last_day: date
    share: Annotated[float, Field(ge=0, lt=1)]
    sites: list[str] = []

    @model_validator(mode="after")
    def _first_before_last(self) -> LeaveFile:
        if self.first_day > self.last_day:
            raise ValueError(f"first_day {self.first_day} is after last_day {self.last_day}")
        return self


class ClassFile(Strict):
    """As in `PlannedClass`."""

    site: str
    languages: Annotated[list[str], Field(min_length=1)]
    kind: str
    first_day: date
    people: Annotated[int, Field(ge=1, le=1000)]


class OvertimeFile(Strict):
    """Overtime: most of it as a share of hours worked, and its premium as a share of the paid hour."""

    most_share: Annotated[float, Field(ge=0, le=0.5)] = Capacity.overtime_share
    premium: Annotated[float, Field(ge=0, le=5)] = Capacity.overtime_premium


class CapacityFile(Strict):
    """The section `capacity:`."""

    weeks: Annotated[int, Field(ge=4, le=78)] = Capacity.weeks
    level: Literal["p50", "p75", "p90"] = "p50"
    ramp: list[RampFile] = []
    every_site: SiteCapacityFile = SiteCapacityFile()
    sites: dict[str, SiteCapacityFile] = {}
    cross_training: list[CrossTrainingFile] = []
    freezes: list[FreezeFile] = []
    classes: list[ClassFile] = []
    overtime: OvertimeFile = OvertimeFile()
    shortage_hours: Annotated[float, Field(gt=0, le=1000)] = Capacity.shortage_hours
    leave: list[LeaveFile] = []
    levers: list[LeverFile] | None = None
    full_time_h: Annotated[float, Field(gt=0, le=168)] | None = None
