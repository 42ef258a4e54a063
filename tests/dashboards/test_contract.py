"""The contract: promises, what came of them, and where they were missed."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from dashboards.contract_misses import misses
from dashboards.contract_table import Kept, contract
from dashboards.executive_contract import answer
from dashboards.filters import Scope
from dashboards.outlook import simulated
from dashboards.promises import promises, shared_promises
from dashboards.published import Published
from dashboards.scores import full_weeks
from planner.domain.centre import Deadline, ServiceLevel, Target
from tests.dashboards.small_centre import FIRST_DAY, MISSING_80_20

TARGET = Target((ServiceLevel(0.8, 20), ServiceLevel(0.9, 60)), max_abandonment=0.05)
LAST_WEEK = (pd.Timestamp(FIRST_DAY) - pd.Timedelta(days=7)).date()
LAST_DAY = (pd.Timestamp(FIRST_DAY) - pd.Timedelta(days=1)).date()


def test_a_floor_is_met_from_above_and_a_ceiling_from_below() -> None:
    first, _, most = promises(TARGET)
    assert first.met(0.8)
    assert not first.met(0.7999)
    assert most.met(0.05)
    assert not most.met(0.0501)


def test_the_margin_is_positive_inside_the_promise() -> None:
    first, _, most = promises(TARGET)
    assert first.margin(0.82) == pytest.approx(0.02)
    assert most.margin(0.04) == pytest.approx(0.01)


def test_a_deadline_is_a_promise_of_its_own() -> None:
    (promise,) = promises(Target(deadline=Deadline(0.95, 8)))
    assert (promise.measure, promise.short) == ("met_deadline", "95 % in 8 business hours")


def test_a_target_that_differs_by_queue_is_no_common_promise(plan: Published) -> None:
    keys = [key for key in plan.centre.queues if key.channel == "voice"]
    other = dataclasses.replace(plan.centre.queues[keys[0]], target=Target((ServiceLevel(0.7, 30),)))
    centre = dataclasses.replace(plan.centre, queues={**plan.centre.queues, keys[0]: other})
    assert shared_promises(plan.centre, keys)[0].short == "80 % in 20 s"
    assert shared_promises(centre, keys) == ()


def test_exactly_the_planted_queues_are_missed(plan: Published) -> None:
    card = plan.table("SCORECARD")
    found = misses(card, plan.centre, Scope(channel="voice"), measure="service_level", week=LAST_WEEK)
    missed = found[found["margin"] < 0]
    assert set(missed[["site", "language", "channel"]].itertuples(index=False, name=None)) == MISSING_80_20


def test_only_weeks_that_are_over_are_full(plan: Published) -> None:
    card = plan.table("SCORECARD")
    assert full_weeks(card, LAST_DAY)[-1] == LAST_WEEK
    in_midweek = (pd.Timestamp(LAST_DAY) - pd.Timedelta(days=3)).date()
    assert full_weeks(card, in_midweek)[-1] < LAST_WEEK


def test_the_contract_lists_each_promise_of_each_channel_once(plan: Published) -> None:
    lines = _lines(plan, Scope())
    assert [(line.channel, line.promise.measure) for line in lines if line.promise] == [
        ("voice", "service_level"), ("voice", "service_level_2"), ("voice", "abandonment"),
        ("chat", "service_level"), ("chat", "abandonment"), ("email", "met_deadline"),
    ]  # fmt: skip
    assert all(len(line.history) == 13 for line in lines)


def test_the_chance_of_one_queue_is_its_simulated_chance(plan: Published) -> None:
    """One queue was simulated as itself; of several, only how many are likely is known."""
    check = simulated(plan)
    week = check[(check["level"] == "week") & (check["start"] == pd.Timestamp(FIRST_DAY))]
    row = week[(week["site"] == "LIS") & (week["language"] == "pt") & (week["channel"] == "voice")]
    expected = row.loc[row["measure"] == "service_level", "p_meets"].iloc[0]
    assert _lines(plan, Scope("LIS", "pt", "voice"))[0].chance == expected
    assert _lines(plan, Scope())[0].chance is None


def _lines(plan: Published, scope: Scope) -> list[Kept]:
    card, check = plan.table("SCORECARD"), simulated(plan)
    week = check[(check["level"] == "week") & (check["start"] == pd.Timestamp(FIRST_DAY))]
    return contract(card, plan.centre, scope, weeks=full_weeks(card, LAST_DAY), ahead=week)


def test_an_unknown_week_is_neither_met_nor_missed() -> None:
    promise = promises(TARGET)[0]
    line = Kept("x", "", promise, "voice", (0.9, float("nan")), 0)
    assert not line.known
    assert line.weeks_met == (1, 1)
    said = answer([line], pd.DataFrame(columns=["margin"]), week=LAST_WEEK, next_week=None)
    assert said == "Nothing with a target was measured in week 40."
