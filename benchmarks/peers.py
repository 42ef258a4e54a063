"""This project beside other open programs: the same rows, in the same run, on the same core.

Run by hand with the interpreter of an environment that holds the peers and mpmath (docs/peers.md):
python -m benchmarks.peers --peer-python PATH

Both programs stay loaded and answer in turns, a quarter of the rows each time, so that a busy machine
slows both; CPU seconds are of answering alone. Rows on which they differ, and some of the others, are
judged in 34 digits (`benchmarks.peer_truth`): the least agents keep every target, one fewer does not.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.peer_cases import MEASURED, Case, cases, many
from benchmarks.peer_rows import Answer, Situation, compare, differing, misrounded, people

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261122
JUDGED = 200
TRUTH = "34 digits"
COLUMNS = (
    "rows | peer | peer CPU s | planner CPU s | same | more | fewer | failed "
    "| judged | planner right | peer right | peer rounds wrong | planner rounds wrong"
)


@dataclass
class Program:
    """A program that answers lines of situations, in an interpreter of its own."""

    name: str
    process: subprocess.Popen[str]
    loading_s: float
    cpu_s: float = 0.0
    peak_mb: float = 0.0

    def answers(self, rows: Sequence[Situation]) -> list[dict[str, Any]]:
        """One answer a row; CPU seconds add up, the peak is of the process until now."""
        print(json.dumps([asdict(row) for row in rows]), file=self.process.stdin, flush=True)
        told = json.loads(_line(self.process))
        self.cpu_s += told["cpu_s"]
        self.peak_mb = told["peak_mb"]
        return list(told["answers"])


@dataclass(frozen=True)
class Duel:
    """Two programs' answers to one case, and the CPU seconds they took."""

    case: Case
    peer: str
    ours: list[Answer]
    theirs: list[Answer]
    our_s: float
    their_s: float


@dataclass(frozen=True)
class Judgement:
    """The rows judged, and the measures of (row, agents) in 34 digits."""

    rows: list[int]
    found: dict[tuple[int, int], dict[str, Any]]

    def right(self, answers: Sequence[Answer]) -> int:
        """How many of the rows judged are answered with the least agents."""
        return sum(self.least(i, answers[i].agents or 0) for i in self.rows)

    def least(self, i: int, agents: int) -> bool:
        """Whether so many keep every target of the row and one fewer does not."""
        return bool(self.found[i, agents]["keeps"]) and not self.found[i, agents - 1]["keeps"]

    def shown(self, i: int, agents: int) -> str:
        """The measures with so many agents, in words."""
        names = ("service_level", "abandonment", "occupancy")
        return "/".join(f"{self.found[i, agents][name]:.4f}" for name in names)


