"""What holidays did to all queues of a language, a country, the centre: where a queue's own effects start.

A small queue has seen a Christmas or two of a few contacts each; its kin have seen dozens. So effects are
learned from the whole centre first, then country by country, then language by language, each level
starting from what the one above found; the queue starts from the nearest. Above the country a day loses
its country: Christmas in Poland may learn from Christmas in Spain. Each member's days stand beside its
own level, weekday, season and events, so that large and small, open and closed queues go together.

Events and seasons are not pooled: tried, and it cost accuracy, for what a campaign does differs by
channel and a month's luck is shared by all queues of a centre.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.calendar_effect import HALF_LIFE, Fitted, fitted_calendar
from forecasting.design import design, harmonics_for
from forecasting.glm import Sample, fit, log_means
from forecasting.kin_starts import POOLED, Effects, KinLevel, KinStart
from forecasting.past import DaySeries, Past
from forecasting.public_holidays import without_country
from planner.domain.centre import Queue, QueueKey

FEWEST_DAYS = 300  # known days of a queue that may teach others: its season must be told from its holidays
NEARER = 0.25  # of a column's prior spread lies between a level and the one above it
LOOKED_BACK, WEEK = 364, 7  # days in which it is seen how much queues move together


@dataclass(frozen=True)
class Member:
    """Holidays and days beside them of one queue before a cutoff: `values` (days x columns).

    `counts` and `offset`, the log of what the days would have brought otherwise, are divided by the
    queue's dispersion, so that a day of any queue weighs what it knows. `ordinary` (weeks x 2) are the
    error and the mean of the ordinary days of the last year's weeks, in the same units.
    """

    queue: Queue
    names: tuple[str, ...]
    prior_sd: np.ndarray
    values: np.ndarray
    counts: np.ndarray
    weights: np.ndarray
    offset: np.ndarray
    ordinary: np.ndarray


@dataclass(frozen=True)
class Level:
    """Which queues learn together, and what a column is called among them."""

    label: KinLevel
    group: Callable[[Queue], Hashable]
    name: Callable[[str], str]


def _everyone(queue: Queue) -> Hashable:
    return queue is not None


def _same_customers(queue: Queue) -> Hashable:
    return queue.customers


def _same_language(queue: Queue) -> Hashable:
    """Language, and whether customers wait for an answer: holidays empty a phone and fill a mailbox."""
    return queue.key.language, queue.kind == "deferred"


LEVELS = (
    Level("country", _everyone, without_country),
    Level("country", _same_customers, str),
    Level("language", _same_language, str),
)


def member_of(series: DaySeries, queue: Queue, *, cutoff: int) -> Member | None:
    """What a queue has to teach before a cutoff; None when it knows too little."""
    past = series.past(cutoff, horizon=0)
    if past.known.sum() < FEWEST_DAYS:
        return None
    columns = design(past, harmonics=harmonics_for(past.known_age), month_parts=False)
    fitted = fitted_calendar(past, columns)
    return None if fitted is None else _member(queue, past, fitted)


def _member(queue: Queue, past: Past, fitted: Fitted) -> Member:
    special, rows = past.calendar.special, np.flatnonzero(past.known)
    shared = np.isin(special.kinds, POOLED)
    values = special.values[rows][:, shared]
    effects = fitted.effects[fitted.columns.calendar_effect][shared]
    log_mean = log_means(fitted.sample.values, fitted.effects) + fitted.sample.offset
    mean, counts = np.exp(log_mean), past.offered[rows]
    dispersion = max(float(((counts - mean) ** 2 / np.maximum(mean, 1e-9)).mean()), 1.0)
    here = (values != 0).any(axis=1)
    return Member(
        queue,
        tuple(name for name, one in zip(special.names, shared) if one),
        special.prior_sd[shared],
        values[here],
        counts[here] / dispersion,
        0.5 ** ((past.n - 1 - rows[here]) / HALF_LIFE),
        (log_mean - log_means(values, effects))[here] - np.log(dispersion),
        _by_week(past, np.column_stack([counts - mean, mean]) / dispersion),
    )


def _by_week(past: Past, values: np.ndarray) -> np.ndarray:
    """Sums over ordinary days by week of the last year (weeks x columns), from rows of known days."""
    rows = np.flatnonzero(past.known)
    whole = np.zeros((LOOKED_BACK + past.n, values.shape[1]))
    ordinary = past.ordinary[rows]
    whole[LOOKED_BACK + rows[ordinary]] = values[ordinary]
    return np.asarray(whole[-LOOKED_BACK:].reshape(-1, WEEK, values.shape[1]).sum(axis=1))


def pooled(members: Sequence[Member], queues: Iterable[Queue]) -> dict[QueueKey, KinStart]:
    """What each queue's holidays start from; a queue without kin has no entry."""
    learned: dict[tuple[Hashable, ...], Effects] = {}
    starts = {}
    for queue in queues:
        chain: tuple[Hashable, ...] = ()
        effects: Effects = {}
        levels = _useful(queue, members)
        for level in levels:
            above, chain = effects, (*chain, level.group(queue))
            if chain not in learned:
                group = [one for one in members if level.group(one.queue) == level.group(queue)]
                learned[chain] = _learned(group, level, above)
            effects = learned[chain]
        if levels:
            starts[queue.key] = KinStart(levels[-1].label, effects)
    return starts


def _useful(queue: Queue, members: Sequence[Member]) -> list[Level]:
    """The levels at which a queue has other kin than at the next nearer one."""
    sizes = [
        len({m.queue.key for m in members if x.group(m.queue) == x.group(queue)} - {queue.key})
        for x in LEVELS
    ]
    nearer = [*sizes[1:], 0]
    return [level for level, size, next_size in zip(LEVELS, sizes, nearer) if size > next_size]


def _learned(group: Sequence[Member], level: Level, above: Effects) -> Effects:
    """The effects of a group, drawn toward those of the level above."""
    labels = [[level.name(name) for name in member.names] for member in group]
    names = sorted({label for each in labels for label in each})
    start = np.array([0.0, *(above.get(name, above.get(without_country(name), 0.0)) for name in names)])
    place = {name: column for column, name in enumerate(names, start=1)}  # column 0: no constant is learned
    blocks, prior_sd = [], np.ones(len(names) + 1)
    for member, own in zip(group, labels):
        columns = [place[label] for label in own]
        block = np.zeros((len(names) + 1, len(member.counts)))
        np.add.at(block, columns, member.values.T)
        prior_sd[columns] = member.prior_sd * (NEARER if above else 1.0)
        blocks.append(block.T)
    effects = start + fit(_stacked(group, np.vstack(blocks), start), prior_sd / np.sqrt(_alike(group)))
    return dict(zip(names, effects[1:].tolist()))


def _stacked(group: Sequence[Member], values: np.ndarray, start: np.ndarray) -> Sample:
    """The days of all members, counts scaled to mean 1 so that no constant is missing."""
    counts = np.concatenate([member.counts for member in group])
    weights = np.concatenate([member.weights for member in group])
    offset = np.concatenate([member.offset for member in group]) + log_means(values, start)
    scale = max(float(np.average(counts, weights=weights)), 1e-9)
    return Sample(values, counts / scale, weights, offset - np.log(scale))


def _alike(group: Sequence[Member]) -> float:
    """How many times more the group's weeks scatter together than independent queues' would (at least 1).

    Queues of a centre share their weather: fifty that had the same odd week have seen one odd week.
    """
    together = np.sum([member.ordinary for member in group], axis=0)
    return max(float((together[:, 0] ** 2).sum() / max(together[:, 1].sum(), 1e-9)), 1.0)
