"""Who reads while others write sees whole states only, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.store_actions import seen_in
from planner.store import Store

ROOT = Path(__file__).resolve().parents[3]
WRITES = 25
WRITER = f"""
import sys
from pathlib import Path
from benchmarks.store_actions import import_contacts, import_volume, publish_plan
from planner.store import Store
store = Store(Path(sys.argv[1]))
for number in range({WRITES}):
    if sys.argv[2] == "history":
        import_volume(store, list(range(number % 3, 24)) if number else list(range(24)), number)
        import_contacts(store, [f"c{{i:02d}}" for i in range(20)], number)
    else:
        publish_plan(store, number)
"""


def states_while_writing(store: Store, what: str) -> list:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(store.folder), what], cwd=ROOT)
    states = []
    while writer.poll() is None:
        states.append(seen_in(store))
    assert writer.returncode == 0
    return [*states, seen_in(store)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_history_is_read_as_one_import_left_it(store: Store) -> None:
    states = states_while_writing(store, "history")
    for state in states:
        assert len(state.volume) in (0, 24)
        latest = max((number for _, number in state.volume), default=0)
        expected = (
            [latest] * 24
            if latest == 0
            else [max(n for n in range(latest + 1) if slot >= n % 3) for slot in range(24)]
        )
        assert [number for _, number in state.volume] == (expected if state.volume else [])
        assert len({number for _, number in state.contacts}) <= 1
    assert len({state.volume for state in states}) > 3
    assert states[-1].volume[-1] == (23, WRITES - 1)


def test_a_plan_is_there_whole_or_not_at_all(store: Store) -> None:
    states = states_while_writing(store, "plans")
    for state in states:
        assert list(state.plans) == list(range(len(state.plans)))[::-1]
        assert state.current is None or state.current >= len(state.plans) - 2
    assert len({state.plans for state in states}) > 3
    assert states[-1].current == WRITES - 1
