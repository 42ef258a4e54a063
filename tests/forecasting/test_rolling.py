"""The whole forecast made again as of past days, against what came."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecasting.forecast import ForecastSettings, forecast
from forecasting.rolling import CentreAsOf, rolling_backtest
from planner.domain.centre import Centre
from planner.domain.forecast_tables import BACKTEST
from planner.domain.problems import InputError
from planner.domain.timegrid import around_the_clock
from tests.forecasting import planted

FIRST, HISTORY, AHEAD = date(2025, 9, 1), 200, 21
ORIGINS = (date(2026, 1, 26), date(2026, 2, 9))  # the second horizon ends before the history does
SETTINGS = ForecastSettings(paths=60, origins=3)
LISBON = planted.hours("Europe/Lisbon", days=range(6))
VOICE = planted.queue("LIS", "pt", "voice", when=LISBON, customers=("PT",))
EMAIL = planted.queue("LIS", "pt", "email", when=LISBON, customers=("PT",))
CENTRE = planted.centre([VOICE, EMAIL])


@pytest.fixture(scope="module")
def volume() -> pd.DataFrame:
    means = planted.day_means(pd.date_range(FIRST, periods=HISTORY))
    return pd.concat(
        [planted.volume(VOICE, FIRST, means, seed=1), planted.volume(EMAIL, FIRST, means / 10, seed=2)],
        ignore_index=True,
    )


def tried(
    volume: pd.DataFrame, centre: Centre | CentreAsOf = CENTRE, origins: tuple[date, ...] = ORIGINS
) -> pd.DataFrame:
    return rolling_backtest(volume, centre, origins=origins, days=AHEAD, seed=7, settings=SETTINGS)


@pytest.fixture(scope="module")
def found(volume: pd.DataFrame) -> pd.DataFrame:
    return tried(volume)


def row(found: pd.DataFrame, model: str, level: str, channel: str = "voice") -> pd.Series:
    here = (found["model"] == model) & (found["level"] == level) & (found["bucket"] == "all")
    return found[here & (found["channel"] == channel)].iloc[0]


def local(frame: pd.DataFrame, zone: str = "Europe/Lisbon") -> pd.Series:
    return frame["interval_start"].dt.tz_convert(zone).dt.tz_localize(None)


def joined(volume: pd.DataFrame) -> pd.DataFrame:
    """The forecasts of all origins beside what came and the same hour a week or more before, by joins."""
    came = volume[volume["channel"] == "voice"].assign(local=local)
    parts = []
    for origin in ORIGINS:
        result = forecast(volume, CENTRE, first_day=origin, days=AHEAD, seed=7, settings=SETTINGS)
        said = result.intervals[result.intervals["channel"] == "voice"].assign(local=local)
        back = (1 + (said["local"].dt.normalize() - pd.Timestamp(origin)).dt.days // 7) * pd.Timedelta(days=7)
        said = said.assign(week_before=said["local"] - back, origin=origin)
        said = said.merge(came[["local", "offered"]].rename(columns={"offered": "came"}), on="local")
        before = came[["local", "offered"]].rename(columns={"local": "week_before", "offered": "naive"})
        parts.append(said.merge(before, on="week_before", how="left"))
    return pd.concat(parts)


def test_the_table_is_as_declared(found: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(BACKTEST.check(found), found)
    assert set(found["channel"]) == {"voice", "email", "all"}
    assert set(found["model"]) == {"forecast", "seasonal_naive", "hindsight"}


def test_intervals_days_and_seasonal_naive_are_those_of_plain_joins(
    volume: pd.DataFrame, found: pd.DataFrame
) -> None:
    cells = joined(volume)
    scored = row(found, "forecast", "interval")
    assert scored["n"] == len(cells)
    assert scored["wape"] == pytest.approx(
        (cells["offered"] - cells["came"]).abs().sum() / cells["came"].sum()
    )
    assert scored["cover80"] == pytest.approx(cells["came"].between(cells["p10"], cells["p90"]).mean())
    naive = row(found, "seasonal_naive", "interval")
    assert naive["wape"] == pytest.approx((cells["naive"] - cells["came"]).abs().sum() / cells["came"].sum())
    assert scored["mase"] == pytest.approx(scored["wape"] / naive["wape"])
    days = cells.groupby(["origin", cells["local"].dt.normalize()])[["offered", "came"]].sum()
    by_day = row(found, "forecast", "day")
    assert by_day["bias"] == pytest.approx((days["offered"] - days["came"]).sum() / days["came"].sum())
    assert by_day["n"] == len(days)


def test_what_comes_after_a_horizon_changes_only_the_floor(volume: pd.DataFrame, found: pd.DataFrame) -> None:
    later = local(volume) >= pd.Timestamp(ORIGINS[-1] + timedelta(days=AHEAD))
    poisoned = volume.assign(offered=volume["offered"].where(~later, volume["offered"] * 9 + 50))
    again = tried(poisoned)
    for name in ("forecast", "seasonal_naive"):
        ours, theirs = (each[each["model"] == name].reset_index(drop=True) for each in (found, again))
        pd.testing.assert_frame_equal(ours, theirs)


def test_rows_that_are_absent_are_not_scored(volume: pd.DataFrame, found: pd.DataFrame) -> None:
    origin = pd.Timestamp(ORIGINS[-1] + timedelta(days=14))  # in one horizon only
    lost = (local(volume) >= origin) & (local(volume) < origin + pd.Timedelta(days=1))
    lost &= volume["channel"] == "voice"
    again = tried(volume[~lost])
    for model in ("forecast", "seasonal_naive"):
        for level, cells in (("interval", int(lost.sum())), ("day", 1), ("week", 0)):
            before, after = (row(each, model, level) for each in (found, again))
            assert before["n"] - after["n"] == cells
            assert before["actual"] - after["actual"] == volume.loc[lost, "offered"].sum()


def test_a_centre_that_is_read_from_the_past_is_asked_once_for_each_origin(
    volume: pd.DataFrame, found: pd.DataFrame
) -> None:
    asked: list[date] = []

    def as_of(day: date) -> Centre:
        asked.append(day)
        return CENTRE

    pd.testing.assert_frame_equal(tried(volume, as_of), found)
    newest = local(volume).max().date()
    assert [day for day in asked if day <= newest] == list(ORIGINS)


def test_what_came_outside_the_hours_known_at_an_origin_counts_as_missed(volume: pd.DataFrame) -> None:
    def as_of(day: date) -> Centre:
        short = planted.hours("Europe/Lisbon", 8, 19, days=range(6))
        known = LISBON if day > ORIGINS[-1] else short
        return planted.centre([planted.queue("LIS", "pt", "voice", when=known, customers=("PT",))])

    voice = volume[volume["channel"] == "voice"]
    whole, part = tried(voice, as_of), tried(voice, as_of(ORIGINS[0]))
    last_hour = voice[(local(voice).dt.hour == 19) & (local(voice) >= pd.Timestamp(ORIGINS[0]))]
    ours, shorter = (row(each, "forecast", "interval") for each in (whole, part))
    assert ours["n"] > shorter["n"]
    hours_missed = ours["wape"] * ours["actual"] - shorter["wape"] * shorter["actual"]
    assert hours_missed == pytest.approx(ours["actual"] - shorter["actual"])
    assert hours_missed > last_hour["offered"].mean()


def test_an_origin_outside_the_history_is_refused(volume: pd.DataFrame) -> None:
    late, early = FIRST + timedelta(days=HISTORY), FIRST - timedelta(days=30)
    with pytest.raises(InputError) as refused:
        tried(volume, origins=(early, ORIGINS[0], late))
    assert [str(problem).split()[:2] for problem in refused.value.problems] == [
        ["origin", str(early)],
        ["origin", str(late)],
    ]


def test_a_history_whose_intervals_have_become_shorter_since_is_not_scored(volume: pd.DataFrame) -> None:
    voice = volume[volume["channel"] == "voice"]
    day = voice["interval_start"].dt.tz_convert("Europe/Lisbon").dt.normalize()
    early = day < pd.Timestamp(ORIGINS[1], tz="Europe/Lisbon")
    daily = voice[early].groupby(day[early])["offered"].sum().reset_index()
    daily = daily.assign(interval_start=daily["interval_start"].dt.tz_convert("UTC"), interval_min=1440)
    keys = {"site": "LIS", "language": "pt", "channel": "voice"}
    mixed = pd.concat([daily.assign(**keys), voice[~early]], ignore_index=True)
    assert tried(mixed, planted.centre([VOICE]), origins=ORIGINS[:1]).empty


def test_a_queue_without_forecast_is_not_scored(volume: pd.DataFrame) -> None:
    early = (FIRST + timedelta(days=3),)
    assert tried(volume, origins=early).empty


@pytest.fixture(scope="module")
def kitchener() -> pd.DataFrame:
    """The city's days: a year and a half before three origins."""
    file = Path(__file__).resolve().parents[2] / "data" / "kitchener" / "kitchener_daily.csv"
    raw = pd.read_csv(file, parse_dates=["date"]).dropna(subset=["calls_presented"])
    start = raw["date"].dt.tz_localize("America/Toronto").dt.tz_convert("UTC").dt.as_unit("us")
    keys = {"site": "KIT", "language": "en", "channel": "voice", "interval_min": 1440}
    volume = pd.DataFrame({"interval_start": start, "offered": raw["calls_presented"]}).assign(**keys)
    queue = planted.queue(
        "KIT", "en", "voice", when=around_the_clock("America/Toronto"), customers=("CA-ON",)
    )
    return rolling_backtest(
        volume, planted.centre([queue], interval_min=1440),
        origins=(date(2022, 5, 23), date(2022, 9, 15), date(2023, 1, 7), date(2023, 5, 2)),
        days=28, seed=1, settings=SETTINGS,
    )  # fmt: skip


@pytest.mark.parametrize("level", ["interval", "day", "week", "total"])
def test_on_a_real_centre_the_floor_lies_below_ours_and_ours_below_seasonal_naive(
    kitchener: pd.DataFrame, level: str
) -> None:
    floor, ours, naive = (
        row(kitchener, model, level)["wape"] for model in ("hindsight", "forecast", "seasonal_naive")
    )
    assert 0 < floor < ours < naive
    assert np.isnan(row(kitchener, "hindsight", level)["cover80"])
