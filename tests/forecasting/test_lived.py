"""What came, and how it last was on the same weekday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from forecasting.lived import Lived, day_after, lived
from planner.domain.centre import Event
from tests.forecasting import planted

FIRST, DAYS = date(2026, 3, 2), 28  # a Monday
VOICE = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon", 9, 12, days=range(6)))
CENTRE = planted.centre([VOICE])


def rows() -> pd.DataFrame:
    """Three open hours a day; day 0 has 1000, 1001, 1002 contacts, day 1 has 1010, 1011, 1012, and so on."""
    frame = planted.volume(VOICE, FIRST, np.full(DAYS, 300.0), seed=None)
    local = frame["interval_start"].dt.tz_convert("Europe/Lisbon").dt.tz_localize(None)
    day = (local.dt.normalize() - pd.Timestamp(FIRST)).dt.days
    return frame.assign(offered=1000 + 10 * day + local.dt.hour - 9, day=day, hour=local.dt.hour)


def only(volume: pd.DataFrame) -> Lived:
    (found,) = lived(volume, CENTRE, days=7).values()
    return found


def contacts(found: Lived, day: int) -> list[float]:
    return list(found.contacts[found.row(FIRST) + day, 9:12])


def test_what_came_is_what_the_rows_say() -> None:
    found = only(rows())
    assert contacts(found, 1) == [1010, 1011, 1012]
    assert np.isnan(found.contacts[found.row(FIRST) + 1, :9]).all()  # closed
    assert np.isnan(contacts(found, 6)).all()  # Sunday
    assert np.isnan(found.contacts[found.row(FIRST) + DAYS :]).all()  # still to come


def test_an_absent_row_is_unknown_and_an_exceptional_day_came_all_the_same() -> None:
    volume = rows()
    volume = volume[~((volume["day"] == 3) & (volume["hour"] == 10))]
    flood = Event("flood", "outage", date(2026, 3, 6), date(2026, 3, 6), exceptional=True)
    (found,) = lived(volume, replace(CENTRE, events=(flood,)), days=7).values()
    np.testing.assert_array_equal(contacts(found, 3), [1030, np.nan, 1032])
    assert contacts(found, 4) == [1040, 1041, 1042]
    assert np.isnan(found.history.contacts[found.row(FIRST) + 4, 9:12]).all()  # but it teaches nothing


def test_a_queue_that_leaves_zeros_out_had_none_where_it_has_no_row_until_its_last() -> None:
    volume = rows()
    volume = volume[(volume["day"] + volume["hour"]) % 2 == 0].assign(offered=2)
    found = only(volume)
    assert contacts(found, 1) == [2, 0, 2]
    last = volume.iloc[-1]
    assert last["hour"] < 11  # the file ends before the day does
    assert np.isnan(contacts(found, int(last["day"]))[2])


def test_seasonal_naive_is_the_last_known_same_hour_of_the_weekday() -> None:
    volume = rows()
    lost = (volume["day"] == 14) & (volume["hour"] == 11)  # the third Monday's last hour
    naive = only(volume[~lost]).last_same_weekday(date(2026, 3, 23), days=9)
    assert list(naive[0, 9:12]) == [1140, 1141, 1072]  # so it is the second Monday's
    assert list(naive[1, 9:12]) == [1150, 1151, 1152]
    assert list(naive[7, 9:12]) == list(naive[0, 9:12])  # a week on, the same again
    assert np.isnan(naive[6]).all()  # never open on Sundays


def test_an_hour_that_the_clock_repeats_is_expected_twice() -> None:
    night = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon", 0, 24))
    volume = planted.volume(night, date(2025, 10, 6), np.full(20, 480.0), seed=None).assign(offered=5)
    (found,) = lived(volume, planted.centre([night]), days=7).values()
    naive = found.last_same_weekday(date(2025, 10, 20), days=7)
    assert list(naive[6, :3]) == [5, 10, 5]  # Sunday 26 October: the hour from 1:00 comes twice


def test_the_last_day_is_that_of_the_queues_own_clock() -> None:
    manila = planted.queue("MNL", "en", "voice", when=planted.hours("Asia/Manila"))
    volume = planted.volume(manila, FIRST, np.full(3, 100.0), seed=None, interval_min=60)
    assert day_after(volume, planted.centre([manila])) == date(2026, 3, 5)
    auckland = planted.queue("AKL", "en", "voice", when=planted.hours("Pacific/Auckland", 0, 6))
    early = planted.volume(auckland, FIRST, np.full(3, 100.0), seed=None)
    assert day_after(early, planted.centre([auckland])) == date(2026, 3, 5)  # still the 4th in UTC
