"""Rosters for the shift-scheduling instances of Curtois and Qu, with a proven bound.

    python -m benchmarks.curtois_qu 5 --cpu-seconds 60 --out roster.csv

INSTANCE is the path of an instance's text, or the number of one that lies in ../shared/reference/curtois_qu
beside the project. The roster is written as rows employee,day,shift with days from 0. It is checked
against the raw text by code that shares nothing with the engine before it is written. The time is that of
the whole process, compiling included: the first run after an installation compiles for about half a minute.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.curtois_qu_check import Row, check
from benchmarks.curtois_qu_reader import read
from planner.domain.problems import Infeasible, InputError
from staffing.rosters.clock import Clock
from staffing.rosters.problem import OFF, Problem
from staffing.rosters.search import Progress
from staffing.rosters.solve import solve

OPEN = Path(__file__).resolve().parents[2] / "shared" / "reference" / "curtois_qu"
ENDING = 0.99  # share of the time that the search may use: the rest is for checking and writing


def main(arguments: list[str] | None = None) -> int:
    """Read, solve, check, write, print."""
    options = _options(arguments)
    try:
        path = _found(options.instance)
        text = path.read_text(encoding="utf-8-sig")
        problem = read(text, path.name)
        clock = Clock(time.process_time, 0.0, ENDING * options.cpu_seconds)
        found = solve(problem, clock=clock, seed=options.seed, told=_tell)
    except (InputError, Infeasible, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    rows = _rows(problem, found.roster)
    checked = check(text, rows)
    if checked.faults or checked.cost != found.cost or checked.cost < found.bound:
        print(
            f"the check disagrees: cost {checked.cost}, not {found.cost}; {checked.faults}", file=sys.stderr
        )
        return 1
    with options.out.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("employee", "day", "shift"), *rows])
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"cost {found.cost}\nbound {found.bound}\ngap {found.gap:.2%}\nended: {found.ended}")
    print(f"rules checked against {path.name}: none broken\nseed {options.seed}")
    print(f"CPU {time.process_time():.1f} s\nmemory {memory_mb:.0f} MB\nwritten to {options.out}")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.curtois_qu",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("instance", help="path of an instance, or the number of an open one")
    parser.add_argument("--cpu-seconds", type=float, default=300.0, help="CPU time of the whole run")
    parser.add_argument("--out", type=Path, required=True, help="CSV file of the roster")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def _found(instance: str) -> Path:
    path = Path(instance)
    return OPEN / f"Instance{instance}.txt" if instance.isdigit() and not path.exists() else path


def _rows(problem: Problem, roster: np.ndarray) -> list[Row]:
    """The roster as rows, employees in the order of the instance."""
    return [
        (problem.people[p].name, int(d), problem.shifts[roster[p, d]].name)
        for p, d in np.argwhere(roster != OFF)
    ]


def _tell(progress: Progress) -> None:
    bound = "-" if progress.bound is None else str(progress.bound)
    print(f"{progress.seconds:8.1f} s  cost {progress.cost}  bound {bound}  {progress.doing}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
