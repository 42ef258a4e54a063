"""From agents on contact to people on the payroll without a rounding error: 21 / 0.7 is 30.

A share written as 0.3 means three tenths, which no binary number is. The divisors are therefore taken as
decimal fractions, and one division at the end is rounded once, to the nearest number there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

EXACT = 2.0**53  # whole numbers up to here are exact


def rostered_exactly(on_contact: ArrayLike, *, planned: ArrayLike, unplanned: ArrayLike) -> np.ndarray:
    """On contact / (1 - planned) / (1 - unplanned), the nearest number to the exact quotient.

    One number or array each, shares below 1, whole agents.

    >>> float(rostered_exactly(21, planned=0.3, unplanned=0.0)), 21 / (1 - 0.3)
    (30.0, 30.000000000000004)
    """
    agents, away, absent = np.broadcast_arrays(np.asarray(on_contact, dtype=float), planned, unplanned)
    pairs = pd.DataFrame({"planned": away.ravel(), "unplanned": absent.ravel()})
    which = pairs.groupby(["planned", "unplanned"], sort=False).ngroup().to_numpy()
    each = [people_for_one(*pair) for pair in pairs.drop_duplicates().itertuples(index=False)]
    return times_exactly(agents.ravel(), each, which=which).reshape(agents.shape)


def people_for_one(planned: float, unplanned: float, away: float = 0.0) -> Fraction:
    """People for one on contact when the share `away` of them is counted elsewhere (leave, in a schedule)."""
    return (1 - decimal(away)) / ((1 - decimal(planned)) * (1 - decimal(unplanned)))


def decimal(share: float) -> Fraction:
    """A share as the shortest decimal that means it."""
    return Fraction(repr(float(share)))


def times_exactly(agents: np.ndarray, each: Sequence[Fraction], *, which: np.ndarray) -> np.ndarray:
    """Agents times the fraction `each[which]`, each product rounded once."""
    above = np.array([float(paid.numerator) for paid in each])[which] * agents
    below = np.array([float(paid.denominator) for paid in each])[which]
    result = above / below
    for i in np.flatnonzero((above > EXACT) | (below > EXACT)):
        result[i] = float(Fraction(float(agents[i])) * each[which[i]])
    return result
