"""The form scores what is true: the mean of many evaluations is their quality."""

import numpy as np
import pytest

from planner.sample.form import ITEMS, critical_weight, item_points


def scores_of(points: np.ndarray) -> np.ndarray:
    """Sum of W S / sum of W, as in the definition: S = sum(w r) / sum(w) over items that apply."""
    total = np.zeros(len(points))
    for section in dict.fromkeys(item.section for item in ITEMS):
        places = [i for i, item in enumerate(ITEMS) if item.section == section]
        weight = np.array([ITEMS[i].weight for i in places], float)
        applies = ~np.isnan(points[:, places])
        earned = np.nansum(points[:, places] * weight, axis=1) / (applies * weight).sum(axis=1)
        total += ITEMS[places[0]].section_weight * earned
    return total


@pytest.mark.parametrize("quality", [0.70, 0.90, 0.97])
def test_the_mean_score_is_the_quality(quality: float) -> None:
    points = item_points(np.random.default_rng(1), np.full(60_000, quality), critical_fails=0.018)
    assert scores_of(points).mean() == pytest.approx(quality, abs=0.002)


def test_critical_items_fail_as_often_as_asked() -> None:
    points = item_points(np.random.default_rng(2), np.full(60_000, 0.9), critical_fails=0.018)
    critical = [i for i, item in enumerate(ITEMS) if item.critical]
    assert (points[:, critical] == 0).any(axis=1).mean() == pytest.approx(0.018, abs=0.002)


def test_the_form_has_four_sections_sixteen_items_three_critical() -> None:
    sections = {item.section: item.section_weight for item in ITEMS}
    assert (len(sections), len(ITEMS), sum(item.critical for item in ITEMS)) == (4, 16, 3)
    assert sum(sections.values()) == pytest.approx(1)
    assert 0 < critical_weight() < 0.2
