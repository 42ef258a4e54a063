"""Where the effects of a queue's special days start from, when its kin have already learned them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from forecasting.public_holidays import without_country
from forecasting.special_days import SpecialDays

POOLED = ("holiday", "beside")  # kinds of column that queues learn together
OWN_SPREAD = 0.25  # of a column's prior spread is left to what a queue does otherwise than its kin
KinLevel = Literal["language", "country"]
Effects = Mapping[str, float]  # log effect of each column, by its name with or without countries


@dataclass(frozen=True)
class KinStart:
    """What a queue's kin learned before one cutoff, and the nearest level that taught it."""

    level: KinLevel
    effects: Effects

    def applied(self, special: SpecialDays) -> SpecialDays:
        """Special days that start from the kin, and differ from it less than from nothing."""
        shared = np.isin(special.kinds, POOLED)
        known = [self._of(name) if one else None for name, one in zip(special.names, shared)]
        taught = np.array([start is not None for start in known], bool)
        starts = np.array([start or 0.0 for start in known])
        tight = np.where(taught, OWN_SPREAD, 1.0)
        return replace(special, expected=special.expected + starts, prior_sd=special.prior_sd * tight)

    def _of(self, name: str) -> float | None:
        return self.effects.get(name, self.effects.get(without_country(name)))


@dataclass(frozen=True)
class KinStarts:
    """What the kin had learned by each cutoff it was asked at."""

    by_cutoff: Mapping[int, KinStart] = field(default_factory=dict)

    def at(self, cutoff: int) -> KinStart | None:
        """What was known at a cutoff: the latest that is not of a later day; None before the first."""
        known = [asked for asked in self.by_cutoff if asked <= cutoff]
        return self.by_cutoff[max(known)] if known else None
