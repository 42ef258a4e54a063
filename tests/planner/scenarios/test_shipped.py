"""Every scenario that comes with the program runs on a tiny store, and does what its hand calculation says.

One store and one run of each for all tests of this file. Contacts of the tiny store know no season, so that
the shares and factors below are those written in docs/scenarios, worked out by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.config import Plan
from planner.config.shipped import shipped_scenarios
from planner.domain.scenario import Scenario
from planner.pipeline.scenario import Asked, base_of, run_scenario, scenario_store
from planner.scenarios.change import changed
from planner.store import Store, read_plan
from staffing.capacity.plan import Search
from tests.planner.scenarios.flows import flow, key, setting
from tests.planner.scenarios.tiny import NOW, tiny

pytestmark = pytest.mark.xdist_group("scenario")
SHIPPED = {scenario.name: scenario for scenario in shipped_scenarios()}
SHORT, LONG = 16, 34  # weeks: enough for what a scenario changes; two runs of the base serve all
LONG_ONES = ("s4b-ai-taken-back", "s5-freeze-then-rehire", "s9-new-market")
SEARCH = Search(5.0, gap=0.2, seed=1)


@dataclass(frozen=True)
class Ran:
    """The tiny store, the run of each scenario by name, and what the published plans were before."""

    plan: Plan
    store: Store
    runs: Mapping[str, str]
    published: str

    def table(self, name: str, table: str) -> pd.DataFrame:
        """A table of a scenario's run."""
        return read_plan(scenario_store(self.store), self.runs[name], table)

    def base(self, name: str, table: str) -> pd.DataFrame:
        """The same table of the base that it is compared with."""
        run = base_of(self.store, self.runs[name]).plan_id
        return read_plan(scenario_store(self.store), run, table)


def as_tested(scenario: Scenario) -> Scenario:
    return replace(scenario, weeks=LONG if scenario.name in LONG_ONES else SHORT)


def run(plan: Plan, store: Store, name: str) -> str:
    asked = Asked(as_tested(SHIPPED[name]), f"{name}.yaml", SEARCH)
    return run_scenario(plan, store, asked, now=NOW, say=lambda _: None)


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    plan, store = tiny(tmp_path_factory.mktemp("scenarios"))
    published = digest(store.folder / "plans")
    return Ran(plan, store, {name: run(plan, store, name) for name in SHIPPED}, published)


def days(frame: pd.DataFrame, *queue: str) -> pd.Series:
    """Contacts by day of the queues whose site, language or channel are named."""
    mine = frame[frame[["site", "language", "channel"]].isin(queue).sum(axis=1) == len(queue)]
    return mine.groupby("day")["offered"].sum()


def ratio(ran: Ran, name: str, *queue: str) -> pd.Series:
    """Contacts of a day in the scenario, of those in the base."""
    return days(ran.table(name, "SCENARIO_DAYS"), *queue) / days(ran.base(name, "SCENARIO_DAYS"), *queue)


@pytest.mark.parametrize("name", SHIPPED)
def test_each_shipped_scenario_runs_and_changes_something(ran: Ran, name: str) -> None:
    measures, base = (table(name, "SCENARIO_MEASURES") for table in (ran.table, ran.base))
    both = measures.merge(base, on=["measure", "of"], suffixes=("", "_base"))
    assert {"contacts", "work", "fte_p50", "cost", "short"} <= set(both["measure"])
    differs = ~np.isclose(both["value"], both["value_base"], rtol=1e-9, equal_nan=True)
    assert differs.any() or len(measures) > len(both)  # or measures of its own: a team's reply times
    assert measures["definition"].str.len().gt(0).all()


def test_the_published_plan_is_not_touched(ran: Ran) -> None:
    assert digest(ran.store.folder / "plans") == ran.published


def test_the_same_scenario_gives_the_same_twice(ran: Ran) -> None:
    again = read_plan(
        scenario_store(ran.store), run(ran.plan, ran.store, "s4-ai-front-end"), "SCENARIO_MEASURES"
    )
    pd.testing.assert_frame_equal(again, ran.table("s4-ai-front-end", "SCENARIO_MEASURES"))


def test_s1_a_fifth_more_in_the_season_and_a_third_in_the_campaign_week(ran: Ran) -> None:
    found = ratio(ran, "s1-higher-peak", "es")
    assert found["2026-11-23":"2027-01-17"].to_numpy() == pytest.approx(1.2)
    assert found["2026-11-09":"2026-11-15"].to_numpy() == pytest.approx(1.35)
    assert found[:"2026-11-08"].to_numpy() == pytest.approx(1.0)
    hired = ran.table("s1-higher-peak", "HEADCOUNT")["hired"].sum()
    assert hired > ran.base("s1-higher-peak", "HEADCOUNT")["hired"].sum()


