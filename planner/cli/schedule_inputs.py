"""What `planner schedule` is given: the plan or what stands for it, the need, the people."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

from planner.config import Plan, Settings, load_plan
from planner.domain import tables as t
from planner.domain.centre import Centre
from planner.domain.membership import of_centre
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.importers import read, read_table
from planner.importers.plain import Asked, PlainRequirement, read_people, read_requirement
from planner.pipeline import steps
from planner.pipeline.plain.needed import by_intervals, needed
from planner.pipeline.plain.queues import queues_of_plan
from planner.pipeline.plain.schedule import Wanted, understood
from planner.pipeline.wishes import of_roster
from planner.records.heading import headings
from staffing.standing import Standing

Say = Callable[[str], None]
T = TypeVar("T")
OURS = {"site", "language", "channel", "interval_start", "agents_scheduled", "agents_rostered"}


@dataclass(frozen=True)
class Given:
    """The plan, REQUIREMENT as far as a schedule needs it, the people, and the SCHEDULE they have."""

    plan: Plan
    needed: pd.DataFrame
    people: steps.People
    published: pd.DataFrame


def given(options: Namespace, say: Say) -> Given:
    """Everything read and checked; InputError names what is wrong in any of the files."""
    return _with_plan(options, say) if options.plan else _without_plan(options, say)


def _with_plan(options: Namespace, say: Say) -> Given:
    if options.zone:
        raise InputError([Problem("beside_a_plan", "with --plan there is no --zone; the plan says it")])
    plan = _settled(load_plan(options.plan), options)
    reading = Reading()
    need = reading.of(lambda: _needed(options, plan, say))
    agents = reading.of(lambda: brought(options.agents, t.AGENTS, plan.centre))
    beside = reading.of(lambda: _beside(options, plan.centre))
    if need is None or agents is None or beside is None:
        raise InputError(reading.problems)
    rows, interval_min = need
    centre = replace(plan.centre, interval_min=interval_min)
    return Given(replace(plan, centre=centre), rows, _people(agents, beside, say), beside["published"])


def _beside(options: Namespace, centre: Centre) -> dict[str, pd.DataFrame]:
    """What is known of the people besides: absences, preferences, the weeks before, and what stands."""
    return {
        "absences": brought(options.absences, t.ABSENCES, centre),
        "preferences": brought(options.preferences, t.PREFERENCES, centre),
        "before": _schedule_in(options.history, centre),
        "published": _schedule_in(options.published, centre),
        "locked": brought(options.locked, t.LOCKED, centre),
    }


def _schedule_in(path: Path | None, centre: Centre) -> pd.DataFrame:
    return t.SCHEDULE.empty() if path is None else read_table(path, of_centre(t.SCHEDULE, centre))


def _people(agents: pd.DataFrame, beside: dict[str, pd.DataFrame], say: Say) -> steps.People:
    wishes, notes = of_roster(beside["preferences"], agents)
    for note in notes:
        say(note)
    return steps.People(agents, beside["absences"], wishes, beside["before"], Standing(beside["locked"]))


class Reading:
    """Reads file after file and remembers the problems of all."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def of(self, read: Callable[[], T]) -> T | None:
        """What was read; None where it cannot be."""
        try:
            return read()
        except InputError as error:
            self.problems += error.problems
            return None


def _settled(plan: Plan, options: Namespace) -> Plan:
    """The plan with what the options say in place of it."""
    settings = replace(
        plan.settings,
        seconds_per_site=options.seconds_per_site or plan.settings.seconds_per_site,
        pairs_each=options.pairs_each or (None if options.seconds_per_site else plan.settings.pairs_each),
        prove_seconds=options.prove_seconds or plan.settings.prove_seconds,
        workers=options.workers or plan.settings.workers,
    )
    return replace(plan, settings=settings, seed=plan.seed if options.seed is None else options.seed)


def _needed(options: Namespace, plan: Plan, say: Say) -> tuple[pd.DataFrame, int]:
    """REQUIREMENT and its interval: our own table as it is, any other one understood by the plan's queues."""
    if set(headings(options.requirement)) >= OURS:
        return read_table(
            options.requirement, of_centre(t.REQUIREMENT, plan.centre)
        ), plan.centre.interval_min
    told = read_requirement(options.requirement, asked=_asked(options))
    zones = {code: site.time_zone for code, site in plan.centre.sites.items()}
    need = by_intervals(needed(told, queues_of_plan(plan.centre), zones), plan.centre.interval_min)
    _say_columns(told, say)
    for notice in need.notices:
        say(f"{told.file}: {notice}")
    return need.rows, need.interval_min


def _say_columns(told: PlainRequirement, say: Say) -> None:
    time = " and ".join(f"“{name}”" for name in told.time_names)
    numbers = ", ".join(f"“{name}”" for name in told.rows["column"].unique())
    keys = "".join(f", {key} from “{label}”" for key, label in told.labels.items())
    say(f"{told.file}: times from {time}, people needed from {numbers}{keys}")


def _without_plan(options: Namespace, say: Say) -> Given:
    reading = Reading()
    told = reading.of(lambda: read_requirement(options.requirement, asked=_asked(options)))
    people = reading.of(lambda: read_people(options.agents))
    if told is None or people is None:
        raise InputError(reading.problems)
    _say_columns(told, say)
    settings = Settings(
        seconds_per_site=options.seconds_per_site or Settings.seconds_per_site,
        pairs_each=options.pairs_each,
        prove_seconds=options.prove_seconds or 0.0,
        workers=options.workers or os.cpu_count() or 1,
    )
    seed = 1 if options.seed is None else options.seed
    found = understood(told, people, Wanted(options.zone, options.first_day, options.weeks, seed, settings))
    for line in found.said:
        say(line)
    beside = _beside(options, found.plan.centre)
    return Given(found.plan, found.needed, _people(found.agents, beside, say), beside["published"])


def _asked(options: Namespace) -> Asked:
    order = options.date_order.replace("-", " ") if options.date_order else None
    return Asked(options.time_column, options.agents_column, order=order)


def brought(path: Path | None, table: Table, centre: Centre) -> pd.DataFrame:
    """A table people bring, in any format known and on any clock; empty where no file was named."""
    if path is None:
        return table.empty()
    found = read(path, centre=centre)
    if found.table is not table:
        note = f"holds {found.table.name} ({found.table.meaning}); {table.name} is wanted here"
        raise InputError([Problem("other_table", note, path.name)])
    return found.frame
