"""What is locked against the rules is named before anything is solved: who, when, which rule."""

from dataclasses import replace

import pandas as pd
import pytest

from planner.domain.centre import Centre, QueueKey
from planner.domain.change_tables import LOCKED
from planner.domain.problems import Infeasible
from staffing.contradictions import contradictions, refuse_contradictions
from staffing.labour import People
from tests.staffing.rules.hand import MONDAY, ZONE, absences, agents, centre, shift, table, week_of

PLAN = centre()


def people(
    *past: list[dict[str, object]], away: pd.DataFrame | None = None, at: Centre = PLAN, **columns: object
) -> People:
    who = agents(**columns)
    contracts = tuple(at.contracts[name] for name in who["contract"])
    site = at.sites["SVQ"]
    gone = absences() if away is None else away
    return People(who, gone, site, contracts, (QueueKey("SVQ", "es", "voice"),), MONDAY, 14, table(*past))


def whole(start: str, hours: float = 8.5, agent: str = "ana", activity: str = "shift") -> dict[str, object]:
    begin = pd.Timestamp(start, tz=ZONE).tz_convert("UTC")
    return {
        "agent_id": agent, "site": "SVQ", "day": pd.Timestamp(start).normalize(), "start": begin,
        "end": begin + pd.Timedelta(hours=hours), "activity": activity,
    }  # fmt: skip


def notes(*rows: dict[str, object], who: People | None = None, at: Centre = PLAN) -> list[str]:
    return [problem.note for problem in contradictions(LOCKED.check(pd.DataFrame(rows)), who or people(), at)]


def test_locked_shifts_that_keep_every_rule_contradict_nothing() -> None:
    assert (
        notes(
            whole("2026-10-05 09:00"),
            whole("2026-10-06 09:00"),
            whole("2026-10-07 09:00", 24, activity="off"),
        )
        == []
    )


def test_a_shift_locked_on_an_absence_names_who_when_and_the_rule() -> None:
    away = absences(("ana", "2026-10-06", "2026-10-07", "leave"))
    (note,) = notes(whole("2026-10-06 09:00"), who=people(away=away))
    assert (
        note
        == "ana on Tue 2026-10-06, which is locked: works while absent from 2026-10-06 to 2026-10-07 (availability)"
    )


def test_a_shift_locked_outside_the_opening_hours_is_named() -> None:
    (note,) = notes(whole("2026-10-06 17:00"))
    assert note.endswith("the shift reaches outside the opening hours of the site (opening hours)")


def test_two_locked_shifts_without_rest_are_named_on_the_later_day() -> None:
    (note,) = notes(whole("2026-10-06 14:00"), whole("2026-10-07 08:00"))
    assert note.startswith("ana on Wed 2026-10-07")
    assert "9.5 h of rest before the shift; 12 h are due (daily rest)" in note


def test_a_locked_shift_too_soon_after_the_last_one_before_the_horizon_is_named() -> None:
    (note,) = notes(whole("2026-10-05 08:00"), who=people(shift("2026-10-04 14:30")))
    assert "(daily rest)" in note


def test_seven_locked_days_in_a_row_break_the_days_in_a_row_the_weekly_rest_and_the_contract() -> None:
    found = notes(*(whole(f"2026-10-{day:02d} 09:00", 4) for day in range(5, 12)))
    rules = [note.rsplit("(", 1)[1].rstrip(")") for note in found]
    assert rules == ["consecutive days", "contract hours", "weekly rest"]
    assert all(note.startswith("ana on Sun 2026-10-11") for note in found)


def test_locked_hours_above_the_contract_are_named_with_those_of_the_days_before() -> None:
    six = [whole(f"2026-10-{day:02d} 09:00") for day in range(5, 11)]
    assert [note.rsplit("(", 1)[1] for note in notes(*six)] == ["contract hours)", "longest week)"]
    assert notes(*six[:5]) == []


def test_a_language_that_the_agent_does_not_speak_is_named() -> None:
    rows = shift("2026-10-06 09:00", language="it")
    (note,) = notes(*rows)
    assert note.endswith(
        "serves it voice, which is not among the agent's skills and the site's queues (skills)"
    )


def test_pauses_are_judged_where_they_are_locked_and_not_in_a_whole_shift() -> None:
    assert [note.rsplit("(", 1)[1] for note in notes(*shift("2026-10-06 09:00", 7, meal_after=None))] == [
        "pauses)"
    ]
    assert notes(whole("2026-10-06 09:00", 7)) == []


def test_a_day_of_training_need_not_look_like_a_shift_pattern() -> None:
    training = [
        row | {"activity": "training", "language": None, "channel": None}
        for row in shift("2026-10-06 09:15", 3, meal_after=None)
    ]
    assert notes(*training) == []


def test_a_long_locked_shift_is_all_work_and_breaks_the_longest_day() -> None:
    (note,) = notes(whole("2026-10-06 09:00", 11.5))
    assert "(longest day)" in note


def test_more_people_locked_at_once_than_seats_are_named() -> None:
    small = replace(PLAN, sites={"SVQ": replace(PLAN.sites["SVQ"], seats=1)})
    both = [whole("2026-10-06 09:00"), whole("2026-10-06 10:00", 4, agent="bea")]
    (note,) = notes(*both, who=people(at=small), at=small)
    assert note.startswith("bea on Tue")


def test_all_contradictions_come_at_once() -> None:
    rows = [whole("2026-10-06 17:00"), whole("2026-10-09 18:00", 8, agent="bea")]
    with pytest.raises(Infeasible) as error:
        refuse_contradictions(LOCKED.check(pd.DataFrame(rows)), people(), PLAN)
    assert [problem.note[:14] for problem in error.value.problems] == ["ana on Tue 202", "bea on Fri 202"]


def test_what_was_locked_before_the_horizon_is_past() -> None:
    assert notes(whole("2026-10-03 03:00"), who=people(*week_of("09:00", "10-02"))) == []
