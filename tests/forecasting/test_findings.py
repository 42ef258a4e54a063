"""What was planted in a history is said in FINDINGS, with size, days, treatment and a planner's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.findings import finding_rows
from forecasting.history import Axis, histories
from forecasting.series import own_series
from planner.domain.centre import Centre, Event
from planner.domain.forecast_tables import FINDINGS
from planner.domain.teaching import Teaching
from tests.forecasting import planted

FIRST, CUTOFF = date(2025, 3, 3), date(2026, 6, 29)
DAYS = pd.date_range(FIRST, CUTOFF, inclusive="left")
VOICE = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"))


def rows(factor: dict[str, float] | None = None, *, since: str | None = None) -> pd.DataFrame:
    means = planted.day_means(DAYS, size=600.0)
    for day, times in (factor or {}).items():
        means[DAYS.get_loc(pd.Timestamp(day))] *= times
    if since:
        means[pd.Timestamp(since) <= DAYS] *= 1.4
    return planted.volume(VOICE, FIRST, means, seed=1)


CENTRE = planted.centre([VOICE])


def found(volume: pd.DataFrame, centre: Centre = CENTRE, *, cutoff: date = CUTOFF) -> pd.DataFrame:
    history = histories(volume, centre, Axis.spanning(volume, cutoff, days=28))[VOICE.key]
    return finding_rows(history, own_series(history, centre), centre)


def only(frame: pd.DataFrame, kind: str) -> pd.Series:
    here = frame[frame["kind"] == kind]
    assert len(here) == 1, frame
    return here.iloc[0]


def without(volume: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    local = volume["interval_start"].dt.tz_convert("Europe/Lisbon").dt.tz_localize(None)
    return volume[(local < first) | (local >= pd.Timestamp(last) + pd.Timedelta(days=1))]


def test_a_clean_history_of_more_than_a_year_has_nothing_to_say() -> None:
    assert found(rows()).empty


def test_the_rows_are_as_declared() -> None:
    frame = found(without(rows({"2026-03-10": 0.19}, since="2026-05-04"), "2026-02-02", "2026-02-03"))
    pd.testing.assert_frame_equal(FINDINGS.check(frame), frame)


def test_an_outage_of_a_day_is_said_as_a_planner_would() -> None:
    row = only(found(rows({"2026-03-10": 0.19})), "outlier")
    assert row["size"] == pytest.approx(-0.81, abs=0.03)
    assert row["treatment"] == "drawn in"
    assert row["decided_by"] == "the program"
    assert row["reason"].startswith("Tue 10 Mar 2026: 8")
    assert "% below what its weekday and the weeks around it suggest" in row["reason"]


def test_a_day_of_zeros_is_a_closed_day() -> None:
    row = only(found(rows({"2026-03-10": 0.0})), "closed_day")
    assert (row["first_day"], row["treatment"]) == (pd.Timestamp("2026-03-10"), "left out")


def test_days_without_rows_are_one_gap_and_never_odd() -> None:
    frame = found(without(rows(), "2026-02-02", "2026-02-04"))
    row = only(frame, "gap")
    assert (row["first_day"], row["last_day"]) == (pd.Timestamp("2026-02-02"), pd.Timestamp("2026-02-04"))
    assert "3 open days taken as unknown, not as zero" in row["reason"]
    assert len(frame) == 1


def test_a_history_that_ends_early_says_so() -> None:
    row = only(found(rows(), cutoff=date(2026, 7, 9)), "gap")
    assert "the history ends before Mon 29 Jun 2026, 10 open days before the forecast begins" in row["reason"]


def test_a_new_level_is_said_with_its_first_day() -> None:
    row = only(found(rows(since="2026-05-04")), "level_shift")
    assert abs((row["first_day"] - pd.Timestamp("2026-05-04")).days) <= 1
    assert row["size"] == pytest.approx(0.4, abs=0.04)
    assert row["treatment"] == "levelled"


def test_one_offs_are_said_whoever_named_them_and_the_planner_wins() -> None:
    flood = Event("Flood", "outage", date(2026, 3, 10), date(2026, 3, 11), exceptional=True)
    other = Event("Storm", "outage", date(2026, 4, 14), date(2026, 4, 14), exceptional=True)
    words = (
        Teaching(date(2026, 3, 10), date(2026, 3, 11), True, "Ana", "it was real"),
        Teaching(date(2026, 5, 6), date(2026, 5, 7), False, "Rui", "test calls"),
    )
    frame = found(rows(), replace(planted.centre([VOICE], events=[flood, other]), teaching=words))
    assert list(zip(frame["first_day"].dt.strftime("%m-%d"), frame["treatment"], frame["decided_by"])) == [
        ("03-10", "kept", "Ana"), ("04-14", "left out", "the program"), ("05-06", "left out", "Rui"),
    ]  # fmt: skip
    assert (frame["kind"] == "exceptional").all()
    assert "Rui: test calls" in frame["reason"].iloc[2]


def test_an_odd_day_a_planner_vouches_for_is_kept_in_her_name() -> None:
    words = (Teaching(date(2026, 3, 10), date(2026, 3, 10), True, "Ana", "the launch", language="pt"),)
    row = only(found(rows({"2026-03-10": 3.0}), replace(planted.centre([VOICE]), teaching=words)), "outlier")
    assert (row["treatment"], row["decided_by"]) == ("kept", "Ana")
    assert row["reason"].endswith("kept because Ana says so: the launch")


def test_silent_hours_are_said_with_their_clock() -> None:
    volume = rows()
    local = volume["interval_start"].dt.tz_convert("Europe/Lisbon").dt.tz_localize(None)
    volume["offered"] = volume["offered"].where(
        (local < "2026-03-10 10:00") | (local >= "2026-03-10 13:00"), 0
    )
    assert "3 intervals between 10:00 and 13:00" in only(found(volume), "outlier")["reason"]


@pytest.mark.parametrize(("known", "said"), [(8, "only 8 days"), (100, "no full year")])
def test_a_short_history_is_said(known: int, said: str) -> None:
    volume = rows()
    young = volume["interval_start"] >= pd.Timestamp(CUTOFF, tz="Europe/Lisbon") - pd.Timedelta(days=known)
    assert said in only(found(volume[young]), "short_history")["reason"]


def test_a_file_without_zeros_is_said() -> None:
    small = planted.volume(VOICE, FIRST, np.full(len(DAYS), 8.0), seed=2)
    assert only(found(small[small["offered"] > 0]), "zeros_left_out")["treatment"] == "said"


def test_a_weekday_without_contacts_is_said_to_be_closed() -> None:
    means = planted.day_means(DAYS, size=600.0) * (DAYS.day_of_week != 6)
    row = only(found(planted.volume(VOICE, FIRST, means, seed=3)), "closed_day")
    assert "Sundays" in row["reason"]


def test_handle_times_that_jump_are_said() -> None:
    volume = rows()
    late = volume["interval_start"] >= pd.Timestamp("2026-04-06", tz="UTC")
    aht = 300 * np.where(late, 1.25, 1.0) * np.random.default_rng(4).gamma(40, 1 / 40, len(volume))
    volume = volume.assign(answered=volume["offered"], talk_s=volume["offered"] * aht, hold_s=0.0)
    row = only(found(volume), "handle_time")
    assert row["size"] == pytest.approx(0.25, abs=0.03)
    assert row["measure"] == "aht_s"
