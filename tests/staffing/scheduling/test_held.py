"""Held days: their cover is that of their rows, and their shifts stand where the rows do."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import SCHEDULE
from staffing.labour import Limits, every_rule
from staffing.scheduling.case import case_of
from staffing.scheduling.clock import Clock
from staffing.scheduling.held import HeldShift, cover_of, held_days, held_shifts
from staffing.scheduling.price import Prices
from staffing.scheduling.problem import BEGIN, END, WHICH
from staffing.scheduling.shift_table import Kind
from staffing.shifts import Pause, Shift
from tests.staffing.rules.hand import shift
from tests.staffing.scheduling.planted import centre_of, planted
from tests.staffing.scheduling.solving import case, people_of

CLOCK = Clock("Europe/Madrid", 30, date(2026, 10, 5), 7)
FULL = Shift("full 8 h", 0, 480, (Pause("meal", 30, 210, 300),))
SHORT = Shift("short 6 h", 0, 360, ())


def rows(*shifts: list[dict[str, object]]) -> pd.DataFrame:
    return SCHEDULE.check(pd.DataFrame([segment for each in shifts for segment in each]))


@pytest.mark.parametrize("interval_min", [15, 30])
@pytest.mark.parametrize("first_day", [date(2026, 10, 5), date(2026, 10, 19)])
def test_what_is_held_covers_exactly_the_need_planted_for_it(interval_min: int, first_day: date) -> None:
    plan = planted(6, 15, centre=centre_of(interval_min=interval_min), first_day=first_day)
    at = case(plan)
    np.testing.assert_allclose(
        cover_of(plan.schedule, at.queues, at.clock), at.problem.demand.need, atol=1e-9
    )


def test_a_part_of_an_interval_counts_as_a_part() -> None:
    at = case(planted(6, 15, centre=centre_of()))
    cover = cover_of(rows(shift("2026-10-05 09:10", 2.0, meal_after=None)), at.queues, at.clock)
    (q,) = [n for n, key in enumerate(at.queues) if key[1:] == ("es", "voice")]
    np.testing.assert_allclose(cover[q, 18:23], [20 / 30, 1, 1, 1, 10 / 30])
    assert np.isclose(cover.sum(), 4.0)


def test_nothing_held_covers_nothing() -> None:
    at = case(planted(6, 15, centre=centre_of()))
    assert not cover_of(SCHEDULE.empty(), at.queues, at.clock).any()


def test_a_held_day_reaches_out_to_whole_intervals() -> None:
    days = held_days(rows(shift("2026-10-06 09:10", 8.0)), CLOCK)
    (row,) = days.to_dict("records")
    assert (row["start_min"], row["span_min"], row["paid_min"]) == (540, 540, 480)


def test_each_way_of_being_held_is_one_shift_off_contact_on_its_days() -> None:
    kinds = {"full": Kind((FULL, SHORT), Limits(), 10.0), "part": Kind((SHORT,), Limits(), 10.0)}
    taught = shift("2026-10-07 09:00", 3.0, meal_after=None, activity="training")
    days = held_days(
        rows(
            shift("2026-10-05 09:00"),
            shift("2026-10-06 09:00"),
            taught,
            shift("2026-10-05 09:00", agent_id="bea"),
        ),
        CLOCK,
    )
    made = held_shifts(days, {"ana": "full", "bea": "part"}, kinds)
    held = [each for each in made["full"].shifts if isinstance(each, HeldShift)]
    assert [(each.start_min, each.span_min, each.paid_min, len(each.only_on or ())) for each in held] == [
        (540, 180, 240, 1),
        (540, 510, 480, 2),
    ]
    assert all(each.pauses == (Pause("break", each.span_min, 0, 0),) for each in held)
    assert made["full"].unit_min == kinds["full"].unit_min
    assert made["part"].unit_min == 0


def test_what_is_held_and_what_came_before_is_taken_off_the_need() -> None:
    plan = planted(6, 15, centre=centre_of())
    alone = case(plan)
    last_night = shift("2026-10-04 22:00", 8.0, meal_after=None, agent_id="a000")
    held = plan.schedule[plan.schedule["agent_id"] == "a001"]
    people = replace(people_of(plan), held=held, before=rows(last_night))
    made = case_of(plan.requirement, people, plan.centre, rules=every_rule(), prices=Prices())
    there = cover_of(pd.concat([held, rows(last_night)]), made.queues, made.clock)
    np.testing.assert_allclose(made.there, there)
    np.testing.assert_allclose(made.problem.demand.need, alone.problem.demand.need - there)
    np.testing.assert_allclose(made.problem.demand.tier_under, alone.problem.demand.tier_under)
    assert there.sum() > 12


def test_a_held_shift_stands_on_its_days_only() -> None:
    plan = planted(6, 15, centre=centre_of())
    held = plan.schedule[plan.schedule["agent_id"] == "a001"]
    people = replace(people_of(plan), held=held)
    made = case_of(plan.requirement, people, plan.centre, rules=every_rule(), prices=Prices())
    table, kind = made.problem.shifts, made.problem.staff.kind[made.agents.index("a001")]
    stands = {
        (d, int(start[BEGIN]), int(start[END]))
        for d in range(plan.days)
        for start in table.starts[kind, d, : table.offered[kind, d]]
        if isinstance(made.shifts[start[WHICH]], HeldShift)
    }
    worked = held_days(held, made.clock)
    days = (worked["day"] - pd.Timestamp(plan.first_day)).dt.days
    ends = worked["begin"] + worked["span_min"] // 30
    assert stands == set(zip(days, worked["begin"], ends))
