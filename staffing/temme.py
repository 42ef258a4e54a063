"""Coefficients of Temme's uniform expansion of the incomplete gamma functions.

DLMF 8.12.3-8.12.12 (N. M. Temme, SIAM J. Math. Anal. 10, 1979): with mu = (y - a) / a and
eta^2 / 2 = mu - ln(1 + mu),

    Q(a, y) = erfc(eta sqrt(a / 2)) / 2 + exp(-a eta^2 / 2) / sqrt(2 pi a) * sum_k c_k(eta) / a^k.

Each c_k is a power series in eta; both sums are exact fractions here and are rounded once.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import comb

import numpy as np

POWERS_OF_A, POWERS_OF_ETA = 12, 26


@cache
def temme_coefficients() -> np.ndarray:
    """The coefficients c[k, n] of eta^n / a^k, shape (12, 26)."""
    length = POWERS_OF_ETA + 2 * POWERS_OF_A
    first = _first_series(length)
    stirling = _gamma_series(POWERS_OF_A)
    series = [first]
    for k in range(1, POWERS_OF_A):
        last = series[-1]
        sign = (-1) ** k * stirling[k]
        series.append([sign * first[n] + (n + 2) * last[n + 2] for n in range(len(last) - 2)])
    return np.array([[float(c) for c in row[:POWERS_OF_ETA]] for row in series])


def _first_series(length: int) -> list[Fraction]:
    """Coefficients of c_0 = 1 / mu - 1 / eta in powers of eta, by way of the series of mu."""
    mu = [Fraction(0), Fraction(1)]
    for n in range(2, length + 2):
        products = sum((j * mu[j] * mu[n - j + 1] for j in range(2, n)), Fraction(0))
        mu.append((mu[n - 1] - products) / (n + 1))
    return [Fraction(-1, 3)] + [(n + 2) * mu[n + 2] for n in range(1, length)]


def _gamma_series(length: int) -> list[Fraction]:
    """g_0, g_1, ... of Gamma(a) = sqrt(2 pi / a) (a / e)^a (g_0 + g_1 / a + ...), DLMF 5.11.3."""
    numbers = _bernoulli(2 * length)
    logarithm = [Fraction(0)] * (length + 1)
    for m in range(1, length // 2 + 1):
        logarithm[2 * m - 1] = numbers[2 * m] / (2 * m * (2 * m - 1))
    g = [Fraction(1)]
    for n in range(1, length):
        g.append(sum((j * logarithm[j] * g[n - j] for j in range(1, n + 1)), Fraction(0)) / n)
    return g


def _bernoulli(last: int) -> list[Fraction]:
    numbers = [Fraction(1)]
    for m in range(1, last + 1):
        numbers.append(-sum((comb(m + 1, k) * numbers[k] for k in range(m)), Fraction(0)) / (m + 1))
    return numbers
