"""Raters and comparisons on screen: only what is sure is said, and nothing is said of few."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.published import Published
from dashboards.quality_comparison import answer, p_words
from dashboards.raters_agreement import side_by_side
from dashboards.raters_bridges import OTHERS, against
from dashboards.raters_leniency import raters, to_calibrate
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_raters import APART, NEVER, NOW, RARE

Show = Callable[..., AppTest]


def test_the_three_measures_are_read_together(plan: Published) -> None:
    agreed = plan.table("AGREEMENT")
    whole = side_by_side(agreed[agreed["site"] == "all"]).set_index("item")["reading"]
    assert whole.to_dict() == {"final score": "reliable", RARE: "rare", APART: "apart"}
    lisbon = side_by_side(agreed[agreed["site"] == "LIS"])
    assert set(lisbon["reading"]) == {"few"}  # twelve contacts


def test_who_should_calibrate_and_why(plan: Published) -> None:
    found = raters(plan.table("LENIENCY"), plan.centre, now=NOW)
    table = to_calibrate(found, every_days=plan.centre.quality.calibrate_every_days)
    assert list(table["rater_id"]) == ["LIS-R2", "CAI-R1", NEVER, "CAI-R1"]
    assert table["why"].iloc[0] == "gives 5.5 points more"
    assert table["why"].iloc[3] == "last calibrated 50 days ago; every 31 days is asked"


def test_a_rater_whose_interval_holds_zero_does_not_lean(plan: Published) -> None:
    table = plan.table("LENIENCY")
    unsure = table.assign(low=table["leniency"] - 0.1, high=table["leniency"] + 0.1)
    assert not raters(unsure, plan.centre, now=NOW)["leans"].any()


@pytest.mark.parametrize("subject", ["CAI", "LIS"])
def test_a_pair_seen_from_the_other_side_turns_its_signs(plan: Published, subject: str) -> None:
    table = plan.table("BRIDGES").query("dimension == 'site'")
    other = {"CAI": "LIS", "LIS": "CAI"}[subject]
    row = against(table, subject).set_index("name").loc[other]
    sign = 1 if subject == "LIS" else -1  # it is stored as Cairo minus Lisbon
    assert row[["difference", "raters", "agents"]].astype(float).tolist() == pytest.approx(
        [sign * -0.06, sign * -0.04, sign * -0.02]
    )
    assert row["agents_low"] < row["agents"] < row["agents_high"]


def test_against_all_others_every_subject_stands_once(plan: Published) -> None:
    found = against(plan.table("BRIDGES").query("dimension == 'site'"), OTHERS)
    assert sorted(found["name"]) == ["CAI", "LIS", "TYO"]


def test_the_page_names_the_planted_raters(show: Show, store: Path) -> None:
    app = show("quality_raters", store)
    assert not app.exception
    assert "2 raters surely lean by 2 points or more" in sentence(app)
    assert "LIS-R2 (+5.5)" in sentence(app)
    assert "2 raters’ calibration is overdue" in sentence(app)
    assert "−6.0 points against the others as scored" in texts(app)


def test_where_no_contact_is_shared_the_page_says_that_it_cannot_split(show: Show, store: Path) -> None:
    assert "cannot be split" in texts(show("quality_raters", store, split="site", against="TYO"))


def test_twelve_contacts_show_no_figure(show: Show, store: Path) -> None:
    said = texts(show("quality_raters", store, site="LIS"))
    assert "fewer than 20 contacts: no figure" in said
    assert "0.85" not in said


def test_only_the_planted_language_is_called_different(show: Show, store: Path) -> None:
    app = show("quality_comparison", store)
    assert not app.exception
    assert sentence(app).startswith("Arabic: lower than the others. 3 cannot be told from the others.")
    assert "Japanese" not in sentence(app)


def test_the_answer_says_when_nothing_is_sure(plan: Published) -> None:
    rows = plan.table("COMPARISONS").query("subject != 'ar'")
    assert answer(rows, centre=plan.centre).startswith("**No difference is sure.**")
    assert answer(rows.query("subject == 'ja'"), centre=plan.centre).startswith("Nobody has enough")


def test_a_small_p_is_not_zero() -> None:
    assert p_words(0.00001).replace("\u00a0", " ") == "< 0.001"
    assert p_words(np.nan) == "–"
