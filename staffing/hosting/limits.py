"""Limits of the hosting programme: seats, two sites for large languages, shares of a site and a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ortools.math_opt.python import mathopt

from staffing.hosting.choices import DESK_HOURS, Choice, Market
from staffing.hosting.programme import Model


def seats(model: Model) -> None:
    """At every hour of the day no more people at their desks than the site has seats."""
    for site, place in model.market.places.items():
        here = [
            (choice, taken)
            for choice, taken in zip(model.choices, model.taken, strict=True)
            if choice.team.site == site
        ]
        if place.site.seats is None or not here:
            continue
        most = place.site.seats * model.market.hosting.seats_share
        for hour in range(DESK_HOURS):
            terms = [float(choice.desks[hour]) * taken for choice, taken in here if choice.desks[hour] > 0]
            if terms:
                model.solver.add_linear_constraint(mathopt.fast_sum(terms) <= most)


def must_divide(market: Market, choices: Sequence[Choice]) -> dict[str, list[str]]:
    """Languages that risk wants at two sites, and the sites that could serve each of them."""
    from_fte = market.hosting.risk.two_sites_from_fte
    if from_fte is None:
        return {}
    work_h: dict[str, float] = {}
    for stream in market.work.streams:
        work_h[stream.line.language] = work_h.get(stream.line.language, 0.0) + stream.work_h
    big = [language for language, hours in work_h.items() if hours / market.supply.week_h >= from_fte]
    return {
        language: sorted({c.team.site for c in choices if language in c.team.languages}) for language in big
    }


def two_sites(model: Model, served: Mapping[tuple[str, str], Any]) -> None:
    """Large languages are at two sites, where two could serve them; `served` by site and language."""
    for language, sites in must_divide(model.market, model.choices).items():
        if len(sites) > 1:
            model.solver.add_linear_constraint(
                mathopt.fast_sum([served[site, language] for site in sites]) >= 2
            )


def most_at_one_site(model: Model) -> None:
    """No site has more than its share of a large language's work."""
    most = model.market.hosting.risk.most_at_one_site
    for language, sites in must_divide(model.market, model.choices).items():
        whole = sum(s.work_h for s in model.market.work.streams if s.line.language == language)
        for site in sites if len(sites) > 1 and most < 1 else ():
            terms = [
                choice.work_h.get(language, 0.0) * taken
                for choice, taken in zip(model.choices, model.taken, strict=True)
                if choice.team.site == site
            ]
            model.solver.add_linear_constraint(mathopt.fast_sum(terms) <= most * whole)


def most_in_one_country(model: Model) -> None:
    """No country has more than its share of all work."""
    most = model.market.hosting.risk.most_in_one_country
    whole = sum(stream.work_h for stream in model.market.work.streams)
    rows: dict[str, list[Any]] = {}
    for choice, taken in zip(model.choices, model.taken, strict=True):
        country = model.market.places[choice.team.site].site.country
        rows.setdefault(country, []).append(sum(choice.work_h.values()) * taken)
    for terms in rows.values() if most < 1 else ():
        model.solver.add_linear_constraint(mathopt.fast_sum(terms) <= most * whole)
