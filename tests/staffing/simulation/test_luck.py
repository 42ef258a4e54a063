"""What contacts bring along has the stated distributions, and is all settled before the run."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from planner.domain.centre import Handling
from staffing.simulation.floor import Contacts
from staffing.simulation.luck import calling_again, draw_patience, with_further_luck


@pytest.mark.parametrize("shape", [0.6, 1.0, 2.5])
def test_patience_is_weibull_of_the_stated_mean(shape: float) -> None:
    handling = Handling(300, patience_s=180, patience_shape=shape)
    drawn = draw_patience(np.random.default_rng(1), handling=handling, size=20_000)
    scale_s = 180 / stats.weibull_min(shape).mean()
    assert stats.kstest(drawn, stats.weibull_min(shape, scale=scale_s).cdf).pvalue > 0.001
    assert drawn.mean() == pytest.approx(180, rel=0.05)


def test_shape_one_is_the_exponential_draw_by_draw() -> None:
    drawn = draw_patience(np.random.default_rng(1), handling=Handling(300, patience_s=180), size=1000)
    assert np.array_equal(drawn, np.random.default_rng(1).exponential(size=1000) * 180)


def test_without_patience_nobody_ever_leaves() -> None:
    handling = Handling(300, patience_s=None, patience_shape=3)
    assert np.isinf(draw_patience(np.random.default_rng(1), handling=handling, size=10)).all()


def test_calls_that_may_follow_stand_behind_and_go_back_to_their_first_call() -> None:
    handling = Handling(300, 180, redial_share=0.6, reconnect_share=0.2, redial_after_s=60)
    origin, again = calling_again(5000, handling=handling, rng=np.random.default_rng(2))
    followed = np.flatnonzero(again.row >= 0)
    assert np.array_equal(np.sort(again.row[followed]), np.arange(5000, len(origin)))
    assert np.array_equal(origin[again.row[followed]], origin[followed])
    assert len(origin) == pytest.approx(5000 / (1 - 0.6), rel=0.05)
    redials, reconnects = again.redial_s < np.inf, again.reconnect_s < np.inf
    assert np.array_equal(redials, again.row >= 0)
    assert redials.mean() == pytest.approx(0.6, abs=0.02)
    assert reconnects.mean() == pytest.approx(0.2, abs=0.02)
    assert again.redial_s[redials].mean() == pytest.approx(60, rel=0.05)
    assert again.reconnect_s[reconnects].mean() == pytest.approx(3600, rel=0.08)


def test_further_luck_leaves_the_first_calls_as_they_were() -> None:
    first = Contacts(np.arange(100.0), np.zeros(100, np.int64), np.full(100, 50.0), np.full(100, 60.0))
    handling = Handling(300, 180, redial_share=0.5, idle_s=90)
    found = with_further_luck(
        first, aht_s=np.full(100, 300.0), handling=handling, rng=np.random.default_rng(3)
    )
    for name in ("arrived_s", "queue", "work_s", "patience_s"):
        assert np.array_equal(getattr(found, name)[:100], getattr(first, name))
    assert np.isnan(found.arrived_s[100:]).all()
    assert found.again is not None
    assert np.size(found.idle_s) == len(found.arrived_s) == len(found.again.row)
