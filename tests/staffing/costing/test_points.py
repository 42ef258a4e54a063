"""What a point of service costs by region: one step of the curve, from what the contract asks."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pandas as pd
import pytest

from planner.domain.rates import Rates, SiteRates
from staffing.costing.points import point_costs
from tests.staffing.small import VOICE, centre

WEEK = pd.Timestamp("2026-10-19")


def curve(target: str, shares: list[float], hours: list[float], site: str = "LIS") -> pd.DataFrame:
    rows = {"site": site, "week": WEEK, "target": target, "share": shares, "paid_h": hours}
    return pd.DataFrame(rows).assign(cost=lambda frame: 10 * frame["paid_h"])


def test_a_point_is_a_part_of_the_step_above_the_contract() -> None:
    found = point_costs(curve("service_level", [0.75, 0.80, 0.85], [90.0, 100.0, 110.0]), centre())
    row = found.set_index("region").loc["LIS"]
    assert row[["asked", "begin", "end"]].tolist() == [0.80, 0.80, 0.85]
    assert (row["paid_h"], row["point_h"], row["point_cost"]) == pytest.approx((10.0, 2.0, 20.0))


def test_abandonment_is_harder_downwards() -> None:
    found = point_costs(curve("abandonment", [0.03, 0.04, 0.05, 0.10], [130.0, 110.0, 100.0, 80.0]), centre())
    row = found.set_index("region").loc["LIS"]
    assert row[["begin", "end"]].tolist() == [0.05, 0.04]
    assert row["point_h"] == pytest.approx(10.0)


def test_the_hardest_share_tried_shows_the_last_step() -> None:
    at = centre()
    aim = at.queues[VOICE].target
    queue = replace(
        at.queues[VOICE], target=replace(aim, service_levels=(replace(aim.service_levels[0], share=0.85),))
    )
    found = point_costs(
        curve("service_level", [0.75, 0.80, 0.85], [90.0, 100.0, 115.0]), replace(at, queues={VOICE: queue})
    )
    assert found.iloc[0][["asked", "begin", "end"]].tolist() == [0.85, 0.80, 0.85]


def test_sites_of_a_region_are_added_and_all_sites_together() -> None:
    rates = Rates(MappingProxyType({"LIS": SiteRates("West"), "BOG": SiteRates("West")}))
    both = pd.concat([curve("service_level", [0.8, 0.85], [100.0, 110.0], site) for site in ("LIS", "BOG")])
    found = point_costs(both, replace(centre(), rates=rates))
    assert found["region"].tolist() == ["West", "all"]
    assert found["paid_h"].tolist() == pytest.approx([20.0, 20.0])


def test_no_curve_no_price() -> None:
    assert point_costs(curve("service_level", [], []), centre()).empty
