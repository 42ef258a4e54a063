"""What the answering cost: hours, people and money beside their plan."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from planner.domain.centre import Centre, Contract, QueueKey, Shrinkage
from planner.domain.quality_tables import INTRADAY
from planner.scorecards.contract_costs import cost_of, spent_rows
from planner.scorecards.contract_periods import Span
from planner.scorecards.costs import costs
from planner.scorecards.scope import Scope
from tests.planner.scorecards.centres import centre, volume

PT, DE = QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "de", "voice")
AGENTS = pd.DataFrame({"site": ["LIS", "LIS"], "contract": ["full", "part"]})
WEEK = pd.Timestamp("2026-09-07")


@pytest.fixture
def lisbon() -> Centre:
    """A site where a third of paid time is planned away, a tenth of the rest is lost, and an hour costs 15."""
    made = centre(PT, DE)
    site = replace(
        made.sites["LIS"], shrinkage=Shrinkage(planned=0.25, unplanned=0.10), cost_per_paid_hour=15.0
    )
    contracts = {"full": Contract("full", 40, 5, (8,)), "part": Contract("part", 20, 5, (4,))}
    return replace(made, sites={**made.sites, "LIS": site}, contracts=contracts)


def hour(key: QueueKey, start: str, staffed_s: float) -> dict:
    """A VOLUME row of 90 contacts."""
    return {**key._asdict(), "interval_start": pd.Timestamp(start, tz="UTC"), "offered": 90, "answered": 90,
            "abandoned": 0, "staffed_s": staffed_s}  # fmt: skip


def plan(key: QueueKey, start: str, **numbers: float) -> dict:
    """An INTRADAY row."""
    return {**key._asdict(), "interval_start": pd.Timestamp(start, tz="UTC"), "interval_min": 30,
            "planned_offered": 100.0, "planned_aht_s": 300.0, **numbers}  # fmt: skip


def test_paid_hours_are_rostered_hours_over_what_is_left_of_paid_time(lisbon: Centre) -> None:
    """Ten hours on duty are 10 / 0.9 rostered where the roster is unknown, and 12 h of roster are 16 paid."""
    seen = volume(hour(PT, "2026-09-08 09:00", 36_000), hour(DE, "2026-09-08 09:00", 36_000))
    known = INTRADAY.check(
        pd.DataFrame([plan(PT, "2026-09-08 09:00", planned_staffed_s=40_500.0, scheduled_s=43_200.0)])
    )
    table = costs(seen, known, agents=AGENTS, centre=lisbon)
    week = table[table["period"] == "week"].set_index("language")
    assert week.loc["pt", "paid_h"] == pytest.approx(12 / 0.75)
    assert week.loc["de", "paid_h"] == pytest.approx(10 / 0.9 / 0.75)
    assert week.loc["pt", "planned_paid_h"] == pytest.approx(11.25 / 0.9 / 0.75)
    assert week.loc["pt", "cost"] == pytest.approx(16 * 15)
    assert week.loc["pt", "people"] == pytest.approx(16 / 30)
    assert pd.isna(week.loc["de", "planned_cost"])


def test_a_plan_that_tells_its_losses_has_its_own_roster(lisbon: Centre) -> None:
    """10 hours on duty, 1 absent and 1 away are 12 rostered, as they are on the day itself."""
    told = plan(PT, "2026-09-08 09:00", planned_staffed_s=36_000.0, planned_absent_s=3600.0)
    known = INTRADAY.check(pd.DataFrame([{**told, "planned_away_s": 3600.0, "scheduled_s": 43_200.0}]))
    week = costs(volume(hour(PT, "2026-09-08 09:00", 36_000)), known, agents=AGENTS, centre=lisbon).iloc[0]
    assert week["planned_paid_h"] == pytest.approx(week["paid_h"]) == pytest.approx(12 / 0.75)


def test_what_the_plan_expected_to_be_lost_was_on_its_roster(lisbon: Centre) -> None:
    """Ten planned hours on duty, one lost to absence and half an hour away: 11.5 h of roster, were paid."""
    lost = {"planned_absent_s": 3600.0, "planned_away_s": 1800.0}
    known = INTRADAY.check(pd.DataFrame([plan(PT, "2026-09-08 09:00", planned_staffed_s=36_000.0, **lost)]))
    table = costs(volume(hour(PT, "2026-09-08 09:00", 30_000)), known, agents=AGENTS, centre=lisbon)
    assert table["planned_paid_h"].iloc[0] == pytest.approx(11.5 / 0.75)
    assert table["paid_h"].iloc[0] == pytest.approx(11.5 / 0.75)  # a blank roster is as planned


def test_a_plan_of_some_hours_is_no_plan_of_the_week(lisbon: Centre) -> None:
    seen = volume(hour(PT, "2026-09-08 09:00", 3600), hour(PT, "2026-09-09 09:00", 3600))
    known = INTRADAY.check(pd.DataFrame([plan(PT, "2026-09-08 09:00", planned_staffed_s=3600.0)]))
    table = costs(seen, known, agents=AGENTS, centre=lisbon)
    assert table["planned_cost"].isna().all()
    assert table["planned_offered"].isna().all()


def test_a_month_has_more_contract_hours_than_a_week(lisbon: Centre) -> None:
    table = costs(
        volume(hour(PT, "2026-09-08 09:00", 36_000)), INTRADAY.empty(), agents=AGENTS, centre=lisbon
    )
    people = table.set_index("period")["people"]
    assert people["week"] / people["month"] == pytest.approx(30 / 7)


def test_nothing_on_duty_costs_nothing_that_is_known(lisbon: Centre) -> None:
    seen = volume({**PT._asdict(), "interval_start": pd.Timestamp("2026-09-08 09:00", tz="UTC"), "offered": 3,
                   "answered": 3, "abandoned": 0})  # fmt: skip
    assert costs(seen, INTRADAY.empty(), agents=AGENTS, centre=lisbon).empty


def test_plan_and_actual_are_of_the_same_queues(lisbon: Centre) -> None:
    seen = volume(hour(PT, "2026-09-08 09:00", 36_000), hour(DE, "2026-09-08 09:00", 36_000))
    known = INTRADAY.check(
        pd.DataFrame([plan(PT, "2026-09-08 09:00", planned_staffed_s=36_000.0, scheduled_s=36_000.0)])
    )
    found = cost_of(costs(seen, known, agents=AGENTS, centre=lisbon), Scope(), Span("week", WEEK.date()))
    assert found is not None
    assert found.comparable is not None
    assert (found.queues, found.all_queues, found.spent.offered, found.comparable.offered) == (1, 2, 180, 90)
    contacts, hours, _people, _cost, each = spent_rows(found, "EUR")
    assert (contacts.planned, contacts.actual) == ("100", "90")
    assert hours.difference.replace("\u00a0", " ") == "±0 %"
    # 10 h rostered / 0.75 x 15 / 90 contacts, and the plan's 10 h on duty / 0.9 / 0.75 x 15 / 100
    assert (each.actual.replace("\u00a0", " "), each.planned.replace("\u00a0", " ")) == ("€ 2.22", "€ 2.22")
