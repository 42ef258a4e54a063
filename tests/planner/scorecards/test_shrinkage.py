"""Shrinkage: intervals hold what they promise, little is believed of little, groups borrow from the whole."""

from __future__ import annotations

import numpy as np
import pytest

from planner.scorecards.final_belief import Parts, chance_below, final_belief
from planner.scorecards.shrinkage import Believed, Seen, believed_means, believed_shares, spread_of


def drawn(rng: np.random.Generator, *, groups: int = 12, agents: int = 25) -> tuple[Seen, np.ndarray]:
    """Scores of agents in groups, beta around each agent's mean; 3 to 40 of each."""
    group = np.repeat(np.arange(groups), agents)
    true = np.clip(
        0.87 + 0.02 * rng.standard_normal(groups)[group] + 0.035 * rng.standard_normal(len(group)), 0.5, 0.97
    )
    n = rng.integers(3, 41, len(group))
    weight = true * (1 - true) / 0.09**2 - 1
    scores = [rng.beta(m * w, (1 - m) * w, k) for m, w, k in zip(true, weight, n, strict=True)]
    total, squares = (np.array([(s**power).sum() for s in scores]) for power in (1, 2))
    return Seen(n.astype(float), total, squares, group), true


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """3,000 agents: 95 % of the intervals, give or take what chance leaves (binomial sd .4 %) and fitting."""
    rng, inside = np.random.default_rng(80), []
    for _ in range(10):
        seen, true = drawn(rng)
        believed = believed_means(seen)
        inside.append(np.abs(true - believed.mean) < 1.96 * np.sqrt(believed.variance))
    assert 0.93 < np.concatenate(inside).mean() < 0.97


def test_shrunken_means_are_nearer_the_truth_than_the_agents_own() -> None:
    seen, true = drawn(np.random.default_rng(81))
    own = seen.total / seen.n
    error, own_error = (np.sqrt(((each - true) ** 2).mean()) for each in (believed_means(seen).mean, own))
    assert error < 0.85 * own_error


def test_the_spread_that_was_drawn_is_found() -> None:
    found = [
        spread_of(seen, within=np.full(len(seen.n), 0.0081))
        for seen, _ in (drawn(np.random.default_rng(s)) for s in range(8))
    ]
    assert np.sqrt(np.mean([each.subjects for each in found])) == pytest.approx(0.035, rel=0.1)
    assert np.sqrt(np.mean([each.groups for each in found])) == pytest.approx(0.02, rel=0.35)


def test_an_agent_of_whom_nothing_was_seen_is_as_the_group() -> None:
    seen, _ = drawn(np.random.default_rng(82))
    unknown = seen._replace(n=np.where(np.arange(len(seen.n)) == 7, 0, seen.n),
                            total=np.where(np.arange(len(seen.n)) == 7, 0, seen.total),
                            squares=np.where(np.arange(len(seen.n)) == 7, 0, seen.squares))  # fmt: skip
    believed = believed_means(unknown)
    assert believed.mean[7] == believed.group[7]
    assert believed.variance[7] > np.delete(believed.variance, 7).max()


def test_very_many_evaluations_are_believed() -> None:
    seen, _ = drawn(np.random.default_rng(83))
    many = Seen(seen.n * 1e6, seen.total * 1e6, seen.squares * 1e6, seen.group)
    assert believed_means(many).mean == pytest.approx(seen.total / seen.n, abs=1e-6)


def test_agents_that_do_not_differ_all_get_the_groups_mean() -> None:
    """The same scores of each: no variance between them, so nothing is believed of anybody alone."""
    n = np.full(30, 10.0)
    seen = Seen(n, n * 0.9, n * (0.81 + 0.01), np.repeat([0, 1, 2], 10))
    assert believed_means(seen).mean == pytest.approx(np.full(30, 0.9))


def test_failures_are_drawn_towards_the_group_as_the_beta_binomial_has_it() -> None:
    rng = np.random.default_rng(84)
    true = rng.beta(4, 96, 400)  # a + b = 100
    n = np.full(400, 60)
    failed = rng.binomial(n, true)
    found = believed_shares(failed.astype(float), n=n.astype(float), group=np.zeros(400, int))
    prior = found.a + found.b - n
    assert prior[0] == pytest.approx(100, rel=0.5)
    low, high = (np.quantile(true - found.a / (found.a + found.b), q) for q in (0.025, 0.975))
    assert -0.05 < low < 0 < high < 0.05


def test_the_final_score_is_the_raw_one_without_critical_errors() -> None:
    """No doubt about errors (none in a million): P(below) is the bell curve's."""
    raw = Believed(np.array([0.9]), np.array([0.02**2]), np.array([0.9]))
    none = believed_shares(np.array([0.0]), n=np.array([1e6]), group=np.array([0]))
    found = final_belief(Parts(raw, none))
    assert found.mean[0] == pytest.approx(0.9, abs=1e-4)
    assert (found.low[0], found.high[0]) == pytest.approx((0.9 - 1.96 * 0.02, 0.9 + 1.96 * 0.02), abs=1e-3)
    assert chance_below(Parts(raw, none), 0.88)[0] == pytest.approx(0.1587, abs=2e-3)
