"""Compiled kernels: what is compiled at first use, and whether this installation has done so."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from planner.domain.calculation import SITUATIONS
from planner.pipeline.calculate import around
from planner.pipeline.steps import Say
from staffing.forward import sequential
from staffing.search import solve

FIRST_TIME = "first use: compiling the numerical kernels, once for this installation (a minute or two)"
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


def compiled_before() -> bool:
    """Whether the kernels of staffing lie compiled beside this installation or in the user's cache."""
    caches = ((solve, "search.solve"), (sequential, "forward.sequential"))
    found = [list(Path(str(kernel.stats.cache_path)).glob(f"{name}-*.nbi")) for kernel, name in caches]
    return all(found)


def warn_if_first(say: Say) -> None:
    """Say so before a first run that has to compile."""
    if not compiled_before():
        say(FIRST_TIME)


def compile_calculator() -> None:
    """Answer an example of each model, so that the page's first visitor need not wait."""
    examples = pd.DataFrame({"situation": [str(i) for i in range(4)], **EXAMPLES})
    for number in range(4):
        around(SITUATIONS.check(examples.iloc[[number]]))
