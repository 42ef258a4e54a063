"""Theory held against replications: inside their interval, at a level no honest run misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from scipy import stats

CONFIDENCE = 0.9998


def assert_inside(runs: Sequence[Mapping[str, float]], theory: Mapping[str, float]) -> None:
    """Every measure of the theory lies in the t interval of the replications' mean."""
    for name, truth in theory.items():
        values = np.array([one[name] for one in runs])
        t = stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1)
        half_width = t * values.std(ddof=1) / np.sqrt(len(values))
        assert values.mean() == pytest.approx(truth, abs=half_width + 1e-9), name
