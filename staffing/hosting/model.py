"""Which teams to have, and who fills them, at least cost: a mixed-integer programme over all sites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from ortools.math_opt.python import mathopt

from planner.domain.hosting import LabourMarket, Lesson
from planner.domain.problems import Infeasible, Problem
from staffing.hosting.choices import Choice, Market
from staffing.hosting.limits import most_at_one_site, most_in_one_country, seats, two_sites
from staffing.hosting.lines import Stream
from staffing.hosting.programme import Chosen, Model, Move, Search
from staffing.hosting.teams import Skills

UNFILLED_WEEKS = 20.0  # what a person who cannot be found weighs, in weeks of pay at the dearest site
FEW = 1e-6
LIMITS = ("seats", "two sites", "share of one site", "share of one country")


def choose(market: Market, choices: Sequence[Choice], search: Search) -> Chosen:
    """The cheapest teams that answer everything within all limits, with a bound.

    Infeasible with the limits that stand in the way where there is no such set.
    """
    model = _built(market, choices, without=())
    result = _solved(model, search)
    if not result.solutions:
        raise Infeasible([Problem("no_hosting", _why_not(market, choices, search))])
    return _read(model, result)


def settle(market: Market, choices: Sequence[Choice], search: Search) -> Chosen:
    """Who fills teams that are given, at least cost; limits are not asked."""
    model = Model(market, choices)
    model.taken = [1.0] * len(choices)
    _people(model)
    _least_people(model)
    _cost(model)
    return _read(model, _solved(model, search))


def _built(market: Market, choices: Sequence[Choice], *, without: Sequence[str]) -> Model:
    model = Model(market, choices)
    model.taken = [model.solver.add_binary_variable() for _ in choices]
    _everything_answered(model)
    _people(model)
    served = _least_people(model)
    rules: dict[str, Callable[[], None]] = {
        "seats": lambda: seats(model),
        "two sites": lambda: two_sites(model, served),
        "share of one site": lambda: most_at_one_site(model),
        "share of one country": lambda: most_in_one_country(model),
    }
    for name, post in rules.items():
        if name not in without:
            post()
    _cost(model)
    return model


def _solved(model: Model, search: Search) -> Any:
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=search.seconds),
        relative_gap_tolerance=search.gap,
        random_seed=search.seed % 2**31,
    )
    return mathopt.solve(model.solver, mathopt.SolverType.HIGHS, params=parameters)


def _why_not(market: Market, choices: Sequence[Choice], search: Search) -> str:
    """The limits without any one of which there is an answer."""
    hindering = [
        name for name in LIMITS if _solved(_built(market, choices, without=[name]), search).solutions
    ]
    if hindering:
        return (
            f"no set of sites and teams keeps every limit of hosting:; without “{hindering[0]}” there is one"
        )
    return (
        "no set of sites and teams answers everything; look at bounds, markets and opening hours of the sites"
    )


def _everything_answered(model: Model) -> None:
    """Every part of every stream is answered once."""
    rows: dict[tuple[int, int], list[Any]] = {}
    for choice, taken in zip(model.choices, model.taken, strict=True):
        for piece in choice.team.pieces:
            for part in range(piece.first, piece.last + 1):
                rows.setdefault((piece.stream, part), []).append(piece.share * taken)
    for number, parts in enumerate(model.market.work.parts):
        for part in range(len(parts)):
            if (number, part) not in rows:
                raise Infeasible([Problem("nobody", _nobody(model.market.work.streams[number]))])
            model.solver.add_linear_constraint(mathopt.fast_sum(rows[number, part]) == 1.0)


def _nobody(stream: Stream) -> str:
    where = f"{stream.line.name} {' and '.join(stream.channels)}"
    return f"no site may answer {where} at all its hours; look at hosting.bounds, markets and opening hours"


def _people(model: Model) -> None:
    """Everyone needed stays, is taught or is hired; who is not needed is free."""
    market, supply = model.market, model.market.supply
    needed: dict[tuple[str, Skills], list[Any]] = {}
    for choice, taken in zip(model.choices, model.taken, strict=True):
        for skills, hours in choice.paid_h.items():
            if hours > 0:
                needed.setdefault((choice.team.site, skills), []).append(hours / supply.week_h * taken)
    used: dict[tuple[str, Skills], list[Any]] = {}
    taught: dict[Lesson, list[Any]] = {}
    hired: dict[LabourMarket, list[Any]] = {}
    for (site, skills), terms in needed.items():
        filled = [_unfilled(model, site, skills)]
        for way, of, lesson in supply.ways(site, skills):
            people = model.solver.add_variable(lb=0)
            filled.append(people)
            if isinstance(of, LabourMarket):
                hired.setdefault(of, []).append(people)
                model.ways.append((site, skills, way, of.languages, of.cost, people))
                continue
            used.setdefault((site, of), []).append(people)
            model.ways.append((site, skills, way, of, 0.0 if lesson is None else lesson.cost, people))
            if lesson is not None:
                taught.setdefault(lesson, []).append(people)
        model.solver.add_linear_constraint(mathopt.fast_sum(filled) == mathopt.fast_sum(terms))
    for limits in (taught, hired):
        for limit, people in limits.items():
            if limit.most_people is not None:
                model.solver.add_linear_constraint(mathopt.fast_sum(people) <= limit.most_people)
    for site, groups in market.supply.today.items():
        for spoken, count in groups.items():
            model.free[site, spoken] = model.solver.add_variable(lb=0)
            there = mathopt.fast_sum([*used.get((site, spoken), []), model.free[site, spoken]])
            model.solver.add_linear_constraint(there == count)


def _unfilled(model: Model, site: str, skills: Skills) -> Any:
    people = model.solver.add_variable(lb=0)
    dearest = max(float(place.price.max() / place.paid_h.max()) for place in model.market.places.values())
    weight = dearest * model.market.supply.week_h * UNFILLED_WEEKS * model.market.hosting.payback_weeks
    model.ways.append((site, skills, "unfilled", (), weight, people))
    return people


def _least_people(model: Model) -> dict[tuple[str, str], Any]:
    """A site keeps at least so many people for each language it serves; who is too many is paid as well."""
    hosting, supply = model.market.hosting, model.market.supply
    rows: dict[tuple[str, str], list[tuple[float, Any]]] = {}
    for choice, taken in zip(model.choices, model.taken, strict=True):
        for language in choice.team.languages:
            hours = sum(h for skills, h in choice.paid_h.items() if language in skills)
            rows.setdefault((choice.team.site, language), []).append((hours / supply.week_h, taken))
    served = {}
    for (site, language), terms in rows.items():
        serves = served[site, language] = model.solver.add_variable(lb=0, ub=1)
        for _, taken in terms:
            model.solver.add_linear_constraint(serves >= taken)
        model.solver.add_linear_constraint(serves <= mathopt.fast_sum([taken for _, taken in terms]))
        extra = model.solver.add_variable(lb=0)
        there = mathopt.fast_sum([people * taken for people, taken in terms])
        model.solver.add_linear_constraint(there + extra >= hosting.pools.least_people * serves)
        place = model.market.places[site]
        model.cost.append((place.site.cost_per_paid_hour or 1.0) * supply.week_h * extra)
    return served


def _cost(model: Model) -> None:
    """Wages of the week, and what is paid once over the weeks in which it pays back."""
    hosting = model.market.hosting
    terms = [choice.cost * taken for choice, taken in zip(model.choices, model.taken, strict=True)]
    terms += [cost / hosting.payback_weeks * people for *_, cost, people in model.ways if cost]
    terms += [hosting.leave_cost / hosting.payback_weeks * people for people in model.free.values()]
    model.solver.minimize(mathopt.fast_sum([*terms, *model.cost]))


def _read(model: Model, result: Any) -> Chosen:
    value = result.variable_values()
    chosen = tuple(
        choice
        for choice, taken in zip(model.choices, model.taken, strict=True)
        if isinstance(taken, float) or value[taken] > 0.5
    )
    moves = tuple(
        Move(site, skills, way, float(value[people]), of, cost)
        for site, skills, way, of, cost, people in model.ways
        if value[people] > FEW
    )
    free = {key: float(value[people]) for key, people in model.free.items() if value[people] > FEW}
    proven = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    cost = float(result.objective_value())
    return Chosen(
        chosen,
        moves,
        free,
        cost,
        float(np.minimum(result.best_objective_bound(), cost)),
        "within the gap" if proven else "time was up",
    )
