"""Who serves what: people of several languages are shared so that the worst covered language is covered best.

Many splits cover a week's need equally well in all. This one is the only one that is lexicographically
fairest: the set of languages with the fewest hours per needed hour gets all who speak any of them, each
language in proportion to its need; then the same for the others with those who are left (Fujishige 1980,
"Lexicographically optimal base of a polymatroid", Mathematics of Operations Research 5). It never leaves more
short than any other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MOST = 14  # languages that people of several languages tie together; with more, people follow the need


@dataclass(frozen=True)
class Split:
    """Of each language (row) and week: hours there, their variance by chance, and spare hours.

    `spare_h`: by how much the language's need could grow with every language's need still met.
    """

    there_h: np.ndarray
    chance_h2: np.ndarray
    spare_h: np.ndarray


def split(need_h: np.ndarray, work_h: np.ndarray, chance_h2: np.ndarray, *, speaks: np.ndarray) -> Split:
    """The fairest split; need is language x week, work and its variance pool x week, speaks pool x language.

    >>> found = split(np.array([[60.0], [60.0]]), np.array([[40.0], [40.0]]), np.zeros((2, 1)),
    ...               speaks=np.array([[True, False], [True, True]]))
    >>> found.there_h.ravel().tolist()
    [40.0, 40.0]
    """
    there, chance, spare = (np.zeros(need_h.shape) for _ in range(3))
    for languages in tied(speaks):
        pools = np.flatnonzero(speaks[:, languages].any(axis=1))
        inside = speaks[np.ix_(pools, languages)]
        given = need_h[languages], work_h[pools], chance_h2[pools]
        part = _by_need(*given, inside) if len(languages) > MOST else _fairest(*given, inside)
        there[languages], chance[languages], spare[languages] = part.there_h, part.chance_h2, part.spare_h
    return Split(there, chance, spare)


def tied(speaks: np.ndarray) -> list[np.ndarray]:
    """Sets of languages that people who speak several tie together; each language is in one."""
    near = (speaks.T.astype(int) @ speaks.astype(int)) > 0
    np.fill_diagonal(near, True)
    for _ in range(len(near)):
        near = (near.astype(int) @ near.astype(int)) > 0
    return [np.flatnonzero(row) for row in np.unique(near, axis=0)]


def _fairest(need_h: np.ndarray, work_h: np.ndarray, chance_h2: np.ndarray, speaks: np.ndarray) -> Split:
    """By every set of languages: what they need, and the hours of all who speak any of them."""
    count = len(need_h)
    sets = (np.arange(1, 2**count)[:, None] >> np.arange(count)) & 1  # set x language
    touches = sets @ speaks.T.astype(int) > 0  # set x pool
    needed, hours, chance = sets @ need_h, touches @ work_h, touches @ chance_h2
    there, spread, spare = (np.zeros(need_h.shape) for _ in range(3))
    for week in range(need_h.shape[1]):
        for members, whole_h, chance_here in _groups(needed[:, week], hours[:, week], chance[:, week]):
            mine = sets[members].astype(bool)
            share = need_h[mine, week] / needed[members, week]
            there[mine, week], spread[mine, week] = share * whole_h, share**2 * chance_here
    room = np.maximum(hours - needed, 0.0)
    for language in range(count):
        spare[language] = room[sets[:, language] == 1].min(axis=0)
    return Split(there, spread, spare)


def _groups(needed: np.ndarray, hours: np.ndarray, chance: np.ndarray) -> list[tuple[int, float, float]]:
    """Sets of one week in the order in which they are worst covered: the set less one, hours, variance.

    Row i of the arrays is the set whose bits are i + 1. What earlier sets take is gone.
    """
    numbers = np.arange(1, len(needed) + 1)
    taken = 0
    found: list[tuple[int, float, float]] = []
    while True:
        free = (numbers & taken == 0) & (needed > 0)
        if not free.any():
            return found
        before = (hours[taken - 1], chance[taken - 1]) if taken else (0.0, 0.0)
        left = hours[(numbers | taken) - 1] - before[0]
        ratio = np.where(free, left / np.where(free, needed, 1.0), np.inf)
        worst = int(ratio.argmin())
        found.append((worst, float(left[worst]), float(chance[(worst + 1 | taken) - 1] - before[1])))
        taken |= worst + 1


def _by_need(need_h: np.ndarray, work_h: np.ndarray, chance_h2: np.ndarray, speaks: np.ndarray) -> Split:
    """Everybody shared among their languages by what these need."""
    wanted = speaks[:, :, None] * need_h[None]  # pool x language x week
    whole = wanted.sum(axis=1, keepdims=True)
    even = speaks[:, :, None] / speaks.sum(axis=1)[:, None, None]
    share = np.where(whole > 0, wanted / np.where(whole > 0, whole, 1.0), even)
    there = (share * work_h[:, None]).sum(axis=0)
    spread = (share**2 * chance_h2[:, None]).sum(axis=0)
    return Split(there, spread, np.maximum(there - need_h, 0.0))
