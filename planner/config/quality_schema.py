"""What may stand under `quality:` in `plan.yaml`. Unknown keys are refused."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.config.strict import Positive, Strict
from planner.domain.quality import Coaching, FcrReading, Quality, Sampling

Share = Annotated[float, Field(ge=0, le=1)]
Apart = Annotated[float, Field(gt=0, lt=1)]
NetShare = Annotated[float, Field(ge=-1, le=1)]


class MeasuresFile(Strict):
    """What is asked of each measure of `TargetName`: shares 0..1."""

    quality_score: Share | None = None
    critical_customer: Share | None = None
    critical_business: Share | None = None
    critical_compliance: Share | None = None
    fcr_repeat_24h: Share | None = None
    fcr_repeat_72h: Share | None = None
    fcr_repeat_7d: Share | None = None
    fcr_repeat_30d: Share | None = None
    fcr_survey: Share | None = None
    fcr_agent: Share | None = None
    fcr_no_escalation: Share | None = None
    csat: Share | None = None
    dsat: Share | None = None
    nps: NetShare | None = None
    survey_response: Share | None = None


class TargetsFile(MeasuresFile):
    """For the whole, and under `clients` what a client asks instead."""

    clients: dict[str, MeasuresFile] = {}


class CoachingFile(Strict):
    """As in `Coaching`."""

    target: Share | None = Coaching.target
    chance: Annotated[float, Field(ge=0.5, lt=1)] = Coaching.chance
    days: Annotated[int, Field(ge=28, le=366)] = Coaching.days


class SamplingFile(Strict):
    """As in `Sampling`."""

    half_width: Annotated[float, Field(gt=0, le=0.5)] = Sampling.half_width
    minutes: Positive = Sampling.minutes


class FcrFile(Strict):
    """As in `FcrReading`."""

    families: dict[str, str] = {}
    net_reasons: list[str] = []
    bot: list[str] = []
    transfer_within_s: Annotated[float, Field(ge=0, le=3600)] = FcrReading.transfer_within_s
    double_within_min: Annotated[float, Field(ge=0, le=240)] = FcrReading.double_within_min


class MattersFile(Strict):
    """The smallest difference that matters, by measure of `Compared`: shares between 0 and 1."""

    quality_score: Apart | None = None
    critical_customer: Apart | None = None
    critical_business: Apart | None = None
    critical_compliance: Apart | None = None
    fcr_repeat_7d: Apart | None = None
    fcr_no_escalation: Apart | None = None
    service_level: Apart | None = None


class QualityFile(Strict):
    """The section `quality:`."""

    targets: TargetsFile = TargetsFile()
    coaching: CoachingFile = CoachingFile()
    sampling: SamplingFile = SamplingFile()
    fcr: FcrFile = FcrFile()
    calibrate_every_days: Annotated[int, Field(ge=1, le=366)] = Quality.calibrate_every_days
    matters: MattersFile = MattersFile()
