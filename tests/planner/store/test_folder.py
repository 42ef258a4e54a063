"""One writer at a time; a writer that fails leaves what was there, and says why."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from planner.domain.tables import CONTACTS, VOLUME
from planner.store import Store, StoreError, add_history, read_history
from planner.store.customers import customer_key
from planner.store.folder import writing
from tests.planner.store.frames import MONDAY, NOW, volume


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_second_writer_is_told_who_is_writing_and_a_reader_is_not_stopped(store: Store) -> None:
    add_history(store, VOLUME, volume(1), source="a", now=NOW)
    with writing(store):
        with pytest.raises(StoreError, match=f"is being written by process {os.getpid()}; start again"):
            add_history(store, VOLUME, volume(2), source="b", now=NOW)
        assert read_history(store, VOLUME)["offered"].tolist() == [1]
    add_history(store, VOLUME, volume(2), source="b", now=NOW)
    assert read_history(store, VOLUME)["offered"].tolist() == [2]


def test_the_right_to_write_ends_with_a_killed_process(store: Store) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from planner.store import Store;"
        "from planner.store.folder import writing\n"
        "with writing(Store(Path(sys.argv[1]))): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(store.folder)], check=False).returncode == -9
    assert add_history(store, VOLUME, volume(1), source="a", now=NOW).new == 1


def test_leftovers_of_a_killed_writer_are_swept_by_the_next(store: Store) -> None:
    add_history(store, VOLUME, volume(1), source="a", now=NOW)
    left = [
        store.history("VOLUME") / ".new-77-import.parquet",
        store.plans / ".new-77-plan" / "FORECAST.parquet",
        store.folder / ".new-spill" / "duckdb_temp_storage-0.tmp",
        store.history("VOLUME") / "part-000099.parquet",
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    add_history(store, VOLUME, volume(1, 2), source="b", now=NOW)
    assert not [path for path in left if path.exists()]
    assert not (store.plans / ".new-77-plan").exists()
    assert read_history(store, VOLUME)["offered"].tolist() == [1, 2]


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("at", range(8))
def test_a_full_disk_is_told_and_leaves_the_state_before_or_after(
    store: Store, monkeypatch: pytest.MonkeyPatch, call: str, at: int
) -> None:
    add_history(store, VOLUME, volume(1, 2), source="a", now=NOW)
    real, calls = getattr(os, call), iter(range(100))

    def full(*arguments: object) -> object:
        if next(calls) == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        told = ""
        try:
            add_history(store, VOLUME, volume(9, 9, 9), source="b", now=NOW)
        except StoreError as error:
            told = str(error)
    reached = next(calls) > at  # an import makes a few of these calls only
    assert ("No space left on device" in told) == reached
    assert read_history(store, VOLUME)["offered"].tolist() in ([1, 2], [9, 9, 9])
    assert not list(store.folder.rglob(".new-*"))
    add_history(store, VOLUME, volume(5), source="c", now=NOW)
    assert read_history(store, VOLUME)["offered"].tolist()[0] == 5


def test_a_disk_that_refuses_large_files_is_told_too(store: Store) -> None:
    """The system itself refuses to write past 40 kB: Arrow and DuckDB meet it, not only Python."""
    add_history(store, VOLUME, volume(1, 2), source="a", now=NOW)
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "import numpy as np\n"
        "from planner.domain.tables import VOLUME\n"
        "from planner.store import Store, StoreError, add_history\n"
        "from tests.planner.store.frames import NOW, volume\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "frame = volume(*np.random.default_rng(1).integers(0, 10**9, 40_000))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.RLIM_INFINITY))\n"
        "try: add_history(Store(Path(sys.argv[1])), VOLUME, frame, source='b', now=NOW)\n"
        "except StoreError as told: print(told)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(store.folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert "could not be written: " in run.stdout
    assert "everything stored before is whole" in run.stdout
    assert read_history(store, VOLUME)["offered"].tolist() == [1, 2]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="could not be written: Not a directory"):
        add_history(Store(tmp_path / "file" / "store"), VOLUME, volume(1), source="a", now=NOW)


def test_the_customer_key_is_readable_by_its_owner_only(store: Store) -> None:
    with writing(store):
        key = customer_key(store)
        assert customer_key(store) == key
    mode = (store.folder / "customer.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_lost_customer_key_is_told_before_anything_is_written(store: Store) -> None:
    contact = {"contact_id": "1", "customer_id": "kim", "site": "LIS", "language": "pt", "channel": "voice"}
    frame = CONTACTS.check(volume(1)[["site"]].assign(**contact, arrived_at=MONDAY))
    add_history(store, CONTACTS, frame, source="a", now=NOW)
    (store.folder / "customer.key").unlink()
    with pytest.raises(StoreError, match="not the key the stored contacts were hidden with"):
        add_history(store, CONTACTS, frame.assign(contact_id="2"), source="b", now=NOW)
    assert not (store.folder / "customer.key").exists()
