"""A first run says that it compiles; a later one does not."""

import os
import subprocess
import sys

from planner.pipeline.kernels import (
    CALCULATOR,
    FIRST_TIME,
    compile_calculator,
    compiled_before,
    warn_if_first,
)


def test_a_used_installation_says_nothing() -> None:
    compile_calculator()
    assert compiled_before(CALCULATOR)
    said: list[str] = []
    warn_if_first(said.append, CALCULATOR)
    assert said == []


def test_a_fresh_installation_says_that_it_compiles(tmp_path) -> None:
    """In a process of its own, with an empty cache: nothing need be compiled to know."""
    call = "from planner.pipeline.kernels import warn_if_first; warn_if_first(print)"
    fresh = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", call], env=fresh, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == FIRST_TIME
