"""One kind of special day: where it lies and what is believed of it before the history has spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["holiday", "beside", "season", "event"]


@dataclass(frozen=True)
class Column:
    """`here` (days,) lies in 0..1; its effect, in log volume, is `expected` give or take `prior_sd`."""

    name: str
    here: np.ndarray
    prior_sd: float
    kind: Kind
    expected: float = 0.0
