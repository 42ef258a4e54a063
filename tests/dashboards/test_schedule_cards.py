"""The parts of the scheduling pages that count and sort."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboards.absent_card import NO_ROSTER, NO_SHIFT, absent, unrostered
from dashboards.coverage_languages import hours_by_language
from dashboards.explain_card import dear_rules, worth_by_hour, worth_hiring
from dashboards.planning_changes import by_day
from dashboards.rule_words import asked_words
from dashboards.rules_card import rule_counts
from planner.domain.centre import Site
from planner.domain.labour_rules import LabourRules
from planner.domain.timegrid import OpeningHours
from planner.pipeline.schedule_quality import Checked, gaps, penalty_of_an_hour, rules_checked
from tests.dashboards import small_schedule


def test_the_gaps_of_the_parts_add_up_to_the_gap_of_the_whole() -> None:
    report = pd.DataFrame({
        "site": ["A", "A", "B"], "week": [1, 2, 1], "required_h": [100.0, 200.0, 50.0], "scheduled_h": 1.0,
        "under_h": 0.0, "over_h": 0.0, "cost": [400.0, 800.0, 0.0], "bound": [400.0, 600.0, 0.0], "paid_h": 1.0,
    })  # fmt: skip
    by_site, by_week = gaps(report, ["site"]), gaps(report, ["week"])
    assert by_site["gap_h"].sum() == by_week["gap_h"].sum() == 200 / penalty_of_an_hour()
    assert by_site.set_index("site")["gap"].to_dict() == {"A": pytest.approx(1 / 6), "B": 0.0}
    assert by_site.set_index("site").loc["A", "gap_share"] == pytest.approx(200 / penalty_of_an_hour() / 300)


def test_every_rule_stands_once_and_a_broken_one_first() -> None:
    rules = (Checked("daily rest", "hours"), Checked("skills", "queues"))
    broken = pd.DataFrame({"agent_id": ["a", "b", "a"], "rule": ["skills", "skills", "a rule of old"]})
    found = rule_counts(broken, rules)
    assert found[["rule", "broken"]].to_numpy().tolist() == [
        ["skills", 2],
        ["a rule of old", 1],
        ["daily rest", 0],
    ]


def test_every_rule_of_the_catalogue_has_words_for_what_is_asked() -> None:
    sites = [_site(LabourRules()), _site(LabourRules(daily_rest_h=12))]
    assert asked_words(sites, "daily rest") == "11 h / 12 h"
    assert all(asked_words(sites, rule.name) for rule in rules_checked())
    assert asked_words(sites, "a rule of tomorrow") == ""


def _site(labour: LabourRules) -> Site:
    return Site("A", "A", "PT", "Europe/Lisbon", OpeningHours("Europe/Lisbon", {}), labour=labour)


def test_absence_has_a_reason_and_a_note_where_no_roster_is_legal() -> None:
    people = pd.DataFrame({
        "agent_id": list("abcde"), "name": list("ABCDE"),
        "hire_date": pd.to_datetime(["2020-01-01"] * 4 + ["2026-12-01"]),
    })  # fmt: skip
    today = pd.DataFrame({"agent_id": ["a"]})
    away = pd.DataFrame({
        "agent_id": ["b"], "reason": ["leave"],
        "first_day": pd.to_datetime(["2026-10-05"]), "last_day": pd.to_datetime(["2026-10-05"]),
    })  # fmt: skip
    found = absent(people, today, away=away, day=date(2026, 10, 5))
    assert dict(zip(found["agent_id"], found["why"])) == {
        "b": "leave", "c": "day off", "d": "day off", "e": "not on the staff that day",
    }  # fmt: skip
    notes = ["d (40 h) has no legal roster because of weekly rest; not scheduled"]
    told = unrostered(found, pd.Series(["a"]), notes).set_index("agent_id")
    assert told.loc["c", "why"] == NO_SHIFT
    assert told.loc["d", "why"] == NO_ROSTER
    assert "weekly rest" in told.loc["d", "note"]
    assert told.loc["b", "why"] == "leave"


def test_hours_of_languages_are_counted_queue_by_queue() -> None:
    rows = pd.DataFrame({"language": ["pt", "pt", "de"], "needed": 10.0, "gap": [-2.0, 2.0, -1.0]})
    found = hours_by_language(rows, 0.5)
    assert found["short_h"].to_dict() == {"pt": 1.0, "de": 0.5}
    assert list(found.index) == ["pt", "de"]
    assert found.loc["pt", "over_h"] == 1.0


def test_the_grid_of_changes_has_every_day_and_every_change() -> None:
    calendar = pd.date_range("2026-10-05", periods=7)
    grid = by_day(small_schedule.changes_days(), calendar)
    assert grid.shape[1] == 7
    assert grid.drop(index="all").to_numpy().sum() == len(small_schedule.changes())


def test_worth_is_the_mean_over_the_days_it_stands_for() -> None:
    worth = pd.DataFrame({
        "site": "A", "language": "pt", "channel": "all", "weekday": [0, 6], "hour": 19,
        "saved_h": [1.0, 0.0], "days": [3, 1],
    })  # fmt: skip
    grid = worth_by_hour(worth, {"A": "Lisbon"})
    assert grid.loc["Português · Portuguese", "19:00"] == 0.75


def test_rules_cost_is_summed_over_sites_and_unsearched_stays_unknown() -> None:
    costs = pd.DataFrame({
        "site": ["A", "B", "A", "A"], "rule": ["daily rest", "daily rest", "weekly rest", "seats"],
        "saved_most_h": [2.0, 3.0, 9.0, 0.0], "saved_h": [1.0, None, None, None],
    })  # fmt: skip
    found = dear_rules(costs).set_index("rule")
    assert list(found.index) == ["weekly rest", "daily rest"]
    assert found.loc["daily rest", ["saved_most_h", "saved_h"]].tolist() == [5.0, 1.0]
    assert pd.isna(found.loc["weekly rest", "saved_h"])


def test_nobody_is_worth_hiring_where_there_are_people_enough() -> None:
    hires = pd.DataFrame({"languages": ["pt", "de", "fr"], "saved_h": [-1.0, 4.0, 6.0]})
    assert list(worth_hiring(hires)["languages"]) == ["fr", "de"]
    assert worth_hiring(hires.head(1)).empty
