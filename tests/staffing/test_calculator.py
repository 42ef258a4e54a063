"""The calculator gives the published values, row by row, whatever stands beside or above a row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from planner.domain.calculation import MODELS, RESULT_COLUMNS
from staffing.calculator import calculation, curve

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
GRID = json.loads((GOLDEN / "erlang_grid.json").read_text())["points"]
PUBLISHED = json.loads((GOLDEN / "erlang_published.json").read_text())["cases"]
RESULTS = [column.name for column in RESULT_COLUMNS]
OF_GRID = {
    "p_wait": "pw", "p_abandon": "pab", "p_abandon_short": "pab0", "service_level": "sl",
    "service_level_excluding_short": "slx", "mean_wait_s": "ew", "occupancy": "occ",
}  # fmt: skip


def situations(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns)


def answer(**cells: Any) -> pd.Series:
    return calculation(situations(**{name: [cell] for name, cell in cells.items()})).iloc[0]


def of_grid(model: str) -> pd.DataFrame:
    return situations(
        model=[model] * len(GRID), offered_per_h=[p["lam_per_s"] * 3600 for p in GRID],
        aht_s=[p["aht_s"] for p in GRID], agents=[float(p["agents"]) for p in GRID],
        patience_s=[p["patience_s"] for p in GRID], answer_within_s=[p["T_s"] for p in GRID],
        short_abandon_s=[p["t0_s"] for p in GRID],
    )  # fmt: skip


def column(model: str, name: str) -> np.ndarray:
    return np.array([np.nan if p[model][name] is None else float(p[model][name]) for p in GRID])


class TestAgainstThirtyFourDigits:
    @pytest.mark.parametrize("name", OF_GRID)
    def test_erlang_a(self, name: str) -> None:
        found = calculation(of_grid("erlang-a"))[name].to_numpy()
        assert_allclose(found, column("erlang_a", OF_GRID[name]), rtol=1e-11, atol=1e-11)

    def test_erlang_b_blocks_and_nobody_waits(self) -> None:
        found = calculation(of_grid("erlang-b"))
        truth = np.array([float(p["erlang_b"]) for p in GRID])
        assert_allclose(found["blocking"], truth, rtol=0, atol=1e-11)
        assert (found[["p_wait", "p_abandon", "mean_wait_s"]] == 0).all(axis=None)

    def test_erlang_c_whatever_the_patience_and_blank_where_the_queue_grows_for_ever(self) -> None:
        found = calculation(of_grid("erlang-c"))
        assert_allclose(found["p_wait"], column("erlang_c", "pwait"), rtol=0, atol=1e-11)
        assert_allclose(found["service_level"], column("erlang_c", "sl"), rtol=0, atol=1e-11)
        assert_allclose(found["asa_s"], column("erlang_c", "asa_s"), rtol=1e-10)  # blank for blank


@pytest.mark.parametrize(
    "case", [c for c in PUBLISHED if "agents" in c["inputs"]], ids=lambda c: c["source"][-30:]
)
def test_published(case: dict) -> None:
    names = {"pwait": "p_wait", "pw": "p_wait", "pab": "p_abandon", "ew": "mean_wait_s", "occ": "occupancy",
             "occupancy": "occupancy", "sl": "service_level", "asa_s": "asa_s", "asa_erlang_c": "asa_s"}  # fmt: skip
    inputs, quantity = case["inputs"], case["quantity"]
    rate = inputs["lam_per_s"] if "lam_per_s" in inputs else inputs["calls"] / inputs["period_s"]
    model = "erlang-c" if case["model"] == "erlang_c" or quantity == "asa_erlang_c" else "erlang-a"
    found = answer(
        model=model, offered_per_h=rate * 3600, aht_s=inputs["aht_s"], agents=float(inputs["agents"]),
        patience_s=inputs.get("patience_s", np.nan), answer_within_s=inputs["T_s"],
    )  # fmt: skip
    value = 1 - found["p_wait"] if quantity == "immediate" else found[names[quantity]]
    assert value == pytest.approx(float(case["mpmath"]), rel=1e-11, abs=1e-12)


class TestLeastAgents:
    def test_all_targets_together_and_which_decides(self) -> None:
        """Domain 4: at AHT 300 s and patience 180 s, small queues are bound by 90/60, large by abandonment."""
        both = {
            "answer_within_s": 20.0,
            "target_service_level": 0.8,
            "answer_within_2_s": 60.0,
            "target_service_level_2": 0.9,
        }
        asked = {"model": "erlang-a", "aht_s": 300.0, "patience_s": 180.0, "max_abandonment": 0.05, **both}
        found = [answer(offered_per_h=12.0 * load, **asked)["binding"] for load in (4, 40, 500)]
        assert found == ["target_service_level_2", "target_service_level", "max_abandonment"]

    def test_fewer_agents_than_the_load_may_do(self) -> None:
        """Domain 5: 200 Erlang, 70 % in 30 s, patience 60 s: 154 agents."""
        found = answer(model="erlang-a", offered_per_h=2400.0, aht_s=300.0, patience_s=60.0,
                       answer_within_s=30.0, target_service_level=0.7)  # fmt: skip
        assert found["agents_on_contact"] == 154

    @pytest.mark.parametrize(
        ("target", "limit", "agents"),
        [
            ("max_blocking", 0.01, 18),
            ("max_blocking", 0.05, 15),
            ("target_service_level", 0.95, 15),
            ("max_blocking", 1.0, 0),
        ],
    )
    def test_erlang_b_tables(self, target: str, limit: float, agents: int) -> None:
        """Traffic tables: 10 Erlang need 18 trunks at 1 % and 15 at 5 % blocking."""
        found = answer(
            model="erlang-b", offered_per_h=120.0, aht_s=300.0, answer_within_s=20.0, **{target: limit}
        )
        assert found["agents_on_contact"] == agents

    @pytest.mark.parametrize("model", MODELS)
    @given(load=st.floats(0.05, 300), share=st.floats(0.3, 0.98), occupancy=st.floats(0.3, 0.98))
    @settings(max_examples=10, deadline=None)
    def test_the_least_meets_every_target_and_one_fewer_breaks_one(
        self, model: str, load: float, share: float, occupancy: float
    ) -> None:
        asked = {"model": model, "offered_per_h": load * 12, "aht_s": 300.0, "patience_s": 150.0,
                 "answer_within_s": 20.0, "target_service_level": share, "max_occupancy": occupancy,
                 "concurrency": 2.0, "slowdown": 0.3}  # fmt: skip
        least = answer(**asked)
        fewer = answer(**asked, agents=least["agents_on_contact"] - 1)
        assert least["service_level"] >= share - 1e-9
        assert least["occupancy"] <= occupancy + 1e-9
        assert (
            fewer["service_level"] < share
            or fewer["occupancy"] > occupancy
            or least["agents_on_contact"] == 1
        )


def random_rows(seed: int, count: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return situations(
        model=rng.choice(MODELS, count), offered_per_h=rng.integers(0, 900, count).astype(float),
        aht_s=rng.uniform(30, 900, count), agents=np.where(rng.random(count) < 0.5, np.nan, rng.integers(0, 90, count)),
        patience_s=rng.choice([60.0, 300.0, np.inf], count), answer_within_s=20.0, target_service_level=0.8,
        answer_within_2_s=rng.choice([60.0, np.nan], count), max_occupancy=0.9,
        concurrency=rng.choice([np.nan, 3.0], count), slowdown=0.2, planned_shrinkage=rng.choice([np.nan, 0.3], count),
    )  # fmt: skip


@given(seed=st.integers(0, 10**6))
@settings(max_examples=4, deadline=None)
def test_the_order_and_the_company_of_rows_change_nothing(seed: int) -> None:
    rows = random_rows(seed, 40)
    together = calculation(rows)
    turned = calculation(rows[::-1])[::-1].reset_index(drop=True)
    alone = pd.concat([calculation(rows[i : i + 1]) for i in range(0, 40, 8)], ignore_index=True)
    pd.testing.assert_frame_equal(turned, together)
    for name in RESULTS:
        some = together[name].iloc[::8].reset_index(drop=True)
        assert (some.eq(alone[name]) | (some.isna() & alone[name].isna())).all(), name


class TestLimits:
    def test_patience_that_never_ends_is_erlang_c_and_one_conversation_is_voice(self) -> None:
        base = {"offered_per_h": 300.0, "aht_s": 240.0, "agents": 24.0, "answer_within_s": 20.0}
        endless = answer(model="erlang-a", patience_s=np.inf, **base)
        alone = answer(model="chat", concurrency=1.0, slowdown=0.5, **base)
        truth = answer(model="erlang-c", **base)
        for name in RESULTS[2:]:
            assert endless[name] == truth[name] or np.isnan(truth[name])
            assert alone[name] == truth[name] or np.isnan(truth[name])

    def test_nothing_offered_needs_nobody_and_says_nothing(self) -> None:
        found = answer(
            model="erlang-a", offered_per_h=0.0, aht_s=300.0, patience_s=60.0, max_abandonment=0.05
        )
        assert (found["agents_on_contact"], found["agents_rostered"]) == (0, 0)
        assert found[RESULTS[2:]].isna().all()

    def test_fewer_agents_than_the_load_in_erlang_c(self) -> None:
        found = answer(model="erlang-c", offered_per_h=200.0, aht_s=180.0, agents=9.0, answer_within_s=20.0)
        assert (found["p_wait"], found["service_level"], found["occupancy"]) == (1.0, 0.0, 1.0)
        assert np.isnan(found["asa_s"])
        assert np.isnan(found["mean_wait_s"])

    def test_rostered_is_exact(self) -> None:
        found = answer(model="erlang-c", offered_per_h=200.0, aht_s=180.0, agents=21.0, planned_shrinkage=0.3)
        assert found["agents_rostered"] == 30.0

    def test_no_seconds_no_service_level(self) -> None:
        found = answer(
            model="erlang-a", offered_per_h=200.0, aht_s=180.0, patience_s=90.0, max_abandonment=0.05
        )
        assert found[["service_level", "service_level_excluding_short", "service_level_2"]].isna().all()
        assert found["p_abandon"] <= 0.05


@pytest.mark.parametrize("load", [0.1, 4.0, 150.0, 40_000.0])
def test_a_curve_holds_its_own_point_and_its_neighbours(load: float) -> None:
    one = situations(model=["erlang-a"], offered_per_h=[load * 12], aht_s=[300.0], patience_s=[180.0],
                     answer_within_s=[20.0], target_service_level=[0.8])  # fmt: skip
    own, drawn = calculation(one).iloc[0], curve(one).set_index("agents_on_contact")
    assert len(drawn) < 200
    assert drawn.index.is_monotonic_increasing
    assert drawn["service_level"].is_monotonic_increasing
    assert drawn["service_level"][own["agents_on_contact"]] == own["service_level"]
    assert own["agents_on_contact"] == 1 or drawn["service_level"][own["agents_on_contact"] - 1] < 0.8
