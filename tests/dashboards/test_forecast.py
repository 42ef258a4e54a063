"""What is said about the coming weeks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboards.accuracy_card import backtest, error_by_week
from dashboards.forecast_languages import Unit, full_weeks, small_multiple_text
from dashboards.planning_forecast import answer
from tests.dashboards.small_centre import accuracy


def days(first: str, *offered: float) -> pd.DataFrame:
    return pd.DataFrame({"day": pd.date_range(first, periods=len(offered)), "offered": offered})


def weeks(*medians: float) -> pd.DataFrame:
    p50 = np.array(medians)
    monday = pd.date_range("2026-10-05", periods=len(p50), freq="7D")
    return pd.DataFrame({"week": monday, "days": 7, "p10": p50 * 0.9, "p50": p50, "p90": p50 * 1.1})


def test_a_week_with_a_missing_day_is_not_full() -> None:
    found = full_weeks(days("2026-09-21", *[10.0] * 13))
    assert found["week"].tolist() == [pd.Timestamp("2026-09-21")]
    assert found["offered"].tolist() == [70.0]


def test_next_week_stands_against_the_last_full_one() -> None:
    said = answer(days("2026-09-28", *[100.0] * 7), weeks(770, 700))
    assert said.replace("\u00a0", " ").startswith(
        "**Week 41 brings 770 contacts**, 10 % above the last full week"
    )
    assert said.endswith("No later week is expected to bring more.")


def test_the_peak_is_the_largest_median() -> None:
    said = answer(days("2026-09-28"), weeks(700, 900, 800))
    assert "in the week of 12 Oct: **900**" in said


def test_errors_grow_with_the_weeks_ahead() -> None:
    assert error_by_week(accuracy(), 6).round(3).tolist() == [0.08, 0.10, 0.10, 0.10, 0.13, 0.13]


def test_a_week_that_no_backtest_reached_has_no_error() -> None:
    near = accuracy().query("bucket == 'week 1'")
    assert np.isnan(error_by_week(near, 3)[1:]).all()


def test_the_model_of_most_weight_carries_the_queue() -> None:
    rows = backtest(accuracy())
    assert set(rows["carries"]) == {"season_and_growth"}
    assert (rows["naive"] > rows["week 1"]).all()
    assert len(rows) == 10


@pytest.mark.parametrize(
    ("most", "said"),
    [(770, "700 → 770 (693–847)"), (9_000, "0.70 → 0.77 (0.69–0.85)"), (90_000, "0.7 → 0.8 (0.7–0.8)")],
)
def test_a_small_centre_is_told_in_contacts_a_large_one_in_thousands(most: float, said: str) -> None:
    past = full_weeks(days("2026-09-28", *[100.0] * 7))
    assert small_multiple_text(past, weeks(770), Unit.of(most)) == said
