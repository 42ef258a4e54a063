"""The quality form of the sample centre: four sections of four items, the last with three critical ones."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

FORM = "RETAIL-1"


class Item(NamedTuple):
    """An item: section and its weight, name, weight in the section, class, criticality.

    `steps` is the number of equal steps on its scale (1 = met or not); `optional` may not apply. Items
    that may not apply stand in sections without critical ones, so that leaving one out moves no mean.
    """

    section: str
    section_weight: float
    name: str
    weight: float
    item_class: str
    critical: bool
    steps: int
    optional: bool


ITEMS = (
    Item("Opening", 0.15, "Greeting and brand", 1, "customer", False, 1, False),
    Item("Opening", 0.15, "Customer and order identified", 2, "business", False, 4, False),
    Item("Opening", 0.15, "Tone fits the customer", 2, "customer", False, 4, False),
    Item("Opening", 0.15, "Waiting time acknowledged", 1, "customer", False, 1, True),
    Item("Understanding", 0.25, "Listened without interrupting", 2, "customer", False, 4, False),
    Item("Understanding", 0.25, "Right questions asked", 2, "business", False, 4, False),
    Item("Understanding", 0.25, "Need summed up", 1, "customer", False, 4, False),
    Item("Understanding", 0.25, "Earlier contacts read", 1, "business", False, 1, True),
    Item("Solution", 0.40, "Right answer given", 3, "customer", False, 4, False),
    Item("Solution", 0.40, "Next steps and dates clear", 2, "customer", False, 4, False),
    Item("Solution", 0.40, "Tools and refund rules used well", 2, "business", False, 4, False),
    Item("Solution", 0.40, "Alternative offered", 1, "business", False, 1, True),
    Item("Compliance", 0.20, "Customer's identity verified", 1, "compliance", True, 1, False),
    Item("Compliance", 0.20, "Card and personal data protected", 1, "compliance", True, 1, False),
    Item("Compliance", 0.20, "Nothing promised against the rules", 1, "customer", True, 1, False),
    Item("Compliance", 0.20, "Contact documented", 1, "business", False, 4, False),
)


def critical_weight() -> float:
    """Share of an evaluation's points that lies in critical items."""
    compliance = [item for item in ITEMS if item.section == "Compliance"]
    total = sum(item.weight for item in compliance)
    return sum(item.section_weight * item.weight / total for item in compliance if item.critical)


def item_points(rng: np.random.Generator, quality: np.ndarray, *, critical_fails: float) -> np.ndarray:
    """Points of every evaluation x item, 0..1; NaN where an item does not apply.

    The mean of an evaluation's score before critical items count is `quality`: what critical items earn
    beyond it, the others earn less. `critical_fails` is the share of evaluations in which one fails.
    """
    count = len(quality)
    failing = np.where(rng.random(count) < critical_fails, rng.integers(0, 3, count), -1)
    weight = critical_weight()
    earned = 1 - critical_fails / 3
    usual = np.clip((quality - weight * earned) / (1 - weight), 0, 1)
    points = np.empty((count, len(ITEMS)))
    number = 0
    for place, item in enumerate(ITEMS):
        if item.critical:
            points[:, place] = failing != number
            number += 1
        else:
            points[:, place] = rng.binomial(item.steps, usual) / item.steps
        if item.optional:
            points[rng.random(count) < 0.1, place] = np.nan
    return points
