"""History on the queue's own clock: missing is not zero, closed is closed, clock changes are right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.history import Axis, QueueHistory, histories
from planner.domain.centre import Centre, Event, Queue
from planner.domain.teaching import Teaching
from planner.domain.timegrid import around_the_clock
from tests.forecasting import planted

FIRST = date(2026, 3, 2)  # a Monday
LISBON = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"))
MEANS = np.full(42, 240.0)


def known(rows: pd.DataFrame, q: Queue, *, centre: Centre | None = None, days: int = 7) -> QueueHistory:
    axis = Axis.spanning(rows, date(2026, 4, 13), days=days)
    return histories(rows, centre or planted.centre([q]), axis)[q.key]


def of_day(rows: pd.DataFrame, day: str) -> pd.Series:
    return rows["interval_start"].dt.tz_convert("Europe/Lisbon").dt.strftime("%Y-%m-%d") == day


def total(history: QueueHistory, day: str) -> float:
    return float(history.day_totals[history.grid.axis.days.get_loc(pd.Timestamp(day))])


@pytest.fixture
def rows() -> pd.DataFrame:
    return planted.volume(LISBON, FIRST, MEANS, seed=None)


def test_every_contact_of_the_open_hours_is_in_its_local_day(rows: pd.DataFrame) -> None:
    history = known(rows, LISBON)
    assert np.nansum(history.day_totals) == rows["offered"].sum()
    assert history.days_known == 42


def test_shuffling_the_rows_changes_nothing(rows: pd.DataFrame) -> None:
    shuffled = rows.sample(frac=1, random_state=1)
    np.testing.assert_array_equal(known(rows, LISBON).contacts, known(shuffled, LISBON).contacts)


def test_a_day_without_rows_is_unknown_not_zero(rows: pd.DataFrame) -> None:
    assert np.isnan(total(known(rows[~of_day(rows, "2026-03-11")], LISBON), "2026-03-11"))


def test_a_day_with_a_few_rows_missing_is_made_whole_and_with_most_missing_is_unknown(
    rows: pd.DataFrame,
) -> None:
    here = np.flatnonzero(of_day(rows, "2026-03-11"))
    assert total(known(rows.drop(index=here[:3]), LISBON), "2026-03-11") == pytest.approx(
        total(known(rows, LISBON), "2026-03-11"), rel=0.02
    )
    assert np.isnan(total(known(rows.drop(index=here[:7]), LISBON), "2026-03-11"))


def test_a_history_that_leaves_zeros_out_is_read_as_such() -> None:
    small = planted.volume(LISBON, FIRST, np.full(42, 8.0), seed=1)
    without_zeros = small[small["offered"] > 0]
    assert len(without_zeros) < 0.7 * len(small)
    seen = known(without_zeros, LISBON)
    assert np.nansum(seen.day_totals) == small["offered"].sum()


def test_contacts_outside_the_opening_hours_are_not_counted(rows: pd.DataFrame) -> None:
    night = rows.iloc[[0]].assign(interval_start=pd.Timestamp("2026-03-11T02:00Z"), offered=999)
    assert total(known(pd.concat([rows, night]), LISBON), "2026-03-11") == total(
        known(rows, LISBON), "2026-03-11"
    )


def test_deferred_channels_receive_contacts_around_the_clock() -> None:
    email = planted.queue("LIS", "pt", "email", when=planted.hours("Europe/Lisbon"))
    rows = planted.volume(email, FIRST, MEANS, seed=None)
    assert len(rows) == 42 * 24 - 1  # 29 March has 23 hours
    assert np.nansum(known(rows, email).day_totals) == rows["offered"].sum()


def test_the_day_the_clocks_go_forward_has_no_second_hour() -> None:
    always = planted.queue("LIS", "pt", "voice", when=around_the_clock("Europe/Lisbon"))
    history = known(planted.volume(always, FIRST, MEANS, seed=None), always)
    day = history.grid.axis.days.get_loc(pd.Timestamp("2026-03-29"))
    assert history.grid.open_intervals[day].sum() == 23
    assert history.grid.open_intervals[day, 1] == 0
    assert list(np.flatnonzero(history.grid.clock_changes)) == [day]


def test_exceptional_days_do_not_teach_the_languages_they_touched(rows: pd.DataFrame) -> None:
    flood = Event("Outage", "outage", date(2026, 3, 10), date(2026, 3, 11), ("pt",), exceptional=True)
    touched = planted.centre([LISBON], events=[flood])
    assert np.isnan(total(known(rows, LISBON, centre=touched), "2026-03-10"))
    other = Event("Outage", "outage", date(2026, 3, 10), date(2026, 3, 11), ("es",), exceptional=True)
    untouched = planted.centre([LISBON], events=[other])
    assert total(known(rows, LISBON, centre=untouched), "2026-03-10") > 0


def say(day: str, *, teaches: bool, **whom: str) -> Teaching:
    first = date.fromisoformat(day)
    return Teaching(first, first, teaches, "Ana", "she was there", **whom)


def test_the_planners_word_beats_an_events_mark_and_reaches_only_whom_it_names(rows: pd.DataFrame) -> None:
    flood = Event("Outage", "outage", date(2026, 3, 10), date(2026, 3, 11), (), exceptional=True)
    words = (
        say("2026-03-10", teaches=True, language="pt"),
        say("2026-03-12", teaches=False, site="LIS"),
        say("2026-03-13", teaches=False, language="es"),
        say("2026-03-16", teaches=False),
        say("2026-03-16", teaches=True),
    )
    history = known(rows, LISBON, centre=replace(planted.centre([LISBON], events=[flood]), teaching=words))
    unknown = [
        day
        for day in ("2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-16")
        if np.isnan(total(history, day))
    ]
    assert unknown == ["2026-03-11", "2026-03-12"]


def silent(rows: pd.DataFrame, day: str, hours: range) -> pd.DataFrame:
    local = rows["interval_start"].dt.tz_convert("Europe/Lisbon").dt.hour
    return rows.assign(offered=rows["offered"].where(~(of_day(rows, day) & local.isin(hours)), 0))


def test_hours_of_silence_in_a_busy_day_are_unknown_and_made_up_for(rows: pd.DataFrame) -> None:
    history = known(silent(rows, "2026-03-11", range(10, 13)), LISBON)
    assert total(history, "2026-03-11") == pytest.approx(240, rel=0.02)
    day = history.grid.axis.days.get_loc(pd.Timestamp("2026-03-11"))
    assert list(np.flatnonzero(np.isnan(history.contacts[day]))) == [10, 11, 12]


def test_a_day_that_ends_early_and_a_quiet_queue_have_no_outage(rows: pd.DataFrame) -> None:
    early = known(silent(rows, "2026-03-11", range(15, 20)), LISBON)
    assert total(early, "2026-03-11") < 180
    small = planted.volume(LISBON, FIRST, np.full(42, 30.0), seed=4)
    assert not np.isnan(known(small, LISBON).contacts[1:42]).any()


def test_an_outage_a_planner_vouches_for_is_kept(rows: pd.DataFrame) -> None:
    centre = replace(planted.centre([LISBON]), teaching=(say("2026-03-11", teaches=True),))
    history = known(silent(rows, "2026-03-11", range(10, 13)), LISBON, centre=centre)
    assert total(history, "2026-03-11") < 180


def test_finer_rows_are_added_up_to_the_centres_intervals() -> None:
    fine = planted.volume(LISBON, FIRST, MEANS, seed=3, interval_min=15)
    history = known(fine, LISBON)
    assert history.grid.interval_min == 60
    assert np.nansum(history.day_totals) == fine["offered"].sum()


def test_daily_rows_make_days_of_one_slot() -> None:
    days = (
        pd.date_range("2026-03-02", "2026-04-12", freq="D", tz="Europe/Lisbon")
        .tz_convert("UTC")
        .as_unit("us")
    )
    rows = pd.DataFrame({"interval_start": days, "offered": np.arange(42) + 1})
    rows = rows.assign(site="LIS", language="pt", channel="voice", interval_min=1440)
    history = known(rows, LISBON, centre=planted.centre([LISBON], interval_min=1440))
    assert list(history.day_totals[~np.isnan(history.day_totals)]) == list(np.arange(42) + 1.0)
