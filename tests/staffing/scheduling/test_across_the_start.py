"""The rules hold across the start of the horizon: what was worked in the last weeks counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from planner.domain.centre import Contract
from planner.domain.labour_rules import Rolling
from planner.domain.tables import ABSENCES, SCHEDULE
from staffing.audit import audit
from staffing.labour import People, every_rule
from staffing.scheduling.ascent import Climb
from staffing.scheduling.case import case_of
from staffing.scheduling.price import Prices
from staffing.scheduling.search import Course
from staffing.scheduling.site import Effort, solve_site
from tests.staffing.scheduling.planted import MONDAY, SPAIN, Planted, centre_of, planted
from tests.staffing.scheduling.solving import people_of

EFFORT = Effort(1, course=Course(pairs_each=10), climb=Climb(rounds=1))
AGENTS, ZONE = 6, "Europe/Madrid"


def worked(*shifts: tuple[int, int, int]) -> pd.DataFrame:
    """Everybody's shifts before the horizon: (days before it, local hour of the start, hours)."""
    rows = []
    for days_ago, hour, hours in shifts:
        day = MONDAY - timedelta(days=days_ago)
        begin = pd.Timestamp(day) + pd.Timedelta(hours=hour)
        start = begin.tz_localize(ZONE).tz_convert("UTC")
        rows += [
            {"agent_id": f"a{n:03d}", "site": "SVQ", "day": pd.Timestamp(day), "shift": f"{hours} h", "start": start,
             "end": start + pd.Timedelta(hours=hours), "activity": "contact", "language": "es", "channel": "voice"}
            for n in range(AGENTS)
        ]  # fmt: skip
    return SCHEDULE.check(pd.DataFrame(rows))


def needing(plan: Planted, hours: range, days: range) -> Planted:
    """The plan with four agents needed in every queue in these hours of these days."""
    moments = [
        pd.Timestamp(plan.first_day) + pd.Timedelta(days=d, hours=h, minutes=m)
        for d in days for h in hours for m in (0, 30)
    ]  # fmt: skip
    starts = pd.DatetimeIndex(moments).tz_localize(ZONE).tz_convert("UTC").as_unit("us")
    queues = [
        {"site": "SVQ", "language": x, "channel": y} for x in ("es", "it", "ro") for y in ("voice", "chat")
    ]
    need = pd.DataFrame({"interval_start": starts, "agents_scheduled": 4.0})
    return replace(plan, requirement=pd.DataFrame(queues).merge(need, how="cross"))


# Rule: law, hours and days of need, what was worked before, day of the week on which the horizon begins.
CASES: dict[str, tuple[dict[str, object], range, range, list[tuple[int, int, int]], int]] = {
    "daily rest": ({}, range(5, 10), range(7), [(1, 18, 6)], 0),
    "consecutive days": ({"weekly_rest_h": 0}, range(9, 18), range(7), [(n, 9, 6) for n in range(1, 5)], 0),
    "weekly rest": ({"consecutive_days_max": 9}, range(9, 18), range(7), [(n, 9, 4) for n in range(1, 6)], 0),
    "contract hours": ({}, range(9, 18), range(4), [(1, 9, 8), (2, 9, 8)], 2),
    "nights in a row": ({"nights_in_a_row_max": 2}, range(5), range(7), [(1, 22, 6)], 0),
    "nights": ({"nights_max": Rolling(3, 2)}, range(5), range(7), [(3, 22, 6), (4, 22, 6)], 0),
    "free weekends": ({"free_weekends": Rolling(1, 2)}, range(9, 18), range(3, 7), [(2, 9, 6)], 0),
    "free Sundays": ({"free_sundays": Rolling(1, 2)}, range(9, 18), range(3, 7), [(1, 9, 6)], 0),
    "average week": ({"average_week_h": 28, "reference_weeks": 2}, range(9, 18), range(7), [(n, 9, 9) for n in (3, 4, 5, 6, 7)], 0),
}  # fmt: skip


@pytest.mark.parametrize("rule", sorted(CASES))
def test_the_engine_counts_what_was_worked_before_and_breaks_the_rule_where_it_is_not_told(rule: str) -> None:
    law, hours, days, past, weekday = CASES[rule]
    labour = replace(SPAIN, week_max_h=60, **law)
    centre = centre_of(opens=(0, 24), labour=labour)
    full = Contract("full", 48, 6, (8.0,)) if rule != "contract hours" else Contract("full", 40, 5, (8.0,))
    centre = replace(centre, contracts=centre.contracts | {"full": full})
    plan = planted(2, AGENTS, centre=centre, first_day=MONDAY, days=7)
    plan = replace(
        plan,
        agents=plan.agents.assign(contract="full"),
        absences=ABSENCES.empty(),
        first_day=MONDAY + timedelta(days=weekday),
        days=7 - weekday,
    )
    plan = needing(plan, hours, days)
    before = worked(*past).assign(day=lambda rows: rows["day"] + pd.Timedelta(days=weekday))
    before[["start", "end"]] += pd.Timedelta(days=weekday)
    told = replace(people_of(plan), before=before)
    assert rule not in broken(plan, told.before, people=told)
    assert rule in broken(plan, told.before, people=people_of(plan))


def broken(plan: Planted, before: pd.DataFrame, *, people: People) -> set[str]:
    """Rules that the schedule made for the people breaks, the weeks before being as they were."""
    case = case_of(plan.requirement, people, plan.centre, rules=every_rule(), prices=Prices())
    answer = solve_site(case, effort=EFFORT, clock=lambda: 0.0)
    assert len(answer.schedule)
    found = audit(
        answer.schedule, plan.agents, plan.centre, absences=plan.absences,
        first_day=plan.first_day, days=plan.days, before=before,
    )  # fmt: skip
    return set(found["rule"])
