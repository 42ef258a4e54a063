"""Saved scenarios: a version is never written again; one run at a time, freed whatever happens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.domain.problems import InputError
from planner.store import Store, StoreError
from planner.store.scenario_files import keep_file, keep_seconds, kept_files, running, seconds_of

NOW = datetime(2026, 11, 22, 21, 3, tzinfo=UTC)


def test_each_save_is_a_version_of_its_own(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for _ in range(3):
        keep_file(store, "my-peak", lambda version: f"version {version}")
    keep_file(store, "my-peak-v2", str)  # a name that ends like a version
    assert [(each.name, each.version) for each in kept_files(store)] == [
        ("my-peak", 3), ("my-peak", 2), ("my-peak", 1), ("my-peak-v2", 1),
    ]  # fmt: skip
    assert [each.path.read_text() for each in kept_files(store)][:3] == [
        "version 3",
        "version 2",
        "version 1",
    ]


@pytest.mark.parametrize("name", ["../peak", "Peak", "", "a b", "x" * 62])
def test_a_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="is no name of a scenario"):
        keep_file(Store(tmp_path / "store"), name, str)
    assert not list(tmp_path.rglob("*.yaml"))


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    keep_file(store, "a", str)

    def broken(version: int) -> str:
        raise ValueError(version)

    with pytest.raises(ValueError, match="2"):
        keep_file(store, "a", broken)
    assert [each.path.read_text() for each in kept_files(store)] == ["1"]


def test_one_run_at_a_time_and_the_next_after_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with (
        running(store, "s1-higher-peak", now=NOW),
        pytest.raises(StoreError, match="s1-higher-peak since 21:03 UTC"),
        running(store, "s2-channel-shift", now=NOW),
    ):
        pytest.fail("two runs at once")
    with pytest.raises(ZeroDivisionError), running(store, "s1-higher-peak", now=NOW):
        raise ZeroDivisionError
    with running(store, "s2-channel-shift", now=NOW):
        pass


def test_seconds_are_kept_by_run(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert seconds_of(store) == {}
    keep_seconds(store, "a", 40.04)
    keep_seconds(store, "b", 9.0)
    assert seconds_of(store) == {"a": 40.0, "b": 9.0}
