"""`planner schedule`: people needed and people there in; named, legal shifts and what is made of them out."""

from __future__ import annotations

import argparse
import os
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from planner.cli import plain
from planner.cli.compare import summary as changes_said
from planner.cli.progress import Progress
from planner.cli.schedule_inputs import Given, given
from planner.cli.schedule_summary import summary
from planner.cli.steps import refuse_unwritable, write
from planner.domain import tables as t
from planner.domain.problems import InputError, Problem
from planner.exporters.export import export, known_exports, usual_exports
from planner.exporters.schedules.calendars import last_state
from planner.exporters.tabular import known_formats
from planner.pipeline import steps
from planner.pipeline.comparing import compared
from planner.pipeline.handing_on import handed_on
from planner.pipeline.horizon import Horizon, first_local_day, within
from planner.pipeline.kernels import warn_if_first

WHAT = "named, legal shifts for the people needed, audited before they are written"
MORE = """REQUIREMENT: from `planner staff`, or any table with a column of times and people needed, a row or
a column per language. AGENTS: the AGENTS table, or, without --plan, any table of people with languages and
weekly hours. Without --plan all that is assumed is said: contracts by the hours, the rule pack EU, opening
hours by the need."""
MOST_WEEKS = 8


def weeks(text: str) -> int:
    """One to eight weeks, for argparse."""
    number = int(text)
    if not 1 <= number <= MOST_WEEKS:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {MOST_WEEKS}")
    return number


def seconds(text: str) -> float:
    """Seconds above zero, for argparse."""
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("schedule", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("requirement", type=Path, metavar="REQUIREMENT", help="CSV, Excel or Parquet")
    command.add_argument("agents", type=Path, metavar="AGENTS", help="CSV, Excel or Parquet")
    command.add_argument(
        "--plan", type=Path, metavar="PLAN.yaml", help="the centre: sites, contracts, shifts, labour rules"
    )
    command.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER",
        help="a folder for all files; or a .csv, .xlsx or .parquet for the SCHEDULE table alone",
    )  # fmt: skip
    command.add_argument(
        "--what", action="append", default=[], choices=list(known_exports()), metavar="EXPORT",
        help=f"of {', '.join(known_exports())}; repeatable. Default: {', '.join(usual_exports())}",
    )  # fmt: skip
    for name, what in (("report", "SCHEDULE_REPORT: cost, bound, gap"), ("coverage", "COVERAGE")):
        command.add_argument(f"--{name}-out", type=Path, metavar="FILE", help=f"also {what}")
    _beside(command)
    _how(command)
    _plain(command)
    command.set_defaults(run=run)


def _beside(command: argparse.ArgumentParser) -> None:
    known = command.add_argument_group("what is known besides")
    for name, what in (
        ("absences", "days agents are away (ABSENCES)"),
        ("preferences", "what people wish for (PREFERENCES)"),
        ("history", "SCHEDULE of the weeks before: it counts for rest, days in a row, hours and fairness"),
        ("locked", "what must stay as it is (LOCKED)"),
        ("published", "the SCHEDULE that people have: what changes is told, and its calendars are updated"),
    ):
        known.add_argument(f"--{name}", type=Path, metavar="FILE", help=what)


def _how(command: argparse.ArgumentParser) -> None:
    how = command.add_argument_group("which days, and how hard to work")
    how.add_argument(
        "--first-day", type=date.fromisoformat, metavar="DATE",
        help="first local day; default: the plan's, or the requirement's first",
    )  # fmt: skip
    how.add_argument("--weeks", type=weeks, help="1 to 8; default: the plan's, or all the table holds")
    how.add_argument("--seconds-per-site", type=seconds, metavar="N", help="default: the plan's, or 60")
    how.add_argument(
        "--pairs-each", type=plain.positive, metavar="N",
        help="try so many pairs for each agent and week, however long it takes: the same seed then gives the "
        "same schedule; default: the plan's, or as many as the seconds allow",
    )  # fmt: skip
    how.add_argument(
        "--prove-seconds", type=seconds, metavar="N",
        help="so long, at each site, for a bound that counts whole people, which proves more of "
        "small teams, and of some hundred people over a week; default: the plan's, or none",
    )  # fmt: skip
    how.add_argument("--seed", type=int, help="of what is drawn; default: the plan's, or 1")
    how.add_argument(
        "--workers", type=plain.positive, help="sites solved at a time; default: the plan's, or all cores"
    )


