"""Why customers contact: how often each reason comes, how much work it is, how often it comes again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.sample.chance import lognormal_factor
from planner.sample.parameters import Parameters


class Reasons(NamedTuple):
    """The reason families in the order of the parameters; `work` and `repeat` have mean 1 over contacts."""

    names: list[str]
    share: np.ndarray
    work: np.ndarray
    repeat: np.ndarray


def reasons(parameters: Parameters) -> Reasons:
    """The reasons of the parameters."""
    found = parameters.spec["reasons"]
    columns = [np.array([reason[name] for reason in found.values()]) for name in ("share", "aht", "repeat")]
    share = columns[0] / columns[0].sum()
    return Reasons(list(found), share, columns[1] / (share @ columns[1]), columns[2] / (share @ columns[2]))


def draw_reasons(rng: np.random.Generator, why: Reasons, *, size: int) -> np.ndarray:
    """The reason of each contact, as its place in the list."""
    return np.searchsorted(np.cumsum(why.share)[:-1], rng.random(size))


def draw_work(rng: np.random.Generator, why: Reasons, *, cv: float, size: int) -> np.ndarray:
    """Handle times in units of the reason's mean; with the reasons together they spread by `cv`."""
    between = why.share @ why.work**2 - 1
    return lognormal_factor(rng, float(np.sqrt((1 + cv**2) / (1 + between) - 1)), size=size)
