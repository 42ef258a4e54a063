"""Agents without any legal roster are named with the very rule that leaves none."""

from dataclasses import replace

import pandas as pd

from planner.domain.centre import Contract, ShiftPattern
from planner.domain.tables import ABSENCES
from tests.staffing.scheduling.planted import CONTRACTS, PATTERNS, SPAIN, Planted, centre_of, planted
from tests.staffing.scheduling.solving import case


def notes(plan: Planted) -> list[str]:
    return [note.note for note in case(plan).notes]


def plan_with(**changes: object) -> Planted:
    plan = planted(1, 4, centre=centre_of())
    return replace(plan, centre=replace(plan.centre, **changes))


def under(**law: object) -> Planted:
    plan = planted(1, 4, centre=centre_of())
    site = replace(plan.centre.sites["SVQ"], labour=replace(SPAIN, **law))
    return replace(plan, centre=replace(plan.centre, sites={"SVQ": site}))


def test_where_everybody_has_a_roster_nobody_is_named() -> None:
    assert notes(plan_with()) == []


def test_an_agent_of_no_language_of_the_site_is_left_out_by_skills_alone() -> None:
    plan = plan_with()
    agents = plan.agents.assign(languages=["fi", *plan.agents["languages"][1:]])
    (note,) = notes(replace(plan, agents=agents))
    assert note.startswith("a000 (")
    assert "because of skills (" in note
    assert " or because" not in note


def test_an_agent_on_leave_all_the_time_is_left_out_by_absences_alone() -> None:
    plan = plan_with()
    away = pd.DataFrame(
        [{"agent_id": "a001", "first_day": "2026-10-01", "last_day": "2026-10-30", "reason": "leave"}]
    )
    (note,) = notes(replace(plan, absences=ABSENCES.check(away)))
    assert note.startswith("a001 (")
    assert "because of availability (" in note
    assert " and " not in note.split("availability (")[1].split("); not")[1]


def test_a_contract_whose_only_shift_is_longer_than_the_day_is_left_out_by_that() -> None:
    found = notes(under(day_max_h=3))
    assert len(found) == 4
    assert all("because of longest day (" in note for note in found)


def test_a_shift_that_no_opening_hours_hold_names_the_opening_hours() -> None:
    plan = planted(1, 4, centre=centre_of())
    short = centre_of(opens=(9, 12))
    found = notes(replace(plan, centre=short))
    assert len(found) == 4
    assert all("because of opening hours (" in note for note in found)


def test_two_rules_that_only_together_leave_nothing_are_both_named() -> None:
    plan = planted(1, 4, centre=centre_of())
    site = replace(centre_of(opens=(9, 12)).sites["SVQ"], labour=replace(SPAIN, day_max_h=3))
    found = notes(replace(plan, centre=replace(plan.centre, sites={"SVQ": site})))
    assert len(found) == 4
    assert all("longest day (" in note and " and opening hours (" in note for note in found)


def test_a_contract_that_fits_no_intervals_is_no_rules_fault() -> None:
    odd = {name: Contract(name, 40, 5, (7.1,)) for name in CONTRACTS}
    found = notes(plan_with(contracts=odd, shift_patterns=(*PATTERNS, ShiftPattern("7.1 h", 7.1))))
    assert len(found) == 4
    assert all("no shift pattern makes a shift in whole intervals" in note for note in found)
