"""With a rule the engine never breaks it; without the rule, where breaking it pays, it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from planner.domain.centre import Contract, ShiftPattern
from planner.domain.labour_rules import PausesDue, Rolling
from planner.domain.tables import ABSENCES
from staffing.labour import Rule, every_rule
from staffing.scheduling.ascent import Climb
from staffing.scheduling.search import Course
from staffing.scheduling.site import Effort, solve_site
from tests.staffing.scheduling.planted import MONDAY, SPAIN, Planted, centre_of, planted
from tests.staffing.scheduling.solving import case, violations

EFFORT = Effort(1, course=Course(pairs_each=10), climb=Climb(rounds=1))
RULES = {rule.name: rule for rule in every_rule()}
# What the engine chooses from keeps these already, and what is locked has tests of its own.
ELSEWHERE = {"one shift a day", "shift patterns", "shift starts", "meal window", "locked shifts"}
EARLY, LATE, NIGHT = range(6, 10), range(18, 22), [0, 1, 2, 3, 4, 5, 22, 23]
LAWS: dict[str, dict[str, object]] = {
    "longest day": {"day_max_h": 6},
    "longest week": {"week_max_h": 24},
    "longest night": {"night_max_h": 6},
    "nights in a row": {"nights_in_a_row_max": 2},
    "nights": {"nights_max": Rolling(3, 2)},
    "free weekends": {"free_weekends": Rolling(1, 2)},
    "free Sundays": {"free_sundays": Rolling(1, 2)},
    "average week": {"average_week_h": 30, "reference_weeks": 2},
    "breaks apart": {"breaks_apart_min": (120, 300)},
    "pauses in all": {"pauses_due": (PausesDue(6, 60),)},
}


def hours_needed(rule: str, day: int) -> Sequence[int]:
    """The local hours of a day (0..13, from a Monday) in which people are needed."""
    match rule:
        case "daily rest":
            return LATE if day % 2 == 0 else EARLY
        case "weekly rest":
            return range(0) if day % 7 == 6 else (LATE if day < 7 else EARLY)
        case "consecutive days":
            return range(10, 19)
        case "nights in a row" | "nights":
            return NIGHT
        case "free weekends" | "free Sundays":
            return range(10, 19) if day % 7 > 4 else range(0)
        case _:
            return range(24)


def plan_for(rule: str) -> Planted:
    """Few people and a need that calls for more than the rule allows."""
    law, opens, contracts, patterns = replace(SPAIN, **LAWS.get(rule, {})), (0, 24), {}, None
    match rule:
        case "weekly rest" | "consecutive days":
            contracts = {"full": Contract("full", 56, 7, (8.0,)), "part": Contract("part", 42, 7, (6.0,))}
            law = replace(SPAIN, week_max_h=60, weekly_rest_h=0 if rule == "consecutive days" else 36)
        case "pauses":
            law = replace(SPAIN, break_after_h=4, meal_min=45)
            patterns = (
                ShiftPattern("full 8 h", 8.0, meal_from_h=9),
                ShiftPattern("part 6 h", 6.0),
                ShiftPattern("half 4 h", 4.0),
            )
        case "opening hours":
            opens = (9, 18)
    centre = centre_of(opens=opens, labour=law)
    if rule == "seats":
        centre = replace(centre, sites={"SVQ": replace(centre.sites["SVQ"], seats=3, remote_share=0.25)})
    centre = replace(
        centre, contracts=centre.contracts | contracts, shift_patterns=patterns or centre.shift_patterns
    )
    plan = planted(1, 6, centre=centre, days=14)
    days = pd.date_range(MONDAY, periods=14)
    local = [
        day + pd.Timedelta(hours=h, minutes=m)
        for n, day in enumerate(days)
        for h in hours_needed(rule, n)
        for m in (0, 30)
    ]
    moments = pd.DatetimeIndex(local).tz_localize("Europe/Madrid").tz_convert("UTC").as_unit("us")
    queues = pd.DataFrame(
        [{"site": "SVQ", "language": x, "channel": y} for x in ("es", "it", "ro") for y in ("voice", "chat")]
    )
    needed = queues.merge(pd.DataFrame({"interval_start": moments, "agents_scheduled": 4.0}), how="cross")
    away = pd.DataFrame(
        {"agent_id": ["a000", "a001"], "first_day": "2026-10-06", "last_day": "2026-10-07", "reason": "leave"}
    )
    return replace(plan, requirement=needed, absences=ABSENCES.check(away))


def broken(plan: Planted, rules: list[Rule]) -> set[str]:
    answer = solve_site(case(plan, rules=rules), effort=EFFORT, clock=lambda: 0.0)
    assert len(answer.schedule) > 0
    return set(violations(answer.schedule, plan)["rule"])


@pytest.mark.parametrize("name", sorted(set(RULES) - ELSEWHERE))
def test_the_engine_keeps_the_rule_and_breaks_it_only_where_it_is_dropped(name: str) -> None:
    plan = plan_for(name)
    assert broken(plan, list(RULES.values())) == set()
    assert name in broken(plan, [rule for rule in RULES.values() if rule.name != name])


def test_every_rule_is_here() -> None:
    assert set(RULES) == {
        "availability", "average week", "breaks apart", "consecutive days", "contract hours", "daily rest",
        "free Sundays", "free weekends", "locked shifts", "longest day", "longest night", "longest week",
        "meal window", "nights", "nights in a row", "one shift a day", "opening hours", "pauses",
        "pauses in all", "seats", "shift patterns", "shift starts", "skills", "weekly rest",
    }  # fmt: skip
