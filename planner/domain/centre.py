"""What a contact centre is: frozen values. What happens in it travels in tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from planner.domain.labour_rules import Contract as Contract
from planner.domain.labour_rules import LabourRules as LabourRules
from planner.domain.labour_rules import ShiftPattern as ShiftPattern
from planner.domain.planned import Planned
from planner.domain.quality import Quality
from planner.domain.rates import Rates
from planner.domain.teaching import Teaching
from planner.domain.timegrid import OpeningHours

ChannelKind = Literal["immediate", "concurrent", "deferred"]
Formula = Literal[
    "answered_in_t_and_abandoned_in_t_over_offered",
    "answered_in_t_over_answered",
    "answered_in_t_over_offered",
    "answered_in_t_over_answered_and_abandoned_after_t",
    "answered_in_t_and_short_abandons_over_offered",
]
StaffingMethod = Literal["sequential", "sequential_hand_back", "sipp", "lag"]
CHANNEL_KINDS: Mapping[str, ChannelKind] = {
    "voice": "immediate",
    "chat": "concurrent",
    "messaging": "concurrent",
    "email": "deferred",
    "backoffice": "deferred",
}


class QueueKey(NamedTuple):
    """Site x language x channel: the key of every volume table."""

    site: str
    language: str
    channel: str

    def __str__(self) -> str:
        return " · ".join(self)


@dataclass(frozen=True)
class ServiceLevel:
    """At least `share` (0..1) answered within `within_s` seconds."""

    share: float
    within_s: float

    def __str__(self) -> str:
        return f"{self.share * 100:g} % in {self.within_s:g} s"


@dataclass(frozen=True)
class Deadline:
    """At least `share` (0..1) of deferred work finished within `within_business_h` open hours."""

    share: float
    within_business_h: float

    def __str__(self) -> str:
        return f"{self.share * 100:g} % in {self.within_business_h:g} business hours"


@dataclass(frozen=True)
class Target:
    """A set of targets that hold together; None means no such target.

    Staffing meets all but `max_aht_s`, which scorecards alone are held against.
    """

    service_levels: tuple[ServiceLevel, ...] = ()
    max_abandonment: float | None = None
    max_occupancy: float | None = None
    max_asa_s: float | None = None
    deadline: Deadline | None = None
    formula: Formula = "answered_in_t_over_offered"
    max_aht_s: float | None = None


@dataclass(frozen=True)
class Handling:
    """How a contact is handled: times in seconds.

    `aht_s` is the average handle time (concurrent channels: alone, one conversation at a time).
    With j conversations open an agent completes j / (aht_s (1 + slow_down (j - 1))) a second.
    `patience_s` is the mean time a customer waits before leaving; None = never leaves. Its distribution
    is Weibull of `patience_shape` (1 = exponential, as Erlang A has it).

    Of those who abandon, `redial_share` calls again after `redial_after_s` on average; of those
    answered, `reconnect_share` after `reconnect_after_s`: both come on top of the contacts forecast.

    Written contacts: `idle_s` is the time a conversation holds its slot without work before it is closed.
    Deferred contacts: a share waits for the customer (`pending`) or for a third party (`on_hold`) once
    handled, comes back as open after so many hours, and takes a further touch of equal length; `aht_s`
    is the agent's time for the whole contact, all touches together.
    """

    aht_s: float
    patience_s: float | None = None
    short_abandon_s: float = 5.0
    concurrency: int = 1
    slow_down: float = 0.0
    reaction_s: float = 0.0
    aht_cv: float = 0.85
    patience_shape: float = 1.0
    redial_share: float = 0.0
    redial_after_s: float = 600.0
    reconnect_share: float = 0.0
    reconnect_after_s: float = 3600.0
    idle_s: float = 0.0
    pending_share: float = 0.0
    pending_h: float = 24.0
    on_hold_share: float = 0.0
    on_hold_h: float = 48.0


@dataclass(frozen=True)
class Shrinkage:
    """Paid time not on contact duty, as shares 0..1.

    `planned_away` is the part of `planned` that appears in the absence list (leave), so that a
    schedule must only make up for the rest: (1 - planned) = (1 - planned_away)(1 - planned_at_work).
    """

    planned: float = 0.0
    unplanned: float = 0.0
    planned_away: float = 0.0

    @property
    def planned_at_work(self) -> float:
        """Share of time at work spent in training, coaching and meetings."""
        return 1 - (1 - self.planned) / (1 - self.planned_away)


@dataclass(frozen=True)
class Site:
    """A place with its clock, law, people's shrinkage, seats and cost."""

    code: str
    name: str
    country: str
    time_zone: str
    hours: OpeningHours
    subdivision: str | None = None
    seats: int | None = None
    remote_share: float = 0.0
    cost_per_paid_hour: float = 0.0
    shrinkage: Shrinkage = Shrinkage()
    planned_by_month: tuple[float, ...] = (1.0,) * 12
    planned_by_weekday: tuple[float, ...] = (1.0,) * 7
    unplanned_by_weekday: tuple[float, ...] = (1.0,) * 7
    labour: LabourRules = field(default_factory=LabourRules)
    labour_name: str = ""
    opened: date | None = None

    def shrinkage_in(self, month: int) -> Shrinkage:
        """Shrinkage of a month (1..12): the planned part follows the site's season."""
        factor = self.planned_by_month[month - 1]
        part = self.shrinkage
        return Shrinkage(_decimal(part.planned, factor), part.unplanned, _decimal(part.planned_away, factor))

    def shrinkage_on(self, month: int, weekday: int) -> Shrinkage:
        """Shrinkage of a month's Mondays (0), Tuesdays, ...: training days and Monday sickness included."""
        part, factor = self.shrinkage_in(month), self.planned_by_weekday[weekday]
        return Shrinkage(
            _decimal(part.planned, factor),
            _decimal(part.unplanned, self.unplanned_by_weekday[weekday]),
            _decimal(part.planned_away, factor),
        )


