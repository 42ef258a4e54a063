"""Rows of the service check: pooled counts, honest quantiles."""

from __future__ import annotations

import numpy as np
import pytest

from planner.domain.measures import Quotient
from staffing.simulation.report import Measured, quantile, share_meeting


def test_quantiles_leave_out_what_was_not_measured() -> None:
    rng = np.random.default_rng(0)
    values = rng.random((40, 30))
    values[rng.random(values.shape) < 0.3] = np.nan
    values[:, 4] = np.nan
    values[:, 5] = np.r_[0.7, np.full(39, np.nan)]
    for share in (0.05, 0.5, 0.95):
        found = quantile(values, share)
        known = [column[~np.isnan(column)] for column in values.T]
        expected = [np.quantile(column, share) if len(column) else np.nan for column in known]
        assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("at_least", "expected"), [(True, 2 / 3), (False, 2 / 3)])
def test_a_value_on_the_target_meets_it_from_both_sides(at_least: bool, expected: float) -> None:
    values = np.array([[0.7, 0.8, 0.9, np.nan]]).T
    measured = Measured("m", Quotient(values, 1), 0.8, at_least=at_least)
    assert share_meeting(measured) == pytest.approx([expected])


def test_without_anything_measured_the_chance_is_unknown() -> None:
    values = np.full((3, 1), np.nan)
    assert np.isnan(share_meeting(Measured("m", Quotient(values, 1), 0.8))).all()
