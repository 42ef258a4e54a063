"""Today's list: what is on it, in which order, and the words with their numbers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planner.domain.quality_tables import AGENT_SCORES, DISPUTES, LENIENCY, SAMPLING, TRENDS
from planner.scorecards.disputes import disputed
from planner.scorecards.evaluation_scores import evaluation_scores
from planner.scorecards.today import Matters, today
from planner.scorecards.today_words import advice, seen, subject
from tests.planner.scorecards.test_qa import CENTRE, PT, evaluation, table

NOW = pd.Timestamp("2026-09-12T00:00Z")
GOOD, NO_DATA, WRONG = [1.0] * 4, [1.0, 0.0, 1.0, 1.0], [1.0, 1.0, 0.0, 1.0]
ITEMS = table(
    evaluation("e1", GOOD),
    evaluation("e2", WRONG, evaluated_at="2026-09-11T10:00Z"),
    evaluation("e3", NO_DATA),
    evaluation("e4", NO_DATA, evaluated_at="2026-09-01T10:00Z"),
    evaluation("e5", NO_DATA, stream="calibration"),
)
RAISED = DISPUTES.check(pd.DataFrame([
    {"dispute_id": "d1", "evaluation_id": "e1", "opened_at": "2026-09-10T00:00Z", "outcome": "open", "item": "Greeting"},
    {"dispute_id": "d2", "evaluation_id": "e2", "opened_at": "2026-09-02T00:00Z", "outcome": "open", "item": None},
    {"dispute_id": "d3", "evaluation_id": "e3", "opened_at": "2026-09-01T00:00Z", "outcome": "upheld", "item": None},
    {"dispute_id": "d4", "evaluation_id": "e4", "opened_at": "2026-09-01T00:00Z", "outcome": "changed", "item": "Greeting",
     "score_before": 0.25},
]))  # fmt: skip
COACHED = AGENT_SCORES.check(pd.DataFrame([
    {"agent_id": "a1", "name": "Ana", "site": "LIS", "language": "pt", "n": 30, "last": "2026-09-01T00:00Z", "mean": 0.8,
     "posterior": 0.81, "low": 0.77, "high": 0.85, "group": 0.9, "target": 0.85, "p_below": 0.97, "coach": True,
     "weakest": "Greeting", "weakest_points": 2.0},
]))  # fmt: skip
BEHIND = SAMPLING.check(pd.DataFrame([
    {**PT._asdict(), "month": "2026-09-01", "contacts": 900, "done": 2, "asked": 30, "spread": 0.1, "width": None,
     "width_asked": 5, "hours": 14},
]))  # fmt: skip
WEEKS = TRENDS.check(pd.DataFrame([
    {"measure": "quality_score", "site": site, "language": "all", "channel": "all", "week": week, "value": 0.7, "n": 40,
     "centre": 0.9, "lower": 0.85, "upper": 0.95, "signal": "beyond the limits"}
    for site, week in (("LIS", "2026-08-31"), ("LIS", "2026-06-01"), ("all", "2026-08-31"))
]))  # fmt: skip


def matters() -> pd.DataFrame:
    scored = evaluation_scores(ITEMS, CENTRE)
    given = Matters(scored, COACHED, RAISED, LENIENCY.empty(), BEHIND, WEEKS)
    return today(given, CENTRE, now=NOW)


def test_the_most_urgent_first_and_old_news_not_at_all() -> None:
    found = matters()
    assert found["kind"].tolist() == [
        "compliance",
        "auto_fail",
        "dispute",
        "dispute",
        "signal",
        "coach",
        "sampling",
    ]
    assert found["rank"].tolist() == list(range(1, 8))
    assert found["reference"].tolist()[:4] == ["e3", "e2", "e2", "e1"]  # the oldest dispute first
    assert set(found["site"]) == {"LIS"}


def test_raters_who_were_never_or_long_ago_calibrated_are_named() -> None:
    late = replace(CENTRE, quality=replace(CENTRE.quality, calibrate_every_days=2))
    items = table(
        evaluation("e1", GOOD),
        evaluation("e2", GOOD, rater_id="r2"),
        evaluation("e3", GOOD, rater_id="r2", stream="calibration"),
    )
    given = Matters(
        evaluation_scores(items, late),
        AGENT_SCORES.empty(),
        DISPUTES.empty(),
        LENIENCY.empty(),
        SAMPLING.empty(),
        TRENDS.empty(),
    )
    found = today(given, late, now=NOW)
    assert found["subject"].tolist() == ["r1", "r2"]
    assert pd.isna(found["value"].iloc[0])
    assert round(found["value"].iloc[1], 2) == 2.58
    assert today(given, CENTRE, now=NOW)["subject"].tolist() == ["r1"]


def test_nothing_known_is_an_empty_list() -> None:
    nothing = Matters(
        evaluation_scores(ITEMS.head(0), CENTRE),
        AGENT_SCORES.empty(),
        DISPUTES.empty(),
        LENIENCY.empty(),
        SAMPLING.empty(),
        TRENDS.empty(),
    )
    assert today(nothing, CENTRE, now=NOW).empty


def test_the_words_carry_the_numbers_and_what_to_do() -> None:
    rows = {row["kind"]: row for row in matters().to_dict("records")}
    assert "Identification failed" in seen(rows["compliance"])
    assert "e1" in seen(rows["dispute"])
    assert "open for 2 days" in seen(rows["dispute"])
    assert seen(rows["coach"]).startswith("expected 81.0, 77 to 85 of 100; target 85")
    assert "2 of 30 evaluations" in seen(rows["sampling"])
    assert subject(rows["coach"]) == "Ana · Portuguese"
    assert all(advice(row) for row in rows.values())


def test_disputes_are_counted_by_rater_form_and_item_with_their_outcome() -> None:
    found = disputed(RAISED, evaluation_scores(ITEMS, CENTRE), ITEMS).set_index(["dimension", "subject"])
    whole = found.loc[("all", "all")]
    assert whole[["evaluations", "disputes", "open", "upheld", "changed"]].tolist() == [5, 4, 2, 1, 1]
    assert whole["disputed"] == 4 / 5
    assert whole["moved"] == -25  # from .25 to 0: the critical item failed
    assert whole["oldest_open"] == pd.Timestamp("2026-09-02", tz="UTC")
    assert found.loc[("item", "Greeting"), "disputes"] == 2
    assert found.loc[("rater", "r1"), "disputes"] == 4
