"""AGREEMENT as a table: which measures an item has, whose sessions count, what N/A means."""

import pandas as pd
import pytest

from planner.domain.quality_tables import EVALUATION_SCORES
from planner.domain.tables import EVALUATIONS
from planner.scorecards.agreement_table import CRITICAL, FINAL, agreement
from tests.planner.scorecards.evaluated import NOW, scored

YES_NO = ["yes", "no"]


def tables(given: dict[str, dict[str, list[float | None]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """EVALUATIONS and their scores from item -> rater -> points of contacts 0, 1, 2, ..."""
    first = next(iter(given.values()))
    heads = scored(
        [
            {
                "contact_id": f"c{n}",
                "rater_id": rater,
                "raw": 0.8,
                "site": rater[:3],
                "scored_customer": 1,
                "failed_customer": int(n == 0),
            }
            for rater, points in first.items()
            for n in range(len(points))
        ],
        stream="calibration",
    )
    flat = {item: [p for points in raters.values() for p in points] for item, raters in given.items()}
    columns = [name for name in heads.columns if name in {column.name for column in EVALUATIONS.columns}]
    items = pd.concat([heads[columns].assign(item=item, points=points) for item, points in flat.items()])
    items = items.assign(section="S", section_weight=1.0, item_weight=1.0, item_class="none", critical=False)
    return EVALUATIONS.check(items.astype({"points": float})), heads


def of(found: pd.DataFrame, item: str, *, site: str = "all") -> dict[str, float]:
    rows = found[(found["item"] == item) & (found["site"] == site)]
    return dict(zip(rows["measure"], rows["value"], strict=True))


def test_the_measures_fit_the_scale() -> None:
    raters = {"LIS1": [1.0, 0.0, 1.0, 1.0], "LIS2": [1.0, 0.0, 1.0, 0.0]}
    steps = {"LIS1": [1.0, 0.75, 0.5, 1.0], "LIS2": [1.0, 0.5, 0.5, 0.75]}
    found = agreement(*tables({"binary": raters, "scale": steps}), now=NOW, seed=1)
    assert set(of(found, "binary")) == {"agreement", "alpha", "ac1"}
    assert set(of(found, "scale")) == {"agreement", "alpha", "ac1", "ac2", "icc"}
    assert set(of(found, FINAL)) == {"agreement", "alpha", "icc"}
    assert of(found, "binary")["agreement"] == pytest.approx(3 / 4)
    assert of(found, "scale")["ac2"] > of(found, "scale")["ac1"]
    assert (found["low"].dropna() <= found["value"].dropna() + 1e-9).all()


def test_does_not_apply_is_a_rating_that_can_be_disagreed_on() -> None:
    raters = {"LIS1": [1.0, None, None, 1.0], "LIS2": [1.0, None, 1.0, 1.0]}
    assert of(agreement(*tables({"item": raters}), now=NOW, seed=1), "item")["agreement"] == 3 / 4


def test_a_site_rests_on_its_own_raters_and_the_whole_on_all() -> None:
    raters = {"LIS1": [1.0, 1.0], "LIS2": [1.0, 1.0], "BOG1": [0.0, 1.0]}
    evaluations, heads = tables({"item": raters})
    found = agreement(evaluations, heads, now=NOW, seed=1)
    assert of(found, "item", site="LIS")["agreement"] == 1
    assert of(found, "item")["agreement"] == pytest.approx((1 / 3 + 1) / 2)
    assert set(found["site"]) == {"all", "LIS"}  # Bogota's one rater has nobody to agree with
    assert found.loc[found["site"] == "all", "raters"].unique().tolist() == [3]


def test_critical_errors_that_all_see_are_agreed_on() -> None:
    raters = {"LIS1": [0.0, 1.0, 1.0], "LIS2": [0.0, 1.0, 1.0]}
    found = of(agreement(*tables({"item": raters}), now=NOW, seed=1), CRITICAL)
    assert found == {"agreement": 1, "ac1": 1, "alpha": 1}


def test_nothing_known_gives_an_empty_table() -> None:
    assert agreement(EVALUATIONS.empty(), EVALUATION_SCORES.empty(), now=NOW, seed=1).empty
