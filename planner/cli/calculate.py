"""`planner calculate`: a file of situations in, the same file with its answers out."""

from __future__ import annotations

import argparse
import sys
from argparse import Namespace
from pathlib import Path

import pandas as pd

from planner.cli.progress import Progress
from planner.domain.calculation import CALCULATION, PROBLEM, RESULT_COLUMNS
from planner.domain.problems import InputError, Problem, counted
from planner.domain.table import Table
from planner.exporters.kept import kept_columns
from planner.exporters.tabular import known_formats, write_table
from planner.importers.situations import Asked, read_situations
from planner.pipeline.calculate import calculate
from planner.pipeline.kernels import CALCULATOR, warn_if_first

WHAT = "each row a situation: its measures, or the least agents for its targets"
MORE = """Columns and their meaning: planner tables situations calculation. Only model (erlang-b, erlang-c,
erlang-a, chat), offered_per_h and aht_s are needed; blank agents ask for the least. A row that cannot be
answered is named with row and column, the others are answered all the same, and the exit code is 1."""


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("calculate", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("situations", type=Path, metavar="ROWS", help="CSV, Excel or Parquet")
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="RESULT",
        help="where the answers are written; .csv, .xlsx or .parquet",
    )
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Answer every row that can be answered; 1 when one could not."""
    _refuse_unwritable(options.situations, options.out)
    asked = read_situations(options.situations)
    warn_if_first(Progress(), CALCULATOR)
    results = calculate(asked.situations, answerable=pd.Series(asked.answerable))
    frame, table = answers(asked, results, suffix=options.out.suffix)
    write_table(frame, table, options.out)
    for line in (*asked.notices, *map(str, asked.problems)):
        print(line, file=sys.stderr)
    bad = len(frame) - int(asked.answerable.sum())
    said = f", {counted(bad, 'row')} not answered: see column problem" if bad else ""
    print(f"{options.out}: CALCULATION, {counted(len(frame), 'row')}{said}")
    return 1 if asked.problems else 0


def answers(asked: Asked, results: pd.DataFrame, *, suffix: str) -> tuple[pd.DataFrame, Table]:
    """The cells as given with the results behind them, and the table that declares them all.

    `problem` stands last and only where a row has one.
    """
    as_text = suffix == ".csv"
    given, columns = kept_columns(asked.given if as_text else asked.read(), as_text=as_text)
    told = {PROBLEM.name: asked.told()} if asked.problems else {}
    frame = pd.concat([given, results], axis=1).assign(**told)
    declared = (*columns, *RESULT_COLUMNS, *([PROBLEM] if told else []))
    return frame, Table(CALCULATION.name, CALCULATION.meaning, CALCULATION.grain, declared)


def _refuse_unwritable(situations: Path, out: Path) -> None:
    known = known_formats()
    if out.suffix not in known:
        note = f"cannot be written; end it in {' or '.join(known)}"
        raise InputError([Problem("unknown_suffix", note, str(out))])
    if out.exists() and situations.exists() and out.samefile(situations):
        raise InputError([Problem("same_file", "is the file that is read; name another", str(out))])
