"""`planner scenario`: run named differences on the plan and print them side by side with it."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from planner.cli.commands import now
from planner.cli.progress import Progress
from planner.config import load_plan
from planner.config.scenario import load_scenario
from planner.config.shipped import shipped_scenarios
from planner.domain.problems import InputError, Problem
from planner.domain.scenario import BASE, Scenario
from planner.domain.scenario_tables import SCENARIO_TABLES, WHOLE
from planner.exporters.tabular import write_table
from planner.pipeline.capacity import refuse_nothing_to_plan
from planner.pipeline.kernels import warn_if_first
from planner.pipeline.scenario import Asked, run_scenario, scenario_store
from planner.scenarios.side_by_side import compared
from planner.store import Store, plans, read_plan
from staffing.capacity.plan import Search

WHAT = "run scenarios, named differences on the plan, and show what each changes"
MORE = """A scenario is a YAML file: settings of the plan that differ, and changes in the contacts that come.
Without one, those that come with the program are listed. The published plan is not changed."""
NOTHING = 1e-9
SMALL = 100  # below it two decimals are shown


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("scenario", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("store", type=Path, metavar="STORE", help="the folder with history and plans")
    command.add_argument(
        "scenarios",
        nargs="*",
        metavar="NAME|FILE.yaml",
        help="a shipped scenario's name or a file; none lists",
    )
    command.add_argument("--plan", type=Path, metavar="PLAN.yaml", help="default: that of the newest plan")
    command.add_argument(
        "--weeks",
        type=int,
        choices=range(4, 79),
        metavar="N",
        help="4 to 78; default: as the plan's capacity",
    )
    command.add_argument(
        "--seconds-per-site",
        type=float,
        default=30.0,
        metavar="S",
        help="longest search for hiring; default 30",
    )
    command.add_argument("--out", type=Path, metavar="FOLDER", help="also write the tables there, as CSV")
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Run each scenario, keep it, and print all of them beside the base."""
    if not options.scenarios:
        print("\n".join(f"{each.name:<22} {each.title}" for each in shipped_scenarios()))
        return
    progress, store = Progress(), Store(options.store)
    base = load_plan(options.plan or plans(store)[0].yaml)
    if options.weeks is not None:
        base = replace(base, capacity=replace(base.capacity, weeks=options.weeks))
    refuse_nothing_to_plan(base)
    wanted = [_named(name) for name in options.scenarios]
    warn_if_first(progress)
    search = Search(options.seconds_per_site, seed=base.seed)
    runs = [
        run_scenario(base, store, Asked(scenario, file, search), now=now(), say=progress)
        for scenario, file in [(BASE, "plan.yaml"), *wanted]
    ]
    kept = scenario_store(store)
    measures = [read_plan(kept, made, "SCENARIO_MEASURES") for made in runs]
    if options.out is not None:
        _write(kept, runs[1:], wanted, options.out)
    names = [scenario.name for scenario, _ in wanted]
    print("\n".join(printed(compared(measures[0], dict(zip(names, measures[1:], strict=True))), names)))


def _write(kept: Store, runs: Sequence[str], wanted: Sequence[tuple[Scenario, str]], out: Path) -> None:
    """The tables of each run in a folder of its name, as CSV."""
    for made, (scenario, _) in zip(runs, wanted, strict=True):
        folder = out / scenario.name
        folder.mkdir(parents=True, exist_ok=True)
        for table in SCENARIO_TABLES:
            write_table(read_plan(kept, made, table.name), table, folder / f"{table.name.lower()}.csv")


def printed(table: pd.DataFrame, names: Sequence[str]) -> Iterator[str]:
    """One line a measure: the base, and each scenario with its difference where there is one."""
    yield f"{'':<34}{'base':>14}" + "".join(f"{name:>30}" for name in names)
    for row in table.to_dict("records"):
        label = row["measure"] if row["of"] == WHOLE else f"{row['measure']} ({row['of']})"
        cells = "".join(f"{_both(row, name):>30}" for name in names)
        yield f"{label:<34}{said(row['base'], row['unit']):>14}{cells}"


def _both(row: dict[Hashable, Any], name: str) -> str:
    """The scenario's value and, where it differs, by how much."""
    value, more = row[name], row[f"{name} difference"]
    text = said(value, str(row["unit"]))
    if pd.isna(more) or abs(more) <= NOTHING * max(abs(value), NOTHING):
        return text
    if row["unit"] == "share":
        return f"{text} ({100 * more:+.1f} points)"
    return f"{text} ({more / row['base']:+.1%})" if row["base"] else text


def said(value: float, unit: str) -> str:
    """A number as people read it."""
    if pd.isna(value):
        return "–"
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{value:,.2f} {unit}" if abs(value) < SMALL else f"{value:,.0f} {unit}"


def _named(name: str) -> tuple[Scenario, str]:
    """The scenario of a file or, by name, one that comes with the program."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        return load_scenario(path), path.name
    for each in shipped_scenarios():
        if each.name == name:
            return each, f"{name}.yaml"
    known = ", ".join(each.name for each in shipped_scenarios())
    note = f"is no scenario that comes with the program ({known}) and no .yaml file"
    raise InputError([Problem("unknown_scenario", note, name)])
