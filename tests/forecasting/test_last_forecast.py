"""The latest forecast beside what came."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.forecast import ForecastSettings
from forecasting.last_forecast import day_ranges, forecast_then, judged, last_forecast
from planner.domain.forecast_tables import LAST_FORECAST, LAST_FORECAST_DAYS
from tests.forecasting import planted

FIRST, HISTORY, DAYS = date(2025, 9, 1), 120, 14
VOICE = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"))
CENTRE = planted.centre([VOICE])
SETTINGS = ForecastSettings(paths=20, origins=2)
SAID_FROM = pd.Timestamp(date(2025, 12, 16))  # 14 days before the end of the history


@pytest.fixture(scope="module")
def volume() -> pd.DataFrame:
    return planted.volume(VOICE, FIRST, planted.day_means(pd.date_range(FIRST, periods=HISTORY)), seed=1)


@pytest.fixture(scope="module")
def found(volume: pd.DataFrame) -> pd.DataFrame:
    return last_forecast(volume, CENTRE, days=DAYS, seed=1, settings=SETTINGS)


def published(volume: pd.DataFrame, days: int) -> pd.DataFrame:
    """A plan of long ago that expected 10 contacts in every hour of `days` days from the middle of December."""
    starts = volume["interval_start"].dt.tz_localize(None)
    first = volume[starts >= SAID_FROM].iloc[0]["interval_start"].normalize()
    hours = pd.date_range(first, periods=24 * days, freq="h").as_unit("us")
    hours = hours[VOICE.hours.is_open(hours)]
    keys = {"site": "LIS", "language": "pt", "channel": "voice"}
    return pd.DataFrame({"interval_start": hours, "interval_min": 60, "offered": 10.0}).assign(**keys)


def test_every_lived_interval_stands_beside_its_contacts(volume: pd.DataFrame, found: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(LAST_FORECAST.check(found), found)
    assert set(found["source"]) == {"backtest"}
    beside = found.merge(volume[["interval_start", "offered"]], on="interval_start", suffixes=("", "_came"))
    assert len(beside) == len(found) == 12 * DAYS
    np.testing.assert_array_equal(beside["actual"], beside["offered_came"])


def test_what_came_is_only_set_beside_it(volume: pd.DataFrame, found: pd.DataFrame) -> None:
    later = (volume["interval_start"] >= found["interval_start"].min()).to_numpy()
    poisoned = volume.assign(offered=np.where(later, volume["offered"] * 7 + 3, volume["offered"]))
    again = last_forecast(poisoned, CENTRE, days=DAYS, seed=1, settings=SETTINGS)
    np.testing.assert_array_equal(again["actual"], found["actual"] * 7 + 3)
    pd.testing.assert_frame_equal(again.drop(columns="actual"), found.drop(columns="actual"))


def test_an_earlier_plan_is_judged_as_far_as_it_has_been_lived(volume: pd.DataFrame) -> None:
    gap = volume["interval_start"].dt.tz_localize(None).dt.normalize() == pd.Timestamp("2025-12-20")
    found = judged(published(volume, 60), volume[~gap], CENTRE)
    pd.testing.assert_frame_equal(LAST_FORECAST.check(found), found)
    assert set(found["source"]) == {"published"}
    assert found["interval_start"].max() == volume["interval_start"].max()
    assert int(found["actual"].isna().sum()) == int(gap.sum()) == 12
    assert (found["cutoff"] == found["interval_start"].min()).all()
    assert found["actual"].sum() == volume.loc[
        (volume["interval_start"] >= found["interval_start"].min()) & ~gap, "offered"
    ].sum()  # fmt: skip


def test_a_plan_of_what_is_still_to_come_cannot_be_judged(volume: pd.DataFrame) -> None:
    early = volume[volume["interval_start"].dt.tz_localize(None) < SAID_FROM]
    assert judged(published(volume, 5), early, CENTRE).empty


def test_a_queue_that_the_history_lacks_is_unknown(volume: pd.DataFrame) -> None:
    other = published(volume, 5).assign(language="de")
    found = judged(other, volume, CENTRE)
    assert found["actual"].isna().all()


def test_the_hour_that_the_clock_repeats_has_its_mean_twice() -> None:
    night = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon", 0, 24))
    centre = planted.centre([night])
    rows = planted.volume(night, date(2025, 10, 20), np.full(10, 480.0), seed=3)
    repeated = rows["interval_start"].dt.strftime("%m-%d %H").isin(["10-26 00", "10-26 01"])
    found = judged(rows.astype({"offered": float}), rows, centre)
    np.testing.assert_allclose(found.loc[repeated, "actual"], rows.loc[repeated, "offered"].mean())
    np.testing.assert_array_equal(found.loc[~repeated, "actual"], rows.loc[~repeated, "offered"])


def test_the_ranges_of_days_are_of_the_same_forecast_and_of_lived_days(
    volume: pd.DataFrame, found: pd.DataFrame
) -> None:
    then = forecast_then(volume, CENTRE, days=DAYS, seed=1, settings=SETTINGS)
    last = date(2025, 12, 28)
    ranges = day_ranges(then.days, then.rollup, until=last)
    pd.testing.assert_frame_equal(LAST_FORECAST_DAYS.check(ranges), ranges)
    assert ranges["day"].max() == pd.Timestamp(last)
    own = ranges[ranges["site"] == "LIS"].query("language == 'pt' and channel == 'voice'").set_index("day")
    day = found["interval_start"].dt.tz_convert("Europe/Lisbon").dt.tz_localize(None).dt.normalize()
    sums = found["offered"].groupby(day).sum().loc[: pd.Timestamp(last)]
    np.testing.assert_allclose(own["offered"], sums, rtol=1e-9)
    assert (own["p10"] < own["p90"]).all()
    whole = ranges[ranges["site"].eq("all") & ranges["language"].eq("all") & ranges["channel"].eq("all")]
    np.testing.assert_allclose(whole["offered"], own["offered"])  # of a centre of one queue
