"""A value with its 95 % interval."""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from planner.behaviour.survival import Z


class Estimate(NamedTuple):
    """A value and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def from_log(value: float, log_sd: float) -> Estimate:
    """The interval of a positive value whose log has this standard error."""
    with_bound = min(Z * log_sd, 50.0)
    return Estimate(value, value * exp(-with_bound), value * exp(with_bound))
