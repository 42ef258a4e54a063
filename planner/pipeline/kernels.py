"""Compiled kernels: what is compiled at first use, and whether this installation has done so.

`python -m planner.pipeline.kernels` compiles them, or only the parts named: staffing, scheduling; the demo
lets that run beside the drawing of its sample.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.domain.calculation import SITUATIONS
from planner.domain.centre import Handling
from planner.pipeline.calculate import around
from planner.pipeline.first_schedule import compile_scheduling
from planner.pipeline.steps import Say
from staffing.day import Stretch, service, staffed
from staffing.forward import sequential
from staffing.least import Limits
from staffing.search import solve
from staffing.simulation.single import MovingDay, simulate_day

FIRST_TIME = "first use: compiling the numerical kernels, once for this installation (a minute or two)"
KERNELS: Mapping[str, Any] = {"search.solve": solve, "forward.sequential": sequential}
CALCULATOR = ("search.solve",)
EXAMPLES = {
    "model": ["erlang-b", "erlang-c", "erlang-a", "chat"],
    "offered_per_h": 120.0,
    "aht_s": 300.0,
    "agents": [14.0, float("nan"), float("nan"), float("nan")],
    "patience_s": [float("nan"), float("nan"), 180.0, 180.0],
    "answer_within_s": 20.0,
    "target_service_level": 0.8,
    "concurrency": [float("nan")] * 3 + [3.0],
    "slowdown": [float("nan")] * 3 + [0.2],
}


def compiled_before(names: Collection[str] = tuple(KERNELS)) -> bool:
    """Whether these kernels lie compiled beside this installation or in the user's cache."""
    caches = [(Path(str(KERNELS[name].stats.cache_path)), name) for name in names]
    return all(any(folder.glob(f"{name}-*.nbi")) for folder, name in caches)


def warn_if_first(say: Say, names: Collection[str] = tuple(KERNELS)) -> None:
    """Say so before a first run that has to compile one of these kernels."""
    if not compiled_before(names):
        say(FIRST_TIME)


def compile_calculator() -> None:
    """Answer an example of each model, so that the page's first visitor need not wait."""
    examples = pd.DataFrame({"situation": [str(i) for i in range(4)], **EXAMPLES})
    for number in range(4):
        around(SITUATIONS.check(examples.iloc[[number]]))


def compile_staffing() -> None:
    """Staff and simulate one small morning."""
    morning, handling = np.array([4.0, 9.0, 6.0]), Handling(300.0, patience_s=180.0)
    stretch = Stretch(morning, 1800.0, np.full(3, 300.0), handling)
    limits = Limits(((0.8, 20.0),), max_abandonment=0.05)
    agents = staffed(stretch, limits).least.agents
    service(stretch, agents, limits)
    day = MovingDay(np.repeat(morning / 1800, 30), agents, 300.0, 20.0, 180.0)
    simulate_day(day, replications=2, seed=1)


def compile_beside() -> None:
    """Compile in a process of its own, which may outlast this one; nothing is said of it."""
    call = [sys.executable, "-m", "planner.pipeline.kernels"]
    subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


PARTS: Mapping[str, tuple[Callable[[], None], ...]] = {
    "staffing": (compile_staffing, compile_calculator),
    "scheduling": (compile_scheduling,),
}


def main(parts: Sequence[str]) -> None:
    """Compile the kernels of some parts; none named = all."""
    for part in parts or PARTS:
        for compile_part in PARTS[part]:
            compile_part()


if __name__ == "__main__":
    main(sys.argv[1:])
