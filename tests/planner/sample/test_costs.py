"""The sample's wages: their loaded hours are the hours its sites have always had."""

from __future__ import annotations

import yaml

from planner.config.plan import plan_from_text
from planner.sample.parameters import read_parameters
from planner.sample.plan_file import plan_text


def test_wages_loaded_and_exchanged_are_the_cost_of_the_paid_hour() -> None:
    parameters = read_parameters()
    centre = plan_from_text(plan_text(parameters, inputs={})).centre
    for code, site in centre.sites.items():
        pay = centre.rates.of(code).pay
        hours = {round(centre.rates.in_plan(each.loaded_local, code), 6) for each in pay.values()}
        assert hours == {parameters.spec["sites"][code]["cost_per_paid_hour_eur"]}, code
        assert set(pay) == set(centre.contracts)
        assert site.cost_per_paid_hour in hours


def test_the_currencies_that_sites_name_have_a_rate() -> None:
    tree = yaml.safe_load(plan_text(read_parameters(), inputs={}))["costs"]
    named = {site["currency"] for site in tree["sites"].values() if "currency" in site}
    assert named == set(tree["exchange"]["for_one"])
