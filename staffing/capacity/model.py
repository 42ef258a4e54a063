"""The least-cost hiring, training and overtime plan of a site as a mixed-integer programme."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
from ortools.math_opt.python import mathopt

from staffing.capacity.problem import Hireable, Seats, SitePlan, SiteProblem

By = dict[tuple[int, int], Any]  # by (hireable or pool or course, week)
Hours = dict[tuple[int, int], list[Any]]
MOST = 1000  # people hired in one week: no site hires more


@dataclass
class Model:
    """The programme and its variables, by (hireable, week), (course, week), (pool, week), ..."""

    problem: SiteProblem
    solver: Any = field(default_factory=mathopt.Model)
    hires: By = field(default_factory=dict)
    classes: By = field(default_factory=dict)
    taught: By = field(default_factory=dict)
    overtime: By = field(default_factory=dict)
    served: dict[tuple[int, str, int], Any] = field(default_factory=dict)
    short: dict[tuple[str, int], Any] = field(default_factory=dict)
    seats: dict[int, Any] = field(default_factory=dict)
    rooms: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Search:
    """How hard to search: seconds for each site, relative gap at which it ends, seed."""

    seconds: float = 60.0
    gap: float = 0.01
    seed: int = 1


def solve(problem: SiteProblem, *, seconds: float, gap: float, seed: int) -> SitePlan:
    """The plan of one site to a relative gap, or the best found in `seconds`, with its bound.

    There always is one: what nobody works is short, at a price.
    """
    return searched(built(problem), Search(seconds, gap, seed))


def searched(model: Model, search: Search) -> SitePlan:
    """The plan that a programme comes to."""
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=search.seconds),
        relative_gap_tolerance=search.gap,
        random_seed=search.seed % 2**31,
    )
    result = mathopt.solve(model.solver, mathopt.SolverType.HIGHS, params=parameters)
    bound = result.best_objective_bound()
    if not result.solutions:
        for variable in (*model.hires.values(), *model.taught.values()):
            variable.upper_bound = 0
        result = mathopt.solve(model.solver, mathopt.SolverType.HIGHS)
        return _read(model, result, bound=bound, stopped="time was up before any hiring was tried")
    proven = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    return _read(model, result, bound=bound, stopped="within the gap" if proven else "time was up")


def built(problem: SiteProblem) -> Model:
    """The programme of a site."""
    model = Model(problem)
    _hiring(model)
    _teaching(model)
    _rooms(model)
    _seats(model)
    paid, work = _hours(model)
    _work(model, work)
    _cost(model, paid)
    return model


def _hiring(model: Model) -> None:
    """How many to hire in which week; each class is between its least and most."""
    solver = model.solver
    for h, hireable in enumerate(model.problem.hireable):
        kind = hireable.kind
        for week in map(int, np.flatnonzero(hireable.may_begin)):
            hires = solver.add_integer_variable(lb=0, ub=MOST)
            classes = solver.add_integer_variable(lb=0, ub=MOST)
            solver.add_linear_constraint(hires <= kind.class_most * classes)
            solver.add_linear_constraint(hires >= kind.class_least * classes)
            model.hires[h, week], model.classes[h, week] = hires, classes


def _teaching(model: Model) -> None:
    p = model.problem
    for t, teachable in enumerate(p.teachable):
        for week in range(p.weeks - teachable.course.training_weeks):
            model.taught[t, week] = model.solver.add_integer_variable(lb=0, ub=teachable.course.most_a_week)


def _rooms(model: Model) -> None:
    """No more classes in training at once than there are classrooms."""
    p = model.problem
    for week in range(p.weeks if p.classrooms is not None else 0):
        inside = [
            classes
            for (h, begun), classes in model.classes.items()
            if begun <= week < begun + p.hireable[h].kind.training_weeks
        ]
        if inside:
            row = model.solver.add_linear_constraint(mathopt.fast_sum(inside) <= p.classrooms)
            model.rooms[week] = row


def _seats(model: Model) -> None:
    """In the busiest interval of a week no more people than seats; today's people have theirs in any case."""
    p, seats = model.problem, model.problem.seats
    if seats is None:
        return
    there = np.sum([seats.used(pool.heads) for pool in p.pools], axis=0)
    taken: dict[int, list[Any]] = {week: [] for week in range(p.weeks)}
    for (h, begun), hires in model.hires.items():
        for after, each in enumerate(_seats_of_class(p.hireable[h], seats, begun)):
            taken[begun + after].append(float(each) * hires)
    for (t, begun), people in model.taught.items():
        teachable = p.teachable[t]
        for after in range(teachable.course.training_weeks):
            each = seats.training - seats.at_once[begun + after] * teachable.hours
            taken[begun + after].append(float(each * teachable.there[after]) * people)
    for week, parts in taken.items():
        if parts:
            most = max(seats.seats - float(there[week]), 0.0)
            model.seats[week] = model.solver.add_linear_constraint(mathopt.fast_sum(parts) <= most)


def _seats_of_class(hireable: Hireable, seats: Seats, begun: int) -> np.ndarray:
    """Seats that each person of a class takes in the weeks from its first."""
    at_once = seats.at_once[begun:] * hireable.hours
    weeks = np.arange(len(at_once))
    inside = weeks < hireable.kind.training_weeks
    return np.where(inside, seats.training, at_once) * hireable.curve.there[: len(weeks)]


