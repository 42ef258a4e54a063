"""One pass over the contacts of a run that counts them by queue and interval of arrival, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.compiled import entry

OFFERED, ANSWERED, ABANDONED, WAITING, SHORT = range(5)
ANSWERED_IN_T1, ABANDONED_IN_T1, ANSWERED_IN_T2, ABANDONED_IN_T2, WAIT_S = range(5, 10)
COUNTED = 10


class Seen(NamedTuple):
    """Contacts of a run, as far as they are counted (shape n each)."""

    queue: np.ndarray
    arrived_s: np.ndarray  # NaN: never came
    answered_s: np.ndarray  # NaN: never answered
    patience_s: np.ndarray


class Rules(NamedTuple):
    """How contacts of each queue are judged (shape Q; `within_s` 2 x Q, -1: nobody is in time)."""

    reaction_s: np.ndarray
    short_s: np.ndarray
    within_s: np.ndarray
    interval_s: float
    end_s: float


@entry
def tally(seen: Seen, rules: Rules, sums: np.ndarray) -> None:
    """Add every contact to `sums` (queues x intervals x COUNTED), where it arrived."""
    for contact in range(len(seen.queue)):
        arrived_s, queue = seen.arrived_s[contact], seen.queue[contact]
        if np.isnan(arrived_s):
            continue
        cell = sums[queue, min(int(arrived_s // rules.interval_s), sums.shape[1] - 1)]
        cell[OFFERED] += 1.0
        wait_s = seen.answered_s[contact] - arrived_s + rules.reaction_s[queue]
        patience_s = seen.patience_s[contact]
        if not np.isnan(wait_s):
            cell[ANSWERED] += 1.0
            cell[WAIT_S] += wait_s
            cell[ANSWERED_IN_T1] += wait_s <= rules.within_s[0, queue]
            cell[ANSWERED_IN_T2] += wait_s <= rules.within_s[1, queue]
        elif arrived_s + patience_s <= rules.end_s:
            cell[ABANDONED] += 1.0
            cell[SHORT] += patience_s <= rules.short_s[queue]
            cell[ABANDONED_IN_T1] += patience_s <= rules.within_s[0, queue]
            cell[ABANDONED_IN_T2] += patience_s <= rules.within_s[1, queue]
        else:
            cell[WAITING] += 1.0
