"""The rosters compared with pyworkforce: a roster exists, ours is found, and the look sees what is wrong."""

from __future__ import annotations

import pytest

from benchmarks.roster_peer_cases import RULES, Case, case, look, one_too_few
from benchmarks.roster_peers import ours

TWO = Case("11 h rest", 2, 7, ((1,) * 7, (0,) * 7, (1,) * 7), ((0, 3, 2),))


@pytest.mark.parametrize("rule", RULES)
def test_a_drawn_case_is_covered_in_full_with_the_least_hours(rule: str) -> None:
    asked = case(rule, 20, 14, seed=1)
    seen = look(asked, ours(asked, 1).worked)
    assert (seen.missing_h, seen.rostered_h, seen.week_days) == (0, 20 * 14 // 7 * 5 * 8, 5)
    assert not any(seen.broken.values())


def test_one_too_few_is_one_shift_missing_and_the_bound_says_so() -> None:
    asked = one_too_few(case("bans alone", 20, 7, seed=1))
    found = ours(asked, 1)
    assert look(asked, found.worked).missing_h == 8
    assert float(found.status.split()[2]) == 8


def test_the_look_counts_each_rule() -> None:
    mornings = [(0, d, 0) for d in range(7)]
    seen = look(TWO, [*mornings, (0, 3, 2), (1, 0, 2), (1, 1, 1), (1, 2, 0)])
    assert seen.broken == {"twice a day": 1, "banned": 1, "too early": 3, "too few days": 1}
    assert (seen.missing_h, seen.rostered_h, seen.row_days) == (8 * 5, 8 * 11, 7)
