"""`planner override` and `planner teach`: what planners say on top of the forecast, and of past days."""

from __future__ import annotations

import argparse
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from planner.config import load_plan
from planner.domain.forecast_tables import OVERRIDES, TEACHING
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.domain.teaching import ALL
from planner.pipeline.editing import (
    Desk,
    add_override,
    add_teaching,
    listed,
    withdraw_override,
    withdraw_teaching,
)
from planner.store import Store, current

Each = argparse._SubParsersAction
OVERRIDE = "change the forecast of some days by hand, with author, reason and expiry; the base is kept"
TEACH = "say whether past days teach the forecast, whatever the program found in them"
CHANGES = {
    "--share": "multiply the days by 1 + this: 0.2 = 20 %% more, -0.1 = 10 %% fewer",
    "--contacts": "add so many contacts to each queue's day; less than 0 takes away",
    "--exactly": "make each queue's day so many contacts",
}


def add(each: Each) -> None:
    """Add both commands to the command line."""
    override = _command(each, "override", OVERRIDE)
    entry = _action(override, "add", enter_override, "enter a change; prints its id")
    change = entry.add_mutually_exclusive_group(required=True)
    for name, what in CHANGES.items():
        change.add_argument(name, type=float, help=what)
    _days(entry)
    entry.add_argument("--expires", required=True, metavar="DATE", help="last day a plan is made with it")
    _action(override, "list", list_overrides, "every override and whether it is in force")
    withdrawal = _action(override, "withdraw", end_override, "no later plan is made with it; it stays listed")
    withdrawal.add_argument("id", help="as listed")
    withdrawal.add_argument("--author", required=True, help="who withdraws it")
    _add_teach(each)


def _add_teach(each: Each) -> None:
    teach = _command(each, "teach", TEACH)
    word = _action(teach, "add", enter_teaching, "enter a word on some days")
    word.add_argument("--teaches", choices=("yes", "no"), required=True)
    _days(word)
    _action(teach, "list", list_teaching, "every word and whether it stands")
    withdrawal = _action(teach, "withdraw", end_teaching, "the program decides again; it stays listed")
    _queues(withdrawal)
    withdrawal.add_argument("--first-day", required=True, type=date.fromisoformat, metavar="DATE")
    withdrawal.add_argument("--author", required=True, help="who withdraws it")


def _command(each: Each, name: str, text: str) -> Each:
    command = each.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    return command.add_subparsers(metavar="ACTION", required=True)


def _action(actions: Each, name: str, run: object, text: str) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    action.add_argument("--store", type=Path, required=True, metavar="FOLDER", help="the store")
    action.set_defaults(run=run)
    return action


def _queues(action: argparse.ArgumentParser) -> None:
    for name in ("site", "language", "channel"):
        action.add_argument(f"--{name}", default=ALL, help=f"default: every {name}")


def _days(action: argparse.ArgumentParser) -> None:
    _queues(action)
    action.add_argument("--plan", type=Path, metavar="PLAN.yaml", help="the centre; default: the last plan's")
    action.add_argument("--first-day", required=True, metavar="DATE", help="first local day, as 2026-11-27")
    action.add_argument("--last-day", metavar="DATE", help="last local day; default: the first")
    action.add_argument("--author", required=True, help="who says so")
    action.add_argument("--reason", required=True, help="why")


def enter_override(options: Namespace) -> None:
    """Enter one override."""
    change = next(name for name in ("share", "contacts", "exactly") if getattr(options, name) is not None)
    cells = _cells(options) | {"change": change, "value": getattr(options, change)}
    override_id = add_override(_desk_for_entry(options), cells | {"expires": options.expires})
    print(f"entered {override_id}; the next plan is made with it")


def enter_teaching(options: Namespace) -> None:
    """Enter one word on teaching."""
    add_teaching(_desk_for_entry(options), _cells(options) | {"teaches": options.teaches == "yes"})
    print("entered; the next plan is made with it")


def end_override(options: Namespace) -> None:
    """Withdraw one override."""
    withdraw_override(_desk(options), options.id, author=options.author)
    print(f"withdrew {options.id}; plans made before keep it")


def end_teaching(options: Namespace) -> None:
    """Withdraw one word on teaching."""
    key = {name: getattr(options, name) for name in TEACHING.grain}
    withdraw_teaching(_desk(options), key, author=options.author)
    print("withdrawn; the next plan decides by itself")


def list_overrides(options: Namespace) -> None:
    """Every override, the newest first."""
    _print(options, OVERRIDES)


def list_teaching(options: Namespace) -> None:
    """Every word on teaching, the newest first."""
    _print(options, TEACHING)


def _print(options: Namespace, table: Table) -> None:
    rows = listed(Store(options.store), table, today=datetime.now(UTC).date())
    rows = rows[["state", *rows.columns.drop("state")]]
    moments = rows.select_dtypes("datetimetz").columns
    shown = rows.assign(**{name: rows[name].dt.strftime("%Y-%m-%d %H:%M UTC") for name in moments})
    with pd.option_context("display.width", None, "display.max_columns", None, "display.max_colwidth", 60):
        print(shown.to_string(index=False, na_rep="") if len(shown) else "nothing entered yet")


def _cells(options: Namespace) -> dict[str, object]:
    names = ("site", "language", "channel", "first_day", "author", "reason")
    cells: dict[str, object] = {name: getattr(options, name) for name in names}
    return cells | {"last_day": options.last_day or options.first_day}


def _desk(options: Namespace) -> Desk:
    return Desk(Store(options.store), None, datetime.now(UTC))


def _desk_for_entry(options: Namespace) -> Desk:
    """The desk at which only queues of the centre may be named: of the plan given, or of the last plan."""
    desk = _desk(options)
    published = current(desk.store)
    path: Path | None = options.plan or (published.yaml if published else None)
    if path is None:
        note = "holds no plan yet; name the centre with --plan PLAN.yaml"
        raise InputError([Problem("no_plan", note, str(desk.store.folder))])
    return replace(desk, centre=load_plan(path).centre)
