"""Erlang B, C and A agree with published values, and with 34 digits and more over their whole range."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from staffing.erlang import (
    Demand,
    abandoned_within,
    erlang_b,
    measures,
    service_level,
    service_level_excluding_short,
)
from tests.staffing.test_erlang import FORMULAS

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
PUBLISHED = json.loads((GOLDEN / "erlang_published.json").read_text())["cases"]
GRID = json.loads((GOLDEN / "erlang_grid.json").read_text())["points"]
EXTREMES = json.loads((GOLDEN / "erlang_extremes.json").read_text())["points"]


def column(points: list[dict], name: str) -> np.ndarray:
    return np.array([np.nan if point[name] is None else float(point[name]) for point in points])


def of_grid(model: str, name: str) -> np.ndarray:
    return column([point[model] for point in GRID], name)


def grid_demand() -> Demand:
    aht_s = column(GRID, "aht_s")
    return Demand(column(GRID, "lam_per_s") * aht_s, aht_s, column(GRID, "patience_s"))


class TestPublishedValues:
    @pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: f"{case['model']}-{case['quantity']}")
    def test_published(self, case: dict) -> None:
        found = self.answer(case["model"], case["quantity"], case["inputs"])
        assert found == pytest.approx(float(case["mpmath"]), rel=2e-12, abs=1e-13)
        assert found == pytest.approx(case["expected"], abs=max(case["tolerance"], 1e-12 * abs(found)))

    def answer(self, model: str, quantity: str, given: dict) -> float:
        if model == "erlang_b":
            return float(erlang_b(given["load_erl"], agents=given["servers"]))
        if model == "erlang_b_inverse_load":
            return load_blocked(given["servers"], given["blocking"])
        rate = given["lam_per_s"] if "lam_per_s" in given else given["calls"] / given["period_s"]
        patience = None if model == "erlang_c" or quantity == "asa_erlang_c" else given["patience_s"]
        demand = Demand(rate * given["aht_s"], given["aht_s"], patience)
        found = measures(demand, agents=given["agents"])
        level = service_level(demand, agents=given["agents"], within_s=given["T_s"])
        answers = {
            "pwait": found.p_wait, "pw": found.p_wait, "pab": found.p_abandon, "ew": found.mean_wait_s,
            "occ": found.occupancy, "occupancy": found.occupancy, "sl": level, "asa_s": found.asa_s,
            "asa_erlang_c": found.asa_s, "immediate": 1 - found.p_wait,
        }  # fmt: skip
        return float(answers[quantity])


def load_blocked(servers: int, blocking: float) -> float:
    """The load at which so many servers block that share."""
    low, high = 0.0, 10.0 * servers + 10
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if erlang_b(middle, agents=servers) < blocking else (low, middle)
    return high


class TestHighPrecision:
    def test_erlang_a_on_the_grid(self) -> None:
        demand, agents = grid_demand(), column(GRID, "agents")
        within, short = column(GRID, "T_s"), column(GRID, "t0_s")
        found = measures(demand, agents=agents)
        level = service_level(demand, agents=agents, within_s=within)
        excluding = service_level_excluding_short(
            demand, agents=agents, within_s=within, short_abandon_s=short
        )
        assert_allclose(found.p_wait, of_grid("erlang_a", "pw"), rtol=0, atol=1e-12)
        assert_allclose(found.p_abandon, of_grid("erlang_a", "pab"), rtol=0, atol=1e-12)
        assert_allclose(level, of_grid("erlang_a", "sl"), rtol=0, atol=1e-12)
        assert_allclose(excluding, of_grid("erlang_a", "slx"), rtol=0, atol=1e-12)
        early = abandoned_within(demand, agents=agents, within_s=short)
        assert_allclose(early, of_grid("erlang_a", "pab0"), rtol=0, atol=1e-12)
        assert_allclose(found.mean_wait_s, of_grid("erlang_a", "ew"), rtol=1e-11, atol=1e-12)
        assert_allclose(found.occupancy, of_grid("erlang_a", "occ"), rtol=0, atol=1e-12)

    def test_erlang_b_and_c_on_the_grid(self) -> None:
        given, agents = grid_demand(), column(GRID, "agents")
        demand = Demand(given.load, given.aht_s)
        assert_allclose(erlang_b(given.load, agents=agents), column(GRID, "erlang_b"), rtol=0, atol=1e-12)
        found = measures(demand, agents=agents)
        assert_allclose(found.p_wait, of_grid("erlang_c", "pwait"), rtol=0, atol=1e-12)
        level = service_level(demand, agents=agents, within_s=column(GRID, "T_s"))
        assert_allclose(level, of_grid("erlang_c", "sl"), rtol=0, atol=1e-12)
        asa, endless = of_grid("erlang_c", "asa_s"), column(GRID, "agents") <= np.asarray(given.load)
        assert np.isinf(found.asa_s[endless]).all()
        assert_allclose(found.asa_s[~endless], asa[~endless], rtol=1e-11)

    def test_erlang_a_over_the_whole_range(self) -> None:
        demand = Demand(*(column(EXTREMES, name) for name in ("load", "aht_s", "patience_s")))
        agents, within, short = (column(EXTREMES, name) for name in ("agents", "within_s", "short_s"))
        found = measures(demand, agents=agents)
        shares = {
            "p_wait": found.p_wait,
            "p_abandon": found.p_abandon,
            "occupancy": found.occupancy,
            "p_abandon_short": abandoned_within(demand, agents=agents, within_s=short),
            "p_abandon_within": abandoned_within(demand, agents=agents, within_s=within),
            "excluding_short": service_level_excluding_short(
                demand, agents=agents, within_s=within, short_abandon_s=short
            ),
        }
        for number, formula in enumerate(FORMULAS, start=1):
            shares[f"service_level_{number}"] = service_level(
                demand, agents=agents, within_s=within, formula=formula, short_abandon_s=short
            )
        for name, share in shares.items():
            assert_allclose(share, column(EXTREMES, name), rtol=0, atol=1e-12, err_msg=name)
        assert_allclose(found.mean_wait_s, column(EXTREMES, "mean_wait_s"), rtol=1e-10, atol=1e-300)
        assert_allclose(found.asa_s, column(EXTREMES, "asa_s"), rtol=1e-10, atol=1e-300)

    def test_erlang_b_and_c_over_the_whole_range(self) -> None:
        demand = Demand(column(EXTREMES, "load"), column(EXTREMES, "aht_s"))
        agents, within = column(EXTREMES, "agents"), column(EXTREMES, "within_s")
        found = measures(demand, agents=agents)
        level = service_level(demand, agents=agents, within_s=within)
        blocked = erlang_b(demand.load, agents=agents)
        assert_allclose(blocked, column(EXTREMES, "blocked"), rtol=0, atol=1e-12)
        assert_allclose(found.p_wait, column(EXTREMES, "c_wait"), rtol=0, atol=1e-12)
        assert_allclose(level, column(EXTREMES, "c_level"), rtol=0, atol=1e-12)
        asa_s = np.nan_to_num(column(EXTREMES, "c_asa_s"), nan=np.inf)
        assert_allclose(found.asa_s, asa_s, rtol=1e-10, atol=1e-290)
