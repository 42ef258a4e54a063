"""The parser: what can be asked, in words good enough to work from, and what bad input says."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from planner.cli import (
    backtest,
    calculate,
    capacity,
    commands,
    compare,
    cost,
    editing,
    export,
    forecast,
    hosting,
    patience,
    replan,
    report,
    scenario,
    schedule,
    score,
    steps,
    what_if,
)
from planner.domain.centre import StaffingMethod
from planner.domain.problems import Infeasible, InputError
from planner.store import StoreError

DESCRIPTION = """Plan a multilingual contact centre: forecast contacts, staff for all targets together,
schedule named agents, simulate whether the plan holds, and score service and quality.

Begin with   planner sample demo && planner plan demo/plan.yaml --store demo/store
then         planner dashboard --store demo/store"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did its work, 1 when the input was refused, 2 for a wrong call."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    except InputError as error:
        print(f"Refused: {_counted(len(error.problems))}.", file=sys.stderr)
        print(error, file=sys.stderr)
        return 1
    except Infeasible as error:
        print(f"No legal schedule exists: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; what was stored before is untouched.", file=sys.stderr)
        return 130


def positive(text: str) -> int:
    """A whole number above zero, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


def share_of_centre(text: str) -> float:
    """A scale from 0.02 to 1, for argparse."""
    scale = float(text)
    if not 0.02 <= scale <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0.02 and 1")
    return scale


def _counted(problems: int) -> str:
    return "1 problem" if problems == 1 else f"{problems} problems"


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        "planner", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    each = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (
        _sample,
        _import,
        forecast.add,
        backtest.add,
        _staff,
        schedule.add,
        _simulate,
        score.add,
        _plan,
        _dashboard,
        _tables,
        _demo,
        calculate.add,
        patience.add,
        editing.add,
        compare.add,
        replan.add,
        what_if.add,
        capacity.add,
        cost.add,
        hosting.add,
        scenario.add,
        export.add,
        report.add,
    ):
        add(each)
    return top


Each = argparse._SubParsersAction  # the type argparse itself gives to add_subparsers


def _command(each: Each, name: str, text: str, *, more: str = "") -> argparse.ArgumentParser:
    return each.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}. {more}".strip())


def _plan_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--plan",
        type=Path,
        required=True,
        metavar="PLAN.yaml",
        help="the centre: sites, queues, targets, contracts, rules",
    )


def _out_option(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=f"where {what} is written; .parquet or .csv"
    )


def _store_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--store",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="the folder that keeps history and published plans",
    )


def _measured_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--store", type=Path, metavar="FOLDER", help="the store whose contact log tells what is “from data”"
    )


def _sample(each: Each) -> None:
    command = _command(
        each,
        "sample",
        "write the demonstration centre as ordinary input files",
        more="Synthetic: 13 languages, seven sites, two years of history.",
    )
    command.add_argument("folder", type=Path, help="a new or empty folder")
    command.add_argument(
        "--scale", type=share_of_centre, default=1.0, help="volume as a share of the full centre (0.02 to 1)"
    )
    command.add_argument("--seed", type=int, help="another draw of the same centre")
    command.set_defaults(run=commands.sample)


def _import(each: Each) -> None:
    command = _command(
        each,
        "import",
        "read history into the store",
        more="CSV, Excel or Parquet; every bad cell is named and a bad file stores nothing.",
    )
    command.add_argument("files", type=Path, nargs="+", metavar="FILE")
    _plan_option(command)
    _store_option(command)
    command.add_argument(
        "--format", help="the importer to use instead of the one recognised from the columns"
    )
    command.set_defaults(run=commands.import_)


def _staff(each: Each) -> None:
    command = _command(each, "staff", "the least people that meet every target together, by interval")
    command.add_argument("forecast", type=Path, metavar="FORECAST")
    _plan_option(command)
    _measured_option(command)
    _out_option(command, "the REQUIREMENT table")
    command.add_argument(
        "--quantile",
        choices=["offered", "p50", "p75", "p90"],
        help="plan for the mean (offered) or a quantile; default: the plan's",
    )
    command.add_argument(
        "--paths",
        type=Path,
        metavar="FORECAST_PATHS",
        help="sample paths: quantiles are then of the day, and agents_p50, _p75, _p90 filled in",
    )
    command.add_argument(
        "--method",
        choices=get_args(StaffingMethod),
        help="sequential (exact through the day), sequential_hand_back, sipp or lag; default: the plan's",
    )
    command.set_defaults(run=steps.staff)


def _simulate(each: Each) -> None:
    command = _command(each, "simulate", "simulate a schedule against a forecast: does the plan hold?")
    for name in ("schedule", "forecast", "agents"):
        command.add_argument(name, type=Path, metavar=name.upper())
    _plan_option(command)
    _measured_option(command)
    _out_option(command, "the SERVICE_CHECK table")
    command.add_argument(
        "--paths", type=Path, metavar="FORECAST_PATHS", help="day-level uncertainty of the forecast"
    )
    command.add_argument("--replications", type=positive, help="default: the plan's")
    command.set_defaults(run=steps.simulate)


def _plan(each: Each) -> None:
    command = _command(
        each, "plan", "the whole line: import the plan's inputs, then forecast to published plan"
    )
    command.add_argument("plan", type=Path, metavar="PLAN.yaml")
    _store_option(command)
    command.set_defaults(run=commands.plan)


def _dashboard(each: Each) -> None:
    command = _command(each, "dashboard", "serve the dashboards of one or more stores on this machine")
    command.add_argument(
        "--store",
        type=Path,
        required=True,
        nargs="+",
        metavar="FOLDER",
        help="the stores whose plans are shown",
    )
    command.add_argument("--port", type=int, default=8501)
    command.add_argument("--address", default="127.0.0.1", help="default 127.0.0.1: only this machine")
    command.set_defaults(run=commands.dashboard)


def _tables(each: Each) -> None:
    command = _command(each, "tables", "the glossary: every table, its grain, columns and units")
    command.add_argument("names", nargs="*", metavar="TABLE", help="only these; default: all")
    command.set_defaults(run=commands.tables)


def _demo(each: Each) -> None:
    command = _command(each, "demo", "draw and plan the demonstration centre, or reuse what is there")
    command.add_argument("folder", type=Path)
    command.add_argument("--scale", type=share_of_centre, default=1.0)
    command.set_defaults(run=commands.demo)
