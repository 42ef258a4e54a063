"""Contacts drawn one by one: as many as expected, as long as the AHT, and each rule takes its own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.team import Pending, Rules, Team, Turn
from planner.scenarios.letters import NEVER, Drawn, drawn_letters, under_rules
from tests.planner.scenarios.flows import MONDAY, flow

ORIGIN = pd.Timestamp(MONDAY, tz="UTC")
TEAM = Team(
    ("SVQ", "es", "email"),
    (Turn(2, {0: ((540, 1020),)}),),
    duplicates=0.2,
    pending=Pending(0.4, 30.0, 0.5),
)


def drawn(team: Team = TEAM, path: int = 1) -> Drawn:
    mail = flow(range(24), 40, days=14, aht_s=400)
    old_s = np.array([-50.0, -200.0])
    return drawn_letters(team, mail, path, old_s=old_s, origin=ORIGIN, aht_cv=0.8, seed=3)


def test_as_many_come_and_take_as_long_as_the_forecast_has_it() -> None:
    found, expected = drawn(), 40 * 24 * 14
    new = found.arrived_s >= 0
    assert new.sum() == pytest.approx(expected, abs=4 * expected**0.5)
    work_s = found.first_s + np.where(found.away_s < NEVER, found.again_s, 0.0)
    assert work_s.mean() == pytest.approx(400, rel=0.03)  # all touches of a contact together
    assert (np.diff(found.arrived_s) >= 0).all()
    assert found.arrived_s[:2].tolist() == [-200.0, -50.0]


def test_a_fuller_path_draws_more() -> None:
    assert len(drawn(path=2).arrived_s) / len(drawn(path=0).arrived_s) == pytest.approx(1.2 / 0.8, rel=0.05)


def test_without_rules_nothing_changes() -> None:
    found = drawn()
    after = under_rules(Rules(), found, from_s=-NEVER)
    assert after.first_s == pytest.approx(found.first_s)
    assert after.away_s == pytest.approx(found.away_s)


def test_each_rule_takes_its_share_from_its_day_on() -> None:
    found, from_s = drawn(), 7 * 86400.0
    rules = Rules(merged=1.0, merge_s=20, templates=0.5, template_less_s=60, auto_closed=1.0)
    after = under_rules(rules, found, from_s=from_s)
    before, later = found.arrived_s < from_s, found.arrived_s >= from_s
    assert after.first_s[before] == pytest.approx(found.first_s[before])
    assert after.first_s[later & found.duplicate] == pytest.approx(20)
    saved = (found.first_s - after.first_s)[later & ~found.duplicate]
    assert saved.max() == pytest.approx(60)
    assert (saved > 0).mean() == pytest.approx(0.5, abs=0.03)
    assert not (after.away_s < NEVER)[later & (found.duplicate | found.unanswered)].any()
    customers_turn = later & ~found.duplicate & ~found.unanswered
    assert (after.away_s[customers_turn] < NEVER).mean() == pytest.approx(0.4, abs=0.03)


def test_the_work_left_is_that_of_the_hand_calculation() -> None:
    """All duplicates merged for nothing and all unanswered closed: .8 x (1 + .4 x .5) of (1 + .4) touches are left."""
    found = drawn()
    after = under_rules(Rules(merged=1.0, auto_closed=1.0), found, from_s=-NEVER)

    def work_s(letters: Drawn) -> float:
        return float((letters.first_s + np.where(letters.away_s < NEVER, letters.again_s, 0.0)).sum())

    assert work_s(after) / work_s(found) == pytest.approx(0.8 * 1.2 / 1.4, abs=0.02)
