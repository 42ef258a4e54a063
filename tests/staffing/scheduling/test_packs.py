"""Every rule pack gives a legal schedule to a small centre whose need it leaves room for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.config.labour import labour_rules, pack, pack_names
from planner.domain.centre import Contract, ShiftPattern
from staffing.scheduling.ascent import Climb
from staffing.scheduling.search import Course
from staffing.scheduling.site import Effort, solve_site
from tests.staffing.scheduling.planted import centre_of, planted
from tests.staffing.scheduling.solving import case, violations

EFFORT = Effort(1, course=Course(pairs_each=5), climb=Climb(rounds=1))
LONGEST = {"brazil": 6.0}  # paid hours of a full day; 8 where nothing else is said


@pytest.mark.parametrize("name", pack_names())
def test_a_small_centre_gets_a_legal_schedule_under_the_pack(name: str) -> None:
    law = labour_rules(pack(name))
    full_h = LONGEST.get(name, 8.0)
    centre = centre_of(opens=(0, 24), labour=law)
    contracts = centre.contracts | {"full": Contract("full", 5 * full_h, 5, (full_h,))}
    patterns = tuple(ShiftPattern(f"{hours:g} h", hours) for hours in (8.0, 6.0, 4.0))
    plan = planted(3, 6, centre=centre, days=14)
    plan = replace(plan, centre=replace(centre, contracts=contracts, shift_patterns=patterns))
    answer = solve_site(case(plan), effort=EFFORT, clock=lambda: 0.0)
    assert answer.notes == ()
    assert set(answer.schedule["agent_id"]) == set(plan.agents["agent_id"])
    assert violations(answer.schedule, plan).empty
