"""Waits of a group of contacts: how many left, and how many were answered, after each length of wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor

import numpy as np


@dataclass(frozen=True)
class Waits:
    """Counts by length of wait, ascending.

    A wait of `wait_s` lies within half of `step_s` of it: logs keep whole seconds. With `step_s` 0 it
    is exact. Only contacts that waited longer than `from_s` are in (left truncation).
    """

    wait_s: np.ndarray
    abandoned: np.ndarray
    answered: np.ndarray
    step_s: float = 1.0
    from_s: float = 0.0

    @property
    def left(self) -> int:
        """Contacts that abandoned."""
        return int(self.abandoned.sum())

    @property
    def contacts(self) -> int:
        """Contacts, abandoned and answered."""
        return self.left + int(self.answered.sum())


def beyond(waits: Waits, short_s: float) -> Waits:
    """The contacts that waited longer than `short_s`, known to have stayed so long.

    Half of a step is added, for a wait of 5 s in a log of whole seconds may have been one of 5.4 s.
    """
    last = floor(short_s / waits.step_s) * waits.step_s if waits.step_s else short_s
    kept = waits.wait_s > last
    return replace(
        waits,
        wait_s=waits.wait_s[kept],
        abandoned=waits.abandoned[kept],
        answered=waits.answered[kept],
        from_s=last + waits.step_s / 2,
    )
