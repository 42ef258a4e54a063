"""Who comes back: which contacts of a line are repeats of which, so that the planted resolution is true.

Volume already holds the repeats, so none are added: each anchor that is to be repeated takes, near the
moment and on the channel drawn for it, a contact of the same reason that is nobody's yet.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numba import njit
from scipy.special import ndtr, ndtri

from planner.sample.floor import FRESH
from planner.sample.parameters import Line, Parameters
from planner.sample.reasons import reasons

HOUR_MS = 3_600_000
QUALITY_PULL = 1.5  # how to draw, 7: repeats x (1 + 1.5 x (group's quality - agent's quality))
SAME_CHANNEL = 0.55
FIRST_MOMENT_MS = 60_000
REPEAT, CHANCE = 1, 2
MONTH_H = 720


class Story(NamedTuple):
    """A line's contacts in order of arrival; `before` and `after` are rows of the same customer's story."""

    arrived_ms: np.ndarray
    ended_ms: np.ndarray
    answered: np.ndarray
    fresh: np.ndarray
    before: np.ndarray
    after: np.ndarray
    channel: np.ndarray
    reason: np.ndarray


class Fate(NamedTuple):
    """What is drawn for each contact, should it be an anchor: whether, when and where it comes back."""

    comes: np.ndarray
    delay_ms: np.ndarray
    by_chance: np.ndarray
    chance_delay_ms: np.ndarray
    channel: np.ndarray


class Shelf(NamedTuple):
    """Contacts that can be taken as returns, by channel and reason, in order of arrival within each."""

    rows: np.ndarray
    begins: np.ndarray
    channels: int
    taken: np.ndarray


def linked(
    contacts: pd.DataFrame, line: Line, parameters: Parameters, *, rng: np.random.Generator
) -> pd.DataFrame:
    """The contacts of a line with `before` (row, -1), `link` (0, REPEAT or CHANCE) and `came_back`.

    Takes rows in order of arrival with a plain index, `parent` as row, `channel` as place in the line's
    mix, and the quality of the agent.
    """
    after = np.full(len(contacts), -1)
    parent = contacts["parent"].to_numpy()
    after[parent[parent >= 0]] = np.flatnonzero(parent >= 0)
    story = Story(
        arrived_ms=contacts["arrived_ms"].to_numpy(),
        ended_ms=contacts["ended_ms"].to_numpy(),
        answered=contacts["answered"].to_numpy(),
        fresh=contacts["origin"].to_numpy() == FRESH,
        before=parent.copy(),
        after=after,
        channel=contacts["channel"].to_numpy(),
        reason=contacts["reason"].to_numpy(),
    )
    fate = _fate(contacts, line, parameters, rng=rng)
    link, came_back = _link(story, fate, _shelf(story, len(line.mix)))
    return contacts.assign(before=story.before, link=link, came_back=came_back)


def _fate(contacts: pd.DataFrame, line: Line, parameters: Parameters, *, rng: np.random.Generator) -> Fate:
    truth, count = parameters.spec["truth"]["fcr"], len(contacts)
    share = repeat_share(contacts, line, parameters)
    delay = truth["return_delay_h"]
    latest = ndtr(np.log(delay["cut_at"] / delay["median"]) / delay["sigma"])
    hours = delay["median"] * np.exp(delay["sigma"] * ndtri(rng.random(count) * latest))
    other = np.searchsorted(np.cumsum(list(line.mix.values()))[:-1], rng.random(count))
    same = rng.random(count) < SAME_CHANNEL
    week = float(delay["cut_at"])
    return Fate(
        comes=rng.random(count) < share,
        delay_ms=np.maximum(hours * HOUR_MS, FIRST_MOMENT_MS).astype(np.int64),
        by_chance=rng.random(count) < truth["background_same_reason_share_30d"],
        chance_delay_ms=(rng.uniform(week, MONTH_H, count) * HOUR_MS).astype(np.int64),
        channel=np.where(same, contacts["channel"].to_numpy(), other),
    )


def repeat_share(contacts: pd.DataFrame, line: Line, parameters: Parameters) -> np.ndarray:
    """P(an answered contact is followed by one of the same reason within seven days), beyond reconnections.

    Over a line's contacts the agents' part averages to 1, so that the language's share is as planted.
    """
    quality, answered = contacts["quality"].to_numpy(), contacts["answered"].to_numpy()
    usual = quality[answered].mean() if answered.any() else 0.0
    why = reasons(parameters).repeat[contacts["reason"].to_numpy()]
    planted = 1 - parameters.spec["truth"]["fcr"]["by_language"][line.language]
    share = planted * why * (1 + QUALITY_PULL * (usual - np.where(answered, quality, usual)))
    lost = parameters.spec["handling"]["redial"]["reconnect_after_answer"] * why
    lost = np.where(contacts["channel"].to_numpy() == list(line.mix).index("voice"), lost, 0.0)
    return np.clip((share - lost) / (1 - lost), 0, 1)


def _shelf(story: Story, channels: int) -> Shelf:
    """Contacts that came for the first time and were answered at once."""
    rows = np.flatnonzero(story.fresh & story.answered)
    bucket = story.reason[rows] * channels + story.channel[rows]
    order = np.argsort(bucket, kind="stable")
    begins = np.searchsorted(bucket[order], np.arange(int(bucket.max(initial=0)) + channels + 1))
    return Shelf(rows[order], begins, channels, np.zeros(len(rows), bool))


@njit(cache=True)
def _link(story: Story, fate: Fate, shelf: Shelf) -> tuple[np.ndarray, np.ndarray]:
    """Walk the contacts in time: every anchor's return is taken from the shelf and marked in `before`."""
    link, came_back = np.zeros(len(story.fresh), np.int64), np.zeros(len(story.fresh), np.bool_)
    end_ms = story.arrived_ms[-1] if len(story.fresh) else 0
    for row in range(len(story.fresh)):
        if not story.fresh[row] or link[row] == 1:
            continue
        anchor = row
        while anchor >= 0 and not story.answered[anchor]:
            anchor = story.after[anchor]
        if anchor < 0:
            continue
        closed = story.ended_ms[anchor]
        kind, delay, earliest, latest = 1, fate.delay_ms[anchor], closed, closed + 168 * 3_600_000
        if story.after[anchor] >= 0:
            came_back[anchor] = True
            continue
        if not fate.comes[anchor]:
            kind, delay = 2, fate.chance_delay_ms[anchor]
            earliest, latest = latest + 60_000, closed + 720 * 3_600_000
            if not fate.by_chance[anchor]:
                continue
        if closed + delay > end_ms:
            continue
        found = _nearest(story, shelf, anchor, fate.channel[anchor], (closed + delay, earliest, latest))
        if found >= 0:
            story.before[found], link[found] = anchor, kind
            came_back[anchor] = kind == 1
    return link, came_back


