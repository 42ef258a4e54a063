"""Teams of two and three languages: every cover row holds, with no more people than any mix of skills could do with."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from staffing.erlang import Demand
from staffing.hosting.need import Piece, Pieces, needs_of
from staffing.hosting.teams import alone, by_language, pair, pooled, subsets, triple, uncovered
from staffing.least import Limits, least_agents
from tests.staffing.hosting.small import market

LIMITS = Limits(((0.8, 20.0), (0.9, 60.0)), max_abandonment=0.05)


def agents(erlangs: float) -> int:
    return int(least_agents(Demand(erlangs, 300.0, 180.0), LIMITS).agents)


def small() -> tuple[dict[str, Pieces], dict[Pieces, np.ndarray]]:
    """Three languages of one piece each with their Erlang A needs at several loads."""
    pieces = {name: frozenset([Piece(number, 0, 0, 1.0)]) for number, name in enumerate(("nl", "pt", "es"))}
    loads = {"nl": (0.4, 3.0, 1.0), "pt": (2.0, 3.0, 8.0), "es": (0.7, 3.0, 30.0)}
    sets = [("nl",), ("pt",), ("es",), ("nl", "pt"), ("nl", "es"), ("pt", "es"), ("nl", "pt", "es")]
    need = {
        frozenset().union(*(pieces[name] for name in names)): np.array(
            [agents(sum(loads[name][at] for name in names)) for at in range(3)]
        )
        for names in sets
    }
    return pieces, need


def test_thirteen_small_languages_pooled_need_42_and_apart_78_and_split_104() -> None:
    assert 13 * agents(3.0) == 78
    assert 26 * agents(1.5) == 104
    assert agents(39.0) == 42


def test_the_need_of_a_line_is_that_of_its_load() -> None:
    found = market()
    need = needs_of({frozenset([Piece(n, 0, 0, 1.0)]) for n in range(3)}, found.work)
    most = {found.work.streams[next(iter(p)).stream].line.name: int(n.max()) for p, n in need.items()}
    assert most == {"pt": agents(3.0), "nl": agents(3.0), "es": agents(10.0)}


def test_two_languages_save_one_person_for_each_bilingual_one() -> None:
    pieces, need = small()
    two = {"nl": pieces["nl"], "pt": pieces["pt"]}
    found = pair(two, need.__getitem__)
    together = need[pieces["nl"] | pieces["pt"]]
    assert (sum(found.values()) == together).all()
    assert (found["nl",] + found["nl", "pt"] == need[pieces["nl"]]).all()
    half = pair(two, need.__getitem__, most_share=0.5)
    saved = need[pieces["nl"]] + need[pieces["pt"]] - sum(half.values())
    assert (saved == half["nl", "pt"]).all()


def test_three_languages_with_two_a_person_are_the_least_of_all_mixes() -> None:
    pieces, need = small()
    found = {skills: int(n[0]) for skills, n in triple(pieces, need.__getitem__).items()}
    total = sum(found.values())
    assert _covers(found, pieces, need, 0)
    fewer = [mix for mix in product(range(total), repeat=6) if sum(mix) == total - 1]
    assert len(fewer) > 100
    assert not any(_covers(dict(zip(found, mix, strict=True)), pieces, need, 0) for mix in fewer)


@pytest.mark.parametrize("at", [1, 2])
def test_larger_teams_of_three_are_no_more_than_all_languages_as_one_queue_need(at: int) -> None:
    pieces, need = small()
    found = {skills: int(n[at]) for skills, n in triple(pieces, need.__getitem__).items()}
    assert _covers(found, pieces, need, at)
    assert sum(found.values()) == need[frozenset().union(*pieces.values())][at]


def _covers(mix: dict, pieces: dict[str, Pieces], need: dict[Pieces, np.ndarray], at: int) -> bool:
    names = list(pieces)
    for size in range(1, 8):
        chosen = [name for bit, name in enumerate(names) if size >> bit & 1]
        wanted = need[frozenset().union(*(pieces[name] for name in chosen))][at]
        if sum(n for skills, n in mix.items() if set(skills) & set(chosen)) < wanted:
            return False
    return True


def test_every_way_to_pool_the_small_centre_covers_every_set_of_languages() -> None:
    work = market().work
    pieces = frozenset(Piece(n, 0, 0, 1.0) for n in range(3))
    need = needs_of(set(subsets(pieces, work)), work)
    for team in pooled(pieces, need.__getitem__, work):
        assert (uncovered(team, pieces, need.__getitem__, work) <= 0).all()
    for part in by_language(pieces, work).values():
        assert (uncovered(alone(part, need.__getitem__, work), part, need.__getitem__, work) == 0).all()