@pytest.mark.parametrize(
    ("name", "voice", "chat"), [("s2a-phone-centre", 0.63, 0.20), ("s2-channel-shift", 0.32, 0.66)]
)
def test_s2_the_mix_of_the_last_week_is_the_one_named(ran: Ran, name: str, voice: float, chat: float) -> None:
    """A point: the shares hold over all weeks, and weeks differ a little."""
    rows = ran.table(name, "SCENARIO_DAYS")
    rows = rows[(rows["language"] == "es") & (rows["day"] >= rows["day"].max() - pd.Timedelta(days=6))]
    share = rows.groupby("channel")["offered"].sum() / rows["offered"].sum()
    expected = {"voice": voice, "chat": chat}
    at = {"s2a-phone-centre": 1.0, "s2-channel-shift": 14 / 16}[name]  # 14 of its 16 weeks are over
    start = {"voice": 0.63, "chat": 0.20}
    for channel, end in expected.items():
        assert share[channel] == pytest.approx(start[channel] + at * (end - start[channel]), abs=0.02)


def test_s2_nobody_is_lost_and_nobody_comes_on_top(ran: Ran) -> None:
    for name in ("s2a-phone-centre", "s2-channel-shift"):
        total, base = (days(table(name, "SCENARIO_DAYS")).sum() for table in (ran.table, ran.base))
        assert total == pytest.approx(base)


def test_s3_three_times_the_chats_and_the_other_channels_as_before(ran: Ran) -> None:
    assert ratio(ran, "s3-chat-three-times", "chat").iloc[-7:].to_numpy() == pytest.approx(3.0)
    assert ratio(ran, "s3-chat-three-times", "voice").to_numpy() == pytest.approx(1.0)


def test_s4_what_is_left_for_people_is_the_sum_over_reasons(ran: Ran) -> None:
    """Spanish, the AI's best language: share x (not offered + offered x (escalated + bounced)) by reason.

    Within a hundredth: bounced contacts are those of the day before.
    """
    left = (
        0.31 * (0.05 + 0.95 * 0.22)
        + 0.27 * (0.10 + 0.90 * 0.40)
        + 0.09 * (0.10 + 0.90 * 0.45)
        + 0.09 * (0.05 + 0.95 * 0.32)
        + 0.08 * (0.40 + 0.60 * 0.62)
        + 0.06 * (0.20 + 0.80 * 0.40)
        + 0.06 * (0.70 + 0.30 * 0.83)
        + 0.04
    )
    assert left == pytest.approx(0.472, abs=0.001)
    found = ratio(ran, "s4-ai-front-end", "es", "chat").iloc[-7:].mean()
    assert found == pytest.approx(left, abs=0.01)


def test_s4_people_freed_lie_between_a_poor_and_a_good_ai(ran: Ran) -> None:
    measures = ran.table("s4-ai-front-end", "SCENARIO_MEASURES").set_index("measure")
    freed = measures.loc["ai_fte_freed"]
    assert 0 < freed["low"] < freed["value"] < freed["high"]
    fte, base = (
        table("s4-ai-front-end", "SCENARIO_MEASURES").set_index("measure").loc["fte_p50", "value"]
        for table in (ran.table, ran.base)
    )
    assert freed["value"] == pytest.approx(base - fte)


def test_s4b_contacts_fall_with_the_ai_and_nobody_is_hired_while_it_is_there(ran: Ran) -> None:
    assert ratio(ran, "s4b-ai-taken-back", "es", "chat")["2027-03-29":].mean() < 0.5
    hired = ran.table("s4b-ai-taken-back", "HEADCOUNT").groupby("week")["hired"].sum()
    assert hired["2027-01-18":].sum() == 0


def test_s4b_after_the_reversal_all_contacts_are_back() -> None:
    demand = {key("chat"): flow(range(9, 21), 10, days=52 * 7)}
    after = changed(demand, SHIPPED["s4b-ai-taken-back"], setting())[key("chat")]
    day = pd.Series(after.by_day(after.offered), after.days) / 120
    assert day[:"2027-01-17"].to_numpy() == pytest.approx(1.0)
    assert day["2027-04-01":"2027-05-30"].max() < 0.5
    assert day["2027-07-28":].to_numpy() == pytest.approx(1.0)


def test_s5_of_a_hundred_people_78_are_left_when_hiring_begins_again(ran: Ran) -> None:
    """A tenth of a point: 26 weeks are 5.98 months."""
    heads = ran.table("s5-freeze-then-rehire", "HEADCOUNT").groupby("week")[["employed", "hired"]].sum()
    frozen = heads["2026-10-05":"2027-04-04"]
    assert len(frozen) == 26
    assert frozen["hired"].sum() == 0
    stayed = heads.loc["2027-04-05", ["employed", "hired"]] / heads.loc["2026-10-05", "employed"]
    assert stayed["employed"] - stayed["hired"] == pytest.approx(0.78, abs=0.001)
    assert heads["2027-04-05":]["hired"].sum() > 0
