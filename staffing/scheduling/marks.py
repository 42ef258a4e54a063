"""Which of the shifts that may start bear which mark, such as night work: flags from frames to the engine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.domain.centre import Site
from staffing.labour import Flag
from staffing.scheduling.clock import Clock
from staffing.scheduling.problem import BEGIN, END, Shifts


def marks(table: Shifts, flags: Sequence[Flag], *, site: Site, clock: Clock) -> np.ndarray:
    """Bit g of a shift is set where it bears flag g: kind x day x place in the day's list, 0 beyond it."""
    places = np.arange(table.starts.shape[2])
    stands = places < table.offered[:, :, None]
    spans, which = np.unique(table.starts[stands][:, [BEGIN, END]], axis=0, return_inverse=True)
    step = pd.Timedelta(minutes=clock.interval_min)
    moments = [pd.Series(clock.midnights[0] + edge * step) for edge in spans.T]
    shifts = pd.DataFrame(dict(zip(("start", "end"), moments)))
    bits = [flag.marks(site, shifts).astype(np.int64) << g for g, flag in enumerate(flags)]
    found = np.zeros(stands.shape, np.int64)
    found[stands] = sum(bits, np.zeros(len(shifts), np.int64))[which.ravel()]
    return found
