"""The fairest split leaves no more short than a linear programme, and no language worse than it must be."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from staffing.capacity.split import split, tied


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Need of four languages, work of six pools, who speaks what: each language has a pool of its own."""
    rng = np.random.default_rng(seed)
    speaks = np.vstack([np.eye(4, dtype=bool), rng.random((2, 4)) < 0.6])
    return rng.integers(0, 100, (4, 3)).astype(float), rng.integers(0, 60, (6, 3)).astype(float), speaks


def least_short(need: np.ndarray, work: np.ndarray, speaks: np.ndarray, *, least_share: float = 0.0) -> float:
    """Hours short of a week by linear programming, if each language must have a share of its need; inf if not."""
    pairs = [(pool, language) for pool, language in zip(*np.nonzero(speaks))]
    by_pool = [[float(pool == p) for p, _ in pairs] for pool in range(len(work))]
    by_language = [[-float(language == each) for _, each in pairs] for language in range(len(need))]
    served = [[-cell for cell in row] for row in by_language]
    found = linprog(
        -np.ones(len(pairs)),
        A_ub=[*by_pool, *by_language, *served],
        b_ub=[*work, *(-least_share * need), *np.maximum(need, least_share * need)],
    )
    return float(need.sum() + found.fun) if found.success else float("inf")


@pytest.mark.parametrize("seed", range(6))
def test_no_more_is_short_than_must_be_and_the_worst_covered_is_covered_best(seed: int) -> None:
    need, work, speaks = drawn(seed)
    there = split(need, work, np.zeros(work.shape), speaks=speaks).there_h
    for week in range(need.shape[1]):
        needed, hours = need[:, week], work[:, week]
        short = np.maximum(needed - there[:, week], 0).sum()
        assert short == pytest.approx(least_short(needed, hours, speaks), abs=1e-6)
        worst = (there[:, week] / np.where(needed > 0, needed, np.nan))[needed > 0].min()
        if worst < 0.99:
            assert least_short(needed, hours, speaks, least_share=worst - 1e-6) < float("inf")
            assert least_short(needed, hours, speaks, least_share=worst + 1e-3) == float("inf")


@pytest.mark.parametrize("seed", range(4))
def test_hours_that_may_grow_and_those_there_add_up(seed: int) -> None:
    need, work, speaks = drawn(seed)
    found = split(need / 10, work + 20, np.ones(work.shape), speaks=speaks)
    spoken = need.sum(axis=0) > 0
    useful = (work + 20)[(speaks.any(axis=1))].sum(axis=0)
    assert (found.there_h.sum(axis=0)[spoken] <= useful[spoken] + 1e-9).all()
    grown = need / 10 + 0.0
    grown[1] += found.spare_h[1]
    after = split(grown, work + 20, np.ones(work.shape), speaks=speaks)
    assert (after.there_h >= grown - 1e-6).all()


def test_chance_is_shared_with_the_people() -> None:
    """Two languages of one pool: each has half of its people and a quarter of their variance."""
    found = split(
        np.full((2, 1), 50.0), np.array([[80.0]]), np.array([[16.0]]), speaks=np.array([[True, True]])
    )
    assert found.there_h.ravel().tolist() == [40.0, 40.0]
    assert found.chance_h2.ravel().tolist() == [4.0, 4.0]


def test_languages_are_tied_by_those_who_speak_both() -> None:
    speaks = np.zeros((3, 5), bool)
    for pool, pair in enumerate(combinations(range(3), 2)):
        speaks[pool, list(pair)] = True
    speaks[0] = [True, True, False, False, False]
    assert [each.tolist() for each in tied(speaks)] == [[4], [3], [0, 1, 2]]
