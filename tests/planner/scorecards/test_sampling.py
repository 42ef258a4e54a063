"""Sample sizes as the books have them, the width they buy, and draws that never repeat a contact."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.tables import CONTACTS, SAMPLING
from planner.scorecards.draws import SPARE, draws
from planner.scorecards.proportions import clustered, wilson
from planner.scorecards.sampling import asked_for_mean, asked_for_share, half_width

NOW = pd.Timestamp("2026-10-05", tz="UTC")
KEY = QueueKey("LIS", "pt", "voice")


def test_the_classical_sample_of_a_share() -> None:
    """p = .5, E = 5 points: 385 of very many; of 1,000 contacts 278 (Krejcie & Morgan 1970, table 1)."""
    assert asked_for_share(0.5, half_width=0.05, contacts=[1e12, 1000]).tolist() == [385, 278]


def test_what_is_asked_buys_the_width_and_one_fewer_does_not() -> None:
    for contacts in (30, 300, 30_000):
        n = int(asked_for_mean(0.14, half_width=0.05, contacts=contacts))
        assert half_width(0.14, n=n, contacts=contacts) <= 0.05 + 1e-9
        assert half_width(0.14, n=n - 1, contacts=contacts) > 0.0495


def test_never_more_than_there_are_and_nothing_of_nothing() -> None:
    assert asked_for_mean(0.2, half_width=0.001, contacts=[0, 7]).tolist() == [0, 7]
    assert half_width(0.2, n=7, contacts=7) == 0


def test_wilsons_interval_holds_as_often_as_it_says() -> None:
    """Mean over shares from .5 to .99 of the exact coverage at n = 40: about 95 % (Brown, Cai & DasGupta 2001)."""
    shares = np.linspace(0.5, 0.99, 99)
    count = np.random.default_rng(1).binomial(40, shares, (4000, 99))
    low, high = wilson(count, 40)
    assert 0.945 < ((low <= shares) & (shares <= high)).mean() < 0.96


def test_the_clustered_bootstrap_holds_where_a_plain_interval_would_not() -> None:
    """25 agents with 8 evaluations each, half of the variance between agents."""
    rng = np.random.default_rng(2)
    agents, each, trials = 25, 8, 400
    scores = (
        0.9
        + 0.05 * rng.standard_normal((trials, agents, 1))
        + 0.05 * rng.standard_normal((trials, agents, each))
    )
    sums = scores.sum(axis=2).ravel()
    subject, cluster = np.repeat(np.arange(trials), agents), np.tile(np.arange(agents), trials)
    found = clustered(sums, counts=np.full(len(sums), 8.0), subject=subject, cluster=cluster, seed=4)
    held = ((found.low <= 0.9) & (found.high >= 0.9)).mean()
    plain = 1.96 * scores.reshape(trials, -1).std(axis=1) / np.sqrt(agents * each)
    assert held == pytest.approx(0.95, abs=0.035)
    assert (np.abs(scores.mean(axis=(1, 2)) - 0.9) < plain).mean() < 0.85


@pytest.fixture
def log(tmp_path: Path) -> Path:
    frame = pd.DataFrame({"contact_id": [f"C{n}" for n in range(200)], **KEY._asdict(), "agent_id": "a",
                          "arrived_at": "2026-09-20T10:00Z", "answered_at": "2026-09-20T10:01Z"})  # fmt: skip
    frame.loc[190:, "answered_at"] = None
    path = tmp_path / "contacts.parquet"
    CONTACTS.check(frame).to_parquet(path)
    return path


def plan(*, asked: int, done: int) -> pd.DataFrame:
    row = KEY._asdict() | {"month": "2026-10-01", "contacts": 200, "done": done, "asked": asked, "spread": 0.1, "width": 1,
                           "width_asked": 1, "hours": 1}  # fmt: skip
    return SAMPLING.check(pd.DataFrame([row]))


def test_what_is_left_is_drawn_of_answered_contacts_never_scored(log: Path) -> None:
    scored = pd.DataFrame({"contact_id": [f"C{n}" for n in range(100)]})
    found = draws([log], plan(asked=30, done=10), scored=scored, now=NOW, seed=1)
    assert len(found) == 20 + SPARE
    assert not set(found["contact_id"]) & (set(scored["contact_id"]) | {f"C{n}" for n in range(190, 200)})


def test_the_same_seed_draws_the_same_and_scoring_goes_on_with_the_list(log: Path) -> None:
    nothing = pd.DataFrame({"contact_id": pd.Series([], dtype="str")})
    first = draws([log], plan(asked=30, done=0), scored=nothing, now=NOW, seed=1)["contact_id"].tolist()
    later = draws(
        [log], plan(asked=30, done=10), scored=pd.DataFrame({"contact_id": first[:10]}), now=NOW, seed=1
    )
    assert later["contact_id"].tolist() == first[10:]
    assert (
        draws([log], plan(asked=30, done=0), scored=nothing, now=NOW, seed=2)["contact_id"].tolist() != first
    )


def test_an_even_chance_for_each_contact(log: Path) -> None:
    """Over 60 seeds each of the 190 answered contacts is drawn about as often."""
    nothing = pd.DataFrame({"contact_id": pd.Series([], dtype="str")})
    drawn = pd.concat(
        [draws([log], plan(asked=50, done=0), scored=nothing, now=NOW, seed=s) for s in range(60)]
    )
    counts = drawn["contact_id"].value_counts().reindex([f"C{n}" for n in range(190)], fill_value=0)
    expected = 60 * (50 + SPARE) / 190
    assert ((counts - expected) ** 2 / expected).sum() < 250  # chi-squared, 189 degrees: 99.8 %
