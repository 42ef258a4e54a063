"""`planner export`: a published schedule as workbook, calendars, payroll hours and files for others."""

from __future__ import annotations

import argparse
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from planner.cli.published import CURRENT, named
from planner.domain.problems import InputError, Problem
from planner.exporters.export import export, known_exports, usual_exports
from planner.pipeline.published_schedule import published_schedule
from planner.store import Store

WHAT = "a published schedule as workbook, calendars, payroll hours, or files for other systems"


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    listed = "\n".join(f"  {name:10} {part.MEANING}" for name, part in known_exports().items())
    command = each.add_parser(
        "export", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}.\n\nexports:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    command.add_argument("store", type=Path, metavar="STORE", help="the folder that keeps published plans")
    command.add_argument(
        "--plan-id", default=CURRENT, metavar="ID", help="which plan; default: the current one"
    )
    command.add_argument(
        "--what", action="append", default=[], choices=list(known_exports()), metavar="EXPORT",
        help=f"repeatable; default: {', '.join(usual_exports())}",
    )  # fmt: skip
    command.add_argument(
        "--site", action="append", default=[], metavar="SITE", help="only this site; repeatable"
    )
    command.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the files go")
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Write what is asked for, and say where it is."""
    if options.out.is_file():
        raise InputError([Problem("no_folder", "is a file; name a folder", str(options.out))])
    found = named(options.plan_id, options.store)
    if found.info is None:
        raise InputError([Problem("no_plan", "is a file; name the id of a plan", options.plan_id)])
    scheduled = published_schedule(
        Store(options.store), found.info, sites=tuple(options.site), now=datetime.now(UTC)
    )
    for paths in export(scheduled, options.out, what=options.what or usual_exports()).values():
        for path in paths:
            print(path)
