"""What may stand in `plan.yaml`: names, kinds and bounds. Unknown keys are refused.

Shares are 0..1, times are seconds (`_s`), minutes (`_min`) or hours (`_h`), clock times local.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, model_validator

from planner.config.capacity_schema import CapacityFile
from planner.config.hosting_schema import HostingFile
from planner.config.labour_schema import ContractFile, LabourFile, ShiftPatternFile
from planner.config.quality_schema import QualityFile
from planner.config.rates_schema import CostsFile
from planner.config.soft import SchedulingFile
from planner.config.strict import Positive, Strict
from planner.domain.centre import ChannelKind, Formula, StaffingMethod

Share = Annotated[float, Field(ge=0, le=1)]
PartShare = Annotated[float, Field(ge=0, lt=1)]
Factor = Annotated[float, Field(ge=0)]
Floor = Annotated[int, Field(ge=0, le=1000)]
Quantile = Literal["offered", "p50", "p75", "p90"]
Backend = Literal["loky", "threading", "dask"]
FROM_DATA = "from data"  # in place of a number that the contact log tells
Measured = Literal["aht_s", "aht_cv", "patience_s", "patience_shape"]


@cache
def _zones() -> frozenset[str]:
    """Time zones that this computer knows: thousands of files are looked at, once."""
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("is no IANA time zone; write one such as Europe/Lisbon")
    return name


def _language(tag: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        raise ValueError("is no BCP 47 language tag; write one such as pt or pt-BR")
    return tag


def _month_day(text: str) -> str:
    if not re.fullmatch(r"(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        raise ValueError("is no day; write 12-25 for every year or 2026-12-25 for one")
    return text


Zone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, AfterValidator(_language)]
MonthDay = Annotated[str, AfterValidator(_month_day)]


class SeasonFile(Strict):
    first: MonthDay
    last: MonthDay
    hours: dict[str, str]


class ShrinkageFile(Strict):
    planned: PartShare = 0.0
    unplanned: PartShare = 0.0
    planned_away: PartShare = 0.0
    planned_by_month: Annotated[list[Factor], Field(min_length=12, max_length=12)] = [1.0] * 12
    planned_by_weekday: Annotated[list[Factor], Field(min_length=7, max_length=7)] = [1.0] * 7
    unplanned_by_weekday: Annotated[list[Factor], Field(min_length=7, max_length=7)] = [1.0] * 7


class SiteFile(Strict):
    name: str | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    subdivision: str | None = None
    time_zone: Zone
    hours: dict[str, str]
    seasons: list[SeasonFile] = []
    closed: list[MonthDay] = []
    seats: Annotated[int, Field(ge=0)] | None = None
    remote_share: Share = 0.0
    cost_per_paid_hour: Annotated[float, Field(ge=0)] = 0.0
    shrinkage: ShrinkageFile = ShrinkageFile()
    labour: str | None = None
    opened: date | None = None


class ServiceLevelFile(Strict):
    share: Annotated[float, Field(gt=0, lt=1)]
    within_s: Annotated[float, Field(ge=0, le=86400)]


class DeadlineFile(Strict):
    share: Annotated[float, Field(gt=0, le=1)]
    within_business_h: Positive


class TargetFile(Strict):
    service_levels: list[ServiceLevelFile] = []
    max_abandonment: Annotated[float, Field(gt=0, lt=1)] | None = None
    max_occupancy: Annotated[float, Field(gt=0, le=1)] | None = None
    max_asa_s: Positive | None = None
    max_aht_s: Positive | None = None
    deadline: DeadlineFile | None = None
    formula: Formula = "answered_in_t_over_offered"


class HandlingFile(Strict):
    """How contacts are handled; a key of `Measured` may say `from data` instead of a number."""

    from_data: frozenset[Measured] = Field(default=frozenset(), alias="from data")
    aht_s: Positive | None = None
    patience_s: Positive | None = None
    short_abandon_s: Annotated[float, Field(ge=0)] | None = None
    concurrency: Annotated[int, Field(ge=1, le=20)] | None = None
    slow_down: Annotated[float, Field(ge=0)] | None = None
    reaction_s: Annotated[float, Field(ge=0)] | None = None
    aht_cv: Annotated[float, Field(ge=0)] | None = None
    patience_shape: Annotated[float, Field(ge=0.2, le=5)] | None = None
    redial_share: PartShare | None = None
    redial_after_s: Positive | None = None
    reconnect_share: PartShare | None = None
    reconnect_after_s: Positive | None = None
    idle_s: Annotated[float, Field(ge=0)] | None = None
    pending_share: Share | None = None
    pending_h: Positive | None = None
    on_hold_share: Share | None = None
    on_hold_h: Positive | None = None

    @model_validator(mode="before")
    @classmethod
    def _set_apart(cls, given: Any) -> Any:
        """What is to come from data stands apart, so that every number stays a number."""
        if not isinstance(given, dict):
            return given
        named = {name for name in get_args(Measured) if given.get(name) == FROM_DATA}
        numbers = {name: value for name, value in given.items() if name not in named}
        return {**numbers, FROM_DATA: named} if named else numbers


class PlannedFile(Strict):
    contacts_per_week: Positive
    uncertainty: Annotated[float, Field(gt=0, le=2)] = 0.3
    like: tuple[str, str, str] | None = None
    ramp_weeks: Annotated[float, Field(ge=0, le=104)] = 0.0
    begins_at: Annotated[float, Field(gt=0, le=1)] = 1.0


class QueueFile(Strict):
    site: str
    language: Language
    channels: list[str] = Field(min_length=1)
    time_zone: Zone | None = None
    hours: dict[str, str] | None = None
    seasons: list[SeasonFile] = []
    closed: list[MonthDay] = []
    customers: list[Annotated[str, Field(pattern="^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]] = []
    client: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    targets: dict[str, TargetFile] = {}
    handling: dict[str, HandlingFile] = {}
    priority: dict[str, int] = {}
    backlog: dict[str, Annotated[float, Field(ge=0)]] = {}
    floor: Floor | dict[str, Floor] = {}
    planned: dict[str, PlannedFile] = {}


class QueueNameFile(Strict):
    pattern: str
    values: dict[str, dict[str, str]] = {}


class EventFile(Strict):
    name: str
    kind: str = "campaign"
    first_day: date
    last_day: date
    languages: list[Language] = []
    exceptional: bool = False
    uplift: Annotated[float, Field(ge=-1)] | None = None
    lead_days: Annotated[int, Field(ge=0, le=60)] = 0
    lag_days: Annotated[int, Field(ge=0, le=60)] = 0


class ChannelFile(Strict):
    kind: ChannelKind | None = None
    priority: int = 0


class BlendingFile(Strict):
    languages: list[Language] = []
    idle_share: Share = 0.0


class HorizonFile(Strict):
    first_day: date | None = None
    forecast_weeks: Annotated[int, Field(ge=1, le=78)] = 8
    schedule_weeks: Annotated[int, Field(ge=0, le=8)] = 2

    @model_validator(mode="after")
    def _scheduled_is_forecast(self) -> HorizonFile:
        if self.schedule_weeks > self.forecast_weeks:
            raise ValueError(
                f"schedule_weeks {self.schedule_weeks} is more than forecast_weeks {self.forecast_weeks}"
            )
        return self


class InputsFile(Strict):
    volume: list[str] = []
    contacts: list[str] = []
    agents: list[str] = []
    absences: list[str] = []
    evaluations: list[str] = []
    events: list[str] = []
    overrides: list[str] = []
    teaching: list[str] = []
    preferences: list[str] = []
    locked: list[str] = []
    forms: list[str] = []
    raters: list[str] = []
    disputes: list[str] = []
    surveys: list[str] = []
    intraday: list[str] = []


class SettingsFile(Strict):
    quantile: Quantile = "offered"
    staffing: StaffingMethod = "sequential"
    paths: Annotated[int, Field(ge=20, le=2000)] = 200
    backtest_origins: Annotated[int, Field(ge=0, le=60)] = 8
    seconds_per_site: Positive = 20.0
    pairs_each: Annotated[int, Field(ge=1)] | None = None
    prove_seconds: Annotated[float, Field(ge=0)] = 0.0
    replications: Annotated[int, Field(ge=2, le=10000)] = 40
    precision: Annotated[float, Field(gt=0, le=0.5)] | None = 0.01
    most_replications: Annotated[int, Field(ge=2, le=10000)] = 100
    workers: Annotated[int, Field(ge=1)] = 2
    backend: Backend = "loky"
    scheduler: Annotated[str, Field(pattern=r"^[a-z]+://.+")] | None = None

    @model_validator(mode="after")
    def _a_scheduler_is_dasks(self) -> SettingsFile:
        if self.scheduler is not None and self.backend != "dask":
            raise ValueError("scheduler is the address of a Dask scheduler; write backend: dask beside it")
        return self


class PlanFile(Strict):
    """The whole of `plan.yaml`."""

    name: str
    synthetic: bool = False
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "EUR"
    interval_min: Literal[15, 30, 60, 1440] = 30
    seed: Annotated[int, Field(ge=0)] = 1
    horizon: HorizonFile = HorizonFile()
    inputs: InputsFile = InputsFile()
    settings: SettingsFile = SettingsFile()
    channels: dict[str, ChannelFile] = {}
    sites: dict[str, SiteFile] = Field(min_length=1)
    labour: dict[str, LabourFile] = {}
    targets: dict[str, TargetFile] = {}
    handling: dict[str, HandlingFile] = {}
    queues: list[QueueFile] = Field(min_length=1)
    queue_names: list[QueueNameFile] = []
    contracts: dict[str, ContractFile] = {}
    shift_patterns: list[ShiftPatternFile] = []
    events: list[EventFile] = []
    blending: BlendingFile = BlendingFile()
    scheduling: SchedulingFile = SchedulingFile()
    capacity: CapacityFile = CapacityFile()
    hosting: HostingFile = HostingFile()
    costs: CostsFile = CostsFile()
    quality: QualityFile = QualityFile()
