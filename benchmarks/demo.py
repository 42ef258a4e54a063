"""Wall time, CPU seconds and peak memory of the demonstration centre, whole and step by step.

    python -m benchmarks.demo FOLDER [--scale 1.0]

The folder must be new. Memory is the largest sum of proportional set sizes over the process tree,
sampled five times a second; CPU seconds are those of the process and all its children.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

TICK_S = 0.2


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def measured(command: list[str]) -> Cost:
    """Run a command to its end and measure it; RuntimeError when it fails."""
    before, start, peak = os.times(), time.monotonic(), 0.0
    process = subprocess.Popen(command)
    while process.poll() is None:
        peak = max(peak, memory_mb(process.pid))
        time.sleep(TICK_S)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.monotonic() - start, cpu, peak)


def memory_mb(pid: int) -> float:
    """Proportional set size of a process and its descendants, in MB."""
    try:
        parent = psutil.Process(pid)
        family = [parent, *parent.children(recursive=True)]
        return sum(process.memory_full_info().pss for process in family) / 1e6
    except (psutil.NoSuchProcess, psutil.AccessDenied, ProcessLookupError):
        return 0.0


def steps(folder: Path, scale: float) -> dict[str, list[str]]:
    """Each step of the line as a command on files."""
    planner = [sys.executable, "-c", "import sys; from planner.cli import main; sys.exit(main())"]
    inputs, out, store = folder / "input", folder / "tables", folder / "store"
    plan = ["--plan", f"{inputs}/plan.yaml"]
    schedule = [f"{out}/requirement.parquet", f"{inputs}/agents.csv", "--absences", f"{inputs}/absences.csv"]
    simulate = [f"{out}/schedule.parquet", f"{out}/forecast.parquet", f"{inputs}/agents.csv"]
    score = [f"--{name}={inputs}/{name}.parquet" for name in ("volume", "evaluations", "contacts")]
    bring = [f"{inputs}/volume.parquet", f"{inputs}/contacts.parquet"]
    calls = {
        "sample": [str(inputs), "--scale", str(scale)],
        "import": [*bring, *plan, "--store", f"{folder}/import"],
        "forecast": [f"{inputs}/volume.parquet", *plan, "--out", f"{out}/forecast.parquet",
                     "--paths-out", f"{out}/paths.parquet"],
        "staff": [f"{out}/forecast.parquet", *plan, "--out", f"{out}/requirement.parquet"],
        "schedule": [*schedule, *plan, "--out", f"{out}/schedule.parquet"],
        "simulate": [*simulate, "--paths", f"{out}/paths.parquet", *plan, "--out", f"{out}/check.parquet"],
        "score": [*score, *plan, "--out", f"{out}/scorecard.parquet"],
        "plan": [f"{inputs}/plan.yaml", "--store", str(store)],
    }  # fmt: skip
    return {name: [*planner, name, *arguments] for name, arguments in calls.items()}


def main() -> None:
    """Measure and print one row a step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    (options.folder / "tables").mkdir(parents=True)
    rows = {name: measured(command) for name, command in steps(options.folder, options.scale).items()}
    print("| step | wall s | CPU s | peak MB |\n|---|---|---|---|")
    for name, cost in rows.items():
        print(f"| {name} | {cost.wall_s:.1f} | {cost.cpu_s:.1f} | {cost.peak_mb:,.0f} |")


if __name__ == "__main__":
    main()
