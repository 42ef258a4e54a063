"""Tests that share something dear to make run in one worker.

pytest 9.2 keeps names of tests that pytest-xdist 3.8 can no longer mark with their group, and says nothing
(pytest-xdist, issue 1386). So groups are read here from the files themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
GROUP = re.compile(r'xdist_group\("(\w+)"\)')


@cache
def group_of(file: str) -> str | None:
    """The group that a test file, or else the conftest beside it, names; None where neither does."""
    path = ROOT / file
    for source in (path, path.with_name("conftest.py")):
        found = GROUP.search(source.read_text(encoding="utf-8")) if source.is_file() else None
        if found and source != Path(__file__):
            return found[1]
    return None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Callable[..., None]) -> Any:
    """A group is handed to one worker as a whole, every other test by itself."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid.partition("::")[0]) or nodeid

    return ByGroup(config, log)
