"""Opening hours nobody wrote down: told by where a history has contacts, zeros, or no rows at all.

Few contacts make zeros ordinary, so a slot counts as closed only when its zeros would be a wonder at the
rate of the slots around it. A missing row says less than a zero, unless such rows never come.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import ndimage

RECENT = 26  # weeks of a weekday that are looked at
CERTAIN = 10.0  # contacts expected where none came: from here a slot is closed
TOGETHER, EACH = 15.0, 2.0  # as much for slots side by side, and the least of each of them
LEAK = 0.02  # of the contacts expected: so few are a test or a wrong number
QUIETEST = 0.1  # a slot or weekday may have this share of its neighbours' contacts and be open
FEWEST_WEEKS = 3  # in a row, where there are so many
NEVER, SELDOM = 1e-4, 1e-2  # chance of silence in a row by mere gaps or luck: for a slot alone, with others
BUSY = 3.0  # contacts expected where nothing coming says that contacts come in bursts
HOLES, MANY = 0.02, 0.5  # share of missing rows that makes one think of zeros, or leaves no doubt
FEW, SOME = 2, 0.1  # contacts of a quiet interval, and the share of such intervals where zeros are near
SAME_SLOT = np.array([[0, 1, 0], [0, 1, 0], [0, 1, 0]])  # neighbours: the same slot a week apart
ALIVE = 0.5  # of the days with contacts of an ordinary week
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Observed:
    """A history by local day and slot: contacts (days x slots), NaN where there is no row or a blank."""

    days: pd.DatetimeIndex
    contacts: np.ndarray

    @property
    def weekday(self) -> np.ndarray:
        """0 = Monday."""
        return self.days.day_of_week.to_numpy()

    @property
    def seen(self) -> np.ndarray:
        """Days with any row (days,)."""
        return np.asarray(~np.isnan(self.contacts).all(axis=1))

    @property
    def lifetime(self) -> np.ndarray:
        """Days from the first to the last with contacts (days,)."""
        came = np.nansum(self.contacts, axis=1) > 0
        lives: np.ndarray = (np.cumsum(came) > 0) & (np.cumsum(came[::-1])[::-1] > 0)
        return lives

    @property
    def alive(self) -> np.ndarray:
        """Days around which contacts came as in an ordinary week (days,): no outage, no empty rows ahead."""
        came = np.nansum(self.contacts, axis=1) > 0
        around = np.convolve(np.pad(came, DAYS_A_WEEK // 2), np.ones(DAYS_A_WEEK), mode="valid")
        usual = float(np.median(around[came])) if came.any() else 0.0
        alive: np.ndarray = self.lifetime & (around >= ALIVE * usual)
        return alive


def zeros_left_out(observed: Observed) -> bool:
    """Whether intervals without contacts have no row: no zero anywhere, many holes, and small counts.

    Gaps in a busy history look the same but for the counts beside them, which are never one or two.
    """
    rows = observed.seen if observed.contacts.shape[1] > 1 else observed.lifetime
    contacts, weekday = observed.contacts[rows], observed.weekday[rows]
    known = contacts[~np.isnan(contacts)]
    if not len(known) or (known == 0).any():
        return False
    present, mean = _by_weekday(contacts, weekday)
    used = present >= MANY * present.max()
    holes = 1 - float(present[used].mean())
    beside = np.repeat(mean[used], np.rint(1000 * (1 - present[used])).astype(int))
    quiet = float((known <= FEW).mean()) > SOME or (len(beside) > 0 and float(np.median(beside)) <= FEW + 1)
    return holes > MANY or (holes > HOLES and quiet)


def _by_weekday(contacts: np.ndarray, weekday: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share of its days on which a slot of a weekday has a row, and its mean then (7 x slots each)."""
    known, shape = ~np.isnan(contacts), (DAYS_A_WEEK, contacts.shape[1])
    days, rows, sums = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(days, weekday, 1)
    np.add.at(rows, weekday, known)
    np.add.at(sums, weekday, np.nan_to_num(contacts))
    return rows / np.maximum(days, 1), sums / np.maximum(rows, 1)


