"""The contract: promises, what came of them, and where they were missed."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from dashboards import filters
from dashboards.executive_contract import Chosen, sources_of
from dashboards.outlook import simulated
from dashboards.published import Published, paths_of
from dashboards.weeks_ahead import people_by_week
from planner.domain.centre import Centre, Deadline, ServiceLevel, Target
from planner.domain.quality import Quality, QualityTargets
from planner.scorecards.clients import clients_of, part_of
from planner.scorecards.contract import Line, contract, quality_lines
from planner.scorecards.contract_misses import misses, worst_first
from planner.scorecards.contract_outlook import in_week
from planner.scorecards.contract_page import Asked, contract_page
from planner.scorecards.contract_periods import Span, full_spans
from planner.scorecards.contract_promises import limits, promises, shared_promises
from planner.scorecards.contract_words import answer, limit_words, margin_words, state_of
from planner.scorecards.scope import Scope
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
    found = misses(card, plan.centre, Scope(channel="voice"), measure="service_level", spans=_spans(card))
    missed = found[found["margin"] < 0]
    assert set(missed[["site", "language", "channel"]].itertuples(index=False, name=None)) == MISSING_80_20


def test_only_weeks_that_are_over_are_full(plan: Published) -> None:
    card = plan.table("SCORECARD")
    assert _spans(card)[-1] == Span("week", LAST_WEEK)
    in_midweek = (pd.Timestamp(LAST_DAY) - pd.Timedelta(days=3)).date()
    assert full_spans(card, "week", last_day=in_midweek)[-1].first < LAST_WEEK


def test_the_contract_lists_each_promise_of_each_channel_once(plan: Published) -> None:
    lines = _lines(plan, Scope())
    assert [(line.channel, line.promise.measure) for line in lines if line.promise] == [
        ("voice", "service_level"), ("voice", "service_level_2"), ("voice", "abandonment"),
        ("voice", "occupancy"), ("chat", "service_level"), ("chat", "abandonment"), ("email", "met_deadline"),
    ]  # fmt: skip
    assert all(len(line.history) == 13 for line in lines)


def test_the_chance_of_one_queue_is_its_simulated_chance(plan: Published) -> None:
    """One queue was simulated as itself; of several, only how many are likely is known."""
    check = simulated(plan)
    week = check[(check["level"] == "week") & (check["start"] == pd.Timestamp(FIRST_DAY))]
    row = week[(week["site"] == "LIS") & (week["language"] == "pt") & (week["channel"] == "voice")]
    expected = row.loc[row["measure"] == "service_level", "p_meets"].iloc[0]
    assert _lines(plan, Scope("LIS", "pt", "voice"))[0].chance.share == expected
    assert _lines(plan, Scope())[0].chance.share is None


def _spans(card: pd.DataFrame) -> list[Span]:
    return full_spans(card, "week", last_day=LAST_DAY)


def _lines(plan: Published, scope: Scope) -> list[Line]:
    card = plan.table("SCORECARD")
    week = in_week(simulated(plan), FIRST_DAY)
    return contract(card, plan.centre, scope, spans=_spans(card), ahead=week)


def _with_targets(centre: Centre, **asked: float) -> Centre:
    return dataclasses.replace(centre, quality=Quality(QualityTargets(asked)))


def test_a_quality_target_makes_a_line_a_promise(plan: Published) -> None:
    card = plan.table("SCORECARD")
    centre = _with_targets(plan.centre, quality_score=0.95, fcr_no_escalation=0.85)
    lines = quality_lines(card, centre, Scope(), spans=_spans(card))
    found = {line.measure: line for line in lines}
    # the planted scores are 0.82 to 0.93, no escalation is planted at 0.97
    assert not found["quality_score"].met
    assert found["fcr_no_escalation"].met
    assert found["fcr_repeat_7d"].promise is None
    assert limit_words(found["quality_score"].promise).replace("\u00a0", " ") == "≥ 95 %"


def test_a_client_may_ask_for_more_than_the_whole(plan: Published) -> None:
    card = plan.table("SCORECARD")
    targets = QualityTargets({"quality_score": 0.80}, {"Ours": {"quality_score": 0.99}})
    centre = dataclasses.replace(plan.centre, quality=Quality(targets))
    usual = quality_lines(card, centre, Scope(), spans=_spans(card))[0]
    theirs = quality_lines(card, centre, Scope(), spans=_spans(card), client="Ours")[0]
    assert usual.met
    assert not theirs.met


def test_waits_and_handle_times_are_held_against_seconds(plan: Published) -> None:
    """The small centre knows no waits; a line of 318 s against 300 s has missed by 18 s."""
    target = Target((ServiceLevel(0.8, 20),), max_asa_s=30, max_aht_s=300)
    asked = [*promises(target), *limits(target)]
    assert [(p.measure, p.limit, p.unit) for p in asked[1:]] == [("asa_s", 30, "s"), ("aht_s", 300, "s")]
    line = Line("aht_s", asked[2].name, "", asked[2], "voice", (290.0, 318.0), 500)
    assert (line.met, line.kept, margin_words(line)) == (False, (1, 2), "−18")
    said = answer([line], pd.DataFrame(columns=["margin"]), span=Span("week", LAST_WEEK), next_week=None)
    assert (
        said.replace("\u00a0", " ")
        == "**None of one target met.** Voice misses Average handle time ≤ 300 s by !!18 s!!."
    )


def test_too_few_evaluations_make_no_figure(plan: Published) -> None:
    """Nine evaluations of Japanese are planted a week, 110 of Arabic."""
    card, centre = plan.table("SCORECARD"), _with_targets(plan.centre, quality_score=0.9)
    few = quality_lines(card, centre, Scope(language="ja"), spans=_spans(card))[0]
    many = quality_lines(card, centre, Scope(language="ar"), spans=_spans(card))[0]
    assert not few.known
    assert (many.known, many.met) == (True, False)


def test_a_value_whose_interval_holds_the_target_is_not_sure() -> None:
    promise = promises(TARGET)[0]
    line = Line("service_level", "x", "", promise, "voice", (0.79,), 50, low=0.74, high=0.84)
    assert (line.met, line.sure) == (False, False)
    assert state_of(line) == "missed, not surely"
    assert state_of(dataclasses.replace(line, high=0.795)) == "missed"


def test_how_often_and_how_badly_a_queue_misses(plan: Published) -> None:
    """The planted queues miss the last week alone, by nine points."""
    card = plan.table("SCORECARD")
    found = misses(card, plan.centre, Scope(channel="voice"), measure="service_level", spans=_spans(card))
    rows = found.set_index(["site", "language", "channel"])
    for key in MISSING_80_20:
        assert (rows.loc[key, "missed"], rows.loc[key, "known"]) == (1, 13)
        assert rows.loc[key, "margin"] == pytest.approx(-0.09, abs=0.04)
    assert {*worst_first(found)[:2]} == {language for _site, language, _channel in MISSING_80_20}


def test_each_client_has_its_own_contract(plan: Published) -> None:
    queues = {
        key: dataclasses.replace(queue, client="Desert" if key.site == "CAI" else "Ocean")
        for key, queue in plan.centre.queues.items()
    }
    centre = dataclasses.replace(plan.centre, queues=queues)
    asked = Asked(Scope(), None, _spans(plan.table("SCORECARD")))
    shown = contract_page(sources_of(plan), centre, asked)
    assert list(shown.by_client) == ["Ocean", "Desert"]
    desert = contract_page(sources_of(plan), centre, dataclasses.replace(asked, client="Desert"))
    assert str(desert.by_client[""]) == str(shown.by_client["Desert"])  # unknown is not equal to unknown
    assert set(desert.found["site"]) == {"CAI"}
    card = plan.table("SCORECARD")
    rows = card[(card["measure"] == "service_level") & (card["site"] == "CAI") & (card["channel"] == "voice")]
    rows = rows[(rows["language"] != "all") & (rows["period_start"] == pd.Timestamp(LAST_WEEK))]
    by_hand = (rows["value"] * rows["n"]).sum() / rows["n"].sum()
    assert desert.by_client[""][0].actual == pytest.approx(by_hand)


def test_an_unknown_week_is_neither_met_nor_missed() -> None:
    promise = promises(TARGET)[0]
    line = Line("service_level", "x", "", promise, "voice", (0.9, float("nan")), 0)
    assert not line.known
    assert line.kept == (1, 1)
    said = answer([line], pd.DataFrame(columns=["margin"]), span=Span("week", LAST_WEEK), next_week=None)
    assert said == "Nothing with a target was measured in week 40."


def test_the_coming_weeks_of_two_clients_add_up_to_those_of_all(plan: Published) -> None:
    whole, paths = plan.centre, paths_of(plan.folder, plan.plan_id)
    of = {key: dataclasses.replace(q, client=key.language) for key, q in whole.queues.items()}
    centre = dataclasses.replace(whole, queues=of)
    parts = [part_of(centre, client) for client in clients_of(centre)]
    assert len(parts) > 1
    contacts = [np.nan_to_num(paths.among(part.queues).summed(Scope())) for part in parts]
    assert np.sum(contacts, axis=0) == pytest.approx(np.nan_to_num(paths.summed(Scope())))
    hours = [people_by_week(plan, Scope(), part=part).set_index("week")["paid_h"] for part in parts]
    both = people_by_week(plan, Scope(), part=whole).set_index("week")["paid_h"]
    assert sum(hours).to_dict() == pytest.approx(both.to_dict())


def test_people_and_money_of_whole_sites_say_that_they_are_of_all_clients() -> None:
    assert Chosen(filters.Scope(), "Ours", ()).beyond == "; all clients"
    assert Chosen(filters.Scope(), None, ()).beyond == ""
