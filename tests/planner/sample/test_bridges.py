"""Bridge sessions: they come after all that was there, and the planted leniency is found through them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.config import load_plan
from planner.sample.check import Centre
from planner.scorecards.bridges import OTHERS, bridges
from planner.scorecards.evaluation_scores import evaluation_scores
from planner.scorecards.leniency import leniency


@pytest.fixture(scope="module")
def scores(centre: Centre, folder: Path) -> pd.DataFrame:
    return evaluation_scores(centre.evaluations, load_plan(folder / "plan.yaml").centre)


@pytest.fixture(scope="module")
def now(scores: pd.DataFrame) -> pd.Timestamp:
    return scores["evaluated_at"].max()


def test_they_are_the_last_rows_and_ids(centre: Centre) -> None:
    heads = centre.evaluations.drop_duplicates("evaluation_id")
    sites = heads["rater_id"].str[:3].groupby(heads["contact_id"]).transform("nunique")
    bridge = heads[(heads["stream"] == "calibration") & (sites > 1)]
    numbers = heads["evaluation_id"].str[1:].astype(int)
    assert numbers.tolist() == list(range(1, len(heads) + 1))
    assert bridge.index.tolist() == heads.index[-len(bridge) :].tolist()
    assert set(bridge["language"]) == {"en"}


def test_the_planted_leniency_of_every_rater_is_found(
    centre: Centre, scores: pd.DataFrame, now: pd.Timestamp
) -> None:
    found = leniency(scores, now=now, seed=1).set_index("rater_id")
    planted = pd.Series(centre.truth["rater_leniency"])
    assert found["linked"].nunique() == 1
    assert (found["leniency"] - planted).abs().max() < 0.02
    assert found.loc["SVQ-R2", "low"] > 0.03
    assert found.loc["KRK-R1", "high"] < -0.03
    assert (planted.between(found["low"], found["high"])).mean() >= 0.85


def test_no_site_reads_better_for_its_raters(scores: pd.DataFrame, now: pd.Timestamp) -> None:
    """Leniency is planted to sum to zero at every site: the differences are the agents'."""
    split = bridges(scores, now=now, seed=1).query("dimension == 'site'")
    assert (split["note"].fillna("") == "").all()
    assert ((split["raters_low"] <= 0.004) & (split["raters_high"] >= -0.004)).mean() >= 0.85
    assert split["raters"].abs().max() < 0.02
    assert np.allclose(split["raters"] + split["agents"], split["difference"])


def test_the_agents_part_is_their_planted_quality(
    centre: Centre, scores: pd.DataFrame, now: pd.Timestamp
) -> None:
    """Cairo's planted quality: .025 lower as a site, .010 for Arabic, and its people are new."""
    split = bridges(scores, now=now, seed=1)
    cairo = split[(split["a"] == "CAI") & (split["b"] == OTHERS)].iloc[0]
    assert cairo["agents_high"] < 0
    assert cairo["agents_low"] < -0.04 < cairo["agents_high"]


def test_without_bridge_sessions_sites_cannot_be_split(scores: pd.DataFrame, now: pd.Timestamp) -> None:
    sites = scores["rater_id"].str[:3].groupby(scores["contact_id"]).transform("nunique")
    alone = scores[~((scores["stream"] == "calibration") & (sites > 1))]
    found = bridges(alone, now=now, seed=1).query("dimension == 'site'")
    assert found["note"].str.contains("common contacts").all()
    assert found["raters"].isna().all()
    assert (found["bridge"] == 0).all()
    assert found["difference"].notna().all()
