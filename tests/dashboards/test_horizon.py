"""The horizon as it is drawn: what was changed by hand, and which totals are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.expected import Expected, expected_of, local_days, mean_days
from dashboards.filters import Scope
from dashboards.horizon_card import Horizon
from dashboards.override_words import touching
from dashboards.published import SHARES, Published
from tests.dashboards.conftest import texts

Show = Callable[..., AppTest]
DAYS = pd.date_range("2026-10-05", periods=6)


def horizon(offered: list[float], base: list[float]) -> Horizon:
    expected = pd.DataFrame({"day": DAYS, "p50": offered})
    mean = pd.DataFrame({"day": DAYS, "offered": offered, "base": base})
    return Horizon(pd.DataFrame({"day": [], "offered": []}), expected, mean, pd.DataFrame())


def test_a_forecast_nobody_changed_has_no_line_before_it() -> None:
    assert horizon([100.0] * 6, [100.0] * 6).before_overrides()["p50"].isna().all()


def test_the_line_before_meets_the_forecast_at_both_ends() -> None:
    found = horizon([100, 100, 150, 150, 100, 100], [100] * 6).before_overrides()["p50"]
    assert found.isna().tolist() == [True, False, False, False, False, True]
    np.testing.assert_allclose(found.dropna(), 100)


def test_a_day_set_to_nothing_still_shows_what_was_before() -> None:
    found = horizon([100, 100, 0, 100, 100, 100], [100] * 6).before_overrides()["p50"]
    assert found.iloc[2] == 100


def test_only_what_touches_the_scope_is_marked(plan: Published) -> None:
    assert touching(plan, Scope(language="pt"))["override_id"].tolist() == ["one"]
    assert touching(plan, Scope(site="LIS"))["override_id"].tolist() == ["one"]
    assert touching(plan, Scope(language="de")).empty


def test_the_base_is_kept_below_the_override(plan: Published) -> None:
    days = mean_days(plan.folder, plan.plan_id)
    lifted = days[(days["offered"] - days["base"]).abs() > 1e-9]
    assert set(lifted["language"]) == {"pt"}
    np.testing.assert_allclose(lifted["offered"] / lifted["base"], 1.2)
    assert lifted["day"].nunique() == 7


def test_the_page_explains_the_dotted_line_where_there_is_one(show: Show, store: Path) -> None:
    assert "before a change by hand" in texts(show("planning_forecast", store, language="pt"))
    assert "before a change by hand" not in texts(show("planning_forecast", store, language="de"))


def test_reconciled_totals_are_read_where_the_plan_has_them(plan: Published) -> None:
    bare = expected_of(plan)
    day, week = bare.days[0], bare.paths.by_week(Scope())["week"].iloc[0]
    rolled = pd.DataFrame(
        [
            {"site": "all", "language": "pt", "channel": "all", "level": level, "day": first}
            | dict.fromkeys(SHARES, 7.0)
            for level, first in (("day", day), ("week", week))
        ]
    )
    found = Expected(bare.paths, rolled)
    assert found.by_day(Scope(language="pt")).set_index("day")["p50"].loc[day] == 7.0
    assert found.by_day(Scope(language="pt"))["p50"].isna().sum() == len(bare.days) - 1
    assert found.by_week(Scope(language="pt"))[["p50", "days"]].iloc[0].tolist() == [7.0, 7]
    other = Scope(language="de")
    pd.testing.assert_frame_equal(found.by_day(other), bare.paths.by_day(other))
    assert found.by_week(other)["p50"].sum() == pytest.approx(bare.paths.by_week(other)["p50"].sum())


def test_a_queue_that_is_gone_has_no_day(plan: Published) -> None:
    rows = pd.DataFrame(
        {
            "site": ["LIS", "MARS"],
            "language": "pt",
            "channel": "voice",
            "interval_start": pd.Timestamp("2026-10-05 23:30", tz="UTC"),
        }
    )
    days = local_days(rows, plan.centre)
    assert days.iloc[0] == pd.Timestamp("2026-10-06")  # half past midnight in Lisbon
    assert pd.isna(days.iloc[1])
