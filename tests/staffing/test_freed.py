"""Of a published schedule only that goes which cannot stay."""

import pandas as pd

from planner.domain.tables import SCHEDULE
from staffing.audit import audit
from staffing.freed import freed, only, without
from tests.staffing.rules.hand import MONDAY, absences, agents, centre, law, shift

WEEK = [shift(f"2026-10-{day:02d} 09:00") for day in range(5, 10)]
NONE = pd.DataFrame({"agent_id": pd.Series([], dtype="str"), "day": pd.Series([], dtype="datetime64[us]")})


def published(*shifts: list[dict[str, object]]) -> pd.DataFrame:
    return SCHEDULE.check(pd.DataFrame([segment for each in shifts for segment in each]))


def gone(schedule: pd.DataFrame, locked: pd.DataFrame = NONE, **changes: object) -> list[tuple[str, str]]:
    """Day and reason of each day that goes; `changes` are arguments of the audit."""
    now = {"agents": agents(), "centre": centre(), "absences": absences(), "first_day": MONDAY, "days": 14}

    def judge(rows: pd.DataFrame) -> pd.DataFrame:
        return audit(rows, **now | changes)

    found = freed(schedule, locked, judge=judge)
    left = judge(without(schedule, found))
    assert len(locked) or set(left["rule"]) <= {"skills"}
    return [(f"{row.day:%m-%d}", row.reason) for row in found.itertuples()]


def day(text: str) -> pd.DataFrame:
    return pd.DataFrame({"agent_id": ["ana"], "day": [pd.Timestamp(text)]}).astype({"day": "datetime64[us]"})


def test_a_schedule_that_still_holds_stays_whole() -> None:
    assert gone(published(*WEEK)) == []
    assert gone(SCHEDULE.empty()) == []


def test_the_days_of_someone_away_go_and_say_why() -> None:
    away = absences(("ana", "2026-10-06", "2026-10-07", "sick"))
    assert gone(published(*WEEK), absences=away) == [
        ("10-06", "availability: works while absent from 2026-10-06 to 2026-10-07"),
        ("10-07", "availability: works while absent from 2026-10-06 to 2026-10-07"),
    ]


def test_a_night_that_ends_on_the_first_day_away_goes_too() -> None:
    night = shift("2026-10-05 22:00", 6.0, meal_after=None)
    away = absences(("ana", "2026-10-06", "2026-10-06", "sick"))
    found = gone(published(night), absences=away, centre=law(week_max_h=48))
    assert [when for when, _ in found] == ["10-05"]


def test_all_days_of_someone_who_left_go() -> None:
    assert len(gone(published(*WEEK), agents=agents().iloc[1:])) == 5


def test_a_rule_made_stricter_takes_the_days_it_needs_and_no_more() -> None:
    found = gone(published(*WEEK), centre=law(week_max_h=32))
    assert len(found) == 1
    assert found[0][1].startswith("longest week: 40 h paid")


def test_a_language_no_longer_spoken_does_not_take_the_shift() -> None:
    assert gone(published(*WEEK), agents=agents(languages="it:native")) == []


def test_a_locked_day_stays_and_the_nearest_other_goes() -> None:
    late = shift("2026-10-06 14:00")
    early = shift("2026-10-07 08:00")
    assert [when for when, _ in gone(published(late, early))] == ["10-07"]
    assert [when for when, _ in gone(published(late, early), day("2026-10-07"))] == ["10-06"]


def test_what_only_locked_days_break_is_left_to_be_named() -> None:
    away = absences(("ana", "2026-10-06", "2026-10-06", "sick"))
    assert gone(published(shift("2026-10-06 09:00")), day("2026-10-06"), absences=away) == []


def test_rows_with_and_without_some_days_are_all_the_rows() -> None:
    rows, days = published(*WEEK), day("2026-10-06")
    assert len(only(rows, days)) == 3
    assert len(only(rows, days)) + len(without(rows, days)) == len(rows)
