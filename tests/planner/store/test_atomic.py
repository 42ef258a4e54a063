"""What is moved into place was flushed before, and its name after."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.store.atomic import make_folder, move_folder, remove, write_file, write_text


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is flushed, made and moved, in order."""
    seen: list[str] = []
    fsync, replace, rename, mkdir = os.fsync, os.replace, os.rename, os.mkdir

    def flushed(handle: int) -> None:
        seen.append("flush " + Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        fsync(handle)

    def made(path: Path, mode: int = 0o777) -> None:
        seen.append(f"make {Path(path).name}")
        mkdir(path, mode)

    def moved(new: Path, path: Path) -> None:
        seen.append(f"move {Path(new).name} to {Path(path).name}")
        (replace if Path(new).is_file() else rename)(new, path)

    for name, call in {"fsync": flushed, "replace": moved, "rename": moved, "mkdir": made}.items():
        monkeypatch.setattr(os, name, call)
    return seen


def test_a_file_is_flushed_moved_and_its_folder_flushed(tmp_path: Path, calls: list[str]) -> None:
    write_text(tmp_path / "a.txt", "é")
    new = f".new-{os.getpid()}-a.txt"
    assert calls == [f"flush {new}", f"move {new} to a.txt", f"flush {tmp_path.name}"]
    assert (tmp_path / "a.txt").read_bytes() == "é".encode()


def test_a_folder_is_flushed_file_by_file_moved_and_its_parent_flushed(
    tmp_path: Path, calls: list[str]
) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "2").write_text("")
    (new / "1").write_text("")
    calls.clear()
    move_folder(new, tmp_path / "plan")
    assert calls == ["flush 1", "flush 2", "flush new", "move new to plan", f"flush {tmp_path.name}"]


def test_every_folder_on_the_way_is_made_and_flushed_into_the_one_above(
    tmp_path: Path, calls: list[str]
) -> None:
    make_folder(tmp_path / "a" / "b")
    assert calls == ["make a", f"flush {tmp_path.name}", "make b", "flush a"]
    make_folder(tmp_path / "a" / "b")
    assert len(calls) == 4


def test_a_writer_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def fails(new: Path) -> None:
        new.write_text("half")
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        write_file(path, fails)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_removed_may_be_a_file_a_folder_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder" / "below").mkdir(parents=True)
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    for name in ("link", "folder", "file", "nothing"):
        remove(tmp_path / name)
    assert not list(tmp_path.iterdir())
