"""Mills ratios of the incomplete gamma functions, compiled: what Erlang's formulas are made of.

With pmf(a; y) = exp(-y) y^a / Gamma(a + 1) and Q, P the regularised upper and lower functions,

    upper U(a, y) = Q(a, y) / pmf(a; y)        lower L(a, y) = P(a, y) / pmf(a; y).

Erlang B is 1 / (1 + U(N, load)); L(c, eta) = 1 + eta/(c+1) + eta^2/((c+1)(c+2)) + ... is the weight of
the states in which customers wait. Neither is ever a difference of large numbers, and both take
y - a from the caller, who knows it exactly: near the transition everything hangs on it.
`table` is always `temme_coefficients()`.

numba does not see that a compiled function of another file has changed: whoever edits this file
deletes `staffing/__pycache__` afterwards.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

compiled = njit(cache=True, error_model="numpy")  # numpy: a division by zero is infinite, not an exception

LARGE = 700.0  # exp(LARGE) is still a number
TEMME_FROM = 20.0  # below, the series are short and exact
SERIES_BELOW = 100.0
LOW, HIGH = -0.5, 1.0  # (y - a) / a between which Temme's expansion is used
TINY = 1e-17
ODD_PARTS = (1 / 21, 1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3)


@compiled
def half_square(mu: float) -> float:
    """mu - ln(1 + mu), to full relative precision also near 0."""
    if abs(mu) >= 0.3:
        return mu - math.log1p(mu)
    r = mu / (2 + mu)
    r2 = r * r
    total = 0.0
    for part in ODD_PARTS:
        total = total * r2 + part
    return r * (mu - 2 * r2 * total)


@compiled
def stirling(a: float) -> float:
    """ln Gamma(a) - ln(sqrt(2 pi / a) (a / e)^a) for a >= 10 (DLMF 5.11.1)."""
    i = 1 / a
    i2 = i * i
    return i * (
        1 / 12 - i2 * (1 / 360 - i2 * (1 / 1260 - i2 * (1 / 1680 - i2 * (1 / 1188 - i2 * 691 / 360360))))
    )


@compiled
def scaled_erfc(x: float) -> float:
    """exp(x^2) erfc(x); infinite where that is no number."""
    if x * x > LARGE and x < 0:
        return math.inf
    if x < 25.0:
        return math.exp(x * x) * math.erfc(x)
    i2 = 1 / (2 * x * x)
    return (1 - i2 * (1 - 3 * i2 * (1 - 5 * i2 * (1 - 7 * i2 * (1 - 9 * i2))))) / (x * math.sqrt(math.pi))


@compiled
def log_pmf(a: float, y: float, above: float) -> float:
    """ln pmf(a; y), with above = y - a."""
    if a < 10.0:
        return (a * math.log(y) if a > 0 else 0.0) - y - math.lgamma(a + 1)
    bend = half_square(above / a) if above > -0.5 * a else above / a - math.log(y / a)
    return -a * bend - stirling(a) - 0.5 * math.log(2 * math.pi * a)


@compiled
def _correction(a: float, eta: float, table: Any) -> float:
    """sum_k c_k(eta) / a^k, four k at a time side by side; fewer terms for large a and small eta."""
    powers = 12 if a < 36 else 8 if a < 600 else 4
    size = abs(eta)
    terms = 24 if size > 0.4 else 16 if size > 0.2 else 12 if size > 0.1 else 10 if size > 0.05 else 8
    total = 0.0
    for k in range(powers - 4, -1, -4):
        first, second, third, fourth = 0.0, 0.0, 0.0, 0.0
        for n in range(terms - 1, -1, -1):
            first = first * eta + table[k, n]
            second = second * eta + table[k + 1, n]
            third = third * eta + table[k + 2, n]
            fourth = fourth * eta + table[k + 3, n]
        total = (((total / a + fourth) / a + third) / a + second) / a + first
    return total


@compiled
def _temme(a: float, above: float, side: float, table: Any) -> float:
    """U (side = 1) or L (side = -1) by Temme's uniform expansion."""
    eta = math.copysign(math.sqrt(2 * half_square(above / a)), above)
    bell = scaled_erfc(side * eta * math.sqrt(0.5 * a))
    if bell == math.inf:
        return bell
    return math.exp(stirling(a)) * (math.sqrt(0.5 * math.pi * a) * bell + side * _correction(a, eta, table))


@compiled
def _rising(a: float, y: float) -> float:
    """L as 1 + y/(a+1) + y^2/((a+1)(a+2)) + ...: every term positive."""
    total, term, n = 1.0, 1.0, a
    while True:
        n += 1.0
        term *= y / n
        total += term
        if term < TINY * total and n > y:
            return total


@compiled
def _falling(a: float, y: float) -> float:
    """U as a/y + a(a-1)/y^2 + ... for y > 2 a: ends by itself for whole a, is asymptotic otherwise."""
    total, term, k = 0.0, 1.0, 0
    while term > TINY * total and k < y:
        term *= (a - k) / y
        total += term
        k += 1
    return total


@compiled
def lower(a: float, y: float, above: float, table: Any) -> float:
    """L(a, y) for real a >= 0 and above = y - a; infinite where it overflows."""
    if a >= TEMME_FROM and LOW * a < above < HIGH * a:
        return _temme(a, above, -1.0, table)
    if y < SERIES_BELOW or above < 0:
        return _rising(a, y)
    logarithm = log_pmf(a, y, above)
    if logarithm < -LARGE:
        return math.inf
    if logarithm < -45.0:
        return math.exp(-logarithm)
    return math.exp(-logarithm) - _falling(a, y)


@compiled
def upper(whole: int, y: float, above: float, table: Any) -> float:
    """U(N, y) for N = whole agents and above = y - N; infinite where it overflows.

    Small N by the recursion U(n) = n / y (1 + U(n - 1)), which is Erlang's of 1917.
    """
    if whole < 32:
        ratio = 0.0
        for n in range(1, whole + 1):
            ratio = n / y * (1 + ratio)
        return ratio
    if above >= HIGH * whole:
        return _falling(float(whole), y)
    if above > LOW * whole:
        return _temme(float(whole), above, 1.0, table)
    logarithm = log_pmf(float(whole), y, above)
    return math.inf if logarithm < -LARGE else math.exp(-logarithm) - _rising(float(whole), y)
