"""The section costs of plan.yaml: what an hour costs by it, and what is wrong by its path."""

from __future__ import annotations

from datetime import date

import pytest

from planner.config import Plan, plan_from_text
from planner.domain.problems import InputError

PLAN = """
name: t
currency: EUR
horizon: {first_day: 2026-10-05}
sites:
  LIS: {name: Lisbon, country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-22:00"}, labour: law}
  CAS: {country: MA, time_zone: Africa/Casablanca, hours: {all: "08:00-22:00"}, cost_per_paid_hour: 9}
labour: {law: {night_premium: 0.25, sunday_premium: 0.5}}
targets: {voice: {max_abandonment: 0.05}}
handling: {voice: {aht_s: 300, patience_s: 90}}
contracts:
  full: {weekly_hours: 40, days_per_week: 5, shift_h: [8]}
  part: {weekly_hours: 20, days_per_week: 5, shift_h: [4]}
shift_patterns: [{name: 8 h, paid_h: 8}, {name: 4 h, paid_h: 4}]
queues: [{site: LIS, language: pt, channels: [voice]}, {site: CAS, language: fr, channels: [voice]}]
capacity: {overtime: {premium: 0.4}}
costs: %s
"""
EXCHANGE = "exchange: {day: 2026-09-30, for_one: {MAD: 10}}"


def plan(section: str = "{}") -> Plan:
    return plan_from_text(PLAN % section)


def test_a_wage_is_loaded_and_premiums_of_costs_go_before_those_of_the_labour_rules() -> None:
    said = "{sites: {LIS: {wage_per_hour: {full: 12, part: 10}, loading: 0.25, night_premium: 0.3}}}"
    centre = plan(said).centre
    pay = centre.rates.of("LIS").pay
    assert (pay["full"].loaded_local, pay["part"].loaded_local) == (15.0, 12.5)
    law = centre.sites["LIS"].labour
    assert (law.night_premium, law.sunday_premium) == (0.3, 0.5)
    assert centre.rates.of("LIS").overtime_premium == 0.4  # as the capacity plan has it


def test_an_hour_that_the_site_does_not_say_is_the_mean_of_its_contracts_by_their_hours() -> None:
    centre = plan("{sites: {LIS: {loaded_per_hour: {full: 15, part: 12}}}}").centre
    assert centre.sites["LIS"].cost_per_paid_hour == pytest.approx((15 * 40 + 12 * 20) / 60)


def test_the_simple_form_stays_as_it_is() -> None:
    centre = plan().centre
    assert centre.sites["CAS"].cost_per_paid_hour == 9
    assert centre.sites["LIS"].cost_per_paid_hour == 0
    assert (centre.rates.of("LIS").region, centre.rates.of("CAS").region) == ("Lisbon", "CAS")
    assert centre.rates.full_time_h == 40  # the longest contract


def test_money_of_a_site_comes_back_the_same_from_the_plans_currency() -> None:
    said = (
        f"{{{EXCHANGE}, sites: {{CAS: {{currency: MAD, wage_per_hour: 75, loading: 0.2, region: Maghreb}}}}}}"
    )
    rates = plan(said).centre.rates
    assert rates.quoted_on == date(2026, 9, 30)
    assert rates.in_plan(90.0, "CAS") == 9.0
    assert rates.local(rates.in_plan(123.45, "CAS"), "CAS") == pytest.approx(123.45, abs=1e-12)
    assert rates.local(9.0, "LIS") == 9.0


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("{sites: {LIS: {currency: EUX}}}", "costs.sites.LIS.currency"),
        ("{sites: {LIS: {currency: mad}}}", "costs.sites.LIS.currency"),
        ("{sites: {LIS: {currency: MAD}}}", "costs.sites.LIS.currency"),
        ("{exchange: {day: 2026-09-30, for_one: {MAD: 0}}}", "costs.exchange.for_one.MAD"),
        ("{exchange: {day: 2026-09-30, for_one: {MAD: -3}}}", "costs.exchange.for_one.MAD"),
        ("{exchange: {day: 2026-09-30, for_one: {MAD: .nan}}}", "costs.exchange.for_one.MAD"),
        ("{exchange: {day: 2026-09-30, for_one: {EUR: 2}}}", "costs.exchange.for_one.EUR"),
        ("{exchange: {for_one: {MAD: 10}}}", "costs.exchange.day"),
        ("{sites: {LIS: {wage_per_hour: 12, loading: 1.2}}}", "costs.sites.LIS.loading"),
        ("{sites: {LIS: {loading: 0.2}}}", "costs.sites.LIS.loading"),
        ("{sites: {LIS: {wage_per_hour: 0}}}", "costs.sites.LIS.wage_per_hour"),
        ("{sites: {LIS: {wage_per_hour: twelve}}}", "costs.sites.LIS.wage_per_hour"),
        ("{sites: {LIS: {wage_per_hour: {full: -1}}}}", "costs.sites.LIS.wage_per_hour.full"),
        ("{sites: {LIS: {wage_per_hour: {half: 9}}}}", "costs.sites.LIS.wage_per_hour.half"),
        ("{sites: {LIS: {wage_per_hour: 12, loaded_per_hour: 15}}}", "costs.sites.LIS.loaded_per_hour"),
        ("{sites: {OPO: {region: Iberia}}}", "costs.sites.OPO"),
        ("{sites: {LIS: {region: all}}}", "costs.sites.LIS.region"),
        ("{sites: {LIS: {seat_per_month: -1}}}", "costs.sites.LIS.seat_per_month"),
        ("{every_site: {night_premium: 25}}", "costs.every_site.night_premium"),
        ("{every_site: {wage_per_hour: 25}}", "costs.every_site.wage_per_hour"),
        ("{sites: {CAS: {loaded_per_hour: 11}}}", "sites.CAS.cost_per_paid_hour"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(section: str, path: str) -> None:
    with pytest.raises(InputError) as refused:
        plan(section)
    assert [problem.column for problem in refused.value.problems] == [path]


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        plan("{sites: {LIS: {currency: USD, loading: 0.2}, OPO: {}, CAS: {loaded_per_hour: 20}}}")
    assert {problem.column for problem in refused.value.problems} == {
        "costs.sites.LIS.currency",
        "costs.sites.LIS.loading",
        "costs.sites.OPO",
        "sites.CAS.cost_per_paid_hour",
    }