@njit(cache=True)
def _nearest(story: Story, shelf: Shelf, anchor: int, channel: int, when: tuple[int, int, int]) -> int:
    """A contact of the anchor's reason that is nobody's, near the moment; on other channels if need be."""
    for turn in range(shelf.channels):
        bucket = story.reason[anchor] * shelf.channels + (channel + turn) % shelf.channels
        if bucket + 1 < len(shelf.begins):
            found = _on_shelf(story, shelf, bucket, when)
            if found >= 0:
                return found
    return -1


@njit(cache=True)
def _on_shelf(story: Story, shelf: Shelf, bucket: int, when: tuple[int, int, int]) -> int:
    moment, earliest, latest = when
    begin, end = shelf.begins[bucket], shelf.begins[bucket + 1]
    low, high = begin, end
    while low < high:
        middle = (low + high) // 2
        if story.arrived_ms[shelf.rows[middle]] < moment:
            low = middle + 1
        else:
            high = middle
    place = low
    while place < end and story.arrived_ms[shelf.rows[place]] <= latest:
        if not shelf.taken[place]:
            shelf.taken[place] = True
            return shelf.rows[place]
        place += 1
    place = low - 1
    while place >= begin and story.arrived_ms[shelf.rows[place]] > earliest:
        if not shelf.taken[place]:
            shelf.taken[place] = True
            return shelf.rows[place]
        place -= 1
    return -1


@njit(cache=True)
def stories(before: np.ndarray) -> np.ndarray:
    """The first contact of each contact's story: one customer with one reason."""
    first = np.arange(len(before))
    for row in range(len(before)):
        if before[row] >= 0:
            first[row] = first[before[row]]
    return first
