"""pyworkforce's rostering beside this project's engine: the same rosters of three shifts, in the same run.

    python -m benchmarks.roster_peers --peer-python PATH --seconds 60

PATH is the interpreter of an environment with pyworkforce (docs/peers.md says how it is made). One core
each, one after the other. Both answers are looked at by `roster_peer_cases.look`, which knows only the
rules. Sizes grow until pyworkforce has no answer within the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.peer_lines import peak_mb
from benchmarks.roster_peer_cases import (
    RULES,
    SHIFT_H,
    SHIFTS,
    STARTS_H,
    WEEK_DAYS,
    Case,
    case,
    look,
    one_too_few,
)
from benchmarks.sketch_instances import MONDAY
from staffing.labour import Limits
from staffing.scheduling.ascent import Climb, bound_of
from staffing.scheduling.clock import Clock
from staffing.scheduling.problem import FORBIDDEN, Demand, Problem, Roster, Staff, no_taste, no_wishes
from staffing.scheduling.search import Course, search
from staffing.scheduling.shift_table import Kind, shift_table
from staffing.shifts import Shift

ROOT = Path(__file__).resolve().parents[1]
SIZES = ((20, 7), (100, 7), (100, 28), (300, 28), (1000, 28))
TRIES = (0, 5, 20, 100)  # pairs for each agent and week, until nothing is missing
HOUR = 40.0  # penalty units of an agent-hour missing
IDLE = 500.0  # of a contract hour: nobody is left idle
COLUMNS = (
    "rule | agents x days | seed | program | result | h missing | h rostered | rules broken "
    "| days in a row | days in a week | CPU s | MB"
)


@dataclass(frozen=True)
class Answer:
    """A program's roster as (agent, day, shift), what it says of it, and what it took."""

    status: str
    worked: list[tuple[int, int, int]]
    cpu_s: float
    peak_mb: float


def ours(asked: Case, seed: int) -> Answer:
    """This project's engine: the search goes on until nothing is missing; what is left gets its bound."""
    problem, began = problem_of(asked), time.process_time()
    roster = None
    for pairs in TRIES:
        rng = np.random.default_rng(seed)
        course = Course(pairs_each=pairs, seconds=600)
        roster, _ = search(problem, course=course, rng=rng, clock=time.process_time, start=roster)
        if roster.owed.sum() == 0:
            break
    assert roster is not None
    status = "nothing missing" if roster.owed.sum() == 0 else bounded(problem, roster)
    cpu_s = time.process_time() - began
    agent, day = np.nonzero(roster.shift >= 0)
    worked = [(int(a), int(d), int(roster.shift[a, d])) for a, d in zip(agent, day)]
    return Answer(status, worked, cpu_s, peak_mb())


def bounded(problem: Problem, roster: Roster) -> str:
    """What cannot be covered by anybody's roster."""
    weeks = len(problem.week_day) - 1
    idle = np.full(weeks, IDLE * SHIFT_H * float(problem.staff.days_left.sum()) / weeks)
    found = bound_of(problem, roster, idle, climb=Climb(rounds=100))
    return f"at least {found.value / HOUR:.1f} h missing in any roster"


def problem_of(asked: Case) -> Problem:
    """The case as the engine's arrays, in intervals of an hour; Sunday's night counts until midnight."""
    clock = Clock("UTC", 60, MONDAY, asked.days)
    shifts = tuple(
        Shift(name, 60 * start, 60 * SHIFT_H, ()) for name, start in zip(SHIFTS, STARTS_H, strict=True)
    )
    kind = Kind(shifts, Limits(week_days=WEEK_DAYS, rest_h=asked.rest_h), IDLE)
    table = shift_table([kind], clock, np.arange(len(clock.intervals) + 1))
    need = np.zeros((1, len(clock.intervals)))
    for s, d in np.ndindex(len(SHIFTS), asked.days):
        begin = 24 * d + STARTS_H[s]
        need[0, begin : begin + SHIFT_H] = asked.need[s][d]
    need = need[:, : clock.horizon]
    none = np.zeros_like(need)
    seats = np.full(len(clock.intervals) + 1, np.inf)
    demand = Demand(need, none, none, none, np.array([HOUR, HOUR, 0.0, 0.0, 0.0]), seats)
    staff = _staff(asked, table.starts.shape[2])
    return Problem(demand, staff, table, no_taste(), clock.weeks(), clock.day_begin[: asked.days + 1])


