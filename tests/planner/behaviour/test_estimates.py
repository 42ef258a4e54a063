"""PATIENCE, PATIENCE_CURVE and HANDLE_TIMES."""

from math import gamma

import numpy as np
import pandas as pd
import pytest

from planner.behaviour.estimates import Behaviour, behaviour_of
from planner.behaviour.groups import groups
from planner.behaviour.report import report
from planner.behaviour.settings import measured
from planner.domain.centre import QueueKey
from tests.planner.behaviour.counted import counted, waiting

PT, PT_ELSEWHERE = QueueKey("LIS", "pt", "voice"), QueueKey("OPO", "pt", "voice")
DE, FI = QueueKey("LIS", "de", "voice"), QueueKey("LIS", "fi", "voice")


def row(frame: pd.DataFrame, *key: str) -> pd.Series:
    found = frame[(frame[["site", "language", "channel"]] == list(key)).all(axis=1)]
    assert len(found) == 1, frame
    return found.iloc[0]


@pytest.fixture(scope="module")
def seen() -> Behaviour:
    """Portuguese at two sites, patient; hurried German (shape 1.8); few Finnish contacts."""
    return behaviour_of(
        counted(
            waiting(PT, contacts=6000, mean_s=200, seed=1),
            waiting(PT_ELSEWHERE, contacts=400, mean_s=200, seed=2),
            waiting(DE, contacts=9000, mean_s=100, shape=1.8, seed=3),
            waiting(FI, contacts=60, mean_s=200, seed=4),
        )
    )


def test_queues_with_many_abandoned_speak_for_themselves_and_all_for_their_language(seen: Behaviour) -> None:
    keys = set(seen.patience[["site", "language", "channel"]].itertuples(index=False, name=None))
    assert ("LIS", "pt", "voice") in keys
    assert ("OPO", "pt", "voice") not in keys
    assert {("all", "pt", "voice"), ("all", "fi", "voice"), ("all", "all", "voice")} <= keys


def test_what_was_planted_is_found_and_named(seen: Behaviour) -> None:
    pt, de = row(seen.patience, "all", "pt", "voice"), row(seen.patience, "all", "de", "voice")
    assert pt["fits"] == "exponential"
    assert pt["exponential_mean_low_s"] <= 200 <= pt["exponential_mean_high_s"]
    assert (pt["patience_s"], pt["patience_shape"]) == (pt["exponential_mean_s"], 1)
    assert de["fits"] == "weibull"
    assert de["weibull_shape_low"] <= 1.8 <= de["weibull_shape_high"]
    assert de["weibull_mean_low_s"] <= 100 * gamma(1 + 1 / 1.8) <= de["weibull_mean_high_s"]
    assert (de["patience_s"], de["patience_shape"]) == (de["weibull_mean_s"], de["weibull_shape"])


def test_too_few_abandoned_are_unknown_and_borrow_from_their_channel(seen: Behaviour) -> None:
    fi = row(seen.patience, "all", "fi", "voice")
    assert fi["left"] < 20
    assert fi["fits"] == "unknown"
    assert np.isnan(fi["patience_s"])
    borrowed = measured(seen, FI, {"patience_s"})["patience_s"]
    assert borrowed.value == row(seen.patience, "all", "all", "voice")["exponential_mean_s"]
    assert borrowed.source.endswith("abandoned in voice")


def test_the_nearest_group_with_enough_contacts_speaks(seen: Behaviour) -> None:
    assert measured(seen, PT, {"patience_s"})["patience_s"].source.endswith("abandoned in LIS pt voice")
    assert measured(seen, PT_ELSEWHERE, {"patience_s"})["patience_s"].source.endswith("abandoned in pt voice")


def test_patience_and_shape_come_from_the_same_fit(seen: Behaviour) -> None:
    de = row(seen.patience, "LIS", "de", "voice")
    both = measured(seen, DE, {"patience_s", "patience_shape"})
    assert (both["patience_s"].value, both["patience_shape"].value) == (
        de["weibull_mean_s"],
        de["weibull_shape"],
    )
    alone = measured(seen, DE, {"patience_s"})
    assert alone["patience_s"].value == de["exponential_mean_s"]


def test_what_nobody_tells_is_not_made_up(seen: Behaviour) -> None:
    assert measured(seen, QueueKey("LIS", "pt", "chat"), {"patience_s", "aht_s"}) == {}


def test_the_fits_hang_on_the_curve_and_follow_it(seen: Behaviour) -> None:
    curve = seen.curve[(seen.curve["site"] == "all") & (seen.curve["language"] == "de")].dropna()
    inside = curve["weibull"].between(curve["waiting_low"], curve["waiting_high"])
    assert inside.mean() > 0.9
    assert curve["wait_s"].min() > 5
    outside = ~curve["exponential"].between(curve["waiting_low"], curve["waiting_high"])
    assert outside.mean() > 0.3


def test_sums_over_sites_and_languages_lose_nobody() -> None:
    rows = pd.concat([waiting(PT, contacts=500, mean_s=100), waiting(PT_ELSEWHERE, contacts=300, mean_s=100)])
    found = dict(groups(rows, by="wait_s", together={"answered": "sum", "abandoned": "sum"}))
    contacts = {
        tuple(key): int(each[["answered", "abandoned"]].to_numpy().sum()) for key, each in found.items()
    }
    assert contacts[tuple(PT)] == 500
    assert contacts["all", "pt", "voice"] == contacts["all", "all", "voice"] == 800


def test_the_report_says_what_plan_yaml_would_say(seen: Behaviour) -> None:
    text = report(seen)
    mean = row(seen.patience, "all", "all", "voice")
    assert (
        f"voice: {{patience_s: {mean['patience_s']:.0f}, patience_shape: {mean['patience_shape']:.2f}" in text
    )
    assert "too few left to tell" in text
    assert "weibull" in text


def test_shuffling_the_log_changes_nothing() -> None:
    rows = waiting(PT, contacts=3000, mean_s=150)
    one, other = behaviour_of(counted(rows)), behaviour_of(counted(rows.sample(frac=1, random_state=1)))
    pd.testing.assert_frame_equal(one.patience, other.patience)
    pd.testing.assert_frame_equal(one.curve, other.curve)
