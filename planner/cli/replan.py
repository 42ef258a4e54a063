"""`planner replan`: a published schedule planned again from now on, moving as little as pays."""

from __future__ import annotations

import argparse
import re
from argparse import Namespace
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd

from planner.cli import commands
from planner.cli.compare import summary
from planner.cli.progress import Progress
from planner.cli.published import EXPLAINED, Named, brought, named, plan_of
from planner.cli.steps import write
from planner.config import Plan
from planner.domain import tables as t
from planner.domain.membership import of_centre
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.importers import read_table
from planner.pipeline import steps
from planner.pipeline.kernels import warn_if_first
from planner.pipeline.replanning import Now, replan
from planner.pipeline.republishing import Known, republish
from staffing.locks import Part, joined, locked_part
from staffing.standing import Standing

Each = argparse._SubParsersAction
WHAT = "plan a published schedule again from now on, moving as little as pays"
MORE = """Days that begin before --from and the lead time stay as they are, and so does what is locked; people
away are taken out and named; all else moves at the prices of scheduling.moves in plan.yaml. Writes SCHEDULE,
CHANGES and CHANGES_DAYS against what was published, SCHEDULE_REPORT and COVERAGE; --publish makes it the
store's current plan, with everything a schedule decides made anew."""
WRITTEN = ("SCHEDULE", "CHANGES", "CHANGES_DAYS", "SCHEDULE_REPORT", "COVERAGE")
LOCK_WORDS = ("agent", "site", "language", "days")
UNITS = {"min": "minutes", "h": "hours", "d": "days"}


def lead_time(text: str) -> timedelta:
    """A lead time such as 24h, 90min or 2d, for argparse."""
    said = re.fullmatch(r"(\d+(?:\.\d+)?)(min|h|d)", text)
    if not said:
        raise argparse.ArgumentTypeError(f"{text} is no lead time; write 24h, 90min or 2d")
    return timedelta(**{UNITS[said[2]]: float(said[1])})


def lock(text: str) -> tuple[str, str]:
    """One word of a lock such as language=pt, for argparse."""
    name, equals, value = text.partition("=")
    if name not in LOCK_WORDS or not equals or not value:
        known = "agent=a1,a2 site=LIS language=pt days=2026-12-05:2026-12-11"
        raise argparse.ArgumentTypeError(f"{text} locks nothing; write {known}, any of them")
    return name, value


def add(each: Each) -> None:
    """Add the command to the command line."""
    command = each.add_parser("replan", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("published", metavar="PUBLISHED", help=EXPLAINED)
    command.add_argument(
        "--from", dest="now", type=datetime.fromisoformat, required=True, metavar="MOMENT",
        help="now, as 2026-12-03T12:00; without an offset it is each site's own clock",
    )  # fmt: skip
    command.add_argument(
        "--lead-time", type=lead_time, default="24h", metavar="TIME",
        help="notice that people get: what begins sooner stays; 24h, 90min, 2d; default 24h",
    )  # fmt: skip
    command.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="where the tables are written"
    )
    command.add_argument("--as", dest="suffix", choices=["csv", "parquet"], default="csv", help="default csv")
    command.add_argument("--store", type=Path, metavar="FOLDER", help="the store of the plan named")
    command.add_argument("--plan", type=Path, metavar="PLAN.yaml", help="the centre; default: the plan's own")
    for name, what in (
        ("requirement", "people needed as known now"),
        ("agents", "people as they are now"),
        ("absences", "every absence known now, new ones too"),
    ):
        command.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"{what}; default: the plan's own")
    command.add_argument(
        "--history", type=Path, metavar="FILE", help="SCHEDULE of the weeks before the published one"
    )
    command.add_argument("--locked", type=Path, metavar="FILE", help="LOCKED: what must stay besides")
    command.add_argument(
        "--lock", type=lock, nargs="+", action="append", default=[], metavar="WHAT=",
        help="lock a part as published: agent=, site=, language=, days=FIRST:LAST together; repeatable",
    )  # fmt: skip
    command.add_argument(
        "--publish", action="store_true", help="also publish it as the store's current plan; calendars update"
    )
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Plan again, write, and print what changes."""
    say = Progress()
    was = named(options.published, options.store)
    if options.publish and (was.info is None or was.store is None):
        note = "is no published plan; --publish needs --store and the id of a plan, or current"
        raise InputError([Problem("no_plan", note, options.published)])
    plan = plan_of(options.plan, was)
    published = was.schedule(plan)
    people = _people(options, was, plan, published)
    needed = _table(options, "requirement", was, plan)
    options.out.mkdir(parents=True, exist_ok=True)
    warn_if_first(say)
    now = Now(options.now, options.lead_time)
    made = replan(plan, published, needed, people, now=now, say=say)
    for note in made.notes:
        print(note)
    tables = {table.name: table for table in t.TABLES}
    write(
        *(
            (options.out / f"{name.lower()}.{options.suffix}", tables[name], made.tables[name])
            for name in WRITTEN
        )
    )
    print(summary(made.tables["CHANGES"]))
    if options.publish and was.info is not None and was.store is not None:
        known = Known(needed, people)
        new = republish(plan, was.store, was.info, made=made, known=known, now=commands.now(), say=say)
        say(f"published plan {new}")


def _people(options: Namespace, was: Named, plan: Plan, published: pd.DataFrame) -> steps.People:
    """Agents, absences, the weeks before, and everything that is locked."""
    agents = _table(options, "agents", was, plan)
    absences = _table(options, "absences", was, plan, needed=False)
    before = _written(options.history, t.SCHEDULE, plan)
    zones = {code: site.time_zone for code, site in plan.centre.sites.items()}
    wishes = was.table(t.PREFERENCES)
    parts = [locked_part(published, part(words), agents=agents, zones=zones) for words in options.lock]
    given = brought(options.locked, t.LOCKED, plan)
    locked = joined(t.LOCKED.empty() if given is None else given, *parts)
    preferences = t.PREFERENCES.empty() if wishes is None else wishes
    return steps.People(agents, absences, preferences, before, Standing(locked))


def part(words: Sequence[tuple[str, str]]) -> Part:
    """The part of a schedule that the words of one --lock name; InputError for days that are none."""
    said = dict(words)
    first, _, last = said.get("days", "").partition(":")
    lists = {name: frozenset(filter(None, said.get(name, "").split(","))) for name in LOCK_WORDS[:3]}
    try:
        span = (
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last or first) if first else None,
        )
    except ValueError:
        note = f"days={said['days']} is no span of days; write days=2026-12-05:2026-12-11"
        raise InputError([Problem("not_days", note, "--lock")]) from None
    return Part(lists["agent"], lists["site"], lists["language"], *span)


def _table(options: Namespace, name: str, was: Named, plan: Plan, *, needed: bool = True) -> pd.DataFrame:
    """A table as its option brings it, else as the published plan has it; InputError where neither does."""
    table: Table = getattr(t, name.upper())
    path: Path | None = getattr(options, name)
    own = _written(path, table, plan) if table is t.REQUIREMENT and path else brought(path, table, plan)
    found = was.table(table) if own is None else own
    if found is None and needed:
        note = f"say with --{name} which {table.name} to plan with; {options.published} brings none"
        raise InputError([Problem("missing_table", note)])
    return table.empty() if found is None else found


def _written(path: Path | None, table: Table, plan: Plan) -> pd.DataFrame:
    """A table that a step of this program wrote; empty when no file was named."""
    return table.empty() if path is None else read_table(path, of_centre(table, plan.centre))