def _plain(command: argparse.ArgumentParser) -> None:
    told = command.add_argument_group("tables without a plan, or with headings that leave it open")
    told.add_argument("--zone", type=plain.zone, metavar="Europe/Lisbon", help="whose clock the site follows")
    told.add_argument("--time-column", metavar="NAME", help="the requirement's column of times")
    told.add_argument("--agents-column", metavar="NAME", help="the requirement's column of people needed")
    told.add_argument(
        "--date-order", choices=["day-first", "month-first"], help="how 03/04 is read where no row tells"
    )


def run(options: Namespace) -> None:
    """Schedule, write, and say what it comes to."""
    alone = options.out.suffix in known_formats()
    _refuse(options, alone=alone)
    say = Progress()
    known = given(options, say)
    horizon = _horizon(options, known)
    asked = within(known.needed, known.plan.centre, horizon)
    if asked.empty:
        note = f"needs nobody in the {horizon.schedule_days} days from {horizon.first_day}; choose other days"
        raise InputError([Problem("nothing_needed", note, options.requirement.name)])
    warn_if_first(say)
    made = steps.schedule(known.plan, asked, known.people, horizon=horizon, say=say)
    write((options.report_out, t.SCHEDULE_REPORT, made.tables["SCHEDULE_REPORT"]),
          (options.coverage_out, t.COVERAGE, made.tables["COVERAGE"]))  # fmt: skip
    if alone:
        write((options.out, t.SCHEDULE, made.tables["SCHEDULE"]))
    else:
        _export(options, known, made, horizon=horizon)
    print(summary(made, known.people.agents, known.plan.centre))


def _refuse(options: Namespace, *, alone: bool) -> None:
    """InputError before any work for what could not be written."""
    refuse_unwritable(options, *(["out"] if alone else []), "report_out", "coverage_out")
    if alone and options.what:
        note = "names a file for SCHEDULE alone; name a folder where --what asks for more"
        raise InputError([Problem("not_a_folder", note, str(options.out))])
    if not alone and (options.out.is_file() or not _writable(options.out)):
        note = "is no folder that could be written to; name another"
        raise InputError([Problem("no_folder", note, str(options.out))])


def _writable(folder: Path) -> bool:
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK)


def _horizon(options: Namespace, known: Given) -> Horizon:
    """The days asked for, else the plan's, else those from the requirement's first on."""
    days = (options.weeks or known.plan.schedule_weeks) * 7
    first = options.first_day or known.plan.first_day or _first_day(known.needed, known)
    return Horizon(first, days, days)


def _first_day(needed: pd.DataFrame, known: Given) -> date:
    sites = known.plan.centre.sites
    return min(
        first_local_day(rows["interval_start"], sites[str(site)].time_zone)
        for site, rows in needed.groupby("site")
    )


def _export(options: Namespace, known: Given, made: steps.Scheduled, *, horizon: Horizon) -> None:
    """Everything made of the schedule into the folder; calendars go on from those published before."""
    before = options.published.parent if options.published else options.out
    centre, agents = known.plan.centre, known.people.agents
    tables = {**made.tables, "AGENTS": agents, "ABSENCES": known.people.absences}
    if len(known.published):
        tables |= compared(known.published, made.tables["SCHEDULE"], centre=centre, agents=agents)
        print(changes_said(tables["CHANGES"]))
    earlier = last_state(before)
    scheduled = handed_on(centre, tables, horizon=horizon, earlier=earlier, now=datetime.now(UTC))
    written = export(scheduled, options.out, what=options.what or usual_exports())
    for path in (path for paths in written.values() for path in paths):
        print(path)
