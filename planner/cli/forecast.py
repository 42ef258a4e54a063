"""`planner forecast`: any file of times and contacts in, the contacts to expect out; or a plan's VOLUME."""

from __future__ import annotations

import argparse
from argparse import Namespace
from datetime import date
from pathlib import Path

from forecasting.forecast import ForecastSettings
from planner.cli import plain, steps
from planner.cli.progress import Progress
from planner.domain.problems import InputError, Problem
from planner.exporters.own_clock import write_on_own_clock
from planner.exporters.sample_paths import write_paths
from planner.pipeline.cluster import connected
from planner.pipeline.plain.expected import expected, path_blocks
from planner.pipeline.plain.forecast import forecast

WHAT = "forecast contacts from any file of times and contacts, or from a plan's VOLUME table"
MORE = """HISTORY: CSV, Excel or Parquet with a column of times and one of contacts under any headings, or the
VOLUME table. Interval, opening hours and closed days are recognised and said; with --plan the plan says."""
PATHS = 500


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("forecast", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("history", type=Path, metavar="HISTORY", help="CSV, Excel or Parquet")
    command.add_argument(
        "--horizon", type=plain.horizon, metavar="28d", help="how far ahead: 28d, 4w, 3m, 12m"
    )
    command.add_argument(
        "--cutoff", type=date.fromisoformat, metavar="DATE",
        help="the first day forecast; nothing from it on is looked at. Default: the day after the history",
    )  # fmt: skip
    command.add_argument(
        "--events", type=Path, metavar="EVENTS", help="campaigns, sales, outages: past and planned"
    )
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the forecast; .csv, .xlsx or .parquet"
    )
    command.add_argument(
        "--level", action="append", default=[], choices=["day", "week", "total"], help="sums too; repeatable"
    )
    command.add_argument(
        "--paths", type=Path, metavar="FILE", help="also the sample paths by interval; .parquet"
    )
    command.add_argument(
        "--origins", type=plain.positive, default=8, help="past days the models are judged from; default 8"
    )
    plain.add_options(command)
    _plan_options(command)
    command.set_defaults(run=run)


def _plan_options(command: argparse.ArgumentParser) -> None:
    given = command.add_argument_group("with a plan, HISTORY being its VOLUME table")
    given.add_argument(
        "--plan", type=Path, metavar="PLAN.yaml", help="the centre: sites, queues, hours, events"
    )
    given.add_argument(
        "--store", type=Path, metavar="FOLDER", help="the store whose contact log tells what is “from data”"
    )
    for name, what in (
        ("days", "FORECAST_DAYS: day, week and total"),
        ("paths", "FORECAST_PATHS"),
        ("accuracy", "ACCURACY"),
    ):
        given.add_argument(f"--{name}-out", type=Path, metavar="FILE", help=f"also {what}")
    given.add_argument(
        "--first-day", type=date.fromisoformat, metavar="DATE", help="as --cutoff; default: the plan's"
    )
    given.add_argument("--days", type=plain.positive, help="days ahead; default: the plan's forecast_weeks")


def _refuse_plain_options(options: Namespace) -> None:
    """What a plan says, or has an option of its own for, cannot be asked for beside it."""
    instead = {"level": "--days-out", "paths": "--paths-out"}
    said = ("country", "subdivision", "interval", "zone", "time_column", "volume_column", "series_column")
    plan = dict.fromkeys(said, "what the plan says")
    wrong = [
        Problem("beside_a_plan", f"with --plan there is no --{name.replace('_', '-')}; use {other}")
        for name, other in (instead | plan).items()
        if getattr(options, name)
    ]
    if wrong:
        raise InputError(wrong)


def run(options: Namespace) -> None:
    """The forecast of a plan's queues, or of whatever the file holds."""
    if options.plan:
        _refuse_plain_options(options)
        steps.forecast(options)
        return
    if options.horizon is None:
        raise InputError(
            [Problem("no_horizon", "say how far ahead, such as --horizon 28d (or give a --plan)")]
        )
    plain.refuse_unwritable(options.out)
    plain.refuse_unwritable(options.paths, suffixes=(".parquet",))
    say = Progress()
    wanted = plain.wish(options, cutoff=options.cutoff)
    history = plain.read_history(options, say)
    known = plain.understood(history, wanted, say)
    say(f"forecasting {known.days} days from {known.first_day}")
    spread = plain.spread(options, queues=len(known.centre.queues))
    settings = ForecastSettings(
        paths=PATHS, origins=options.origins, workers=spread.workers, backend=spread.backend, say=say,
        paths_by="interval" if options.paths else "day",
    )  # fmt: skip
    with connected(spread):
        result = forecast(known, seed=options.seed, settings=settings)
    for problem in result.problems:
        plain.to_stderr(f"not forecast: {problem}")
    levels = dict.fromkeys(options.level)
    rows = expected(result, known, levels=list(levels), series=history.series)
    write_on_own_clock(rows, options.out, texts=history.series)
    print(f"{options.out}: {len(rows):,} rows")
    if options.paths:
        written = write_paths(path_blocks(result, known, series=history.series), options.paths)
        print(f"{options.paths}: {written:,} rows")
