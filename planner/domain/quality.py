"""What a centre asks of its quality: targets, who is coached, how much is sampled, how FCR is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from planner.domain.form import Form

TargetName = Literal[
    "quality_score",
    "critical_customer",
    "critical_business",
    "critical_compliance",
    "fcr_repeat_24h",
    "fcr_repeat_72h",
    "fcr_repeat_7d",
    "fcr_repeat_30d",
    "fcr_survey",
    "fcr_agent",
    "fcr_no_escalation",
    "csat",
    "dsat",
    "nps",
    "survey_response",
]
Compared = Literal[
    "quality_score",
    "critical_customer",
    "critical_business",
    "critical_compliance",
    "fcr_repeat_7d",
    "fcr_no_escalation",
    "service_level",
]
AT_MOST: frozenset[TargetName] = frozenset({"dsat"})  # every other target is a least value


@dataclass(frozen=True)
class QualityTargets:
    """What is asked by measure, shares 0..1 (nps -1..1): for the whole, and by client where one differs."""

    whole: Mapping[TargetName, float] = field(default_factory=lambda: MappingProxyType({}))
    by_client: Mapping[str, Mapping[TargetName, float]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, measure: TargetName, *, client: str | None = None) -> float | None:
        """What is asked of a measure, the client's own first; None = nothing."""
        own = self.by_client.get(client or "", {})
        return own.get(measure, self.whole.get(measure))


@dataclass(frozen=True)
class Coaching:
    """Whom to coach: whose true score lies below the target with more than this chance.

    Random evaluations of the last `days` days count. `target` is the final score asked of one agent, below
    which coaching pays; None = that of the centre's quality score.
    """

    target: float | None = None
    chance: float = 0.9
    days: int = 182


@dataclass(frozen=True)
class Sampling:
    """How many evaluations are asked: half of the 95 % interval of the mean score, a month and stratum.

    `half_width` is a share of the points; `minutes` is what one evaluation takes a rater.
    """

    half_width: float = 0.05
    minutes: float = 30.0


@dataclass(frozen=True)
class FcrReading:
    """How first-contact resolution is read from a contact log.

    `families` maps a source's reason to its family (a reason that is not named is its own);
    `net_reasons` are the families that the first line can resolve (empty = all); `bot` are channels and
    agent ids that are no person. A part of a transfer begins within `transfer_within_s` of the close
    before it; the same message sent again within `double_within_min` is one contact.
    """

    families: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    net_reasons: tuple[str, ...] = ()
    bot: tuple[str, ...] = ()
    transfer_within_s: float = 60.0
    double_within_min: float = 10.0


@dataclass(frozen=True)
class Register:
    """What evaluations are checked against: forms by code, ids of agents and raters; empty = not checked."""

    forms: Mapping[str, Form] = field(default_factory=lambda: MappingProxyType({}))
    agents: frozenset[str] = frozenset()
    raters: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Quality:
    """The quality side of a centre: the section `quality:` of plan.yaml.

    `matters` is by measure the smallest difference between subjects that matters, a share.
    """

    targets: QualityTargets = field(default_factory=QualityTargets)
    coaching: Coaching = field(default_factory=Coaching)
    sampling: Sampling = field(default_factory=Sampling)
    fcr: FcrReading = field(default_factory=FcrReading)
    calibrate_every_days: int = 31
    matters: Mapping[Compared, float] = field(default_factory=lambda: MappingProxyType({}))
    register: Register = field(default_factory=Register)
