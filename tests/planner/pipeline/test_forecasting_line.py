"""The first stretch of the line: overrides on the forecast, and which forecast is judged."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from planner.config import Plan, plan_from_text
from planner.domain.forecast_tables import FORECAST, FORECAST_DAYS, OVERRIDES, QUANTILES
from planner.domain.problems import InputError
from planner.pipeline.forecasting_line import Stretch, forecast_tables, last_forecast, with_overrides
from planner.pipeline.horizon import Horizon
from planner.store import Store, publish
from tests.forecasting import planted

LISBON = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"))
FIRST, NEXT = date(2026, 7, 6), date(2026, 10, 5)
HORIZON = Horizon(NEXT, 14, 0)
NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan() -> Plan:
    text = """
name: One queue
interval_min: 60
settings: {paths: 40, backtest_origins: 2, workers: 1}
sites: {LIS: {country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-20:00"}}}
targets: {voice: {max_abandonment: 0.05}}
handling: {voice: {aht_s: 300, patience_s: 180}}
queues: [{site: LIS, language: pt, channels: [voice]}]
"""
    return plan_from_text(text)


@pytest.fixture(scope="module")
def volume() -> pd.DataFrame:
    return planted.volume(LISBON, FIRST, planted.day_means(pd.date_range(FIRST, "2026-10-04")), seed=3)


@pytest.fixture(scope="module")
def made(plan: Plan, volume: pd.DataFrame) -> Stretch:
    return forecast_tables(plan, volume, horizon=HORIZON, say=lambda _: None)


def entries(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {"site": "all", "language": "all", "channel": "all", "change": "share", "value": 0.5, "author": "Ana",
             "reason": "sale", "first_day": "2026-10-12", "last_day": "2026-10-13", "expires": "2026-12-31"}  # fmt: skip
    return OVERRIDES.check(pd.DataFrame([usual | row for row in rows]))


def test_the_plan_holds_the_overrides_that_changed_a_day_and_says_the_others(
    made: Stretch, plan: Plan
) -> None:
    rows = entries(
        {"override_id": "sale"},
        {"override_id": "nowhere", "channel": "fax"},
        {"override_id": "old", "expires": "2026-10-04"},
        {"override_id": "next year", "first_day": "2027-10-12", "last_day": "2027-10-13"},
    )
    done = with_overrides(made, rows, plan, horizon=HORIZON, today=NEXT)
    assert list(done.made["OVERRIDES"]["override_id"]) == ["sale"]
    assert [note.split(" of ")[0] for note in done.notes] == ["override old", "override nowhere"]
    gained = done.made["FORECAST"]["offered"].sum() - done.made["FORECAST"]["base"].sum()
    here = made.made["FORECAST_DAYS"]
    days = here[(here["level"] == "day") & here["day"].isin(pd.to_datetime(["2026-10-12", "2026-10-13"]))]
    assert gained == pytest.approx(0.5 * days["offered"].sum())


def test_without_overrides_the_forecast_is_its_own_base(made: Stretch, plan: Plan) -> None:
    done = with_overrides(made, OVERRIDES.empty(), plan, horizon=HORIZON, today=NEXT)
    assert (done.made["FORECAST"]["base"] == made.made["FORECAST"]["offered"]).all()
    assert done.made["FORECAST_PATHS"] is made.made["FORECAST_PATHS"]
    assert done.notes == []


def published(store: Store, first_day: date, offered: float, *, now: datetime) -> None:
    starts = pd.date_range(pd.Timestamp(first_day, tz="UTC") + pd.Timedelta(hours=8), periods=28, freq="D")
    rows = {"site": "LIS", "language": "pt", "channel": "voice", "interval_start": starts, "interval_min": 60, "offered": offered}  # fmt: skip
    facts = {"first_day": first_day.isoformat(), "forecast_days": 28}
    days = pd.DataFrame(rows)[["site", "language", "channel", "offered"]].assign(
        level="day", day=starts.tz_localize(None).normalize(), **dict.fromkeys(QUANTILES, offered)
    )
    tables = {"FORECAST": FORECAST.check(pd.DataFrame(rows)), "FORECAST_DAYS": FORECAST_DAYS.check(days)}
    publish(store, tables, yaml_text="", facts=facts, seed=1, now=now)


def test_the_newest_plan_that_was_lived_a_week_is_judged(
    tmp_path: Path, plan: Plan, volume: pd.DataFrame
) -> None:
    store = Store(tmp_path / "store")
    published(store, date(2026, 9, 7), 11.0, now=NOW)
    published(store, date(2026, 9, 28), 22.0, now=NOW.replace(day=21))
    published(store, date(2026, 9, 30), 33.0, now=NOW.replace(day=22))
    made = last_forecast(plan, volume, store)
    found = made["LAST_FORECAST"]
    assert set(found["offered"]) == {22.0}
    assert len(found) == 7
    assert set(found["source"]) == {"published"}
    came = volume.set_index("interval_start")["offered"].reindex(found["interval_start"])
    assert found["actual"].tolist() == came.tolist()
    ranges = made["LAST_FORECAST_DAYS"]
    assert set(ranges["p90"]) == {22.0}
    assert ranges["day"].max() == pd.Timestamp("2026-10-04")
    assert len(ranges) == 7  # the days to come are not among them


def test_without_such_a_plan_todays_method_is_judged_as_of_four_weeks_ago(
    tmp_path: Path, plan: Plan, volume: pd.DataFrame
) -> None:
    made = last_forecast(plan, volume, Store(tmp_path / "none"))
    found = made["LAST_FORECAST"]
    assert set(found["source"]) == {"backtest"}
    assert found["interval_start"].min() == pd.Timestamp("2026-09-07T07:00Z")
    poisoned = volume.assign(offered=volume["offered"].where(volume["interval_start"] < "2026-09-07", 9_999))
    again = last_forecast(plan, poisoned, Store(tmp_path / "none"))
    pd.testing.assert_series_equal(again["LAST_FORECAST"]["offered"], found["offered"])
    pd.testing.assert_frame_equal(again["LAST_FORECAST_DAYS"], made["LAST_FORECAST_DAYS"])
    whole = made["LAST_FORECAST_DAYS"].query("site == 'all' and language == 'all' and channel == 'all'")
    assert whole["offered"].sum() == pytest.approx(found["offered"].sum())
    assert (whole["p10"] < whole["p90"]).all()


def test_the_last_forecast_is_worked_out_where_the_plan_says(
    tmp_path: Path, plan: Plan, volume: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    on_dask = replace(plan, settings=replace(plan.settings, backend="dask"))
    with pytest.raises(InputError, match="needs Dask"):
        last_forecast(on_dask, volume, Store(tmp_path / "none"))


def test_a_history_of_ten_days_has_no_last_forecast(tmp_path: Path, plan: Plan, volume: pd.DataFrame) -> None:
    short = volume[volume["interval_start"] >= pd.Timestamp("2026-09-25", tz="UTC")]
    assert all(table.empty for table in last_forecast(plan, short, Store(tmp_path / "none")).values())
