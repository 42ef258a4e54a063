"""What each contact brings along, drawn before the run: work, patience, idle time, calling again."""

from __future__ import annotations

import math

import numpy as np

from planner.domain.centre import Handling
from staffing.simulation.floor import Again, Contacts


def draw_work(rng: np.random.Generator, *, cv: float, size: int) -> np.ndarray:
    """Handle times of mean 1: lognormal with the given coefficient of variation."""
    spread = np.sqrt(np.log1p(cv * cv))
    return np.exp(spread * rng.standard_normal(size) - spread * spread / 2)


def draw_patience(rng: np.random.Generator, *, handling: Handling, size: int) -> np.ndarray:
    """Seconds until each would leave: Weibull of the stated mean; inf for ever."""
    drawn = rng.exponential(size=size)
    if handling.patience_s is None:
        return np.full(size, np.inf)
    shape = handling.patience_shape
    return drawn ** (1 / shape) * (handling.patience_s / math.gamma(1 + 1 / shape))


def with_further_luck(
    calls: Contacts, *, aht_s: np.ndarray, handling: Handling, rng: np.random.Generator
) -> Contacts:
    """First calls of one queue with the time their slot stays taken after the work (exponential), and with
    all calls that may follow, which have work and patience of their own.
    """
    if handling.redial_share == handling.reconnect_share == 0:
        return calls._replace(idle_s=_draw_idle(rng, idle_s=handling.idle_s, size=len(aht_s)))
    origin, again = calling_again(len(aht_s), handling=handling, rng=rng)
    further = len(origin) - len(aht_s)
    work_s = aht_s[origin[len(aht_s) :]] * draw_work(rng, cv=handling.aht_cv, size=further)
    return Contacts(
        np.concatenate([calls.arrived_s, np.full(further, np.nan)]),
        calls.queue[origin],
        np.concatenate([calls.work_s, work_s]),
        np.concatenate([calls.patience_s, draw_patience(rng, handling=handling, size=further)]),
        _draw_idle(rng, idle_s=handling.idle_s, size=len(origin)),
        again,
    )


def _draw_idle(rng: np.random.Generator, *, idle_s: float, size: int) -> np.ndarray:
    return rng.exponential(size=size) * idle_s if idle_s > 0 else np.zeros(size)


def calling_again(count: int, *, handling: Handling, rng: np.random.Generator) -> tuple[np.ndarray, Again]:
    """For so many first calls and all that may follow: the first call each goes back to, and what follows it.

    Whether a contact would call again after giving up, whether after an answer, and after how long
    (exponential) is settled here; the run only finds out which of the two happens.
    """
    share = max(handling.redial_share, handling.reconnect_share)
    origins, lucks, rows = [np.arange(count)], [np.empty(0)], [np.empty(0, np.int64)]
    standing = count
    while len(origins[-1]):
        luck = rng.random(len(origins[-1]))
        follows = luck < share
        rows.append(np.where(follows, standing - 1 + np.cumsum(follows), -1))
        lucks.append(luck)
        origins.append(origins[-1][follows])
        standing += len(origins[-1])
    luck, after = np.concatenate(lucks), rng.exponential(size=standing)
    return np.concatenate(origins), Again(
        np.concatenate(rows),
        np.where(luck < handling.redial_share, after * handling.redial_after_s, np.inf),
        np.where(luck < handling.reconnect_share, after * handling.reconnect_after_s, np.inf),
    )


def nobody_again(count: int) -> Again:
    """So many contacts of whom none would call again."""
    never = np.full(count, np.inf)
    return Again(np.full(count, -1), never, never)
