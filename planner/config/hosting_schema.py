"""What may stand under `hosting:` in `plan.yaml`. Unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.config.strict import Positive, Strict
from planner.domain.hosting import Bound, Hosting, LabourMarket, Lesson, Pools, Risk

Share = Annotated[float, Field(gt=0, le=1)]
PartShare = Annotated[float, Field(gt=0, lt=1)]
Money = Annotated[float, Field(ge=0)]
People = Annotated[int, Field(ge=0, le=10_000)]


class MarketFile(Strict):
    """As in `LabourMarket`."""

    site: str
    languages: Annotated[list[str], Field(min_length=1, max_length=3)]
    most_people: People | None = LabourMarket.most_people
    cost: Money | None = None


class LessonFile(Strict):
    """As in `Lesson`."""

    site: str
    language: str
    adds: str
    most_people: People | None = Lesson.most_people
    cost: Money = Lesson.cost


class BoundFile(Strict):
    """As in `Bound`."""

    language: str
    reason: Annotated[str, Field(min_length=1)]
    sites: list[str] = list(Bound.sites)
    channels: list[str] = list(Bound.channels)


class RiskFile(Strict):
    """As in `Risk`."""

    two_sites_from_fte: Positive | None = Risk.two_sites_from_fte
    most_at_one_site: Share = Risk.most_at_one_site
    most_in_one_country: Share = Risk.most_in_one_country


class PoolsFile(Strict):
    """As in `Pools`."""

    most_languages: Annotated[int, Field(ge=1, le=3)] = Pools.most_languages
    aht_multiple: Annotated[float, Field(ge=1, le=2)] = Pools.aht_multiple
    pay_premium: Annotated[float, Field(ge=0, le=1)] = Pools.pay_premium
    least_people: Annotated[int, Field(ge=1, le=1000)] = Pools.least_people


class HostingFile(Strict):
    """The section `hosting:`."""

    weeks: Annotated[int, Field(ge=1, le=78)] = Hosting.weeks
    busy_share: Annotated[float, Field(ge=0, le=1)] = Hosting.busy_share
    level: Literal["p50", "p75", "p90"] = "p50"
    channel_groups: dict[str, Annotated[list[str], Field(min_length=1)]] = {}
    pools: PoolsFile = PoolsFile()
    risk: RiskFile = RiskFile()
    splits: list[PartShare] = list(Hosting.splits)
    part_least_h: Annotated[float, Field(ge=1, le=24)] = Hosting.part_least_h
    hours_a_week: Annotated[float, Field(gt=0, le=80)] | None = Hosting.hours_a_week
    hire_cost: Money = Hosting.hire_cost
    leave_cost: Money = Hosting.leave_cost
    payback_weeks: Annotated[int, Field(ge=1, le=520)] = Hosting.payback_weeks
    seats_share: Share = Hosting.seats_share
    markets: list[MarketFile] = []
    lessons: list[LessonFile] = []
    bounds: list[BoundFile] = []
