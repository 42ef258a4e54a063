"""Forecast, people and settings -> where to serve each language, against today, certified by simulation."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.hosting import Hosting
from planner.domain.hosting_tables import HOSTING_TABLES
from planner.domain.problems import InputError, Problem
from staffing.hosting.certified import REPLICATIONS, Certifier
from staffing.hosting.choices import Choice, Market, as_today, choices_of
from staffing.hosting.floor import DAYS_BEFORE, Contacts
from staffing.hosting.limits import must_divide
from staffing.hosting.lines import Stream, Week, at_level, busy_week, of_week, streams_of, with_aht
from staffing.hosting.model import settle
from staffing.hosting.need import Streams, parts_of
from staffing.hosting.people import supply_of
from staffing.hosting.places import place_of
from staffing.hosting.programme import Search
from staffing.hosting.report import tables_of
from staffing.hosting.search import Line
from staffing.simulation.arrivals import draw_paths

Say = Callable[[str], None]


@dataclass(frozen=True)
class Known:
    """What a hosting plan rests on: FORECAST, FORECAST_PATHS (possibly none) and AGENTS."""

    forecast: pd.DataFrame
    paths: pd.DataFrame
    agents: pd.DataFrame


@dataclass(frozen=True)
class Asked:
    """The centre, its hosting section, and what shifts lose at each site (paid hours that are left)."""

    centre: Centre
    hosting: Hosting
    efficiency: Mapping[str, float]


@dataclass(frozen=True)
class HostingPlan:
    """The tables by name, the week they are of, and languages that should have two sites and have one."""

    tables: dict[str, pd.DataFrame]
    week: Week
    one_site: Mapping[str, tuple[str, ...]]


def hosting_plan(known: Known, asked: Asked, *, search: Search, say: Say) -> HostingPlan:
    """Today's allocation, the best with every language apart, and the best of all, each certified.

    Infeasible where the limits leave no answer; InputError where the forecast has no work.
    """
    known = replace(known, forecast=with_aht(known.forecast, asked.centre))
    week = busy_week(known.forecast, asked.hosting, interval_min=asked.centre.interval_min)
    market = market_of(known, asked, week)
    say(
        f"week of {week.first:%Y-%m-%d}: {len(market.work.streams)} streams of work, "
        f"{len(market.places)} sites"
    )
    begun = time.process_time()
    apart, today = as_today(market, channels_apart=single_channels)
    choices = choices_of(market)
    say(f"{len(choices):,} teams to choose from, after {time.process_time() - begun:.1f} CPU s")
    certifier = _certifier(known, asked, week, seed=search.seed)
    alone = [choice for choice in choices if choice.team.kind == "alone"]
    line = Line(certifier, search, say)
    first = line.settled("today", apart, settle(apart, today, search), today)
    second = line.best("dedicated", market, alone)
    third = line.best("proposed", market, choices)
    if third.final.cost > second.final.cost:
        third = replace(second, name="proposed")
    made = [line.lived(each) for each in (first, second, third)]
    for each in made:
        say(f"{each.name}: {len(each.teams)} teams certified, after {time.process_time() - begun:.1f} CPU s")
    tables = {
        table.name: table.check(frame) for table, frame in zip(HOSTING_TABLES, tables_of(made, asked.hosting))
    }
    return HostingPlan(tables, week, _one_site(market, choices))


def market_of(known: Known, asked: Asked, week: Week) -> Market:
    """Everything the choice is made from, for the week."""
    centre, hosting = asked.centre, asked.hosting
    streams = tuple(streams_of(known.forecast, known.paths, centre, hosting=hosting, week=week))
    if not streams:
        note = f"has no contacts in the week of {week.first:%Y-%m-%d}: there is nothing to host"
        raise InputError([Problem("no_work", note, "FORECAST")])
    supply = supply_of(known.agents, centre, hosting=hosting, week=week)
    places = {
        code: place_of(site, week, efficiency=asked.efficiency.get(code, 1.0))
        for code, site in centre.sites.items()
    }
    parts = []
    for stream in streams:
        able = {
            code: place.is_open
            for code, place in places.items()
            if code in stream.today or supply.speaks(code, stream.line.language)
        }
        parts.append(parts_of(stream, able, week, least_h=hosting.part_least_h))
    return Market(Streams(week, streams, tuple(parts)), places, supply, hosting)


def single_channels(stream: Stream) -> Iterator[Stream]:
    """The stream channel by channel, as today's queues are."""
    for row, channel in enumerate(stream.channels):
        part = slice(row, row + 1)
        one = replace(
            stream,
            group=channel,
            channels=(channel,),
            offered=stream.offered[part],
            mean=stream.mean[part],
            aht_s=stream.aht_s[part],
        )
        if one.work_h > 0:
            yield one


def _certifier(known: Known, asked: Asked, week: Week, *, seed: int) -> Certifier:
    sites = tuple(asked.centre.sites)
    usual = of_week(known.forecast, week, days_before=DAYS_BEFORE)
    level = at_level(usual, known.paths, asked.centre, level=asked.hosting.level)
    busy = Contacts(week, usual.assign(offered=level), known.paths.iloc[:0], sites)
    to_come = Contacts(week, usual, known.paths, sites)
    paths = draw_paths(known.paths, replications=REPLICATIONS, seed=seed)
    return Certifier(busy, to_come, paths, seed, asked.hosting.pools.aht_multiple)


def _one_site(market: Market, choices: Sequence[Choice]) -> dict[str, tuple[str, ...]]:
    """Languages that risk wants at two sites and only one could serve."""
    found = must_divide(market, choices)
    return {language: tuple(sites) for language, sites in found.items() if len(sites) < 2}
