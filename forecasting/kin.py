"""Whom a young or moved queue borrows its season from, and how much of it is its own.

A line is a language for a group of customers on a channel, over all sites. A queue that opened lately,
or whose line has changed sites, has no year of its own to learn from: its line is forecast as one
series and the queue takes its recent share. Where the line itself is young, it follows a like market:
the queues of the same channel at its site, or else anywhere, that know their year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasting.history import QueueHistory
from planner.domain.centre import Queue, QueueKey

KNOWS_ITS_YEAR = 400  # days of history
GONE = 14  # days without a row, while others have some, after which a queue has ended
RECENT, HALF_LIFE, WEEKDAY_HALF_LIFE = 112, 14.0, 56.0  # days whose share counts; half-lives of their weight
FEWEST = 7  # days known of both
WEEKDAY_PRIOR = 2.0  # recent weeks' worth of the common share in a weekday's own
Reason = Literal["line", "like market"]
Histories = Mapping[QueueKey, QueueHistory]


@dataclass(frozen=True)
class Kin:
    """The queues whose sum a queue follows, and why."""

    members: tuple[QueueKey, ...]
    reason: Reason


def kin_of(queue: Queue, known: Histories) -> Kin | None:
    """The kin a queue borrows from; None when it stands on its own history or has nobody."""
    newest = max(last_known(history) for history in known.values())
    line = tuple(key for key, other in known.items() if line_of(other.queue) == line_of(queue))
    if days_of_history(known[queue.key]) >= KNOWS_ITS_YEAR and not _moved(
        [known[key] for key in line], newest
    ):
        return None
    if max(days_of_history(known[key]) for key in line) >= KNOWS_ITS_YEAR:
        return Kin(line, "line")
    like = tuple(
        key
        for key, other in known.items()
        if key.channel == queue.key.channel
        and days_of_history(other) >= KNOWS_ITS_YEAR
        and newest - last_known(other) <= GONE
    )
    near = tuple(key for key in like if key.site == queue.key.site)
    return Kin(near or like, "like market") if like else None


def summed(members: Iterable[QueueHistory]) -> tuple[np.ndarray, np.ndarray]:
    """Day totals (NaN unless all members living then are known) and open days of several queues (days,)."""
    members = list(members)
    newest = max(last_known(member) for member in members)
    totals, opened = [], []
    for member in members:
        here = member.open_days & _lives(member, newest)
        opened.append(here)
        totals.append(np.where(here, member.day_totals, 0))
    is_open = np.any(opened, axis=0)
    return np.where(is_open, np.sum(totals, axis=0), np.nan), is_open


def last_known(history: QueueHistory) -> int:
    """Row of the last known day; -1 when there is none."""
    rows = np.flatnonzero(~np.isnan(history.day_totals))
    return int(rows[-1]) if len(rows) else -1


@dataclass(frozen=True)
class Lately:
    """The last days known of both (days,): contacts of the queue and of its kin, weekday, and weights.

    `recent` weighs the days for a level, `slow` for what a weekday is like.
    """

    mine: np.ndarray
    theirs: np.ndarray
    weekday: np.ndarray
    recent: np.ndarray
    slow: np.ndarray


def lately(own: np.ndarray, line: np.ndarray, *, weekday: np.ndarray, cutoff: int) -> Lately:
    """The last days of a queue and its kin; of their totals (days,) those before `cutoff` are looked at."""
    rows = np.arange(max(cutoff - RECENT, 0), cutoff)
    rows = rows[~np.isnan(own[rows]) & (line[rows] > 0)]
    age = cutoff - 1 - rows
    return Lately(
        own[rows], line[rows], weekday[rows], 0.5 ** (age / HALF_LIFE), 0.5 ** (age / WEEKDAY_HALF_LIFE)
    )


def shares(own: np.ndarray, line: np.ndarray, *, weekday: np.ndarray, cutoff: int) -> np.ndarray | None:
    """What part of its kin's contacts a queue got lately, by weekday (7,); None when too little is known."""
    seen = lately(own, line, weekday=weekday, cutoff=cutoff)
    if len(seen.mine) < FEWEST:
        return None
    overall = float((seen.recent * seen.mine).sum() / (seen.recent * seen.theirs).sum())
    return overall * by_weekday(seen)


def by_weekday(seen: Lately) -> np.ndarray:
    """A queue's share of its kin on each weekday over its usual one (7,), shrunk to 1."""
    if not len(seen.mine) or not seen.mine.any():
        return np.ones(7)
    usual = float((seen.slow * seen.mine).sum() / (seen.slow * seen.theirs).sum())
    prior = WEEKDAY_PRIOR * float(seen.theirs.mean())
    per_day = np.bincount(seen.weekday, weights=seen.slow * seen.theirs, minlength=7)
    own = np.bincount(seen.weekday, weights=seen.slow * seen.mine, minlength=7)
    result: np.ndarray = (own + prior * usual) / (per_day + prior) / max(usual, 1e-12)
    return result


def line_of(queue: Queue) -> tuple[str, tuple[str, ...], str]:
    """Language, customers' countries and channel, whatever the site."""
    return queue.key.language, tuple(sorted(queue.customers)), queue.key.channel


def _moved(line: list[QueueHistory], newest: int) -> bool:
    """Whether a queue of the line opened or ended within the year that would have to teach."""
    ages = [days_of_history(member) for member in line]
    silent = [newest - last_known(member) for member in line]
    opened_lately = min(ages) < min(KNOWS_ITS_YEAR, max(ages))
    return opened_lately or any(GONE < days <= KNOWS_ITS_YEAR for days in silent)


def days_of_history(history: QueueHistory) -> int:
    """Days from the first known one to the cutoff."""
    rows = np.flatnonzero(~np.isnan(history.day_totals))
    return history.grid.axis.cutoff - int(rows[0]) if len(rows) else 0


def _lives(history: QueueHistory, newest: int) -> np.ndarray:
    """Days from its first known day until it ended, the horizon included when it has not (days,)."""
    rows = np.flatnonzero(~np.isnan(history.day_totals))
    lives = np.zeros(len(history.day_totals), bool)
    if len(rows):
        ended = newest - int(rows[-1]) > GONE
        lives[rows[0] : int(rows[-1]) + 1 if ended else len(lives)] = True
    return lives
