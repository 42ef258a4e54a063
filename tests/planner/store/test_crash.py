"""A killed writer and a power cut leave the state before or the one after; the check itself is tested."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def crashes(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.crash_store", *options]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1"])
def test_killed_writers_leave_the_store_whole(seed: str) -> None:
    run = crashes("--kills", "115", "--seed", seed)
    assert run.returncode == 0, run.stdout + run.stderr
    counted = re.search(r"115 writers, (\d+) killed, 0 broken promises", run.stdout)
    assert counted is not None
    assert int(counted[1]) >= 60  # how many die depends on the machine; that many must, or nothing was tried
    for kind in ("moment", "call", "power cut"):
        assert re.search(rf"{kind}.*killed, as before", run.stdout)
    assert "killed, as after" in run.stdout


def test_a_store_that_does_not_flush_is_found_out() -> None:
    run = crashes("--kills", "25", "--careless")
    assert run.returncode == 1
    assert "1 broken promises" in run.stdout
