"""Which rule costs most: the bound, and a roster found, with each rule left out alone.

What is proven and what was found are told apart. Proven: without the rule no roster costs less than the
bound without it, so leaving it out saves at most the cost with it less that bound. Found: rosters searched
from the same schedule for as long, with the rule and without; the difference is a saving somebody can have,
give or take what another search would find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.domain.schedule_tables import RULE_COST
from staffing.labour import People, Rule, limits_of
from staffing.scheduling.again import Effort, searched_again
from staffing.scheduling.ascent import Climb
from staffing.scheduling.case import Case
from staffing.scheduling.priced import Priced, bound_at, priced
from staffing.scheduling.problem import Problem, Roster
from staffing.scheduling.roster_cost import coverage_cost, under_over_h

CONTRACT = {"contract hours"}  # what people are paid for, and no rule that could be left out
ROUNDS = 10  # of the bound's climb without a rule, from the prices with it


@dataclass(frozen=True)
class Question:
    """A site's people and SCHEDULE, and what makes a case of people and rules."""

    people: People
    schedule: pd.DataFrame
    build: Callable[[People, Sequence[Rule]], Case]


@dataclass(frozen=True)
class Searched:
    """A case, the roster found from the schedule, and what its coverage costs."""

    case: Case
    roster: Roster
    cost: float


@dataclass(frozen=True)
class Dropped:
    """The case without a rule; `low` is a bound of its cost, comparable with that of the case with it.

    `begin` are prices to begin with, if there are any; `same` where the rule leaves every array as it is.
    """

    rule: Rule
    case: Case
    low: float
    same: bool = False
    begin: np.ndarray | None = None


def rules_to_drop(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that limit how people may work; not who is there, what they speak, opening hours or contracts."""
    return [
        rule
        for rule in rules
        if rule.name not in CONTRACT
        and (rule.limits or rule.lawful or rule.counts or rule.at_once or rule.week_h)
        and not (rule.days or rule.queues or rule.moments)
    ]


def rule_costs(question: Question, now: Priced, *, rules: Sequence[Rule], effort: Effort) -> pd.DataFrame:
    """RULE_COST of a site, from the schedule there is and the prices of its bound with all rules.

    `effort.seconds` are for all rules together: those that promise most are searched first, what time does
    not allow is left blank, and rules that it does not reach at all have no row.
    """
    end = effort.clock() + effort.seconds
    case = question.build(question.people, rules)
    dropped = [
        _dropped(rule, case, question, (rules, now)) for rule in rules_to_drop(rules) if effort.clock() < end
    ]
    order = sorted((each for each in dropped if not each.same), key=lambda each: each.low)
    each_s = max(end - effort.clock(), 0.0) / (len(order) + 1)
    fair = replace(effort, seconds=each_s)
    with_all = _searched(case, question.schedule, fair)
    rows = [_same_row(each) for each in dropped if each.same]
    rows += [_row(each, with_all, question.schedule, (fair, end, now.bound)) for each in order]
    if not rows:
        return RULE_COST.empty()
    made = pd.DataFrame(rows).assign(site=case.site.code)
    order_by = ["saved", "saved_most", "rule"]
    return RULE_COST.check(made.sort_values(order_by, ascending=[False, False, True]))


def _dropped(rule: Rule, case: Case, question: Question, known: tuple[Sequence[Rule], Priced]) -> Dropped:
    """The case without the rule; the same one where the rule asks for nothing, or for no more than others."""
    rules, now = known
    others = [each for each in rules if each is not rule]
    if asks_nothing(rule, question.people, others):
        return Dropped(rule, case, now.bound, same=True)
    other = question.build(question.people, others)
    if same_problem(case.problem, other.problem):
        return Dropped(rule, case, now.bound, same=True)
    if other.problem.shifts.shares.shape != case.problem.shifts.shares.shape:
        return Dropped(rule, other, 0.0)
    return Dropped(rule, other, bound_at(other, now.prices) - _idle_more(other, case), begin=now.prices)


def asks_nothing(rule: Rule, people: People, others: Sequence[Rule]) -> bool:
    """Whether the other rules limit the contracts as much, and the rule does nothing else."""
    site = people.site
    if rule.lawful or rule.week_h or rule.week_days or (rule.counts and rule.counts(site)):
        return False
    if rule.at_once and rule.at_once(site) is not None:
        return False
    contracts = dict.fromkeys(people.contracts)
    return all(
        limits_of(contract, site=site, rules=[*others, rule]) == limits_of(contract, site=site, rules=others)
        for contract in contracts
    )


def same_problem(one: Problem, other: Problem) -> bool:
    """Whether two problems agree in every array."""
    parts = zip((*one[:4], one.week_day), (*other[:4], other.week_day))
    return all(_same(a, b) for a, b in parts)


def _same(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(_same(a, b) for a, b in zip(one, other))
    return np.array_equal(np.asarray(one), np.asarray(other))


def _idle_more(case: Case, with_all: Case) -> float:
    """What idle contract hours the case counts more than the one with all rules, from the same contracts."""
    return float(case.idle_base.sum() - with_all.idle_base.sum())


def _searched(case: Case, schedule: pd.DataFrame, effort: Effort) -> Searched:
    roster = searched_again(case, schedule, effort=effort)
    return Searched(case, roster, coverage_cost(case, roster))


def _same_row(dropped: Dropped) -> dict[str, object]:
    note = "leaves everything as it is: some other rule, or the shifts themselves, ask for as much"
    none = dict.fromkeys(["saved_most", "saved", "saved_most_h", "saved_h"], 0.0)
    return {"rule": dropped.rule.name, **none, "note": note}


def _row(
    dropped: Dropped, with_all: Searched, schedule: pd.DataFrame, known: tuple[Effort, float, float]
) -> dict[str, object]:
    """A rule's row; `known` are the effort, the moment at which time is up, and the bound with all rules."""
    (effort, end, bound), more = known, _idle_more(dropped.case, with_all.case)
    low, saved, saved_h = dropped.low, float("nan"), float("nan")
    if effort.clock() < end:
        without = _searched(dropped.case, schedule, effort)
        climb = Climb(rounds=ROUNDS)
        again = priced(without.case, without.roster, climb=climb, begin=dropped.begin)
        low = max(low, again.bound - more)
        saved = with_all.cost - (without.cost - more)
        saved_h = _under_h(with_all) - _under_h(without)
    most = max(with_all.cost - max(low, 0.0), 0.0)
    unit = effort.prices.under
    found = {"saved_most": most, "saved_most_h": most / unit, "saved": saved, "saved_h": saved_h}
    return {
        "rule": dropped.rule.name,
        **found,
        "note": _note(saved / unit, max(bound - low, 0.0) / unit, most / unit),
    }


def _under_h(found: Searched) -> float:
    """Agent-hours short in a roster."""
    return float(under_over_h(found.case, found.roster)[0].sum())


def _note(saved_h: float, falls_h: float, most_h: float) -> str:
    """What was found, how far the bound falls without the rule, and what is proven."""
    proven = f"the bound falls by {falls_h:,.1f} h; more than {most_h:,.1f} h cannot be saved (proven)"
    if np.isnan(saved_h):
        return f"not searched, for time was up; {proven}"
    found = f"a roster without it saves the worth of {saved_h:,.1f} h short"
    return f"{found if saved_h > 0 else 'no better roster was found without it'}; {proven}"
