"""Teams: who must be on contact, by languages spoken, when several languages are answered together.

Cover rows (Wallace & Whitt 2005 for why they suffice): for each set of languages, those who speak any of them
are at least as many as the set needs as one queue. With two languages a person the least total is nearly
always what all languages need as one queue; the rest is how few of the people must speak two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from staffing.hosting.need import Piece, Pieces, Streams

Skills = tuple[str, ...]
Agents = Mapping[Skills, np.ndarray]
NeedOf = Callable[[Pieces], np.ndarray]


@dataclass(frozen=True)
class Team:
    """People at one site who answer some pieces of work on one group of channels.

    `agents` on contact in each interval, by the languages they use.
    """

    site: str
    group: str
    pieces: tuple[Piece, ...]
    agents: Agents

    @property
    def kind(self) -> str:
        """alone, or pool where anybody uses two languages."""
        return "pool" if any(len(skills) > 1 for skills in self.agents) else "alone"

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages that the team answers."""
        return tuple(sorted({language for skills in self.agents for language in skills}))


def by_language(pieces: Pieces, work: Streams) -> dict[str, Pieces]:
    """The pieces of each language, the languages in order."""
    languages = sorted({work.language(piece) for piece in pieces})
    return {each: frozenset(p for p in pieces if work.language(p) == each) for each in languages}


def subsets(pieces: Pieces, work: Streams) -> Iterator[Pieces]:
    """The pieces of every set of their languages: one cover row each."""
    each = by_language(pieces, work)
    for size in range(1, len(each) + 1):
        for languages in combinations(each, size):
            yield frozenset().union(*(each[language] for language in languages))


def alone(pieces: Pieces, need: NeedOf, work: Streams) -> Agents:
    """People of the one language."""
    (language,) = by_language(pieces, work)
    return {(language,): need(pieces)}


def pooled(pieces: Pieces, need: NeedOf, work: Streams) -> Iterator[Agents]:
    """Ways to staff two or three languages: with the fewest people, and with half the bilingual ones."""
    each = by_language(pieces, work)
    if len(each) == 2:
        yield pair(each, need)
        yield pair(each, need, most_share=0.5)
    else:
        yield triple(each, need)


def pair(each: Mapping[str, Pieces], need: NeedOf, *, most_share: float = 1.0) -> Agents:
    """Two languages. Every bilingual person on contact saves one, up to what pooling saves at all.

    `most_share`: bilingual people on contact are at most this share of what would be used at the most.
    """
    (a, pieces_a), (b, pieces_b) = each.items()
    need_a, need_b, together = need(pieces_a), need(pieces_b), need(pieces_a | pieces_b)
    overlap = np.clip(need_a + need_b - together, 0, np.minimum(need_a, need_b))
    both = np.minimum(overlap, np.ceil(most_share * overlap.max()).astype(np.int64))
    return {(a,): need_a - both, (b,): need_b - both, (a, b): both}


def triple(each: Mapping[str, Pieces], need: NeedOf) -> Agents:
    """Three languages, two a person at the most: the least people, and of these the fewest bilingual.

    With T people the rows bound those outside each set: singles s_i <= T - need(others), and s_i + s_j + y_ij
    <= T - need(k). Summed, the three pairs leave room for sum(need outside) - T singles; the least T is
    what all need together, or half the sum of the three where that is more.
    """
    names, pieces = list(each), list(each.values())
    ones = np.array([need(p) for p in pieces])
    twos = np.array([need(pieces[i] | pieces[j]) for i, j in ((1, 2), (0, 2), (0, 1))])
    total = np.maximum(need(frozenset().union(*pieces)), -(-ones.sum(axis=0) // 2))
    total = np.maximum(total, np.maximum(ones, twos).max(axis=0))
    room = total - ones  # of each pair: everybody who does not speak the third
    singles = _spread(np.maximum(total - twos, 0), room.sum(axis=0) - total)
    pairs = np.array([room[k] - singles[i] - singles[j] for k, (i, j) in enumerate(((1, 2), (0, 2), (0, 1)))])
    pairs = _spread(np.maximum(pairs, 0), total - singles.sum(axis=0))
    found = {(names[i],): singles[i] for i in range(3)}
    return found | {(names[i], names[j]): pairs[k] for k, (i, j) in enumerate(((1, 2), (0, 2), (0, 1)))}


def _spread(most: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Rows of at most `most` that add up to `total` where that is less, taken away from the largest first."""
    rows = most.copy()
    surplus = np.maximum(rows.sum(axis=0) - np.maximum(total, 0), 0)
    while surplus.any():
        largest = rows.argmax(axis=0)
        rows[largest, np.arange(rows.shape[1])] -= surplus > 0
        surplus = np.maximum(surplus - 1, 0)
    return rows


def uncovered(agents: Agents, pieces: Pieces, need: NeedOf, work: Streams) -> np.ndarray:
    """How many people the worst cover row lacks in each interval (0: every set of languages is covered)."""
    lacking = [np.zeros_like(next(iter(agents.values())))]
    for part in subsets(pieces, work):
        languages = {work.language(piece) for piece in part}
        there = np.sum([n for skills, n in agents.items() if languages & set(skills)], axis=0)
        lacking.append(need(part) - there)
    return np.max(lacking, axis=0)
