"""Days and clock times of a wish as people write them, and what is wrong with a PREFERENCES file."""

from datetime import date

import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.domain.tables import PREFERENCES
from planner.domain.wish_days import days_of, falls_on, minutes_of

COLUMNS = ["agent_id", "wish", "days", "start_from", "start_to", "weight"]


def problems(*rows: tuple[object, ...]) -> list[tuple[str, int, str]]:
    """Code, row and column of everything found wrong."""
    with pytest.raises(InputError) as refused:
        PREFERENCES.check(pd.DataFrame(rows, columns=COLUMNS), file="wishes.csv")
    return [(p.code, p.row, p.column) for p in refused.value.problems]


def test_a_range_may_pass_the_end_of_the_week() -> None:
    assert days_of("sat-mon") == (frozenset({5, 6, 0}), frozenset())


def test_weekdays_and_dates_may_stand_together() -> None:
    assert days_of("fri; 2026-12-24") == (frozenset({4}), frozenset({date(2026, 12, 24)}))


def test_a_date_as_a_spreadsheet_writes_it_is_that_date() -> None:
    assert days_of("2026-12-24 00:00:00") == days_of("2026-12-24")


def test_every_day_of_a_week_falls_on_all() -> None:
    week = pd.date_range("2026-10-05", periods=7)
    assert falls_on("all", week).all()
    assert falls_on("wed;2026-10-09", week).tolist() == [False, False, True, False, True, False, False]


@pytest.mark.parametrize("text", ["25:00", "24:30", "8", "08:60", "eight"])
def test_what_is_no_clock_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="clock time"):
        minutes_of(text)


def test_every_wrong_cell_is_named_with_its_row_and_column() -> None:
    found = problems(
        ("a", "start", "mon-fri", "08:00", "10:00", 1),
        ("a", "day off", "2026-13-24", None, None, 7),
        ("b", "start", "all", "25:00", "26:00", None),
        ("b", "nap", "fryday", None, None, None),
    )
    assert sorted(found) == [
        ("too_large", 3, "weight"),
        ("unknown_value", 5, "wish"),
        ("unreadable", 3, "days"),
        ("unreadable", 4, "start_from"),
        ("unreadable", 4, "start_to"),
        ("unreadable", 5, "days"),
    ]


def test_a_start_needs_its_band_and_a_day_off_has_none() -> None:
    found = problems(("a", "start", "all", "08:00", None, None), ("a", "day off", "sun", "08:00", None, None))
    assert sorted(found) == [("no_band", 2, "start_to"), ("stray_band", 3, "start_from")]


def test_a_wish_for_a_start_without_any_band_columns_is_refused() -> None:
    rows = pd.DataFrame([("a", "start", "all")], columns=COLUMNS[:3])
    with pytest.raises(InputError, match="needs start_from"):
        PREFERENCES.check(rows)


def test_the_same_wish_twice_is_refused() -> None:
    found = problems(("a", "day off", "sun", None, None, 1), ("a", "day off", "sun", None, None, 2))
    assert found == [("duplicate_key", 3, "days")]
