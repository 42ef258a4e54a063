"""How a program in an interpreter of its own is asked: JSON lines in, JSON lines out, on one core."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.peer_rows import Situation


def answer_lines(solve: Callable[[Sequence[Situation]], list[dict[str, Any]]]) -> None:
    """Answers until standard input ends: each line of situations with a line of answers.

    A line holds the CPU seconds of answering and the peak memory so far; the first, before any
    question, the CPU seconds of loading.
    """
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # every program on the same core
    told, sys.stdout = sys.stdout, sys.stderr  # what a program prints does not end up among the answers
    print(json.dumps({"cpu_s": time.process_time()}), file=told, flush=True)
    for line in sys.stdin:
        rows = [Situation(**cells) for cells in json.loads(line)]
        begin = time.process_time()
        answers = solve(rows)
        cpu_s = time.process_time() - begin
        print(json.dumps({"cpu_s": cpu_s, "peak_mb": peak_mb(), "answers": answers}), file=told, flush=True)


def peak_mb() -> float:
    """This process's highest resident memory: VmHWM, for ru_maxrss starts at the parent's."""
    line = next(row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
