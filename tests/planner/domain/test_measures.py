"""Five formulas of service level are in use; a contract names one."""

from __future__ import annotations

import numpy as np
import pytest

from planner.domain.centre import Formula
from planner.domain.measures import FORMULA_NUMBERS, Quotient, ServiceCounts, service_level

MONTH = ServiceCounts(
    offered=1060, answered=1000, abandoned=60, answered_in_t=860, abandoned_in_t=20, abandoned_short=10
)


@pytest.mark.parametrize(
    ("formula", "percent"), list(zip(FORMULA_NUMBERS, (83.02, 86.00, 81.13, 82.69, 82.08), strict=True))
)
def test_the_five_formulas_give_the_published_example(formula: Formula, percent: float) -> None:
    """ICMI's list, on 1,000 answered and 60 abandoned."""
    assert float(service_level(MONTH, formula).value) * 100 == pytest.approx(percent, abs=0.005)


def test_a_formula_that_needs_an_unknown_count_is_unknown() -> None:
    known = ServiceCounts(offered=1060, answered=1000, abandoned=60, answered_in_t=860)
    unknown = [np.isnan(service_level(known, formula).value) for formula in FORMULA_NUMBERS]
    assert unknown == [True, False, False, True, True]


def test_nothing_counted_is_unknown_and_not_zero() -> None:
    assert np.isnan(Quotient(0, 0).value)
    assert list(Quotient(np.array([0, 1]), np.array([0, 4])).value[1:]) == [0.25]
