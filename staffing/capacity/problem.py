"""The capacity problem of one site as arrays: who is there, what is needed, how people can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.domain.capacity import CrossTraining, HiringKind
from staffing.capacity.cohorts import Curve

Skills = tuple[str, ...]  # languages somebody serves, in alphabetical order


@dataclass(frozen=True)
class Heads:
    """People expected by week: employed, those of them in training and on ramp, and who joins in the week.

    `paid_h` are contract hours, `training_h` those of them in class; in `work_h` a paid hour of a beginner
    counts what it is worth; `chance_h2` is the variance of work_h by the chance of who leaves (each person
    for himself).
    """

    employed: np.ndarray
    in_training: np.ndarray
    on_ramp: np.ndarray
    joined: np.ndarray
    paid_h: np.ndarray
    work_h: np.ndarray
    chance_h2: np.ndarray
    training_h: np.ndarray

    def and_also(self, other: Heads) -> Heads:
        """Both together."""
        mine = (getattr(self, name) for name in self.__dataclass_fields__)
        theirs = (getattr(other, name) for name in self.__dataclass_fields__)
        return Heads(*(a + b for a, b in zip(mine, theirs, strict=True)))


def nobody(weeks: int) -> Heads:
    """No people in any week."""
    return Heads(*(np.zeros(weeks) for _ in Heads.__dataclass_fields__))


@dataclass(frozen=True)
class Pool:
    """Today's people of one set of languages, with classes already decided."""

    skills: Skills
    heads: Heads


@dataclass(frozen=True)
class Hireable:
    """A kind of hiring for one pool: the life of a class, hours a week of one person, when it may begin."""

    pool: int
    kind: HiringKind
    curve: Curve
    hours: float
    may_begin: np.ndarray


@dataclass(frozen=True)
class Teachable:
    """A cross-training: who is taught, what they are then, and the curve of those who stay."""

    course: CrossTraining
    pool: int
    becomes: int
    hours: float
    there: np.ndarray


@dataclass(frozen=True)
class Seats:
    """Seats of a site, and how many a paid hour on contact takes in the busiest interval of each week.

    Someone in training takes `training` seats. People who work from home take none: `at_once` is without.
    """

    seats: float
    at_once: np.ndarray
    training: float

    def used(self, heads: Heads) -> np.ndarray:
        """Seats taken in the busiest interval of each week."""
        return self.at_once * (heads.paid_h - heads.training_h) + self.training * heads.in_training


@dataclass(frozen=True)
class SiteProblem:
    """One site: `need_h` are paid hours of experienced people by language and week.

    `rate` is the cost of a paid hour, `shortage` that of an hour short, `overtime` the share of hours worked
    that may come on top, each at rate x (1 + `premium`).
    """

    site: str
    weeks: int
    rate: float
    need_h: Mapping[str, np.ndarray]
    pools: tuple[Pool, ...]
    hireable: tuple[Hireable, ...]
    teachable: tuple[Teachable, ...] = ()
    classrooms: int | None = None
    shortage: float = 0.0
    overtime: float = 0.0
    premium: float = 0.5
    seats: Seats | None = None

    def serves(self, pool: int, language: str) -> bool:
        """Whether people of the pool can serve the language."""
        return language in self.pools[pool].skills


@dataclass(frozen=True)
class SitePlan:
    """What to do at one site. Arrays end in weeks; costs are money over the whole horizon.

    hires[hireable, week] and classes[hireable, week] begin in the week; taught[teachable, week] people
    begin the course; overtime_h[pool, week]; served_h[(pool, language)][week]; short_h[language][week].
    `bound`: no plan costs less. `stopped` says why the search ended.
    """

    hires: np.ndarray
    classes: np.ndarray
    taught: np.ndarray
    overtime_h: np.ndarray
    served_h: Mapping[tuple[int, str], np.ndarray]
    short_h: Mapping[str, np.ndarray]
    cost: float
    bound: float
    stopped: str

    @property
    def gap(self) -> float:
        """(cost - bound) / cost; 0 where nothing costs."""
        return (self.cost - self.bound) / self.cost if self.cost > 0 else 0.0
