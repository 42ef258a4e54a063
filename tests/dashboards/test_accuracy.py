"""How good the forecast was: the last one, where it leans, and who carries it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.backtest_card import pooled
from dashboards.carriers_card import models_of, reasons
from dashboards.error_map import coarsened, error_map, stretch_words, worst_stretch
from dashboards.filters import Scope
from dashboards.last_forecast_card import Judged, coverage, judged, leaning
from dashboards.published import Published
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_centre import accuracy
from tests.dashboards.small_forecast import errors, last_forecast

Show = Callable[..., AppTest]


def days(*actual: float, low: float = 80.0, high: float = 120.0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "day": pd.date_range("2026-09-07", periods=len(actual)),
            "offered": 100.0,
            "actual": actual,
            "p10": low,
            "p90": high,
        }
    )


def judgement(table: pd.DataFrame, *, inside: int = 0, intervals: int = 0) -> Judged:
    return Judged(table, inside, intervals, pd.Timestamp("2026-09-07", tz="UTC"), "backtest")


def test_days_inside_their_range_are_counted_its_ends_included() -> None:
    assert coverage(judgement(days(80, 100, 120, 121))) == "Of 4 days **3 lay inside the 80 % range**."


def test_without_ranges_of_days_the_intervals_are_counted() -> None:
    table = days(80, 100).assign(p10=np.nan, p90=np.nan)
    said = coverage(judgement(table, inside=90, intervals=120))
    assert said.replace("\u00a0", " ") == "Of 120 intervals **75 % lay inside their 80 % range**."


@pytest.mark.parametrize(
    ("actual", "said"),
    [((80, 80), "25.0 % too much"), ((125, 125), "20.0 % too little"), ((101, 99), "no lean")],
)
def test_the_lean_is_of_all_days_together(actual: tuple[float, ...], said: str) -> None:
    assert said in leaning(judgement(days(*actual))).replace("\u00a0", " ")


def test_the_planted_low_days_lie_outside(plan: Published) -> None:
    found = judged(plan, Scope())
    assert found is not None
    assert (len(found.days), found.intervals) == (28, len(last_forecast()))
    assert found.inside / found.intervals == pytest.approx(26 / 28)
    assert coverage(found) == "Of 28 days **26 lay inside the 80 % range**."


def test_a_part_whose_days_have_no_range_is_told_by_its_intervals(plan: Published) -> None:
    found = judged(plan, Scope(site="LIS"))
    assert found is not None
    assert found.banded.empty
    assert "intervals" in coverage(found)


def test_a_queues_days_are_its_own(plan: Published) -> None:
    whole, parts = judged(plan, Scope()), [judged(plan, Scope(site=site)) for site in plan.centre.sites]
    assert whole is not None
    assert whole.days["actual"].sum() == pytest.approx(
        sum(part.days["actual"].sum() for part in parts if part is not None)
    )


def test_the_planted_stretch_is_the_worst() -> None:
    found = worst_stretch(errors())
    assert found is not None
    assert found[:2] == (0, 540)
    assert found[2] == pytest.approx(-0.2)
    assert "Mondays 09:00–12:00**: 20\u00a0% too few expected" in stretch_words(found)


def test_shuffled_rows_make_the_same_map() -> None:
    rows, rng = errors(), np.random.default_rng(1)
    shuffled = error_map(rows.iloc[rng.permutation(len(rows))])
    pd.testing.assert_frame_equal(error_map(rows).lean, shuffled.lean)


def test_what_chance_alone_does_is_no_lean() -> None:
    rows = pd.DataFrame(
        {
            "weekday": 0,
            "minute": [540, 570],
            "n": 9,
            "actual": 100.0,
            "error": [19.0, 21.0],
            "abs_error": 30.0,
        }
    )
    assert error_map(rows).sure.loc[0].tolist() == [0.0, 0.21]  # two square roots of 100 are 20
    assert error_map(rows).lean.loc[0].tolist() == [0.19, 0.21]


def test_a_cell_with_hardly_a_contact_is_blank() -> None:
    rows = pd.DataFrame(
        {"weekday": 0, "minute": [540, 570], "n": 9, "actual": [5.0, 500.0], "error": -5.0, "abs_error": 5.0}
    )
    assert np.isnan(error_map(rows).lean.loc[0, 540])


def scored(actual: float, wape: float, cover: float) -> dict[str, object]:
    return {
        "site": "LIS", "language": str(actual), "channel": "voice", "model": "forecast", "level": "day",
        "bucket": "all", "origins": 8, "n": 50, "actual": actual, "wape": wape, "bias": 0.0, "cover80": cover,
        "cover95": 0.95,
    }  # fmt: skip


def test_errors_of_queues_are_pooled_over_contacts() -> None:
    table = pd.DataFrame([scored(900.0, 0.1, 0.8), scored(100.0, 0.5, 0.6)])
    (row,) = pooled(table, Scope()).to_dict("records")
    assert row["wape"] == pytest.approx((90 + 50) / 1000)
    assert row["cover80"] == pytest.approx(0.7)
    (alone,) = pooled(table, Scope(language="100.0")).to_dict("records")
    assert alone["wape"] == pytest.approx(0.5)


def test_the_model_of_most_weight_carries_every_queue() -> None:
    found = models_of(accuracy())
    assert found["model"].tolist() == ["season_and_growth", "seasonal_naive"]
    assert found["carries"].tolist() == [10, 0]
    assert found["weight"].sum() == pytest.approx(1.0)


def test_of_a_single_queue_each_model_says_why() -> None:
    one = Scope("LIS", "pt", "voice").of(accuracy()).assign(why="9.0 % off alone")
    assert models_of(one)["why"].tolist() == ["9.0 % off alone"] * 2
    assert models_of(accuracy().assign(why="x"))["why"].isna().all()


def test_the_plans_own_reasons_are_told_with_their_queues() -> None:
    rows = accuracy().assign(why=np.where(accuracy()["channel"] == "chat", "too short for a year", None))
    assert reasons(rows) == "3 queues: too short for a year."
    assert reasons(accuracy()) == ""


def test_the_page_says_how_far_off_and_how_often_inside(show: Show, store: Path) -> None:
    app = show("planning_accuracy", store)
    assert not app.exception
    said = sentence(app).replace("\u00a0", " ")
    assert "A day of the median queue is 8.0 % off a week ahead" in said
    assert "Of 28 days 26 lay inside the 80 % range" in said
    assert "Made again now as of 7 Sep 2026" in texts(app)
    assert "Mondays 09:00–12:00" in texts(app)


def test_without_any_forecast_to_judge_the_page_says_so(show: Show, store: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(store, tmp_path / "young"))
    (manifest,) = (folder / "plans").glob("2*/manifest.json")
    about = json.loads(manifest.read_text())
    for name in ("LAST_FORECAST", "FORECAST_ERRORS"):
        about["tables"][name]["rows"] = 0
    manifest.write_text(json.dumps(about))
    app = show("planning_accuracy", folder)
    assert not app.exception
    assert "No forecast can be judged yet" in texts(app)
    assert "No errors by time of day" in texts(app)


@pytest.mark.parametrize(("actual", "minutes"), [(25.0, 30), (12.0, 60), (5.0, 180), (0.5, 0)])
def test_few_contacts_are_summed_to_longer_blocks(actual: float, minutes: int) -> None:
    rows = pd.DataFrame({"weekday": 0, "minute": np.arange(540, 1080, 30), "actual": actual})
    blocks, found = coarsened(rows.assign(n=9, error=0.0, abs_error=0.0))
    assert found == minutes
    assert blocks["actual"].sum() == pytest.approx(18 * actual)
