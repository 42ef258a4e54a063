"""A hosting plan of the small centre: certified, cheaper than today, and its tables agree with one another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.hosting.plan import HostingPlan, hosting_plan
from staffing.hosting.programme import Search
from tests.staffing.hosting.small import asked, known


@pytest.fixture(scope="module")
def made() -> HostingPlan:
    return hosting_plan(known(), asked(), search=Search(20.0, seed=3), say=lambda _: None)


def test_every_target_holds_in_all_three_allocations(made: HostingPlan) -> None:
    service = made.tables["HOSTING_SERVICE"]
    assert set(service["allocation"]) == {"today", "dedicated", "proposed"}
    assert service["holds"].all()
    at_least = service["measure"].str.startswith("service_level")
    assert (service["low"] >= service["target"])[at_least].all()
    assert (service["high"] <= service["target"])[service["measure"] == "abandonment"].all()


def test_the_proposal_is_no_dearer_than_languages_apart_nor_these_than_today(made: HostingPlan) -> None:
    cost = made.tables["HOSTING_SEARCH"].set_index("allocation")["certified_cost"]
    assert cost["proposed"] <= cost["dedicated"] + 1e-6
    assert cost["dedicated"] < cost["today"]


def test_every_line_is_answered_once(made: HostingPlan) -> None:
    shares = made.tables["HOSTING"].groupby(["allocation", "line", "channels"])["share"].sum()
    assert np.allclose(shares, 1.0)


def test_hours_people_and_wages_agree_between_tables(made: HostingPlan) -> None:
    teams = made.tables["HOSTING_TEAMS"].groupby("allocation")[["paid_h", "cost"]].sum()
    costs = made.tables["HOSTING_COST"].groupby("allocation")[["paid_h", "wages", "people"]].sum()
    people = made.tables["HOSTING_PEOPLE"]
    assert np.allclose(teams["paid_h"], costs["paid_h"])
    assert np.allclose(teams["cost"], costs["wages"])
    assert np.allclose(people.groupby("allocation")["needed"].sum(), costs["people"])
    assert (made.tables["HOSTING_COST"]["unfilled"] == 0).all()
    there = people.assign(filled=people[["stay", "taught", "hired", "unfilled"]].sum(axis=1))
    assert np.allclose(there["filled"], there["needed"])
    kept = people.groupby("allocation")[["stay", "taught", "free"]].sum().sum(axis=1)
    assert np.allclose(kept, people.groupby("allocation")["today"].sum())


def test_somebody_is_there_whenever_a_line_is_open(made: HostingPlan) -> None:
    teams = made.tables["HOSTING_TEAMS"]
    assert (teams["most_on_contact"] >= 1).all()
    assert isinstance(made.week.first, pd.Timestamp)