def _staff(asked: Case, places: int) -> Staff:
    count, weeks = asked.agents, asked.days // 7
    one = np.ones(count, np.int64)
    free = np.ones((count, asked.days + 1), bool)
    days = np.full((count, weeks), WEEK_DAYS, np.int64)
    staff = no_wishes(Staff(0 * one, 0 * one[:, None], one, free, days, 0 * days), places)
    for a, d, s in asked.bans:
        staff.cost[a, d, s] = FORBIDDEN
    return staff


def theirs(asked: Case, interpreter: str, seconds: float) -> Answer:
    """pyworkforce's answer; building its model counts, and may take as long again as the search."""
    command = [interpreter, "-m", "benchmarks.roster_peer_program", str(seconds)]
    given, limit_s = json.dumps(asked.sent()), 3 * seconds + 60
    try:
        done = subprocess.run(
            command, input=given, cwd=ROOT, capture_output=True, text=True, timeout=limit_s, check=True
        )
    except subprocess.TimeoutExpired:
        return Answer(f"none within {limit_s:g} s", [], float("nan"), float("nan"))
    told = json.loads(done.stdout)
    return Answer(**told | {"worked": [tuple(row) for row in told["worked"]]})


def row(asked: Case, seed: int, program: str, answer: Answer) -> str:
    """One line of the table; nothing is said of a roster that is not there."""
    cells = [asked.rule, f"{asked.agents:,} x {asked.days}", seed, program, answer.status]
    if answer.worked:
        seen = look(asked, answer.worked)
        broken = ", ".join(f"{n} {name}" for name, n in seen.broken.items() if n) or "none"
        cells += [seen.missing_h, f"{seen.rostered_h:,}", broken, seen.row_days, seen.week_days]
    else:
        cells += ["-"] * 5
    return f"| {' | '.join(map(str, [*cells, f'{answer.cpu_s:.2f}', f'{answer.peak_mb:.0f}']))} |"


def rows(rule: str, options: argparse.Namespace, interpreter: str) -> Iterator[str]:
    """Both programs' rows of a rule, size after size, until pyworkforce's time is up."""
    for agents, days in SIZES:
        asked = case(rule, agents, days, seed=options.seed)
        told = theirs(asked, interpreter, options.seconds)
        yield row(asked, options.seed, "pyworkforce", told)
        yield row(asked, options.seed, "planner", ours(asked, options.seed))
        if told.status == "UNKNOWN" or told.status.startswith("none"):
            return


def short_rows(options: argparse.Namespace, interpreter: str) -> Iterator[str]:
    """Both programs' rows where one person is missing whatever anybody does."""
    asked = one_too_few(case("bans alone", 20, 7, seed=options.seed))
    for name, answer in (
        ("pyworkforce", theirs(asked, interpreter, options.seconds)),
        ("planner", ours(asked, options.seed)),
    ):
        yield row(asked, options.seed, f"{name}, one too few", answer)


def loads(interpreter: str) -> bool:
    """Whether the interpreter has pyworkforce's rostering."""
    asked = [interpreter, "-c", "import pyworkforce.rostering"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, check=False).returncode == 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer-python", required=True, help="interpreter that has pyworkforce")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rules", nargs="+", choices=list(RULES), default=list(RULES))
    options = parser.parse_args()
    interpreter = shutil.which(options.peer_python)
    if interpreter is None or not loads(interpreter):
        sys.exit("Nothing to compare: pyworkforce does not load with --peer-python, see docs/peers.md")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # both on the same core
    ours(one_too_few(case("bans alone", 20, 7, seed=0)), 0)  # waits for the compiler
    print(f"| {COLUMNS} |\n{'|---' * (COLUMNS.count('|') + 1)}|", flush=True)
    for rule in options.rules:
        for line in rows(rule, options, interpreter):
            print(line, flush=True)
    for line in short_rows(options, interpreter):
        print(line, flush=True)


if __name__ == "__main__":
    main()
