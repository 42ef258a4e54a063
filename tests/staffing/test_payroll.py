"""People on the payroll are the exact quotient, rounded once."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from staffing.payroll import rostered_exactly

SHARES = st.integers(0, 999).map(lambda thousandths: thousandths / 1000)


@given(st.lists(st.tuples(st.integers(0, 10**6), SHARES, SHARES), max_size=20))
def test_the_nearest_number_to_the_quotient_of_decimals(rows: list[tuple[int, float, float]]) -> None:
    agents, planned, unplanned = (np.array([row[i] for row in rows], dtype=float) for i in range(3))
    found = rostered_exactly(agents, planned=planned, unplanned=unplanned)
    truth = [
        float(Fraction(n) * 1000 * 1000 / ((1000 - round(p * 1000)) * (1000 - round(u * 1000))))
        for n, p, u in rows
    ]
    assert found.tolist() == truth


def test_a_share_of_many_digits_is_still_one_rounding() -> None:
    found = rostered_exactly(987654.0, planned=0.123456789012345, unplanned=0.0987654321)
    away, absent = Fraction("0.123456789012345"), Fraction("0.0987654321")
    assert float(found) == float(987654 / ((1 - away) * (1 - absent)))
