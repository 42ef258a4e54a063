"""Contact and rater effects: a published table, statsmodels beside it, and planted leniency found again."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from statsmodels.stats.anova import anova_lm

from planner.scorecards.replications import drawn_again, ends, with_interval
from planner.scorecards.two_way import icc, leniency, sessions

# Shrout & Fleiss (1979), table 2: six targets, four judges; table 4: ICC(2,1) = .29
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7.0]]
)


def once(scores: np.ndarray) -> np.ndarray:
    return np.ones((1, len(scores)))


def long(scores: np.ndarray) -> pd.DataFrame:
    contact, rater = np.nonzero(~np.isnan(scores))
    return pd.DataFrame({"contact": contact, "rater": rater, "score": scores[contact, rater]})


def gappy(rng: np.random.Generator, *, true: np.ndarray, contacts: int) -> np.ndarray:
    """Scores by contact and rater, every contact scored by three raters drawn at random."""
    scores = rng.normal(0.9, 0.07, (contacts, 1)) + true + rng.normal(0, 0.05, (contacts, len(true)))
    order = rng.random(scores.shape).argsort(axis=1).argsort(axis=1)
    return np.where(order < 3, scores, np.nan)


def test_the_table_of_shrout_and_fleiss() -> None:
    assert icc(sessions(SHROUT_FLEISS), by=once(SHROUT_FLEISS))[0] == pytest.approx(0.29, abs=0.005)


def test_a_full_table_gives_the_mean_squares_of_statsmodels() -> None:
    scores = np.random.default_rng(3).normal(0, 1, (20, 1)) + np.random.default_rng(4).normal(0, 1, (20, 5))
    table = anova_lm(smf.ols("score ~ C(contact) + C(rater)", long(scores)).fit())
    between, judges, error = table["mean_sq"].to_numpy()
    expected = (between - error) / (between + 4 * error + 5 * (judges - error) / 20)
    assert icc(sessions(scores), by=once(scores))[0] == pytest.approx(expected)


def test_with_gaps_the_effects_are_those_of_least_squares() -> None:
    scores = gappy(np.random.default_rng(5), true=np.linspace(-0.04, 0.04, 6), contacts=40)
    fitted = smf.ols("score ~ C(contact) + C(rater)", long(scores)).fit()
    effect = np.array([0.0, *(fitted.params[f"C(rater)[T.{n}]"] for n in range(1, 6))])
    assert leniency(sessions(scores), by=once(scores))[0] == pytest.approx(effect - effect.mean())


def test_with_gaps_the_components_are_those_of_henderson() -> None:
    scores = gappy(np.random.default_rng(6), true=np.linspace(-0.04, 0.04, 6), contacts=40)
    rows = long(scores)
    error, contact, rater = (
        smf.ols(f"score ~ {model}", rows).fit().mse_resid
        for model in ("C(contact) + C(rater)", "C(rater)", "C(contact)")
    )
    expected = (contact - error) / (contact - error + rater)
    assert icc(sessions(scores), by=once(scores))[0] == pytest.approx(expected)


def test_raters_who_share_no_contact_are_not_compared() -> None:
    scores = np.full((6, 5), np.nan)
    scores[:3, :2] = [[0.9, 0.8], [0.7, 0.6], [1.0, 0.9]]
    scores[3:, 2:4] = [[0.5, 0.7], [0.6, 0.8], [0.4, 0.6]]
    given = sessions(scores)
    assert len(set(given.group[:2])) == len(set(given.group[2:4])) == 1
    assert len(set(given.group)) == 3
    found = leniency(given, by=once(scores))[0]
    assert found[:4] == pytest.approx([0.05, -0.05, -0.1, 0.1])
    assert np.isnan(found[4])


def test_a_chain_of_contacts_links_raters_who_never_met() -> None:
    scores = np.array([[0.9, 0.8, np.nan], [np.nan, 0.7, 0.5]])
    assert leniency(sessions(scores), by=once(scores))[0] == pytest.approx([0.4 / 3, 0.1 / 3, -0.5 / 3])


def test_the_intervals_of_leniency_hold_the_planted_in_about_95_of_100() -> None:
    rng, true = np.random.default_rng(7), np.array([0.06, -0.05, 0.02, 0.0, -0.03])
    held = []
    for seed in range(120):
        given = sessions(gappy(rng, true=true, contacts=60))
        low, high = ends(leniency(given, by=drawn_again(60, seed=seed)), n=60)
        held.append((low <= true) & (true <= high))
    assert 0.92 <= float(np.mean(held)) <= 0.98


def test_the_interval_of_icc_holds_the_planted_in_about_95_of_100() -> None:
    """Raters fixed over the repetitions, as the bootstrap over contacts takes them."""
    rng, true = np.random.default_rng(8), np.array([0.03, -0.03, 0.0])
    planted = 0.07**2 / (0.07**2 + 0.03**2 + 0.05**2)
    held = 0
    for seed in range(200):
        scores = rng.normal(0.9, 0.07, (80, 1)) + true + rng.normal(0, 0.05, (80, 3))
        given = sessions(scores)
        _, low, high = with_interval(lambda by, given=given: icc(given, by=by), drawn_again(80, seed=seed))
        held += low <= planted <= high
    assert 0.90 <= held / 200 <= 0.985
