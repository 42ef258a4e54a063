"""`planner whatif`: what would differ with one rule less, people more, a shift more or a language taught."""

from __future__ import annotations

import argparse
import re
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from planner.cli.progress import Progress
from planner.cli.published import EXPLAINED, Named, brought, named, plan_of
from planner.cli.steps import refuse_unwritable, write
from planner.config import Plan
from planner.domain import tables as t
from planner.domain.membership import of_centre
from planner.domain.problems import InputError, Problem
from planner.domain.schedule_tables import ALL
from planner.domain.table import Table
from planner.importers import read_table
from planner.pipeline import steps
from planner.pipeline.asking import Asked
from planner.pipeline.changed_plan import Change, Hire, NewShift
from planner.pipeline.horizon import Horizon, within
from planner.pipeline.kernels import warn_if_first
from planner.pipeline.what_if import Pains, WhatIf, what_if
from staffing.scheduling.exact.solve import Patience

Each = argparse._SubParsersAction
WHAT = "what would differ: a rule less, people more, a shift more, a language taught"
MORE = """The need and the people stay; what is named changes, all of it together. Both sides are searched
for as long from the published schedule, which itself stays as it is. Prints cost, bound, hours short and over
by language and paid hours of both sides."""
HIRE = re.compile(r"(\d+) x (.+?) (\S+) (\S+?)(?: at (\S+))?")
SHIFT = re.compile(r"(\d+(?:\.\d+)?) h(?: from ([\d:,]+))? for (.+)")


def hire(text: str) -> Hire:
    """People such as "3 x full pt;es voice" or "1 x 40 h pt voice;chat at LIS", for argparse."""
    said = HIRE.fullmatch(text)
    if not said or not int(said[1]):
        raise argparse.ArgumentTypeError(f"{text} names no agents; write “3 x full pt;es voice at LIS”")
    return Hire(int(said[1]), said[2], said[3], said[4], said[5])


def new_shift(text: str) -> NewShift:
    """A shift such as "5 h from 9:00,17:00 for part" or "6 h for full,part", for argparse."""
    said = SHIFT.fullmatch(text)
    if not said:
        raise argparse.ArgumentTypeError(f"{text} is no shift; write “5 h from 9:00,17:00 for part”")
    starts = tuple(filter(None, (said[2] or "").split(",")))
    contracts = tuple(name.strip() for name in said[3].split(","))
    return NewShift(float(said[1]), contracts, starts)


def setting(text: str) -> tuple[str, str]:
    """A setting such as labour.spain.daily_rest_h=11, for argparse."""
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise argparse.ArgumentTypeError(f"{text} sets nothing; write labour.spain.daily_rest_h=11")
    return path.strip(), value.strip()


def taught(text: str) -> tuple[tuple[str, str], ...]:
    """Languages for an agent, such as SVQ-0001:it,ro, for argparse."""
    who, colon, languages = text.rpartition(":")
    if not colon or not who or not languages:
        raise argparse.ArgumentTypeError(f"{text} teaches nobody; write SVQ-0001:it,ro")
    return tuple((who, language.strip()) for language in languages.split(","))


