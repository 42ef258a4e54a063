"""`planner patience`: what the contact log tells of patience and handle times."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner.behaviour.estimates import behaviour
from planner.behaviour.report import report
from planner.cli.steps import start, write
from planner.domain.behaviour_tables import HANDLE_TIMES, PATIENCE, PATIENCE_CURVE
from planner.domain.problems import InputError, Problem
from planner.store import Store, contact_files

WHAT = "what the contact log tells: patience, handle times, short abandons"
MORE = """Patience is fitted by an exponential and a Weibull; who was answered is censored at that wait.
The tables it can write are explained by: planner tables patience patience_curve handle_times."""


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("patience", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    files = {
        "--out": "also PATIENCE: both fits per language and channel",
        "--curve-out": "also PATIENCE_CURVE: the share still waiting (Kaplan-Meier)",
        "--handle-out": "also HANDLE_TIMES: mean, spread, quantiles",
    }
    command.add_argument("--plan", type=Path, required=True, metavar="PLAN.yaml", help="the centre")
    command.add_argument(
        "--store", type=Path, required=True, metavar="FOLDER", help="the store that holds the contact log"
    )
    for name, what in files.items():
        command.add_argument(name, type=Path, metavar="FILE", help=f"{what}; .parquet or .csv")
    command.set_defaults(run=patience)


def patience(options: argparse.Namespace) -> None:
    """CONTACTS of the store -> the report, and if asked PATIENCE, PATIENCE_CURVE and HANDLE_TIMES."""
    plan = start(options, "out", "curve_out", "handle_out")
    contacts = contact_files(Store(options.store))
    if not contacts:
        note = "holds no contact log; import one with: planner import CONTACTS --plan PLAN.yaml --store "
        raise InputError([Problem("no_contacts", f"{note}{options.store}", str(options.store))])
    seen = behaviour(contacts, plan.centre)
    print(report(seen))
    write(
        (options.out, PATIENCE, seen.patience),
        (options.curve_out, PATIENCE_CURVE, seen.curve),
        (options.handle_out, HANDLE_TIMES, seen.handle),
    )
