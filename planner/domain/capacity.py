"""What a capacity plan is told: how people are hired, trained, learn and leave, and what it costs.

Shares are 0..1, times are weeks (`_weeks`), money is the plan's currency. A week begins on Monday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.domain.capacity_levers import USUAL, Lever

WEEKS_A_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True)
class Attrition:
    """Share of people who leave in a month; a share of its own in the first `early_weeks` after hiring."""

    per_month: float = 0.0
    early_per_month: float = 0.0
    early_weeks: int = 0

    def stay(self, weeks_since_hire: int) -> float:
        """Share of people who are still there a week later.

        >>> round(Attrition(per_month=0.03).stay(52) ** (52 / 12), 3)
        0.97
        """
        early = weeks_since_hire < self.early_weeks
        return float((1 - (self.early_per_month if early else self.per_month)) ** (1 / WEEKS_A_MONTH))


@dataclass(frozen=True)
class RampWeek:
    """From this week on contact (1 = the first) until the next given: AHT as a multiple, availability."""

    week: int
    aht_multiple: float
    availability: float

    @property
    def effect(self) -> float:
        """Work done in a paid hour, of that of someone experienced."""
        return self.availability / self.aht_multiple


@dataclass(frozen=True)
class HiringKind:
    """A way to hire: contract, class sizes, lead time, training, cost; `term_weeks` None = permanent.

    `lead_weeks` pass between the decision and the first day of class. `cost` is paid for each person
    hired; a class costs `class_cost` on top (trainer, room).
    """

    name: str
    contract: str
    class_least: int = 1
    class_most: int = 15
    lead_weeks: int = 4
    training_weeks: int = 3
    cost: float = 0.0
    class_cost: float = 0.0
    term_weeks: int | None = None


@dataclass(frozen=True)
class CrossTraining:
    """Teaching people of one set of languages another; they are off contact for `training_weeks`."""

    site: str
    language: str
    adds: str
    training_weeks: int = 2
    cost: float = 0.0
    most_a_week: int = 5


@dataclass(frozen=True)
class PlannedClass:
    """A class that is already decided: people of one set of languages, from its first day in training."""

    site: str
    languages: tuple[str, ...]
    kind: str
    first_day: date
    people: int


@dataclass(frozen=True)
class Freeze:
    """No class begins from the first to the last day; sites empty = everywhere."""

    first_day: date
    last_day: date
    sites: tuple[str, ...] = ()

    def holds(self, site: str, day: date) -> bool:
        """Whether a class may not begin at the site on this day."""
        return self.first_day <= day <= self.last_day and (not self.sites or site in self.sites)


@dataclass(frozen=True)
class LeaveSeason:
    """From the first to the last day this share of paid time is leave, not the usual; sites empty = all."""

    first_day: date
    last_day: date
    share: float
    sites: tuple[str, ...] = ()

    def holds(self, site: str, day: date) -> bool:
        """Whether the season holds at the site on this day."""
        return self.first_day <= day <= self.last_day and (not self.sites or site in self.sites)


@dataclass(frozen=True)
class SiteCapacity:
    """How one site hires and loses people. `classrooms` limits classes in training at the same time.

    `present_share` of the people on contact sit at their desks in the busiest interval of a week; None =
    reckoned from the need. Someone in training takes `training_seat` seats (0 = rooms of their own).
    """

    attrition: Attrition = Attrition()
    kinds: tuple[HiringKind, ...] = ()
    classrooms: int | None = None
    roster_efficiency: float = 0.9
    present_share: float | None = None
    training_seat: float = 1.0


@dataclass(frozen=True)
class Capacity:
    """The `capacity:` section of plan.yaml.

    `level` is the day level the plan covers (p50, p75 or p90). An hour short is priced `shortage_hours`
    paid hours of the site; overtime is at most `overtime_share` of hours worked at (1 + `overtime_premium`).
    `full_time_h` are the weekly hours of a full-time equivalent; None = the longest contract of the plan.
    """

    weeks: int = 26
    level: str = "p50"
    ramp: tuple[RampWeek, ...] = ()
    sites: Mapping[str, SiteCapacity] = field(default_factory=dict)
    cross_training: tuple[CrossTraining, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    classes: tuple[PlannedClass, ...] = ()
    overtime_share: float = 0.0
    overtime_premium: float = 0.5
    shortage_hours: float = 10.0
    leave: tuple[LeaveSeason, ...] = ()
    levers: tuple[Lever, ...] = USUAL
    full_time_h: float | None = None

    def effect(self, week_on_contact: int) -> float:
        """Work of a paid hour in this week on contact (1 = the first), of that of someone experienced."""
        begun = [stage for stage in self.ramp if stage.week <= week_on_contact]
        return begun[-1].effect if begun else 1.0
