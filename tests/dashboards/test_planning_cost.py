"""What does it cost: sums by hand, and the page with a schedule's cost, of one site, and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.cost_curve import cost_rows, curves
from dashboards.cost_plan import WeekCost, by_place, local_money
from dashboards.formats import NO_BREAK
from dashboards.published import Published
from staffing.costing.points import point_costs
from tests.dashboards import small_costs
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_centre import write_store

Show = Callable[..., AppTest]


@pytest.fixture(scope="session")
def cost_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("costs")
    told = small_costs.tables()
    told["HOURLY_COST"] = told["HOURLY_COST"][told["HOURLY_COST"]["site"] != "TYO"]
    write_store(folder, more=told)
    return folder


def week() -> WeekCost:
    told = small_costs.tables()
    first = {
        name: rows[rows["period_start"] == small_costs.MONDAYS[0]]
        for name, rows in told.items()
        if "period_start" in rows
    }
    points = told["COST_OF_POINT"]
    return WeekCost(first["COST_OF_PLAN"], first["COST_BY_QUEUE"], points, told["HOURLY_COST"], "EUR")


def test_a_region_stands_above_its_sites_and_a_site_alone_for_its_region() -> None:
    rows = by_place(week())
    assert rows["name"].tolist() == ["West", "LIS", "CAI", "TYO", "all"]
    west = rows.set_index("name").loc["West"]
    assert west["total"] == 8000 + 2000  # by hand: all that PLACES says of Lisbon and of Cairo
    assert west["per_contact"] == pytest.approx(10000 / 3000)
    assert west["per_fte"] == pytest.approx(10000 / 20)
    assert rows.set_index("name").loc["all", "total"] == 15000


def test_parts_of_the_total_are_the_total() -> None:
    rows = by_place(week())
    assert (
        rows[["work", "off", "premiums", "seats", "replacing"]].sum(axis=1).tolist() == rows["total"].tolist()
    )


def test_money_of_a_site_is_written_out() -> None:
    assert local_money(11400.4, "COP") == f"11,400{NO_BREAK}COP"
    assert local_money(16.56, "MAD") == f"16.56{NO_BREAK}MAD"


def test_the_page_says_what_the_week_and_a_point_cost(show: Show, cost_store: Path) -> None:
    app = show("planning_cost", cost_store)
    assert not app.exception
    said = sentence(app).replace(NO_BREAK, " ")
    assert said.startswith("The week costs € 15 k: € 4.29 a contact handled, € 500 a full-time equivalent.")
    assert "60 contract hours are paid and not used: € 300." in said
    assert "a point" in said  # the price of the next step stands beside it
    shown = texts(app)
    for heading in (
        "Where does the money go?",
        "Which contacts are dear?",
        "What does one more point cost by region?",
    ):
        assert heading in shown
    assert f"100.00{NO_BREAK}EGP" in shown  # 2,000 EUR / 1,000 contacts x 50
    assert "free" in shown
    assert "<b>No price is known of Tokyo</b>: left out, not counted as nothing." in shown


def test_one_site_is_priced_alone(show: Show, cost_store: Path) -> None:
    said = sentence(show("planning_cost", cost_store, site="CAI", week="2026-10-12")).replace(NO_BREAK, " ")
    assert said.startswith("The week costs € 2,000: € 2.00 a contact handled")


def test_the_executive_reads_the_same_figures(show: Show, cost_store: Path) -> None:
    shown = texts(show("executive_contract", cost_store)).replace(NO_BREAK, " ")
    assert "Cost of the week" in shown
    assert "€ 15 k" in shown
    assert "€ 4.29" in shown


def test_a_schedule_without_a_point_to_price_shows_its_cost(show: Show, tmp_path: Path) -> None:
    write_store(tmp_path, without=("COST_CURVE", "COST_OF_POINT"), more=small_costs.tables())
    app = show("planning_cost", tmp_path)
    assert not app.exception
    assert sentence(app).startswith("The week costs")


def test_the_price_of_a_point_of_all_regions_is_that_of_the_curve(plan: Published) -> None:
    priced = point_costs(plan.table("COST_CURVE"), plan.centre).query("region == 'all'")
    week = pd.Timestamp("2026-10-05")
    of_target = priced[priced["week"] == week].set_index("target")
    drawn = curves(cost_rows(plan), plan.centre, site=None, week=week)
    assert {curve.target for curve in drawn} == set(of_target.index)
    for curve in drawn:
        step, told = curve.step(), of_target.loc[curve.target]
        assert step is not None
        assert (step.begin, step.end) == (told["begin"], told["end"])
        assert (step.paid_h, step.cost) == pytest.approx((told["paid_h"], told["cost"]))
        assert curve.is_free(step) == told["free"]
