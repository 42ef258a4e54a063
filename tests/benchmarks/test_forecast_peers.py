"""The comparison with other forecasting programs, without them: what they are told, and how they are scored."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.forecast import Series
from benchmarks.forecast_peers import PEERS, Run, _write_task, came, installed, scored, seasonal_naive
from planner.domain.centre import Queue
from tests.forecasting import planted

FIRST, ORIGINS, HORIZON = date(2025, 1, 6), ("2025-03-03", "2025-03-17"), 7
QUEUE: Queue = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"))


@pytest.fixture(scope="module")
def series() -> Series:
    """Weeks that are all alike, so that the same weekday of last week is right."""
    means = planted.day_means(pd.date_range(FIRST, periods=91))
    volume = planted.volume(QUEUE, FIRST, means, seed=None)
    return Series("planted", planted.centre([QUEUE]), volume, ORIGINS, {3: 0.0, HORIZON: 0.0}, False)


def said(series: Series, factor: float) -> Run:
    """What came times a factor, 10 % wide on each side."""
    rows = []
    for origin in series.origins:
        asked = came(series, origin, HORIZON)
        by_day = asked.groupby("day")["y"].sum()
        for level, ds, y in (
            ("interval", asked["local"], asked["y"]),
            ("day", by_day.index, by_day),
            ("total", by_day.index, by_day.cumsum()),
        ):
            mean = factor * y.to_numpy()
            rows.append(
                pd.DataFrame(
                    {
                        "origin": origin,
                        "level": level,
                        "ds": ds,
                        "mean": mean,
                        "p10": 0.9 * mean,
                        "p90": 1.1 * mean,
                    }
                )
            )
    return Run("said", pd.concat(rows), 0.0)


def test_who_says_what_came_has_no_error_and_covers_all(series: Series) -> None:
    for horizon in series.horizons:
        found = scored(said(series, 1.0), series, horizon)
        assert found["wape"] == pytest.approx(0)
        assert [found[f"cover_{level}"] for level in ("interval", "day", "total")] == [1, 1, 1]


@pytest.mark.parametrize(("factor", "covers"), [(1.05, 1), (0.8, 0)])
def test_who_is_off_by_a_share_has_that_error_and_bias(series: Series, factor: float, covers: int) -> None:
    found = scored(said(series, factor), series, HORIZON)
    assert found["wape"] == pytest.approx(100 * abs(factor - 1))
    assert found["bias"] == pytest.approx(100 * (factor - 1))
    assert found["cover_total"] == covers


def test_seasonal_naive_is_right_where_all_weeks_are_alike_and_has_no_intervals(series: Series) -> None:
    found = scored(seasonal_naive(series), series, HORIZON)
    assert found["wape"] == pytest.approx(0)
    assert np.isnan(found["cover_interval"])


def test_a_peer_is_told_nothing_of_what_came(series: Series, tmp_path: Path) -> None:
    _write_task(series, tmp_path)
    for origin in series.origins:
        past = pd.read_csv(tmp_path / f"past-{origin}.csv", parse_dates=["ds"])
        ahead = pd.read_csv(tmp_path / f"ahead-{origin}.csv", parse_dates=["ds"])
        assert past["ds"].max() < pd.Timestamp(origin) <= ahead["ds"].min()
        assert list(ahead.columns) == ["ds"]
    told = json.loads((tmp_path / "task.json").read_text())
    assert (told["per_day"], told["days_a_week"], told["country"]) == (12, 7, "PT")


def test_a_peer_that_is_not_installed_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert installed(sys.executable) == []
    assert capsys.readouterr().out.count("peer not installed") == len(PEERS)
