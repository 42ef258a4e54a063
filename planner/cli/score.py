"""`planner score`: scorecards of a plan's inputs, or of files, as workbook, CSV or Parquet."""

from __future__ import annotations

import argparse
import os
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from planner.cli.progress import Progress
from planner.cli.steps import scored_tables
from planner.config import Plan, load_plan
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.domain.tables import SCORECARD, TABLES
from planner.exporters.scorecard_book import write_scorecards
from planner.exporters.tabular import write_table
from planner.pipeline.reported import for_people
from planner.pipeline.scored import scored_files, scored_inputs
from planner.store import Store
from planner.store.atomic import make_folder

WHAT = "service, quality and first-contact-resolution scorecards, with their definitions"
MORE = """Give a plan.yaml, whose inputs: are read; or files with --plan. --out FOLDER gets scorecards.xlsx
and every table as CSV and Parquet; --out FILE.xlsx the workbook; FILE.csv or FILE.parquet SCORECARD alone."""
NAMED = ("volume", "evaluations", "contacts", "surveys", "intraday")
ALONE = (".csv", ".parquet")
BOOK = ".xlsx"
DECLARED: Mapping[str, Table] = {table.name: table for table in TABLES}


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser(
        "score", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}",
    )  # fmt: skip
    command.add_argument(
        "given",
        type=Path,
        nargs="*",
        metavar="PLAN.yaml|FILE",
        help="a plan.yaml, or files to score with --plan",
    )
    command.add_argument("--plan", type=Path, metavar="PLAN.yaml", help="the centre that the files are of")
    for name in NAMED:
        command.add_argument(f"--{name}", type=Path, metavar=name.upper(), help=f"a file of {name.upper()}")
    command.add_argument("--out", type=Path, required=True, metavar="FOLDER|FILE", help="where it goes")
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Score, write, and say what was written."""
    _refuse_unwritable(options.out)
    plan, files = _asked(options)
    now, say = datetime.now(UTC), Progress()
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        if any(getattr(options, name) for name in NAMED):
            made = scored_tables(options, plan, store)
        elif files:
            made = scored_files(plan, files, store, now=now, say=say)
        else:
            made = scored_inputs(plan, store, now=now, say=say)
        if made["SCORECARD"].empty:
            note = "holds nothing to score: no volume, evaluations, contacts or surveys of the plan's queues"
            raise InputError(
                [Problem("nothing_to_score", note, str(options.given[0] if options.given else plan))]
            )
        for path, what in _write(
            made, options.out, about={"centre": plan.centre.name, "scored": now.isoformat()}
        ):
            print(f"{path}: {what}")


def _asked(options: Namespace) -> tuple[Plan, list[Path]]:
    """The plan, and the files to score where they are not the plan's own inputs."""
    given: list[Path] = options.given
    named = any(getattr(options, name) for name in NAMED)
    plans = [path for path in given if path.suffix in (".yaml", ".yml")]
    files = [path for path in given if path not in plans]
    if given and named:
        note = "give files either by place or with --volume, --evaluations and the like, not both"
        raise InputError([Problem("files_twice", note)])
    both = [*plans, *([options.plan] if options.plan else [])]
    if len(both) != 1:
        note = "name one plan.yaml: in the first place, or with --plan beside the files"
        raise InputError([Problem("no_plan" if not both else "two_plans", note)])
    if not files and not named and not plans:
        note = "give a plan.yaml alone, or files: by place or with --volume, --evaluations and the like"
        raise InputError([Problem("nothing_to_score", note)])
    return load_plan(both[0]), files


def _refuse_unwritable(out: Path) -> None:
    if out.suffix and out.suffix not in (*ALONE, BOOK):
        note = f"cannot be written; end it in {', '.join([*ALONE, BOOK])}, or name a folder"
        raise InputError([Problem("unknown_suffix", note, str(out))])
    parent = out.parent
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        note = "cannot be written: the folder it stands in is missing or closed to you"
        raise InputError([Problem("no_folder", note, str(out))])
    if not out.suffix and out.is_file():
        raise InputError([Problem("no_folder", "is a file; name a folder", str(out))])


def _write(
    made: Mapping[str, pd.DataFrame], out: Path, *, about: Mapping[str, object]
) -> list[tuple[Path, str]]:
    """Write the one file asked for, or all of them into a folder; what was written where."""
    tables = [(DECLARED[name], frame) for name, frame in made.items() if len(frame)]
    card = made["SCORECARD"]
    if out.suffix in ALONE:
        write_table(card, SCORECARD, out)
        return [(out, f"SCORECARD, {len(card):,} rows")]
    if out.suffix == BOOK:
        write_scorecards(for_people(tables), out, about=about)
        return [(out, f"workbook of {len(tables)} tables")]
    make_folder(out)
    written = []
    for table, frame in tables:
        for suffix in ALONE:
            path = out / f"{table.name.lower()}{suffix}"
            write_table(frame, table, path)
            written.append((path, f"{table.name}, {len(frame):,} rows"))
    return [*_write(made, out / "scorecards.xlsx", about=about), *written]
