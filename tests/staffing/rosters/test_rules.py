"""Each rule of a roster on rows written by hand: broken where it should be, and there alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from staffing.rosters.problem import Person
from staffing.rosters.rule import breaches, every_rule
from tests.staffing.rosters.small import ANN, problem

CASE = problem(3, people=1, days=14)
FREE = Person("Bo", 0, 99_999, 14, 1, 1, 9, {"E": 14, "L": 14, "N": 14})


def row(days: str) -> np.ndarray:
    return np.array([".ELN".index(day) - 1 for day in days])


@pytest.mark.parametrize(
    ("rule", "person", "good", "bad", "day"),
    [
        ("longest run", replace(FREE, longest_run=3), "EEE.EEE.EEE.EE", "EEE.EEEE.EEE..", 4),
        ("shortest run", replace(FREE, shortest_run=2), "E..EE........E", "E...E.......EE", 4),
        ("shortest rest", replace(FREE, shortest_rest=2), ".EE..EE..EEEE.", "EE..EE.EE..EEE", 6),
        ("succession", FREE, "ELLN.E......EN", "EL.LE.........", 4),
        ("free days", replace(FREE, free_days=frozenset({2})), "EE.EE.........", "..E...........", 2),
        ("minutes", replace(FREE, least_min=960, most_min=1000), "E...E.........", "E...L.........", None),
        (
            "most of a shift",
            replace(FREE, most_of={"E": 14, "L": 1}),
            "EL............",
            "ELL...........",
            None,
        ),
        ("weekends", replace(FREE, most_weekends=1), "E...EEE.......", "......E.....E.", None),
    ],
)
def test_a_rule_finds_its_breach(rule: str, person: Person, good: str, bad: str, day: int | None) -> None:
    case = replace(CASE, people=(person,))
    assert [found for found in breaches(case, row(good)[None]) if found.rule == rule] == []
    found = breaches(case, row(bad)[None])
    assert [(breach.rule, breach.day, breach.person) for breach in found] == [(rule, day, "Bo")]


def test_the_folder_has_the_rules_that_are_tested() -> None:
    assert {rule.name for rule in every_rule()} == {
        "longest run",
        "shortest run",
        "shortest rest",
        "succession",
        "free days",
        "minutes",
        "most of a shift",
        "weekends",
    }


def test_a_kind_of_shift_that_is_not_named_may_not_be_worked() -> None:
    case = replace(CASE, people=(replace(ANN, most_of={"E": 3}, least_min=0, free_days=frozenset()),))
    assert "most of a shift" in {found.rule for found in breaches(case, row("LL............")[None])}