def add(each: Each) -> None:
    """Add the command to the command line."""
    command = each.add_parser("whatif", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("published", metavar="PUBLISHED", help=EXPLAINED)
    _differences(command)
    how = command.add_argument_group("how hard to work")
    how.add_argument(
        "--seconds", type=float, default=30.0, metavar="N", help="each side and site at most; default 30"
    )
    how.add_argument(
        "--exact", type=float, metavar="SECONDS",
        help="for a team of about 15 agents and a week: the cheapest schedules there are, by CP-SAT",
    )  # fmt: skip
    how.add_argument("--site", action="append", default=[], metavar="CODE", help="only these; repeatable")
    how.add_argument("--weeks", type=int, metavar="N", help="only the first so many weeks")
    given = command.add_argument_group("what it is asked of")
    given.add_argument("--store", type=Path, metavar="FOLDER", help="the store of the plan named")
    given.add_argument("--plan", type=Path, metavar="PLAN.yaml", help="the centre; default: the plan's own")
    for name in ("requirement", "agents", "absences"):
        given.add_argument(f"--{name}", type=Path, metavar="FILE", help="default: the plan's own")
    given.add_argument("--out", type=Path, metavar="FILE", help="also the WHAT_IF table; .parquet or .csv")
    given.add_argument("--schedule-out", type=Path, metavar="FILE", help="also SCHEDULE with the difference")
    command.set_defaults(run=run)


def _differences(command: argparse.ArgumentParser) -> None:
    what = command.add_argument_group("the difference, each repeatable")
    what.add_argument(
        "--drop-rule", action="append", default=[], metavar="NAME", help="leave a rule out: “daily rest”"
    )
    for name, kind, shown, told in (
        ("set", setting, "PATH=VALUE", "change plan.yaml: labour.spain.daily_rest_h=11"),
        ("add-agents", hire, "WHO", "more people: “3 x full pt;es voice at LIS”"),
        ("add-shift", new_shift, "SHIFT", "one more shift: “5 h from 9:00,17:00 for part”"),
        ("teach", taught, "AGENT:LANGUAGE", "teach an agent a language"),
    ):
        what.add_argument(f"--{name}", type=kind, action="append", default=[], metavar=shown, help=told)


def run(options: Namespace) -> None:
    """Ask, print, and write if asked to."""
    refuse_unwritable(options, "out", "schedule_out")
    say, was = Progress(), named(options.published, options.store)
    plan = plan_of(options.plan, was)
    change = Change(
        tuple(options.drop_rule),
        tuple(options.set),
        tuple(options.add_agents),
        tuple(options.add_shift),
        tuple(pair for pairs in options.teach for pair in pairs),
    )
    if change == Change():
        note = "name a difference: --drop-rule, --set, --add-agents, --add-shift or --teach"
        raise InputError([Problem("no_difference", note)])
    schedule = was.schedule(plan)
    asked = _asked(options, was, plan, schedule)
    warn_if_first(say)
    patience = Patience(plan.seed, work=options.exact, seconds=4 * options.exact) if options.exact else None
    found = what_if(asked, schedule, change, pains=Pains(seconds=options.seconds, exactly=patience), say=say)
    write((options.out, t.WHAT_IF, found.table), (options.schedule_out, t.SCHEDULE, found.schedule))
    print("\n".join(said(found)))


def said(found: WhatIf) -> Iterator[str]:
    """The differences as a table for the screen: sums over sites, then every language that differs."""
    table = found.table
    yield f"{'':24}{'as it is':>12}{'then':>12}{'difference':>12}"
    sums = table.groupby(["language", "measure"], sort=False)[["before", "after"]].sum()
    for (language, measure), row in sums.iterrows():
        differs = abs(row["after"] - row["before"]) >= 0.05
        if language == ALL or (differs and measure != "required_h"):
            name = f"{measure}" if language == ALL else f"{measure} {language}"
            before, after = row["before"], row["after"]
            yield f"{name:24}{before:>12,.1f}{after:>12,.1f}{after - before:>+12,.1f}"
    yield from found.notes


def _asked(options: Namespace, was: Named, plan: Plan, schedule: pd.DataFrame) -> Asked:
    """The need and the people of the schedule's days, of the sites and weeks asked for."""
    first, last = schedule["day"].min().date(), schedule["day"].max().date()
    days = _days(options, was, first, last)
    horizon = Horizon(first, days, days)
    needed = within(_table(options, "requirement", was, plan), plan.centre, horizon)
    agents = _table(options, "agents", was, plan)
    sites = options.site or sorted(set(needed["site"]))
    unknown = [site for site in sites if site not in set(needed["site"])]
    if unknown:
        raise InputError(
            Problem("unknown_site", f"nobody is needed at {site} in these days") for site in unknown
        )
    absences = _table(options, "absences", was, plan, needed=False)
    people = steps.People(agents[agents["site"].isin(sites)].reset_index(drop=True), absences)
    wishes = was.table(t.PREFERENCES)
    if wishes is not None:
        people = replace(people, preferences=wishes)
    return Asked(plan, needed[needed["site"].isin(sites)], people, horizon)


def _days(options: Namespace, was: Named, first: date, last: date) -> int:
    """Days from the first shift on: those of the plan, or up to the last shift; fewer if weeks are named."""
    days = (last - first).days + 1
    if was.info is not None and was.info.facts.get("first_day") == first.isoformat():
        days = int(was.info.facts["schedule_days"])
    return min(days, options.weeks * 7) if options.weeks else days


def _table(options: Namespace, name: str, was: Named, plan: Plan, *, needed: bool = True) -> pd.DataFrame:
    """A table as its option brings it, else as the published plan has it; InputError where neither does."""
    table: Table = getattr(t, name.upper())
    path: Path | None = getattr(options, name)
    if path is not None and table is t.REQUIREMENT:
        return read_table(path, of_centre(table, plan.centre))
    own = brought(path, table, plan)
    found = was.table(table) if own is None else own
    if found is None and needed:
        note = f"say with --{name} which {table.name} it is asked of; {options.published} brings none"
        raise InputError([Problem("missing_table", note)])
    return table.empty() if found is None else found
