"""The two-hump day of the queueing literature: 08:00 to 20:00, a high morning, an afternoon, a small evening."""

import numpy as np


def two_humps(*, peak_per_min: float = 10.0) -> np.ndarray:
    """Arrivals a second in each of 720 minutes."""
    hour = 8 + (np.arange(720) + 0.5) / 60
    bumps = ((1.0, 10.25, 1.1), (0.8, 14.75, 1.6), (0.28, 18.0, 1.3))
    shape = np.sum([high * np.exp(-(((hour - at) / wide) ** 2)) for high, at, wide in bumps], axis=0) + 0.05
    return shape / shape.max() * peak_per_min / 60
