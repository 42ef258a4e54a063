"""The section `costs:` of `plan.yaml` as a frozen value, and what is wrong with it across the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from planner.config.rates_schema import CostsFile, SiteCostFile
from planner.config.schema import PlanFile
from planner.domain.centre import LabourRules, Site
from planner.domain.rates import Pay, Rates, SiteRates

Wrong = tuple[str, str]  # dotted path, note
ROUNDING = 0.005  # share by which an hour written twice may differ: prices are written in cents
USUAL_WEEK_H = 40.0  # where the plan has no contracts
PREMIUMS = ("night", "sunday", "holiday")


def rates_of(plan: PlanFile) -> Rates:
    """The prices that the plan asks for, with an entry for each site."""
    given = plan.costs
    longest = max((contract.weekly_hours for contract in plan.contracts.values()), default=USUAL_WEEK_H)
    return Rates(
        MappingProxyType({code: _site(code, plan) for code in plan.sites}),
        MappingProxyType(dict(given.exchange.for_one) if given.exchange else {}),
        given.exchange.day if given.exchange else None,
        plan.capacity.full_time_h or longest,
    )


def _site(code: str, plan: PlanFile) -> SiteRates:
    own = plan.costs.sites.get(code, SiteCostFile())
    overtime = said(plan.costs, code, "overtime_premium")
    foreign = own.currency if own.currency != plan.currency else None
    return SiteRates(
        own.region or plan.sites[code].name or code,
        foreign,
        MappingProxyType(_pay(code, plan)),
        plan.capacity.overtime.premium if overtime is None else overtime,
        said(plan.costs, code, "seat_per_month") or 0.0,
    )


def said(costs: CostsFile, code: str, name: str) -> float | None:
    """What holds at a site: its own word, else that for every site; None where neither says it."""
    own = costs.sites.get(code)
    mine = getattr(own, name) if own is not None else None
    found: float | None = getattr(costs.every_site, name) if mine is None else mine
    return found


def _pay(code: str, plan: PlanFile) -> dict[str, Pay]:
    """Pay by contract; a price for every contract is written out."""
    own = plan.costs.sites.get(code, SiteCostFile())
    loading = said(plan.costs, code, "loading") or 0.0
    wages = {
        name: Pay.of_wage(wage, loading=loading) for name, wage in _named(own.wage_per_hour, plan).items()
    }
    return wages or {name: Pay(hour) for name, hour in _named(own.loaded_per_hour, plan).items()}


def _named(given: Mapping[str | None, float] | None, plan: PlanFile) -> dict[str, float]:
    if given is not None and None in given:
        return dict.fromkeys(plan.contracts, given[None])
    return {name: hour for name, hour in (given or {}).items() if name is not None}


def priced(site: Site, rates: Rates, costs: CostsFile, *, weekly_h: Mapping[str, float]) -> Site:
    """The site with its premiums where `costs` says them, and an hour for those whose contract is unknown.

    That hour is the site's own `cost_per_paid_hour`; where it says none, the mean of its contracts' hours,
    each weighed by `weekly_h`: what an hour costs where everyone is there once.
    """
    hour, pay = site.cost_per_paid_hour, rates.of(site.code).pay
    weights = {name: weekly_h.get(name, 0.0) for name in pay}
    if hour == 0 and sum(weights.values()) > 0:
        mean_local = sum(pay[name].loaded_local * weight for name, weight in weights.items())
        hour = rates.in_plan(mean_local / sum(weights.values()), site.code)
    return replace(site, labour=_with_premiums(site, costs), cost_per_paid_hour=hour)


def _with_premiums(site: Site, costs: CostsFile) -> LabourRules:
    """The site's labour rules with the premiums that `costs` says."""
    law = site.labour
    night, sunday, holiday = (said(costs, site.code, f"{name}_premium") for name in PREMIUMS)
    return replace(
        law,
        night_premium=law.night_premium if night is None else night,
        sunday_premium=law.sunday_premium if sunday is None else sunday,
        holiday_premium=law.holiday_premium if holiday is None else holiday,
    )


def wrong_costs(plan: PlanFile) -> Iterator[Wrong]:
    """What is wrong with the section across the plan: dotted path and note."""
    exchange = plan.costs.exchange
    if exchange is not None and exchange.for_one.get(plan.currency, 1.0) != 1.0:
        yield f"costs.exchange.for_one.{plan.currency}", "is the plan's own currency; leave it out"
    for code, own in plan.costs.sites.items():
        path = f"costs.sites.{code}"
        if code not in plan.sites:
            yield path, f"“{code}” is no site of this plan; known: {', '.join(plan.sites)}"
            continue
        yield from _wrong_pay(own, path, plan)
        yield from _wrong_currency(own, path, plan)
        yield from _wrong_hour(code, plan)


def _wrong_pay(own: SiteCostFile, path: str, plan: PlanFile) -> Iterator[Wrong]:
    if own.wage_per_hour and own.loaded_per_hour:
        yield f"{path}.loaded_per_hour", "stands beside wage_per_hour; write one of the two"
    if own.loading is not None and not own.wage_per_hour:
        yield f"{path}.loading", "is paid on a wage; write wage_per_hour, or leave it out"
    for name in ("wage_per_hour", "loaded_per_hour"):
        for contract in getattr(own, name) or {}:
            if contract is not None and contract not in plan.contracts:
                known = ", ".join(plan.contracts) or "none"
                yield f"{path}.{name}.{contract}", f"“{contract}” is no contract of this plan; known: {known}"


def _wrong_currency(own: SiteCostFile, path: str, plan: PlanFile) -> Iterator[Wrong]:
    """A foreign currency without its rate."""
    known = plan.costs.exchange.for_one if plan.costs.exchange else {}
    if own.currency not in (None, plan.currency, *known):
        note = f"“{own.currency}” has no rate; write how many {own.currency} are paid for one {plan.currency}"
        yield f"{path}.currency", f"{note} under costs.exchange.for_one, with the day they were quoted"


def _wrong_hour(code: str, plan: PlanFile) -> Iterator[Wrong]:
    """An hour that the site says otherwise than its contracts do."""
    rates, hour = rates_of(plan), plan.sites[code].cost_per_paid_hour
    hours = [rates.in_plan(pay.loaded_local, code) for pay in rates.of(code).pay.values()]
    if hour and hours and not min(hours) * (1 - ROUNDING) <= hour <= max(hours) * (1 + ROUNDING):
        span = " to ".join(dict.fromkeys(f"{each:.2f}" for each in (min(hours), max(hours))))
        note = f"{hour:g} is not what costs.sites.{code} gives: {span} {plan.currency} a paid hour"
        yield f"sites.{code}.cost_per_paid_hour", f"{note}; write one of these, or leave it out"
