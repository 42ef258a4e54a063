"""Compiled kernels: what is compiled at first use, and whether this installation has done so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from planner.domain.calculation import SITUATIONS
from planner.pipeline.calculate import around
from planner.pipeline.steps import Say
from staffing.forward import sequential
from staffing.search import solve

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
