"""Automata: the two faces of a rule agree, row by row."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from staffing.rosters.automaton import STUCK, Automaton, all_at_once
from staffing.rosters.problem import Person
from staffing.rosters.rule import Rule, every_rule
from tests.staffing.rosters.small import ANN, problem

CASE = problem(3, people=1, days=6)
WITH_AUTOMATON = [rule for rule in every_rule() if rule.automaton]


def accepts(automaton: Automaton, row: np.ndarray) -> bool:
    state = automaton.start
    for shift in row:
        state = automaton.step[state, shift + 1]
        if state == STUCK:
            return False
    return True


def breaks(rule: Rule, person: Person, row: np.ndarray) -> bool:
    return any(True for _ in rule.broken(CASE, person, row))


PEOPLE = [
    replace(ANN, longest_run=run, shortest_run=least, shortest_rest=rest)
    for run, least, rest in product((1, 3, 9), (1, 2, 3), (1, 2, 3))
]


@pytest.mark.parametrize("rule", WITH_AUTOMATON, ids=lambda rule: rule.name)
def test_a_rules_automaton_accepts_the_rows_that_do_not_break_it(rule: Rule) -> None:
    rows = [np.array(cells) for cells in product(range(-1, 2), repeat=CASE.days)]
    for person in PEOPLE[::4]:
        assert rule.automaton is not None
        automaton = rule.automaton(CASE, person)
        assert [accepts(automaton, row) for row in rows] == [not breaks(rule, person, row) for row in rows]


@pytest.mark.parametrize("person", PEOPLE[1::5])
def test_the_smallest_automaton_of_all_rules_accepts_what_each_of_them_does(person: Person) -> None:
    parts = [rule.automaton(CASE, person) for rule in WITH_AUTOMATON if rule.automaton]
    whole, worked = all_at_once(parts, shifts=3)
    rng = np.random.default_rng(1)
    for row in rng.integers(-1, 3, (2000, CASE.days)):
        assert accepts(whole, row) == all(accepts(part, row) for part in parts)
    entered = whole.step[:, 1:][whole.step[:, 1:] != STUCK]
    assert worked[entered].all()
    assert not worked[whole.step[:, 0][whole.step[:, 0] != STUCK]].any()


def test_states_that_cannot_be_told_apart_are_one() -> None:
    loose = Automaton(np.array([[1, 2], [2, 0], [0, 1]]))  # three states, nothing forbidden
    smaller, _ = all_at_once([loose], shifts=1)
    assert len(smaller.step) == 2  # worked or not is all that is left
