"""A plan for a schedule where there is no plan.yaml: one law, contracts by their hours, hours by the need.

Everything that is assumed is said; whoever knows better writes a plan.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.config import Inputs, Plan, Settings
from planner.config.labour import labour_rules, pack
from planner.domain.centre import CHANNEL_KINDS, Centre, Handling, Queue, QueueKey, Site, Target
from planner.domain.keys import QUEUE
from planner.domain.labour_rules import Contract
from planner.domain.problems import counted
from planner.domain.timegrid import OpeningHours, local_day
from planner.importers.plain import PlainPeople, PlainRequirement
from planner.pipeline.plain.clock import UTC, clock_of
from planner.pipeline.plain.contracts import contract_of, name_of, patterns_of, said
from planner.pipeline.plain.needed import Needed, needed
from planner.pipeline.plain.people import agents_of
from planner.pipeline.plain.queues import SITE, queues_as_told
from planner.pipeline.plain.words import LENGTHS, hours_said

RULE_PACK = "eu"
AHT_S = 180.0  # never used: a schedule knows the people needed, not the contacts
DAY_MIN, MEAL_MIN = 1440, 60
WEEK, MOST_WEEKS = 7, 8


@dataclass(frozen=True)
class Wanted:
    """What may be said beside the tables: zone, first day, weeks, seed, and how hard to work."""

    zone: str | None
    first_day: date | None
    weeks: int | None
    seed: int
    settings: Settings


@dataclass(frozen=True)
class Understood:
    """What two tables come to: a plan, the need (REQUIREMENT) and AGENTS on its queues, what was assumed."""

    plan: Plan
    needed: pd.DataFrame
    agents: pd.DataFrame
    said: tuple[str, ...]


def understood(requirement: PlainRequirement, people: PlainPeople, wanted: Wanted) -> Understood:
    """The plan that the tables tell; InputError where something in them cannot be meant."""
    zone = clock_of(requirement, zone=wanted.zone, until=None).zone
    zones = {text or SITE: zone for text in requirement.rows["site"].unique()}
    need = needed(requirement, queues_as_told, zones)
    queues = [QueueKey(*key) for key in need.rows[list(QUEUE)].drop_duplicates().itertuples(index=False)]
    agents = agents_of(people, queues)
    each = dict.fromkeys(people.rows["weekly_hours"].tolist())
    contracts = {name_of(hours): contract_of(hours, need.interval_min) for hours in each}
    sites = {site: _site(site, need, zone, list(contracts.values())) for site in zones}
    made = {key: _queue(key, sites[key.site]) for key in queues}
    patterns = patterns_of(contracts.values(), need.interval_min)
    centre = Centre("schedule", need.interval_min, sites, made, contracts, patterns)
    first, weeks = _horizon(need.rows, zone, wanted)
    plan = Plan(centre, first, weeks, weeks, wanted.seed, Inputs(), wanted.settings, "")
    return Understood(plan, need.rows, agents, tuple(_said(need, people, plan, agents)))


def _site(code: str, need: Needed, zone: str, contracts: Sequence[Contract]) -> Site:
    """A site that is open from the first to the last person needed of each weekday, or a shift long."""
    rows = need.rows[(need.rows["site"] == code) & (need.rows["agents_scheduled"] > 0)]
    local = rows["interval_start"].dt.tz_convert(zone)
    minute = local.dt.hour * 60 + local.dt.minute
    longest = max(shift_h for contract in contracts for shift_h in contract.shift_h)
    spans = {}
    for weekday, minutes in minute.groupby(local.dt.day_of_week):
        first, last = int(minutes.min()), int(minutes.max()) + need.interval_min
        shift_end = first + round(longest * 60) + MEAL_MIN
        spans[int(str(weekday))] = ((first, min(max(last, shift_end), DAY_MIN)),)
    return Site(code, code, "", zone, OpeningHours(zone, spans), labour=labour_rules(pack(RULE_PACK)))


def _queue(key: QueueKey, site: Site) -> Queue:
    return Queue(key, CHANNEL_KINDS.get(key.channel, "immediate"), site.hours, Target(), Handling(AHT_S))


def _horizon(rows: pd.DataFrame, zone: str, wanted: Wanted) -> tuple[date, int]:
    """First local day and weeks: those asked for, else all that the table holds, up to eight."""
    days = local_day(rows["interval_start"], zone)
    first = wanted.first_day or days.min().date()
    held = -(-((days.max().date() - first).days + 1) // WEEK)
    return first, wanted.weeks or min(max(held, 1), MOST_WEEKS)


def _said(need: Needed, people: PlainPeople, plan: Plan, agents: pd.DataFrame) -> Iterator[str]:
    """What was read and assumed, a sentence each."""
    yield from (*need.notices, *people.notices)
    centre = plan.centre
    queues = ", ".join(f"{key.language} {key.channel}" for key in centre.queues)
    steps = LENGTHS.get(need.interval_min, "intervals")
    yield f"needed: {counted(len(centre.queues), 'queue')} by {steps}: {queues}"
    for site in centre.sites.values():
        on = "the file's own clock; --zone names another" if site.time_zone == UTC else site.time_zone
        yield f"{site.code} is open {hours_said(site.hours, plan.first_day or date.min)}, on {on}"
    where = f"from “{people.hours_from}”" if people.hours_from else "assumed: no column of weekly hours"
    contracts = "; ".join(said(contract) for contract in centre.contracts.values())
    yield f"{counted(len(agents), 'person')}, contracts {where}: {contracts}".replace("persons", "people")
    yield f"labour rules: the pack “{RULE_PACK}” (check with your counsel); a plan.yaml names other ones"
    yield from _unspoken(centre, agents)


def _unspoken(centre: Centre, agents: pd.DataFrame) -> Iterator[str]:
    spoken = set(agents["languages"].str.split(";").explode())
    for language in (tag for tag in centre.languages if tag not in spoken):
        yield f"nobody speaks {language}: all that is needed of it stays short"