def with_zeros(observed: Observed) -> Observed:
    """The same with a zero where there is no row, from the first day with contacts to the last."""
    missing = np.isnan(observed.contacts) & observed.lifetime[:, None]
    return Observed(observed.days, np.where(missing, 0.0, observed.contacts))


def open_slots(observed: Observed) -> np.ndarray:
    """Which slots of which weekdays are open now (7 x slots), by the weeks that speak of now."""
    weeks = _weeks(observed)
    no_row = _left_out(weeks) & ~_odd_holes(_left_out(weeks))
    is_open: np.ndarray = ~no_row & ~_silent(weeks)
    return is_open


def _weeks(observed: Observed) -> np.ndarray:
    """The last weeks of each weekday, newest first (7 x weeks x slots).

    A day without any row says nothing of its slots, unless its weekday lately never has one.
    """
    seen, alive, weekday = observed.seen, observed.alive, observed.weekday
    cube = np.full((DAYS_A_WEEK, RECENT, observed.contacts.shape[1]), np.nan)
    rows_of = [np.flatnonzero((weekday == d) & alive)[::-1] for d in range(DAYS_A_WEEK)]
    usual = max((float(seen[rows].mean()) for rows in rows_of if len(rows)), default=1.0)
    for d, rows in enumerate(rows_of):
        if not _never_lately(seen[rows], usual):
            newest = rows[seen[rows]][:RECENT]
            cube[d, : len(newest)] = observed.contacts[newest]
    return cube


def _never_lately(seen: np.ndarray, usual: float) -> bool:
    """Whether a weekday, newest first, has no rows any more."""
    silent = int(np.argmax(seen)) if seen.any() else len(seen)
    return silent == len(seen) or silent >= _wonder(usual)


def _wonder(share: float) -> int:
    """Missing rows in a row that cannot be mere gaps, where this share of rows is there."""
    share = min(max(share, 0.1), 0.99)
    return max(int(np.ceil(np.log(NEVER) / np.log(1 - share))), FEWEST_WEEKS)


def _left_out(weeks: np.ndarray) -> np.ndarray:
    """Slots of a weekday that never, or no longer, have a row (7 x slots)."""
    present = ~np.isnan(weeks)
    known = present.any(axis=2).sum(axis=1)  # weeks of each weekday
    streak = np.where(present.any(axis=1), present.argmax(axis=1), known[:, None])
    ever = present.any(axis=1)
    share = (present.sum(axis=1) / np.maximum(known, 1)[:, None])[ever]
    gone = _wonder(float(share.mean()) if len(share) else 1.0)
    return np.asarray((streak >= known[:, None]) | (streak >= gone))


def _odd_holes(closed: np.ndarray) -> np.ndarray:
    """Single slots without rows between two that have them, on a weekday alone: gaps, not a break."""
    works: np.ndarray = np.asarray(~closed.all(axis=1))
    alone = closed & ~np.roll(closed, 1, axis=1) & ~np.roll(closed, -1, axis=1)
    common = closed[works].mean(axis=0) >= 0.5 if works.any() else np.zeros(closed.shape[1], bool)
    odd: np.ndarray = alone & ~common & works[:, None] & (closed.shape[1] > 2)
    return odd


def _silent(weeks: np.ndarray) -> np.ndarray:
    """Slots of a weekday whose zeros are a wonder at the rate expected there (7 x slots).

    Alone, with the slots beside it, with the whole weekday, or as part of a night: the same times, side
    by side, on all weekdays that are worked.
    """
    expected = _expected(weeks)
    known = ~np.isnan(weeks)
    loud = known & (np.nan_to_num(weeks) > LEAK * expected[:, None, :])
    before = np.cumsum(loud, axis=1) == 0  # weeks newer than the last one with contacts
    streak = (known & before).sum(axis=1)
    total = known.sum(axis=1)
    missed = streak * expected
    by_luck = _skipped(known, loud, expected) ** streak
    sure = (missed >= CERTAIN) & (streak >= np.minimum(FEWEST_WEEKS, total)) & (by_luck <= NEVER)
    quiet = (streak == total) & (by_luck <= SELDOM)
    weekday = quiet.all(axis=1) & (missed.sum(axis=1) >= TOGETHER)
    same_time = np.where((quiet | (total == 0)).all(axis=0), missed.sum(axis=0), 0)
    time_of_day = _side_by_side(same_time >= EACH, same_time)
    return np.asarray(sure | _side_by_side(quiet & (missed >= EACH), missed) | time_of_day | weekday[:, None])


