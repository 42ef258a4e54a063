"""A waterfall adds up: each change alone, what they overlap, all together."""

from __future__ import annotations

import pandas as pd
import pytest

from planner.domain.scenario import Remove, Scale, Scenario, When, Where
from planner.pipeline.scenario_steps import steps_of
from planner.scenarios.change import changed
from planner.scenarios.demand import Demand
from tests.planner.scenarios.flows import flow, key, setting

SECONDS = Scale(Where(), When(), aht_less_s=30)
GONE = Remove(Where(), When(), share=0.4, reason_share=0.5, aht_multiple=0.5)


def need(demand: Demand) -> pd.DataFrame:
    """Ten hours paid for each of work, in one week."""
    work_h = sum(each.work_s.sum() for each in demand.values()) / 3600
    return pd.DataFrame({"week": ["2026-10-05"], "need_p50_h": [10 * work_h]})


def steps(*changes: Scale | Remove) -> pd.DataFrame:
    demand = {key("voice"): flow(range(9, 19), 12, aht_s=300)}
    scenario = Scenario("mine", "Mine", changes=changes, names=("seconds", "gone")[: len(changes)])
    whole = {"CAPACITY_NEED": need(changed(demand, scenario, setting()))}
    return steps_of(scenario, demand, setting(), need=need, whole=whole, full_time_h=40).set_index("kind")


def test_each_alone_and_their_overlap_are_all_together() -> None:
    found = steps(SECONDS, GONE)
    for measure in ("contacts", "work_h", "fte"):
        parts = found.loc["alone", measure].sum() + found.loc["overlap", measure]
        assert parts == pytest.approx(found.loc["together", measure])


def test_a_fifth_of_contacts_at_half_the_aht_and_a_tenth_of_the_seconds_by_hand() -> None:
    """70 h of work: 30 of 300 s are a tenth, 7 h; .2 x .5 a tenth, 7 h; together .9 x .9 is left."""
    found = steps(SECONDS, GONE)
    assert found.loc["alone", "work_h"].tolist() == pytest.approx([-7, -7])
    assert found.loc["together", "work_h"] == pytest.approx(70 * 0.9 * 0.9 - 70)
    assert found.loc["overlap", "work_h"] == pytest.approx(0.7)  # the seconds of contacts that are gone


def test_one_change_asks_for_no_people() -> None:
    assert steps(GONE)["fte"].isna().all()
