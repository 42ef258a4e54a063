"""What one more agent, one more hire and one rule less would save, set beside what it does save."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain, repeat

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import AGENTS
from staffing.labour import People, Rule, every_rule
from staffing.scheduling.again import Effort, legal_part, searched_again
from staffing.scheduling.ascent import Climb
from staffing.scheduling.case import Case, case_of
from staffing.scheduling.hires import hires
from staffing.scheduling.price import Prices
from staffing.scheduling.priced import Priced, bound_at, priced, worths
from staffing.scheduling.problem import Roster
from staffing.scheduling.roster_cost import coverage_cost
from staffing.scheduling.rule_cost import Question, rule_costs, rules_to_drop
from staffing.scheduling.segments import segments
from staffing.scheduling.worth import sentence, worth
from tests.staffing.scheduling.planted import SPAIN, Planted, centre_of, cost_of, planted
from tests.staffing.scheduling.solving import case, people_of, violations

EFFORT = Effort(1, Prices(), time.monotonic, pairs_each=60, seconds=600)


def hungry(seed: int = 2, number: int = 8) -> Planted:
    """A centre whose evenings ask for a Romanian more on the telephone than ever were there."""
    plan = planted(seed, number, centre=centre_of(opens=(8, 22)))
    evening = pd.date_range("2026-10-05T15:00Z", "2026-10-05T20:00Z", freq="30min", inclusive="left").as_unit(
        "us"
    )
    more = pd.DataFrame(
        {
            "site": "SVQ",
            "language": "ro",
            "channel": "voice",
            "interval_start": evening,
            "agents_scheduled": 2.0,
        }
    )
    keys = ["site", "language", "channel", "interval_start"]
    both = pd.concat([plan.requirement, more]).groupby(keys, as_index=False).sum()
    return replace(plan, requirement=both)


@lru_cache
def solved() -> tuple[Planted, Case, Roster, Priced]:
    plan = hungry()
    found = case(plan)
    roster = searched_again(found, plan.schedule, effort=EFFORT)
    return plan, found, roster, priced(found, roster, climb=Climb(rounds=200))


def test_the_cost_is_that_of_the_tables_and_no_less_than_the_bound() -> None:
    plan, found, roster, now = solved()
    made = segments(found, roster)
    assert violations(made, plan).empty
    assert coverage_cost(found, roster) == pytest.approx(cost_of(made, plan))
    assert now.bound <= coverage_cost(found, roster)
    assert bound_at(found, now.prices) == pytest.approx(now.bound, abs=1e-3)


def test_searching_again_never_loses_what_was_published() -> None:
    plan = planted(3, 8, centre=centre_of())
    found = case(plan)
    assert coverage_cost(
        found, searched_again(found, plan.schedule, effort=replace(EFFORT, pairs_each=1))
    ) == pytest.approx(0)


def test_agents_whose_days_are_not_allowed_begin_with_nothing() -> None:
    plan = planted(3, 8, centre=centre_of())
    found = case(plan)
    first = found.agents[0]
    moved = plan.schedule.copy()
    own = moved["agent_id"] == first
    moved.loc[own, ["start", "end"]] += pd.Timedelta(hours=30 * 24)
    moved.loc[own, "day"] += pd.Timedelta(days=30)
    stay = legal_part(found, plan.schedule[plan.schedule["agent_id"] != first])
    assert (stay.shift[0] == -1).all()
    assert (legal_part(found, plan.schedule).shift[1:] == stay.shift[1:]).all()


def test_an_agent_more_is_worth_most_where_most_are_missing() -> None:
    _, found, roster, now = solved()
    table = worth(found, roster, now.prices, unit=Prices())
    best = table[table["channel"] == "all"].sort_values("saved").iloc[-1]
    assert (best["language"], best["weekday"]) == ("ro", 0)
    assert 17 <= best["hour"] < 22
    assert best["note"].startswith(f"one more Romanian speaker at {best['hour']}:00 on Mondays would save ")
    assert best["saved_h"] == pytest.approx(best["saved"] / 40)
    assert table["saved"].max() <= 80 + 1e-6  # nobody missing costs more
    assert table["saved_now"].max() <= 80 + 1e-6


def test_whichever_channel_is_worth_most_is_worth_no_less_than_each() -> None:
    _, found, roster, now = solved()
    table = worth(found, roster, now.prices, unit=Prices())
    keys = ["language", "weekday", "hour"]
    each = table[table["channel"] != "all"].groupby(keys)["saved"].max()
    best = table[table["channel"] == "all"].set_index(keys)["saved"]
    assert (best >= each[best.index] - 1e-9).all()


def test_what_is_worth_now_is_what_the_penalty_falls_by() -> None:
    _, found, roster, now = solved()
    one = worth(found, roster, now.prices, unit=Prices()).query("channel == 'voice' and language == 'ro'")
    row = one.sort_values("saved_now").iloc[-1]
    q = [key.language + key.channel for key in found.queues].index("rovoice")
    local = found.clock.intervals[: found.clock.horizon].tz_convert("Europe/Madrid")
    hour = (local.day_of_week == row["weekday"]) & (local.hour == row["hour"])
    cover = roster.cover.copy()
    cover[q, hour] += 1
    saved = coverage_cost(found, roster) - coverage_cost(found, roster._replace(cover=cover))
    assert row["saved_now"] == pytest.approx(saved)


def with_more(plan: Planted, **hire: str) -> Case:
    """The case of the plan with an agent more."""
    agents = AGENTS.check(pd.concat([plan.agents, pd.DataFrame([{"agent_id": "z", "site": "SVQ"} | hire])]))
    return case(replace(plan, agents=agents))


def build(plan: Planted, people: People) -> Case:
    return case_of(plan.requirement, people, plan.centre, rules=every_rule(), prices=Prices())


def test_with_the_hire_the_bound_falls_by_what_the_hire_is_worth() -> None:
    plan, _, _, now = solved()
    table = hires(people_of(plan), now, build=partial(build, plan), unit=Prices())
    assert table["saved"].max() <= now.bound
    much = Priced(1e6, now.prices)  # so that nothing is cut off
    row = hires(people_of(plan), much, build=partial(build, plan), unit=Prices()).iloc[0]
    more = with_more(plan, contract=row["contract"], languages=row["languages"], channels=row["channels"])
    assert bound_at(more, now.prices) == pytest.approx(now.bound - row["saved"], abs=1e-2)
    assert table["saved"].is_monotonic_decreasing
    assert row["paid_h"] == plan.centre.contracts[row["contract"]].weekly_hours


def test_nobody_is_worth_more_for_knowing_less() -> None:
    plan, _, _, now = solved()
    table = hires(people_of(plan), now, build=partial(build, plan), unit=Prices())
    value = table.set_index(["contract", "languages"])["saved"]
    for contract, pair in (key for key in value.index if ";" in key[1]):
        assert (
            value[contract, pair]
            >= max(value.get((contract, tag), -np.inf) for tag in pair.split(";")) - 1e-6
        )


def test_who_is_there_already_is_worth_what_the_best_week_earns() -> None:
    _, found, _, now = solved()
    free = np.zeros_like(now.prices)
    assert worths(found, free) == pytest.approx(0)  # for nothing, a contract is used up at best


def question(plan: Planted) -> Question:
    def make(people: People, kept: Sequence[Rule]) -> Case:
        return case_of(plan.requirement, people, plan.centre, rules=kept, prices=Prices())

    return Question(people_of(plan), plan.schedule, make)


def test_a_rule_that_binds_costs_and_one_that_does_not_costs_nothing() -> None:
    plan = hungry(4, 5)
    tired = replace(plan, centre=centre_of(opens=(8, 22), labour=replace(SPAIN, consecutive_days_max=2)))
    found = case(tired)
    roster = searched_again(found, tired.schedule, effort=EFFORT)
    now = priced(found, roster, climb=Climb(rounds=40))
    names = (
        "consecutive days",
        "nights in a row",
        "contract hours",
        "availability",
        "skills",
        "shift patterns",
    )
    kept = [
        rule for rule in every_rule() if rule.name in {*names, "opening hours", "daily rest", "weekly rest"}
    ]
    table = rule_costs(question(tired), now, rules=kept, effort=EFFORT).set_index("rule")
    assert table["saved"].idxmax() == "consecutive days"
    assert table.loc["consecutive days", "saved_h"] > 0
    assert (table["saved"].dropna() <= table["saved_most"] + 1e-6).all()
    assert table.loc["nights in a row", ["saved", "saved_most"]].tolist() == [0, 0]
    assert not {"contract hours", "availability", "skills"} & set(table.index)


def test_without_time_the_rules_are_bounded_and_not_searched() -> None:
    plan, _, _, now = solved()
    rules = list(every_rule())
    ticks = chain([0.0] * (1 + len(rules_to_drop(rules))), repeat(10.0))  # time is up once all are bounded
    none = replace(EFFORT, seconds=1.0, pairs_each=1, clock=lambda: next(ticks))
    table = rule_costs(question(plan), now, rules=rules, effort=none)
    searched = table[table["saved"].notna()]
    assert (searched["saved"] == 0).all()  # those that change nothing
    assert table["saved"].isna().any()
    assert len(table) == len(rules_to_drop(rules))


def test_rules_that_time_does_not_reach_have_no_row() -> None:
    plan, _, _, now = solved()
    none = replace(EFFORT, seconds=0.0, pairs_each=1)
    assert rule_costs(question(plan), now, rules=list(every_rule()), effort=none).empty


def test_sentences_name_language_hour_and_day() -> None:
    assert sentence("pt", "all", 0, 19, 0.84) == (
        "one more Portuguese speaker at 19:00 on Mondays would save 0.84 agent-hours short per hour"
    )
    assert (
        sentence("pt", "chat", 6, 8, 0.0)
        == "one more Portuguese speaker on chat at 08:00 on Sundays would save nothing"
    )
