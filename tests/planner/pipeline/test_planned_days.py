"""Days that no intraday file tells are explained by the plan that was published for them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from planner.domain import tables as t
from planner.pipeline.history import History
from planner.pipeline.planned_days import as_intraday, with_plans
from planner.store import Store, publish

KEY = {"site": "LIS", "language": "pt", "channel": "voice"}
STARTS = pd.date_range("2026-09-07T08:00Z", periods=4, freq="30min").as_unit("us")


def needed(**columns: object) -> pd.DataFrame:
    rows = pd.DataFrame({**KEY, "interval_start": STARTS, "interval_min": 30})
    usual = {"offered": 33.0, "aht_s": 300.0, "load_erlangs": 5.0, "agents_on_contact": 9.0,
             "agents_scheduled": 10.0, "agents_rostered": 12.0}  # fmt: skip
    return rows.assign(**(usual | columns))


def forecast(offered: float) -> pd.DataFrame:
    quantiles = dict.fromkeys(t.QUANTILES, offered)
    rows = pd.DataFrame({**KEY, "interval_start": STARTS, "interval_min": 30})
    return rows.assign(
        offered=offered, **quantiles, aht_s=300.0, model="m", cutoff=pd.Timestamp("2026-09-06", tz="UTC")
    )


def covered(scheduled: float) -> pd.DataFrame:
    rows = pd.DataFrame({**KEY, "interval_start": STARTS[:2], "interval_min": 30})
    return rows.assign(needed=10.0, scheduled=scheduled, gap=scheduled - 10)


def test_people_scheduled_count_as_far_as_they_are_on_contact_duty() -> None:
    """10 at work were needed for 9 on contact: of 8 scheduled, 7.2 are; without a schedule the 9 needed."""
    found = as_intraday(needed(), forecast(30.0), covered(8.0))
    assert found["planned_staffed_s"].tolist() == pytest.approx([7.2 * 1800] * 2 + [9 * 1800] * 2)
    assert found["planned_offered"].tolist() == [30.0] * 4  # expected, not the busier day staffed for
    assert "planned_absent_s" not in found.columns


def history(intraday: pd.DataFrame) -> History:
    volume = pd.DataFrame({**KEY, "interval_start": STARTS, "interval_min": 30, "offered": 31})
    none = {name: pd.DataFrame() for name in History.__dataclass_fields__}
    return History(**none | {"volume": t.VOLUME.check(volume), "intraday": intraday})


def publish_plan(store: Store, *, offered: float, day: int, first_day: str = "2026-09-07") -> None:
    made = {"FORECAST": t.FORECAST.check(forecast(offered)), "REQUIREMENT": t.REQUIREMENT.check(needed())}
    publish(
        store,
        made,
        yaml_text="name: x\n",
        facts={"first_day": first_day, "forecast_days": 7},
        seed=1,
        now=datetime(2026, 9, day, tzinfo=UTC),
    )


def test_the_newest_plan_speaks_where_no_file_does(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish_plan(store, offered=20.0, day=1)
    publish_plan(store, offered=25.0, day=5)
    told = pd.DataFrame({**KEY, "interval_start": STARTS[:1], "interval_min": 30}).assign(
        planned_offered=40.0, planned_aht_s=310.0, planned_staffed_s=9000.0
    )
    found = with_plans(history(t.INTRADAY.check(told)), store).intraday.sort_values("interval_start")
    assert found["planned_offered"].tolist() == [40.0, 25.0, 25.0, 25.0]


def test_a_plan_of_days_to_come_says_nothing_of_the_past(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish_plan(store, offered=20.0, day=1, first_day="2026-10-05")
    before = history(t.INTRADAY.empty())
    assert with_plans(before, store) is before
