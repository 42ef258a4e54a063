"""A team's replies: on the queue's clock, with people away, and quicker by the rules that take work off it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.scenario import Scenario
from planner.domain.team import Pending, Rules, Team, Turn
from planner.pipeline.scenario_reply import replies_of, reply_table
from planner.pipeline.scenario_teams import of_teams
from tests.planner.scenarios.flows import flow, key, setting

ALWAYS = range(24)
WEEKDAYS = dict.fromkeys(range(5), ((540, 1020),))  # 9 to 17 h
TEAM = Team(
    ("SVQ", "es", "email"),
    (Turn(2, WEEKDAYS),),
    backlog=30,
    duplicates=0.15,
    pending=Pending(0.4, 20.0, 0.5),
    rules=Rules(2, 0.9, 20, 0.5, 60, 0.9),
)


def measures(team: Team = TEAM, offered: float = 3.0) -> dict[str, tuple[float, float]]:
    """Each measure without the rules and with them."""
    demand = {key("email"): flow(ALWAYS, offered, days=14, aht_s=400)}
    found = replies_of(Scenario("mine", "Mine", teams=(team,)), demand, demand, setting())
    return {row.measure: (row.without, row.value) for row in of_teams(found)}


def test_rules_make_replies_quicker_and_their_order_holds() -> None:
    found = measures()
    for measure in ("reply_mean", "reply_p90", "team_busy"):
        without, then = found[measure]
        assert then < without
    for case in (0, 1):
        assert found["reply_p50"][case] <= found["reply_p90"][case] <= found["reply_p95"][case]
        assert found["reply_mean"][case] < found["reply_mean_elapsed"][case]


def test_without_rules_both_cases_are_one() -> None:
    assert all(
        then == pytest.approx(without) for without, then in measures(replace(TEAM, rules=Rules())).values()
    )


def test_busy_is_work_over_time_at_work() -> None:
    """3 an hour until the second Friday at 17 h (279 h) at 400 s, two people of 80 h; nobody is ever away here."""
    demand = {key("email"): flow(ALWAYS, 3.0, days=12, aht_s=400)}
    team = replace(TEAM, backlog=0, pending=Pending(), rules=Rules())
    found = replies_of(Scenario("mine", "Mine", teams=(team,)), demand, demand, setting())
    busy = next(row.value for row in of_teams(found) if row.measure == "team_busy")
    assert busy == pytest.approx(3 * 279 * 400 / 3600 / 160, rel=0.05)


def test_with_time_to_spare_a_mail_of_the_evening_waits_for_the_team() -> None:
    """Mails come at 18 to 19 h, when the team has gone and the queue is open until 21 h, from 9 h on, every day.

    By hand, in open hours: on five evenings until nine the next day 2.5, on Friday two whole days more, on
    Saturday one: mean (7 x 2.5 + 24 + 12) / 7. Handling is 40 s; the rest is the luck of the days.
    """
    demand = {key("email"): flow(range(16, 17), 100, days=14, aht_s=40)}
    team = replace(
        TEAM, turns=(Turn(100, WEEKDAYS),), backlog=0, duplicates=0.0, pending=Pending(), rules=Rules()
    )
    found = replies_of(Scenario("mine", "Mine", teams=(team,)), demand, demand, setting())
    mean_h = next(row.value for row in of_teams(found) if row.measure == "reply_mean")
    assert mean_h == pytest.approx((7 * 2.5 + 24 + 12) / 7, abs=0.5)


def test_the_table_balances_new_with_touches() -> None:
    demand = {key("email"): flow(ALWAYS, 1.0, days=14, aht_s=400)}
    team = replace(TEAM, pending=Pending(), duplicates=0.0, rules=Rules())
    table = reply_table(replies_of(Scenario("mine", "Mine", teams=(team,)), demand, demand, setting()))
    mine = table[table["case"] == "with"]
    assert mine["new"].sum() + 30 == pytest.approx(mine["touches"].sum() + mine["open"].iloc[-1], abs=4)
    assert (mine["open_low"] <= mine["open"]).all()
    assert (mine["open"] <= mine["open_high"]).all()
