"""A plan whose decisions stand while the world changes: what happens to us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from staffing.capacity.model import Model, Search, built, searched
from staffing.capacity.problem import SitePlan, SiteProblem, Skills

Hiring = tuple[Skills, str]  # languages and the kind of hiring
Teaching = tuple[Skills, str]  # languages and the one that is added


@dataclass(frozen=True)
class Decisions:
    """People hired and classes begun, and people taught, by week (arrays), of one site."""

    hires: Mapping[Hiring, np.ndarray]
    classes: Mapping[Hiring, np.ndarray]
    taught: Mapping[Teaching, np.ndarray]

    def later(self, weeks: int) -> Decisions:
        """The same classes so many weeks later; what falls off the end is never held. Courses stay."""
        return Decisions(_later(self.hires, weeks), _later(self.classes, weeks), self.taught)


@dataclass(frozen=True)
class Freedom:
    """What may be decided besides: more people of these kinds, and exactly so many classes more."""

    kinds: frozenset[str] = frozenset()
    more_classes: int = 0


NOTHING = Freedom()


def decisions_of(problem: SiteProblem, plan: SitePlan) -> Decisions:
    """What a plan decides, by what is hired and taught."""
    kinds = [_hiring(problem, h) for h in range(len(problem.hireable))]
    courses = [(problem.pools[each.pool].skills, each.course.adds) for each in problem.teachable]
    return Decisions(
        dict(zip(kinds, plan.hires, strict=True)),
        dict(zip(kinds, plan.classes, strict=True)),
        dict(zip(courses, plan.taught, strict=True)),
    )


def held(problem: SiteProblem, decided: Decisions, *, search: Search, freedom: Freedom = NOTHING) -> SitePlan:
    """The plan of a site that keeps what is decided, as far as it still can; overtime and who serves what
    are arranged anew. A class that may no longer begin in its week does not."""
    model = built(problem)
    _keep(model, decided, freedom)
    if freedom.more_classes:
        _exactly_more(model, decided, freedom.more_classes)
    _room_for(model)
    return searched(model, search)


def _keep(model: Model, decided: Decisions, freedom: Freedom) -> None:
    """Hires, classes and courses are those decided; what is free may be more."""
    for (h, week), hires in model.hires.items():
        which, classes = _hiring(model.problem, h), model.classes[h, week]
        hires.lower_bound = _at(decided.hires, which, week)
        classes.lower_bound = _at(decided.classes, which, week)
        if not freedom.more_classes and which[1] not in freedom.kinds:
            hires.upper_bound, classes.upper_bound = hires.lower_bound, classes.lower_bound
    for (t, week), people in model.taught.items():
        teachable = model.problem.teachable[t]
        which = (model.problem.pools[teachable.pool].skills, teachable.course.adds)
        people.lower_bound = people.upper_bound = _at(decided.taught, which, week)


def _exactly_more(model: Model, decided: Decisions, count: int) -> None:
    """So many classes more than decided, wherever they help most; those decided grow no fuller."""
    more = []
    for (h, week), hires in model.hires.items():
        which, kind = _hiring(model.problem, h), model.problem.hireable[h].kind
        classes = model.classes[h, week] - _at(decided.classes, which, week)
        people = hires - _at(decided.hires, which, week)
        model.solver.add_linear_constraint(people <= kind.class_most * classes)
        model.solver.add_linear_constraint(people >= kind.class_least * classes)
        more.append(classes)
    if more:
        model.solver.add_linear_constraint(mathopt.fast_sum(more) == float(count))


def _room_for(model: Model) -> None:
    """Whoever is decided keeps seat and classroom, also where these are too few: that is reported."""
    for row in (*model.seats.values(), *model.rooms.values()):
        taken = sum(term.coefficient * term.variable.lower_bound for term in row.terms())
        row.upper_bound = max(row.upper_bound, taken)


def _hiring(problem: SiteProblem, hireable: int) -> Hiring:
    each = problem.hireable[hireable]
    return problem.pools[each.pool].skills, each.kind.name


def _at(decided: Mapping[Hiring, np.ndarray], which: Hiring, week: int) -> float:
    people = decided.get(which)
    return 0.0 if people is None or week >= len(people) else float(people[week])


def _later(decided: Mapping[Hiring, np.ndarray], weeks: int) -> dict[Hiring, np.ndarray]:
    return {
        which: np.concatenate([np.zeros(weeks), people])[: len(people)] for which, people in decided.items()
    }