def _decimal(share: float, factor: float) -> float:
    """A share times a factor as people would write it: 0.2 x 1.1 is 0.22."""
    return round(share * factor, 12)


@dataclass(frozen=True)
class Queue:
    """Site x language x channel with its hours, targets and handling.

    An agent who serves several queues takes the higher `priority` first. `backlog` is the number of
    deferred contacts open when the plan starts; None = unknown, taken from a week like the first.
    `planned` speaks for a new queue until it has a year of its own. `floor` is the number of agents wanted
    on contact whenever it is open, whatever the need.
    """

    key: QueueKey
    kind: ChannelKind
    hours: OpeningHours
    target: Target
    handling: Handling
    customers: tuple[str, ...] = ()
    client: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    priority: int = 0
    backlog: float | None = None
    planned: Planned | None = None
    floor: int = 0


@dataclass(frozen=True)
class Event:
    """Something that moves volume: first and last local day, the languages it touches (empty = all).

    `uplift` is the change a planner expects of a day's contacts (0.3 = 30 % more; None = not known);
    contacts move from `lead_days` before the first day to `lag_days` after the last.
    """

    name: str
    kind: str
    first_day: date
    last_day: date
    languages: tuple[str, ...] = ()
    exceptional: bool = False
    uplift: float | None = None
    lead_days: int = 0
    lag_days: int = 0


@dataclass(frozen=True)
class QueueNameRule:
    """How a source's queue names are read: a regular expression with the groups site, language,
    channel and client; `values` maps what a group found to the centre's own code."""

    pattern: str
    values: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Blending:
    """Deferred work of these languages fills this share of the idle time of voice."""

    languages: tuple[str, ...] = ()
    idle_share: float = 0.0


@dataclass(frozen=True)
class Centre:
    """The whole operation as one value."""

    name: str
    interval_min: int
    sites: Mapping[str, Site]
    queues: Mapping[QueueKey, Queue]
    contracts: Mapping[str, Contract]
    shift_patterns: tuple[ShiftPattern, ...]
    events: tuple[Event, ...] = ()
    teaching: tuple[Teaching, ...] = ()
    blending: Blending = Blending()
    currency: str = "EUR"
    synthetic: bool = False
    queue_names: tuple[QueueNameRule, ...] = ()
    quality: Quality = field(default_factory=Quality)
    rates: Rates = field(default_factory=Rates)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages served, in the order of the queues."""
        return tuple(dict.fromkeys(key.language for key in self.queues))

    def queues_at(self, site: str) -> tuple[Queue, ...]:
        """Queues of one site."""
        return tuple(queue for key, queue in self.queues.items() if key.site == site)
