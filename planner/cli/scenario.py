"""`planner scenario`: run named differences on the plan and print them side by side with it."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from planner.cli.commands import now
from planner.cli.progress import Progress
from planner.cli.scenario_text import its_own, side_by_side
from planner.config import load_plan
from planner.config.scenario import load_scenario
from planner.domain.scenario import Scenario
from planner.domain.scenario_tables import SCENARIO_TABLES
from planner.exporters.tabular import write_table
from planner.pipeline.capacity import refuse_nothing_to_plan
from planner.pipeline.kernels import warn_if_first
from planner.pipeline.scenario import Asked, base_of, scenario_store
from planner.pipeline.scenario_builder import known_scenarios, run_timed, scenario_named
from planner.scenarios.side_by_side import compared
from planner.store import Store, plans, read_plan
from staffing.capacity.plan import Search

WHAT = "run scenarios, named differences on the plan, and show what each changes"
MORE = """A scenario is a YAML file: settings of the plan that differ, and changes in the contacts that come.
Without one, those that come with the program and those saved in the app are listed. The published plan is not
changed."""
OWN = ("SCENARIO_STEPS", "SCENARIO_WEEKS", "SCENARIO_REPLY", "SCENARIO_BACKLOG")


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("scenario", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("store", type=Path, metavar="STORE", help="the folder with history and plans")
    command.add_argument(
        "scenarios",
        nargs="*",
        metavar="NAME|FILE.yaml",
        help="the name of a shipped or saved one (my-peak, my-peak-v2) or a file; none lists",
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
        known = known_scenarios(Store(options.store))
        print("\n".join(f"{each.name:<22} {each.scenario.title}" for each in known))
        return
    progress, store = Progress(), Store(options.store)
    base = load_plan(options.plan or plans(store)[0].yaml)
    if options.weeks is not None:
        base = replace(base, capacity=replace(base.capacity, weeks=options.weeks))
    refuse_nothing_to_plan(base)
    wanted = [_named(name, store) for name in options.scenarios]
    warn_if_first(progress)
    search = Search(options.seconds_per_site, seed=base.seed)
    runs = [
        run_timed(Asked(scenario, file, search), base, store, now=now(), clock=monotonic, say=progress)
        for scenario, file in wanted
    ]
    scenarios = [scenario for scenario, _ in wanted]
    if options.out is not None:
        _write(scenario_store(store), runs, scenarios, options.out)
    print("\n".join(_printed(store, runs, scenarios)))


def _write(kept: Store, runs: Sequence[str], scenarios: Sequence[Scenario], out: Path) -> None:
    """The tables of each run in a folder of its name, as CSV."""
    for made, scenario in zip(runs, scenarios, strict=True):
        folder = out / scenario.name
        folder.mkdir(parents=True, exist_ok=True)
        for table in SCENARIO_TABLES:
            write_table(read_plan(kept, made, table.name), table, folder / f"{table.name.lower()}.csv")


def _printed(store: Store, runs: Sequence[str], scenarios: Sequence[Scenario]) -> Iterator[str]:
    """The runs beside the base over the same weeks, a table for each; then what each shows of its own."""
    kept, by_base = scenario_store(store), dict[str, dict[str, str]]()
    for run, scenario in zip(runs, scenarios, strict=True):
        by_base.setdefault(base_of(store, run).plan_id, {})[scenario.name] = run
    for base, others in by_base.items():
        measures = {name: read_plan(kept, run, "SCENARIO_MEASURES") for name, run in others.items()}
        yield from side_by_side(compared(read_plan(kept, base, "SCENARIO_MEASURES"), measures), list(others))
    for run, scenario in zip(runs, scenarios, strict=True):
        yield from its_own(scenario, {name: read_plan(kept, run, name) for name in OWN})


def _named(name: str, store: Store) -> tuple[Scenario, str]:
    """The scenario of a file or, by name, one that comes with the program or was saved in the store."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        return load_scenario(path), path.name
    known = scenario_named(store, name)
    return known.scenario, known.file
