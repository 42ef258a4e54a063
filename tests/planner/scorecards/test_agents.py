"""Agents' scores: who is flagged, by what, and what the sample planted is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.quality import Coaching, Quality
from planner.domain.quality_tables import EVALUATION_SCORES, LENIENCY
from planner.domain.tables import AGENTS, EVALUATIONS
from planner.scorecards.agents import Basis, agent_tables
from planner.scorecards.evaluation_scores import evaluation_scores
from tests.planner.scorecards.centres import centre
from tests.planner.scorecards.test_qa import PT, evaluation, table

NOW = pd.Timestamp("2026-10-01", tz="UTC")
CENTRE = replace(centre(PT), quality=Quality(coaching=Coaching(target=0.85)))
AGENT_COUNT, PLANTED = 60, ("a7", "a21", "a50")


def made(
    scored: pd.DataFrame, *, leniency: pd.DataFrame | None = None, agents: pd.DataFrame | None = None
) -> pd.DataFrame:
    basis = Basis(scored, EVALUATIONS.empty(), AGENTS.empty() if agents is None else agents,
                  LENIENCY.empty() if leniency is None else leniency)  # fmt: skip
    return agent_tables(basis, CENTRE, now=NOW)["AGENT_SCORES"].set_index("agent_id")


def drawn(seed: int = 5, *, each: int = 18) -> tuple[pd.DataFrame, pd.Series]:
    """EVALUATION_SCORES of agents around .91, three of them around .77, by raters r0 (.05 more) and r1."""
    rng = np.random.default_rng(seed)
    agents = [f"a{n}" for n in range(AGENT_COUNT)]
    true = pd.Series(np.clip(0.91 + 0.03 * rng.standard_normal(AGENT_COUNT), 0.8, 0.97), agents)
    true[list(PLANTED)] = 0.77
    who = np.repeat(agents, each)
    rater = np.where(rng.random(len(who)) < 0.5, "r0", "r1")
    raw = np.clip(
        true[who].to_numpy() + 0.08 * rng.standard_normal(len(who)) + np.where(rater == "r0", 0.05, 0),
        0,
        1.05,
    )
    failed = rng.random(len(who)) < 0.02
    frame = pd.DataFrame({"evaluation_id": [f"e{n}" for n in range(len(who))], "evaluated_at": "2026-08-01T10:00Z",
                          "contact_id": None, "agent_id": who, "rater_id": rater, **PT._asdict(), "client": None,
                          "form": "F-1", "stream": "random", "raw": raw, "final": np.where(failed, 0, raw),
                          "failed_items": None})  # fmt: skip
    for kind in ("customer", "business", "compliance", "none"):
        frame[f"scored_{kind}"] = int(kind == "compliance")
        frame[f"failed_{kind}"] = (failed & (kind == "compliance")).astype(int)
    return EVALUATION_SCORES.check(frame), true


LENIENT = LENIENCY.check(pd.DataFrame([
    {"rater_id": name, "site": "LIS", "leniency": gives, "low": 0, "high": 0, "contacts": 50, "last": None, "linked": "1"}
    for name, gives in (("r0", 0.05), ("r1", 0.0))
]))  # fmt: skip


def test_the_planted_agents_are_found_and_hardly_another() -> None:
    scored, true = drawn()
    found = made(scored, leniency=LENIENT)
    flagged = set(found.index[found["coach"]])
    assert set(PLANTED) <= flagged
    assert sum(true[agent] * 0.98 >= 0.85 for agent in flagged) <= 1


def test_intervals_hold_the_true_final_score() -> None:
    inside = []
    for seed in range(6):
        scored, true = drawn(seed)
        found = made(scored, leniency=LENIENT)
        final = true.reindex(found.index) * 0.98
        inside.append(((found["low"] <= final) & (final <= found["high"])).mean())
    assert 0.91 < np.mean(inside) < 0.985


def test_a_lenient_raters_gift_is_taken_off() -> None:
    scored, _ = drawn()
    difference = made(scored)["posterior"].mean() - made(scored, leniency=LENIENT)["posterior"].mean()
    assert difference == pytest.approx(0.025 * 0.98, abs=0.004)


def test_targeted_old_and_calibration_evaluations_do_not_count() -> None:
    scored, _ = drawn()
    bad = scored.head(90).assign(raw=0.1, final=0.1)
    noise = pd.concat([
        bad.assign(evaluation_id="t" + bad["evaluation_id"], stream="targeted"),
        bad.assign(evaluation_id="c" + bad["evaluation_id"], stream="calibration"),
        bad.assign(evaluation_id="o" + bad["evaluation_id"], evaluated_at=pd.Timestamp("2025-12-01", tz="UTC")),
    ])  # fmt: skip
    both = made(EVALUATION_SCORES.check(pd.concat([scored, noise], ignore_index=True)))
    pd.testing.assert_frame_equal(both, made(scored))


def test_below_twenty_no_mean_is_told_and_who_left_is_not_listed() -> None:
    scored, _ = drawn()
    roster = AGENTS.check(pd.DataFrame([
        {"agent_id": agent, "name": agent.upper(), "site": "LIS", "contract": "full", "languages": "pt:native", "channels": "voice",
         "leave_date": leaves}
        for agent, leaves in (("a1", None), ("a2", "2026-06-30"), ("new", None))
    ]))  # fmt: skip
    found = made(scored, agents=roster)
    assert set(found.index) == {"a1", "new"}
    assert found["mean"].isna().all()
    assert found.loc["new", "n"] == 0
    assert found.loc["new", "posterior"] == pytest.approx(found.loc["new", "group"], abs=1e-3)


def test_without_a_target_nobody_is_flagged() -> None:
    scored, _ = drawn()
    basis = Basis(scored, EVALUATIONS.empty(), AGENTS.empty(), LENIENCY.empty())
    found = agent_tables(basis, centre(PT), now=NOW)["AGENT_SCORES"]
    assert not found["coach"].any()
    assert found["p_below"].isna().all()


def test_the_weakest_item_is_the_one_that_loses_most_points_against_the_group() -> None:
    """Everybody earns all points, but a0 half of the Right answer (3 of 4 sections' weight, half of it)."""
    parts = [evaluation(f"e{agent}-{n}", [1.0, 1.0, 0.5 if agent == 0 else 1.0, 1.0], agent_id=f"a{agent}")
             for agent in range(8) for n in range(10 + agent % 2)]  # fmt: skip
    items = table(*parts)
    basis = Basis(evaluation_scores(items, CENTRE), items, AGENTS.empty(), LENIENCY.empty())
    found = agent_tables(basis, CENTRE, now=NOW)["AGENT_SCORES"].set_index("agent_id")
    assert found.loc["a0", "weakest"] == "Right answer"
    assert found.loc["a0", "weakest_points"] == pytest.approx(100 * 3 / 4 / 2 * 0.5, rel=0.25)
    assert found.loc["a3", "weakest"] != "Right answer"
