"""How much of a change holds on each day, and changes that would never do anything."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.domain.scenario import Flood, Scale, Scenario, When, Where
from planner.scenarios.when import refuse_outside, weight
from tests.planner.scenarios.flows import MONDAY

DAYS = pd.date_range(pd.Timestamp(MONDAY), periods=70)


def test_it_grows_to_the_whole_and_shrinks_as_it_grew() -> None:
    found = weight(DAYS, When(2, 6, 2.0), first_monday=MONDAY)
    assert found[6] == 0
    assert found[7] == pytest.approx(1 / 14)
    assert found[20] == pytest.approx(1.0)
    assert found[34] == pytest.approx(1.0)
    assert found[35:49] == pytest.approx(1 - np.arange(1, 15) / 14)
    assert (found[49:] == 0).all()


def test_a_week_by_number_is_the_week_by_date() -> None:
    by_date = weight(DAYS, When(date(2026, 10, 19), date(2026, 11, 2)), first_monday=MONDAY)
    assert (by_date == weight(DAYS, When(3, 5), first_monday=MONDAY)).all()


def refused(*changes: Scale | Flood) -> list[str]:
    scenario = Scenario("mine", "Mine", changes=changes)
    with pytest.raises(InputError) as error:
        refuse_outside(scenario, first_monday=MONDAY, weeks=10, file="mine.yaml")
    return [str(problem) for problem in error.value.problems]


def test_every_change_outside_the_weeks_is_named_with_its_path() -> None:
    problems = refused(
        Scale(Where(), When(11)),
        Scale(Where(), When(4, date(2026, 10, 26))),
        Scale(Where(), When(None, date(2026, 10, 1))),
        Flood(Where(), date(2027, 1, 1), hour=9, contacts=1, half_h=2),
    )
    planned = "the 10 weeks planned, 2026-10-05 to 2026-12-13"
    assert problems == [
        f"mine.yaml, changes.0.from: 11 is after {planned}; plan more weeks or begin earlier",
        "mine.yaml, changes.1.until: 2026-10-26 is not after from 4",
        "mine.yaml, changes.2.until: 2026-10-01 is not after the first day planned, 2026-10-05",
        f"mine.yaml, changes.3.day: 2027-01-01 lies outside {planned}",
    ]


def test_the_last_week_planned_is_inside() -> None:
    scenario = Scenario("mine", "Mine", changes=(Scale(Where(), When(10)),))
    refuse_outside(scenario, first_monday=MONDAY, weeks=10, file="mine.yaml")
    with pytest.raises(InputError, match="is after"):
        refuse_outside(scenario, first_monday=MONDAY, weeks=9, file="mine.yaml")
