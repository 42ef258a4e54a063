"""The programme of hosting against every allocation there is, and its limits one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from planner.domain.hosting import LabourMarket
from planner.domain.problems import Infeasible
from staffing.hosting.choices import Choice, Market, choices_of
from staffing.hosting.model import choose, settle
from staffing.hosting.people import Supply
from staffing.hosting.programme import Search
from tests.staffing.hosting.small import market

EXACT = Search(seconds=20.0, gap=0.0, seed=1)


def allocations(choices: list[Choice], streams: int) -> list[tuple[Choice, ...]]:
    """Every set of teams that answers each stream once."""
    found = []
    for size in range(1, streams + 1):
        for chosen in combinations(choices, size):
            served = sorted(piece.stream for choice in chosen for piece in choice.team.pieces)
            if served == list(range(streams)):
                found.append(chosen)
    return found


def whole(found: Market) -> list[Choice]:
    return [c for c in choices_of(found) if all(p.share == 1.0 for p in c.team.pieces)]


def test_no_allocation_is_cheaper_than_the_one_chosen() -> None:
    found = market()
    choices = whole(found)
    best = choose(found, choices, EXACT)
    costs = [settle(found, each, EXACT).cost for each in allocations(choices, 3)]
    assert len(costs) > 10
    assert best.cost == pytest.approx(min(costs), rel=1e-6)
    assert best.bound == pytest.approx(best.cost, rel=1e-6)


def test_everyone_of_today_stays_is_taught_or_is_free() -> None:
    found = market()
    best = choose(found, whole(found), EXACT)
    used = sum(move.people for move in best.moves if move.way in ("stay", "taught"))
    assert used + sum(best.free.values()) == pytest.approx(17.0)
    needed = sum(sum(choice.paid_h.values()) for choice in best.choices) / found.supply.week_h
    assert sum(move.people for move in best.moves) == pytest.approx(needed)


def test_a_language_that_may_not_move_stays() -> None:
    found = market("bounds: [{language: pt, reason: contract}]")
    best = choose(found, whole(found), EXACT)
    assert {c.team.site for c in best.choices if "pt" in c.team.languages} == {"LIS"}


def test_the_cheap_site_has_no_more_people_at_desks_than_seats() -> None:
    found = market("seats_share: 0.25")
    best = choose(found, whole(found), EXACT)
    for site, place in found.places.items():
        here = [choice.desks for choice in best.choices if choice.team.site == site]
        assert place.site.seats is not None
        assert sum(desks.max() for desks in here) <= 0.25 * place.site.seats + 1e-6
    assert best.cost > choose(market(), whole(market()), EXACT).cost


def test_too_few_seats_are_named() -> None:
    found = market("seats_share: 0.05")
    with pytest.raises(Infeasible, match="seats"):
        choose(found, whole(found), EXACT)


def test_a_large_language_is_divided_when_risk_asks_for_it() -> None:
    found = market("risk: {two_sites_from_fte: 8, most_at_one_site: 0.7}")
    found = replace(found, supply=_with_spanish(found))
    best = choose(found, choices_of(found), EXACT)
    shares = {
        c.team.site: p.share for c in best.choices for p in c.team.pieces if p.stream == _stream(found, "es")
    }
    assert len(shares) == 2
    assert max(shares.values()) == pytest.approx(0.7)


def _stream(found: Market, name: str) -> int:
    return next(n for n, stream in enumerate(found.work.streams) if stream.line.name == name)


def _with_spanish(found: Market) -> Supply:
    markets = {**found.supply.markets, "LIS": (*found.supply.markets["LIS"], LabourMarket("LIS", ("es",)))}
    return replace(found.supply, markets=markets)
