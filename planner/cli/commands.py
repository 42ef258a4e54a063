"""Commands that work on a store: sample, import, plan, demo, dashboard, tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from planner.cli.glossary import glossary, table_named
from planner.cli.progress import Progress
from planner.config import load_plan
from planner.domain.problems import InputError, Problem
from planner.pipeline import make_plan
from planner.pipeline.bringing import Bringing, import_files, import_inputs
from planner.pipeline.kernels import compile_beside, compile_calculator, compiled_before, warn_if_first
from planner.sample import draw
from planner.store import Store, plans

ROOT = Path(__file__).resolve().parents[2]
KITCHENER = ROOT / "data" / "kitchener" / "plan.yaml"


def sample(options: Namespace) -> None:
    """Write the demonstration centre."""
    progress = Progress()
    _refuse_filled(options.folder)
    draw(options.folder, scale=options.scale, seed=options.seed, progress=progress)
    progress(f"written to {options.folder}: synthetic data, see README.txt there")
    print(f"Next: planner plan {options.folder / 'plan.yaml'} --store {options.folder / 'store'}")


def _refuse_filled(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        note = "is not an empty folder; name a new one, so that nothing is overwritten"
        raise InputError([Problem("folder_filled", note, str(folder))])


def import_(options: Namespace) -> None:
    """Read files into the store and say what was found."""
    plan = load_plan(options.plan)
    bringing = Bringing(plan.centre, Store(options.store), now(), Progress())
    for text in import_files(options.files, bringing, form=options.format):
        print(text)


def plan(options: Namespace) -> None:
    """Import the plan's inputs and walk the whole line."""
    progress = Progress()
    warn_if_first(progress)
    _plan(options.plan, options.store, progress)


def _plan(path: Path, folder: Path, progress: Progress) -> None:
    loaded = load_plan(path)
    store = Store(folder)
    for text in import_inputs(loaded, store, now=now(), say=progress):
        print(text)
    plan_id = make_plan(loaded, store, now=now(), say=progress)
    progress(f"published plan {plan_id}")
    print(f"See it with: planner dashboard --store {folder}")


def demo(options: Namespace) -> None:
    """Draw and plan the demonstration centre and a real city's record; a second run reuses what is there."""
    progress = Progress()
    if not compiled_before():
        progress("compiling the numerical kernels beside the rest, once for this installation")
        compile_beside()
    inputs = options.folder / "input"
    if not (inputs / "plan.yaml").exists():
        progress("drawing the demonstration centre: synthetic, 13 languages, seven sites, two years")
        _draw_whole(inputs, options.scale, progress)
    for plan_file, store in ((inputs / "plan.yaml", "store"), (KITCHENER, "kitchener")):
        if plans(Store(options.folder / store)):
            progress(f"{options.folder / store} holds a plan already; remove it to plan anew")
        else:
            _plan(plan_file, options.folder / store, progress)
    compile_calculator()


def _draw_whole(inputs: Path, scale: float, progress: Progress) -> None:
    """Draw beside and move into place, so that a draw that was stopped is not taken for a whole one."""
    beside = inputs.with_name(inputs.name + ".part")
    if beside.exists():
        shutil.rmtree(beside)
    draw(beside, scale=scale, progress=progress)
    beside.rename(inputs)


def dashboard(options: Namespace) -> int:
    """Serve the dashboards until interrupted."""
    empty = [store for store in options.store if not plans(Store(store))]
    if empty:
        note = "holds no published plan yet; make one with: planner plan PLAN.yaml --store "
        raise InputError(Problem("no_plan", f"{note}{store}", str(store)) for store in empty)
    print(f"Dashboards on http://{options.address}:{options.port} (stop with Ctrl-C)", flush=True)
    flags = [f"--server.port={options.port}", f"--server.address={options.address}"]
    stores = os.pathsep.join(str(store.resolve()) for store in options.store)
    call = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *flags]
    return subprocess.call(call, env={**os.environ, "PLANNER_STORE": stores}, cwd=ROOT)


def tables(options: Namespace) -> None:
    """Print the glossary."""
    try:
        named = tuple(table_named(name) for name in options.names)
    except KeyError as error:
        raise InputError([Problem("unknown_table", str(error.args[0]))]) from None
    print(glossary(named) if named else glossary())


def now() -> datetime:
    """The moment, read once at the rim."""
    return datetime.now(UTC)
