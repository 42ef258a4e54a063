"""Times are read as people write them, and never as something nobody wrote."""

from __future__ import annotations

import pandas as pd
import pytest

from planner.importers.plain.times import Order, minutes_of, since_1970, times_of

HALF_PAST_TWO = pd.Timestamp("2026-03-25 14:30")


def read(texts: list[str], habit: Order = "day first") -> list[pd.Timestamp]:
    times = times_of(pd.Series(texts, dtype="str"), habit=habit)
    assert times is not None
    return list(times.local)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-25 14:30", "2026-03-25T14:30:00.000", "2026/3/25 14:30", "20260325 14:30", "25/03/2026 14:30",
        "25.3.2026 14:30:00", "03/25/2026 2:30 PM", "3/25/26 02:30 pm", "25-Mar-26 14:30", "25 March 2026 14:30",
        "Mar 25, 2026 2:30 PM", "Wed, 25 Mar 2026 14:30", "25/03/2026 14h30",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_moment_is_the_same_moment(text: str) -> None:
    assert read([text]) == [HALF_PAST_TWO]


@pytest.mark.parametrize(("text", "offset_min"), [("2026-03-25T14:30Z", 0), ("2026-03-25 14:30-05:30", -330)])
def test_an_offset_is_kept_beside_the_clock_time(text: str, offset_min: int) -> None:
    times = times_of(pd.Series([text]), habit="day first")
    assert times is not None
    assert times.zoned
    assert (times.local[0], times.offset_min[0]) == (HALF_PAST_TWO, offset_min)


def test_a_thirteenth_month_anywhere_tells_which_comes_first() -> None:
    assert read(["03/04/2026", "13/04/2026"], "month first")[0] == pd.Timestamp("2026-04-03")
    assert read(["03/04/2026", "03/13/2026"], "day first")[0] == pd.Timestamp("2026-03-04")


def test_without_one_the_reading_that_does_not_scatter_the_days_wins() -> None:
    assert read(["01/05/2026", "02/05/2026", "03/05/2026"], "month first")[1] == pd.Timestamp("2026-05-02")


def test_where_nothing_tells_habit_decides_and_says_so() -> None:
    times = times_of(pd.Series(["03/03/2026", "04/04/2026"]), habit="month first")
    assert times is not None
    assert times.by_habit
    assert times.order == "month first"


def test_counts_are_no_times_and_impossible_ones_are_missing() -> None:
    assert times_of(pd.Series(["560", "609"]), habit="day first") is None
    assert times_of(pd.Series([560, 609]), habit="day first") is None
    times = times_of(pd.Series(["2026-03-25 14:30"] * 19 + ["2026-02-30"]), habit="day first")
    assert times is not None
    assert times.local.isna().sum() == 1
    assert pd.isna(times.local[19])


def test_seconds_and_milliseconds_since_1970_are_moments_in_utc() -> None:
    for factor in (1, 1000):
        times = since_1970(pd.Series([1_774_449_000 * factor]))
        assert times is not None
        assert times.zoned
        assert times.local[0] == HALF_PAST_TWO


def test_ranges_and_times_of_day_are_minutes_after_midnight() -> None:
    minutes = minutes_of(pd.Series(["07:00 - 07:30", "12:15 AM", "2:30 pm"]))
    assert minutes is not None
    assert list(minutes) == [420, 15, 870]
