"""What becomes of deferred contacts: open, pending, on hold, done, at the end of every interval.

From the agent-hours that were worked; contacts follow in the order in which they came. Nothing is
rounded: these are means, and they balance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from staffing.deferred import Away, Backlog, Placed

NOTHING = 1e-9


@dataclass(frozen=True)
class States:
    """Contacts, an entry for each interval of a `Backlog`: flows in the interval, stocks at its end.

    Into open come `new` and `returned`, out of it goes `worked` (touches); of those `done` need no more.
    `late` are open beyond their deadline; `oldest_h` is how many open hours the oldest open contact has
    waited, NaN when none is open.
    """

    new: np.ndarray
    returned: np.ndarray
    worked: np.ndarray
    done: np.ndarray
    open: np.ndarray
    pending: np.ndarray
    on_hold: np.ndarray
    late: np.ndarray
    oldest_h: np.ndarray


def contact_states(
    backlog: Backlog, contacts: np.ndarray, *, placed: Placed, allowed: int, step_h: float
) -> States:
    """The states of `contacts` (arriving with the hours of the backlog) when worked as placed.

    The deadline is `allowed` open intervals. new so far + away at first = done so far + open + pending +
    on hold, after every interval.
    """
    away, new_h = backlog.away, backlog.first_touch_h
    worked_h = placed.own_h + placed.idle_h
    firsts = in_order(placed.first_touch_h, new_h, contacts)
    back_h, _ = _came_back(backlog, placed.first_touch_h, arriving=new_h, step_h=step_h)
    back, waiting = _came_back(backlog, firsts, arriving=contacts, step_h=step_h)
    lasts = in_order(worked_h - placed.first_touch_h, back_h, back)
    arrived, worked = np.cumsum(contacts + back), np.cumsum(firsts + lasts)
    still = np.maximum(arrived - worked, 0.0)
    return States(
        new=contacts,
        returned=back,
        worked=firsts + lasts,
        done=(2 - away.touches) * firsts + lasts,
        open=still,
        pending=waiting[0],
        on_hold=waiting[1],
        late=_late(arrived - still, arrived, clock=backlog.clock, allowed=allowed),
        oldest_h=_oldest(arrived - still, arrived, clock=backlog.clock) * step_h,
    )


def in_order(worked_h: np.ndarray, arriving_h: np.ndarray, contacts: np.ndarray) -> np.ndarray:
    """The contacts behind the hours worked in each interval when the first come are the first worked."""
    came_h, came = (np.append(0.0, np.cumsum(cells)) for cells in (arriving_h, contacts))
    return np.diff(np.interp(np.cumsum(worked_h), came_h, came), prepend=0.0)


def _came_back(
    backlog: Backlog, firsts: np.ndarray, *, arriving: np.ndarray, step_h: float
) -> tuple[np.ndarray, np.ndarray]:
    """What comes back in each interval, and what is away at its end by reason, of first touches worked."""
    away: Away = backlog.away
    real = slice(backlog.old, None)
    back, stock = np.zeros(len(firsts)), np.zeros((len(away.shares), len(firsts)))
    start = away.usual(arriving[real], step_h)
    for reason, (share, kept) in enumerate(zip(away.shares, away.kept(step_h), strict=True)):
        inflow = share * firsts[real]
        stock[reason, real], _ = lfilter([1.0], [1.0, -kept], inflow, zi=[kept * start[reason]])
        stock[reason, : backlog.old] = start[reason]
        before = np.append(start[reason], stock[reason, real][:-1])
        back[real] += before * (1 - kept)
    return back, stock


def _late(done: np.ndarray, arrived: np.ndarray, *, clock: np.ndarray, allowed: int) -> np.ndarray:
    """Contacts whose deadline ended by the end of each interval and that are still open."""
    due_of = np.searchsorted(clock, clock - allowed, side="right") - 1
    due = np.where(due_of >= 0, arrived[due_of], 0.0)
    late = due - done
    return np.where(late > NOTHING, late, 0.0)


def _oldest(done: np.ndarray, arrived: np.ndarray, *, clock: np.ndarray) -> np.ndarray:
    """Open intervals that the oldest open contact has waited since the interval it came in."""
    first_open = np.searchsorted(arrived, done + NOTHING, side="right")
    some = (arrived - done > NOTHING) & (first_open < len(arrived))
    came = clock[np.minimum(first_open, len(clock) - 1)]
    return np.where(some, clock - came, np.nan)