def _skipped(known: np.ndarray, loud: np.ndarray, expected: np.ndarray) -> float:
    """How often a busy slot has nothing between weeks with contacts: bursts skip weeks."""
    newer = np.cumsum(loud, axis=1) > 0
    older = np.cumsum(loud[:, ::-1], axis=1)[:, ::-1] > 0
    between = known & newer & older & (expected >= BUSY)[:, None, :]
    return float((between & ~loud).sum() / max(between.sum(), 1))


def _side_by_side(quiet: np.ndarray, missed: np.ndarray) -> np.ndarray:
    """Runs of always quiet slots, over the week or of a day, that are a wonder together."""
    labels, count = ndimage.label(quiet)
    sums = ndimage.sum_labels(missed, labels, np.arange(count + 1))
    result: np.ndarray = quiet & (np.asarray(sums)[labels] >= TOGETHER)
    return result


def _expected(weeks: np.ndarray) -> np.ndarray:
    """Contacts to expect of an open slot (7 x slots): its weekday's and its time of day's share.

    Where neither ever has any, a tenth of the slots beside it, or of an ordinary weekday.
    """
    known = ~np.isnan(weeks)
    rate = np.nan_to_num(weeks).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    whole = rate.sum(axis=1)
    busy = whole > LEAK * whole.max(initial=0)
    if not busy.any():
        return np.zeros(rate.shape)
    slot = rate[busy].mean(axis=0)
    weekday = np.maximum(whole / whole[busy].mean(), QUIETEST)
    expected: np.ndarray = np.maximum(slot, QUIETEST * _beside(slot)) * weekday[:, None]
    return expected


def _beside(slot: np.ndarray) -> np.ndarray:
    """The smaller rate of the nearest busy slots on both sides around the clock (slots,)."""
    busy = np.flatnonzero(slot > LEAK * slot.max(initial=0))
    if not len(busy):
        return slot
    here = np.arange(len(slot))
    after = busy[np.searchsorted(busy, here, side="left") % len(busy)]
    before = busy[(np.searchsorted(busy, here, side="right") - 1) % len(busy)]
    return np.minimum(slot[before], slot[after])


def closed_then(observed: Observed, is_open: np.ndarray) -> Observed:
    """The same with zeros where a slot open now had no row for weeks on end: it was closed then."""
    contacts, seen, weekday = observed.contacts.copy(), observed.seen, observed.weekday
    for d in range(DAYS_A_WEEK):
        rows = np.flatnonzero((weekday == d) & seen)
        if len(rows) <= FEWEST_WEEKS:
            continue
        missing = np.isnan(contacts[rows])
        runs, _ = ndimage.label(missing, structure=SAME_SLOT)
        lengths = np.bincount(runs.ravel())
        long = missing & (lengths[runs] > FEWEST_WEEKS) & is_open[d]
        contacts[rows] = np.where(long, 0.0, contacts[rows])
    return Observed(observed.days, contacts)


def spans_of(is_open: np.ndarray, *, interval_min: int) -> tuple[tuple[int, int], ...]:
    """Runs of open slots of one day (slots,) in minutes after midnight.

    >>> spans_of(np.array([False, True, True, False]), interval_min=360)
    ((360, 1080),)
    """
    edges = np.flatnonzero(np.diff(np.r_[False, is_open, False].astype(int)))
    return tuple((int(a) * interval_min, int(b) * interval_min) for a, b in edges.reshape(-1, 2))