def started(interpreter: str, name: str) -> Program | None:
    """The program, loaded; None where the interpreter does not have it."""
    module = "benchmarks.peer_truth" if name == TRUTH else "benchmarks.peer_programs"
    process = subprocess.Popen(
        [interpreter, "-m", module, name],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    ready = _line(process)
    return Program(name, process, json.loads(ready)["cpu_s"]) if ready else None


def duel(ours: Program, theirs: Program, case: Case) -> Duel:
    """Both programs' answers to every row, taken in turns."""
    size = -(-len(case.situations) // case.turns)
    said: dict[str, list[Answer]] = {ours.name: [], theirs.name: []}
    before = ours.cpu_s, theirs.cpu_s
    for turn, start in enumerate(range(0, len(case.situations), size)):
        rows = case.situations[start : start + size]
        for program in (ours, theirs) if turn % 2 else (theirs, ours):
            said[program.name] += [Answer(**cells) for cells in program.answers(rows)]
    took = ours.cpu_s - before[0], theirs.cpu_s - before[1]
    return Duel(case, theirs.name, said[ours.name], said[theirs.name], *took)


def judge(truth: Program, fight: Duel) -> Judgement:
    """Measures of both answers and of one agent fewer, first on the rows that differ."""
    differ = differing(fight.ours, fight.theirs)
    others = sorted(set(range(len(fight.ours))) - set(differ))
    answered = [i for i in differ + others if None not in (fight.ours[i].agents, fight.theirs[i].agents)]
    chosen = answered[:JUDGED]
    both = [(i, said[i].agents or 0) for said in (fight.ours, fight.theirs) for i in chosen]
    order = sorted({(i, n - fewer) for i, n in both for fewer in (0, 1)})
    told = truth.answers([replace(fight.case.situations[i], agents=n) for i, n in order])
    return Judgement(chosen, dict(zip(order, told, strict=True)))


def table_row(fight: Duel, judgement: Judgement) -> str:
    """One line of the table of all duels."""
    counts = compare(fight.ours, fight.theirs)
    rows = fight.case.situations
    cells = [
        f"{fight.case.name}, {len(rows):,} | {fight.peer} | {fight.their_s:.3f} | {fight.our_s:.3f}",
        *(counts[word] for word in ("same", "more", "fewer", "failed")),
        *(len(judgement.rows), judgement.right(fight.ours), judgement.right(fight.theirs)),
        *(misrounded(rows, fight.theirs), misrounded(rows, fight.ours)),
    ]
    return f"| {' | '.join(map(str, cells))} |"


def example(fight: Duel, judgement: Judgement) -> str | None:
    """The first row that differs, with what each answer and one agent fewer gives."""
    differ = [i for i in judgement.rows if fight.ours[i].agents != fight.theirs[i].agents]
    if not differ:
        return None
    i = differ[0]
    said = [
        f"{name} {n}: {judgement.shown(i, n)}, with {n - 1}: {judgement.shown(i, n - 1)}"
        for name, n in (("planner", fight.ours[i].agents or 0), (fight.peer, fight.theirs[i].agents or 0))
    ]
    return f"- {fight.case.name}: {fight.case.situations[i]}\n  " + "\n  ".join(said)


def rounding(fight: Duel) -> str | None:
    """The first row whose people rostered the peer does not round as fractions do."""
    for row, said in zip(fight.case.situations, fight.theirs, strict=True):
        if misrounded([row], [said]):
            exact = people(said.agents or 0, row.shrinkage)
            asked = f"{said.agents} agents, shrinkage {row.shrinkage}"
            return f"- {fight.peer}, {asked}: {said.rostered}, not {exact}"
    return None


def print_levels(programs: Sequence[Program]) -> None:
    """The service level of given agents, side by side, for short and long answer thresholds."""
    print(f"\n| load | agents | patience s | within s | {' | '.join(p.name for p in programs)} |")
    print("|---" * (4 + len(programs)) + "|")
    for row, *said in zip(MEASURED, *(program.answers(MEASURED) for program in programs), strict=True):
        levels = " | ".join(f"{cells['service_level']:.10f}" for cells in said)
        print(f"| {row.load:g} | {row.agents} | {row.patience_s} | {row.within_s} | {levels} |")


def print_costs(programs: Sequence[Program]) -> None:
    """Loading and memory of every program."""
    print("\n| program | loading and first call, CPU s | peak MB |\n|---|---|---|")
    for program in programs:
        print(f"| {program.name} | {program.loading_s:.2f} | {program.peak_mb:.0f} |")


def print_duels(programs: dict[str, Program], asked: Sequence[Case]) -> None:
    """The table of all duels, and a row on which each peer differs."""
    print(f"| {COLUMNS} |\n{'|---' * (COLUMNS.count('|') + 1)}|")
    examples: list[str | None] = []
    for case in asked:
        for name in [peer for peer in case.peers if peer in programs]:
            fight = duel(programs["planner"], programs[name], case)
            judgement = judge(programs[TRUTH], fight)
            print(table_row(fight, judgement), flush=True)
            examples += [example(fight, judgement), rounding(fight)]
    print("\nThe first row that differs (service level/abandonment/occupancy in 34 digits), and roundings")
    print("\n".join(filter(None, examples)))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peer-python", required=True, help="interpreter that has the peers and mpmath")
    interpreter = shutil.which(parser.parse_args().peer_python)
    if interpreter is None:
        parser.error("--peer-python is no interpreter; docs/peers.md says how its environment is made")
    rng = random.Random(SEED)
    asked = cases(rng)
    names = dict.fromkeys(["planner", TRUTH, *(peer for case in asked for peer in case.peers)])
    found = {n: started(sys.executable if n == "planner" else interpreter, n) for n in names}
    programs = {name: program for name, program in found.items() if program}
    for absent in found.keys() - programs.keys():
        print(f"{absent} does not load with {interpreter}: left out")
    if not {"planner", TRUTH, "pyworkforce"} <= programs.keys():
        sys.exit("Nothing to compare: install pyworkforce and mpmath for --peer-python, see docs/peers.md")
    print_duels(programs, asked)
    print_levels([programs["pyworkforce"], programs["planner"], programs[TRUTH]])
    print_costs([program for name, program in programs.items() if name != TRUTH])
    before = programs["planner"].cpu_s
    programs["planner"].answers(many(rng))
    print(f"\nplanner alone, 100,000 rows, three targets: {programs['planner'].cpu_s - before:.2f} CPU s")


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


if __name__ == "__main__":
    main()
