"""A problem reads as a sentence that begins with the place."""

import pytest

from planner.domain.problems import Infeasible, InputError, Problem, counted


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({}, "is wrong"),
        ({"file": "a.csv"}, "a.csv: is wrong"),
        ({"file": "a.csv", "row": 7}, "a.csv, row 7: is wrong"),
        ({"file": "a.csv", "row": 0, "column": "offered"}, "a.csv, row 0, offered: is wrong"),
        ({"column": "sites.LIS.hours"}, "sites.LIS.hours: is wrong"),
    ],
)
def test_a_problem_names_what_it_knows_of_the_place(place: dict[str, object], said: str) -> None:
    assert str(Problem("code", "is wrong", **place)) == said


def test_an_error_carries_every_problem_one_a_line() -> None:
    problems = [Problem("a", "first"), Problem("b", "second", "x.csv")]
    assert str(InputError(iter(problems))) == "first\nx.csv: second"
    assert InputError(problems).problems == tuple(problems)
    assert Infeasible(problems).problems == tuple(problems)


def test_an_error_without_a_problem_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        InputError([])


def test_one_is_singular() -> None:
    assert [counted(n, "row") for n in (0, 1, 2, 1200)] == ["0 rows", "1 row", "2 rows", "1,200 rows"]
