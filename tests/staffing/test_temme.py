"""Temme's coefficients are those of the literature."""

import pytest

from staffing.temme import POWERS_OF_A, POWERS_OF_ETA, temme_coefficients


def test_shape() -> None:
    assert temme_coefficients().shape == (POWERS_OF_A, POWERS_OF_ETA)


@pytest.mark.parametrize(
    ("k", "n", "value"),
    [
        (0, 0, -1 / 3),
        (0, 1, 1 / 12),
        (1, 0, -1 / 540),
        (2, 0, 25 / 6048),
        (3, 0, 101 / 155520),
        (4, 0, -3184811 / 3695155200),
    ],
)
def test_constants_of_the_literature(k: int, n: int, value: float) -> None:
    """DLMF 8.12.11-8.12.13: c_k(0) as printed there."""
    assert temme_coefficients()[k, n] == pytest.approx(value, rel=1e-15)
