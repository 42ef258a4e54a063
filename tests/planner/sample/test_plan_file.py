"""plan.yaml is an ordinary plan, with the hours, targets and queues of the parameters."""

from datetime import date

import pytest

from planner.config import Plan, plan_from_text
from planner.domain.centre import QueueKey
from planner.sample.courses import courses, history_clock
from planner.sample.parameters import read_parameters
from planner.sample.plan_file import plan_text

PARAMETERS = read_parameters()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_from_text(plan_text(PARAMETERS, inputs={"volume": ["volume.parquet"]}))


def test_it_says_that_it_is_synthetic_and_plans_from_the_next_monday(plan: Plan) -> None:
    assert plan.centre.synthetic
    assert "SYNTHETIC" in plan.text
    assert (plan.first_day, plan.forecast_weeks, plan.schedule_weeks) == (date(2026, 10, 5), 16, 2)


def test_it_has_every_queue_that_ever_was_and_56_live_ones(plan: Plan) -> None:
    queues = plan.centre.queues.values()
    assert len(queues) == 60
    assert sum(queue.last_day is None for queue in queues) == 56
    assert sum(queue.first_day == date(2026, 1, 5) for queue in queues) == 8
    assert len(plan.centre.languages) == 13


def test_its_hours_are_those_of_the_drawn_history(plan: Plan) -> None:
    clock = history_clock(PARAMETERS)
    for course in courses(PARAMETERS, clock):
        queue = plan.centre.queues[course.key]
        is_open = queue.hours.is_open(clock.starts) & course.hosted
        if queue.first_day:
            is_open &= clock.within(queue.first_day, PARAMETERS.last_day, zone=queue.hours.zone)
        assert (is_open == course.is_open).all(), course.key


def test_languages_change_handle_time_and_patience(plan: Plan) -> None:
    german = plan.centre.queues[QueueKey("LIS", "de", "voice")].handling
    assert german.aht_s == pytest.approx(325 * 1.10)
    assert german.patience_s == pytest.approx(200 * 0.85)
    chat = plan.centre.queues[QueueKey("LIS", "de", "chat")].handling
    assert (chat.concurrency, chat.slow_down, chat.reaction_s) == (3, 0.24, 9)


def test_leave_is_a_part_of_planned_shrinkage(plan: Plan) -> None:
    for site in plan.centre.sites.values():
        assert site.shrinkage.planned_away == pytest.approx(0.65 * site.shrinkage.planned, abs=1e-4)


def test_one_off_incidents_are_exceptional_and_campaigns_go_on(plan: Plan) -> None:
    kinds = {event.kind: event.exceptional for event in plan.centre.events}
    assert {kind for kind, exceptional in kinds.items() if exceptional} == {"outage", "closure"}
    days = [e.first_day for e in plan.centre.events if e.kind == "black friday weekend"]
    assert days == [date(2024, 11, 28), date(2025, 11, 27), date(2026, 11, 26)]


def test_the_new_language_brings_the_volume_it_was_planned_for(plan: Plan) -> None:
    planned = {key: queue.planned for key, queue in plan.centre.queues.items() if queue.planned}
    assert {key.language for key in planned} == {"sv"}
    voice = planned[QueueKey("KRK", "sv", "voice")]
    assert voice is not None
    yearly = 6_060_000 * 0.016 * 0.50
    assert voice.contacts_per_week == pytest.approx(yearly / 52, rel=0.1)
    assert (voice.ramp_weeks, voice.begins_at) == (10, 0.35)
