"""Share still waiting after t, with no assumption on its shape."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.behaviour.waits import Waits

Z = 1.959963984540054  # of a 95 % interval


class Curve(NamedTuple):
    """At each wait after which somebody left: who was still there, who left, share still waiting."""

    wait_s: np.ndarray
    at_risk: np.ndarray
    abandoned: np.ndarray
    waiting: np.ndarray
    low: np.ndarray
    high: np.ndarray


def kaplan_meier(waits: Waits) -> Curve:
    """The share still waiting if nobody were answered (Kaplan & Meier 1958), with 95 % bands.

    Those answered at once never waited and are not at risk; those answered in the second in which
    another left count as there. Variance by Greenwood (1926), bands on the scale log(-log), so that
    they stay within 0 and 1; NaN where nobody is left.
    """
    waited = waits.wait_s > 0
    answered = np.where(waited, waits.answered, 0)
    at_risk = np.cumsum((waits.abandoned + answered)[::-1])[::-1]
    happened = waits.abandoned > 0
    left, there = waits.abandoned[happened].astype(float), at_risk[happened].astype(float)
    waiting = np.cumprod(1 - left / there)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(left / (there * (there - left)))
        spread = Z * np.sqrt(variance) / np.abs(np.log(waiting))
        low, high = waiting ** np.exp(spread), waiting ** np.exp(-spread)
    return Curve(waits.wait_s[happened], at_risk[happened], waits.abandoned[happened], waiting, low, high)