def seat_worth(problem: SiteProblem) -> np.ndarray:
    """What one seat more in a week would save, if people could be divided: the dual of its constraint.

    Currency, one a week; 0 where seats do not bind.
    """
    model = built(problem)
    for variable in (*model.hires.values(), *model.classes.values(), *model.taught.values()):
        variable.integer = False
    result = mathopt.solve(model.solver, mathopt.SolverType.HIGHS)
    duals = result.dual_values() if model.seats and result.has_dual_feasible_solution() else {}
    return np.array([max(-duals.get(model.seats.get(week), 0.0), 0.0) for week in range(problem.weeks)])


def _hours(model: Model) -> tuple[By, By]:
    """Hours paid, and hours of experienced work, by pool and week."""
    p = model.problem
    places = [(pool, week) for pool in range(len(p.pools)) for week in range(p.weeks)]
    paid: Hours = {(pool, week): [float(p.pools[pool].heads.paid_h[week])] for pool, week in places}
    work: Hours = {(pool, week): [float(p.pools[pool].heads.work_h[week])] for pool, week in places}
    for (h, begun), hires in model.hires.items():
        hireable = p.hireable[h]
        hours = hireable.hours * hireable.curve.there[: p.weeks - begun]
        for after in map(int, np.flatnonzero(hours)):
            week, effect = begun + after, float(hireable.curve.effect[after])
            paid[hireable.pool, week].append(float(hours[after]) * hires)
            if effect > 0:
                work[hireable.pool, week].append(float(hours[after]) * effect * hires)
    for (t, begun), people in model.taught.items():
        _moved(p, t, begun, people=people, paid=paid, work=work)
    return _summed(paid), _summed(work)


def _moved(p: SiteProblem, t: int, begun: int, *, people: Any, paid: Hours, work: Hours) -> None:
    """Who is taught leaves the hours of one pool and joins another's; in training nothing is worked."""
    teachable = p.teachable[t]
    for after in range(p.weeks - begun):
        week, hours = begun + after, teachable.hours * float(teachable.there[after]) * people
        for table in (paid, work):
            table[teachable.pool, week].append(-hours)
        paid[teachable.becomes, week].append(hours)
        if after >= teachable.course.training_weeks:
            work[teachable.becomes, week].append(hours)


def _summed(hours: Hours) -> By:
    return {key: mathopt.fast_sum(parts) for key, parts in hours.items()}


def _work(model: Model, work: By) -> None:
    """People serve the languages of their pool; what is left of a language's need is short."""
    p, solver = model.problem, model.solver
    for pool, people in enumerate(p.pools):
        for week in range(p.weeks):
            extra = solver.add_variable(lb=0)
            solver.add_linear_constraint(extra <= p.overtime * work[pool, week])
            served = [solver.add_variable(lb=0) for _ in people.skills]
            solver.add_linear_constraint(mathopt.fast_sum(served) <= work[pool, week] + extra)
            model.overtime[pool, week] = extra
            model.served |= {(pool, language, week): v for language, v in zip(people.skills, served)}
    for language, need_h in p.need_h.items():
        for week in range(p.weeks):
            short = solver.add_variable(lb=0)
            helped = [
                model.served[pool, language, week]
                for pool, people in enumerate(p.pools)
                if language in people.skills
            ]
            solver.add_linear_constraint(mathopt.fast_sum([*helped, short]) >= float(need_h[week]))
            model.short[language, week] = short


def _cost(model: Model, paid: By) -> None:
    """Wages, overtime, hiring, classes, courses and the price of what is short."""
    p = model.problem
    terms = [p.rate * hours for hours in paid.values()]
    terms += [p.rate * (1 + p.premium) * extra for extra in model.overtime.values()]
    terms += [p.hireable[h].kind.cost * hires for (h, _), hires in model.hires.items()]
    terms += [p.hireable[h].kind.class_cost * classes for (h, _), classes in model.classes.items()]
    terms += [p.teachable[t].course.cost * people for (t, _), people in model.taught.items()]
    terms += [p.shortage * short for short in model.short.values()]
    model.solver.minimize(mathopt.fast_sum(terms))


def _read(model: Model, result: Any, *, bound: float, stopped: str) -> SitePlan:
    p, value = model.problem, result.variable_values()

    def grid(variables: By, count: int) -> np.ndarray:
        table = np.zeros((count, p.weeks))
        for (row, week), variable in variables.items():
            table[row, week] = max(value[variable], 0.0)  # the solver allows a hair below 0
        return table

    languages = {(pool, language) for pool, language, _ in model.served}
    weeks = range(p.weeks)
    return SitePlan(
        np.rint(grid(model.hires, len(p.hireable))).astype(int),
        np.rint(grid(model.classes, len(p.hireable))).astype(int),
        np.rint(grid(model.taught, len(p.teachable))).astype(int),
        grid(model.overtime, len(p.pools)),
        {
            (pool, lang): np.array([max(value[model.served[pool, lang, w]], 0.0) for w in weeks])
            for pool, lang in sorted(languages)
        },
        {lang: np.array([max(value[model.short[lang, w]], 0.0) for w in weeks]) for lang in p.need_h},
        result.objective_value(),
        min(bound, result.objective_value()),
        stopped,
    )
