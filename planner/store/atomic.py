"""Files and folders that appear at once or not at all, and stay after a power cut.

Written beside under a temporary name, flushed to disk, then moved into place, and the folder that
holds the name is flushed too. A reader sees the old file or the new one, never half.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

BESIDE = ".new-"  # begins the name of everything that is not yet in place


def write_file(path: Path, write: Callable[[Path], object]) -> None:
    """Replace a file by what `write` writes to the path it is given (same suffix, same folder)."""
    with beside(path) as new:
        write(new)
        move_file(new, path)


def write_text(path: Path, text: str) -> None:
    """Replace a file by a text in UTF-8."""
    write_file(path, lambda new: new.write_text(text, encoding="utf-8"))


def move_file(new: Path, path: Path) -> None:
    """Flush a file, then give it its name, in place of what had that name."""
    flush(new)
    os.replace(new, path)
    flush(path.parent)


def move_folder(new: Path, path: Path) -> None:
    """Flush every file of a folder and the folder itself, then give it a name that nothing has."""
    for file in sorted(new.iterdir()):
        flush(file)
    flush(new)
    os.rename(new, path)
    flush(path.parent)


def make_folder(path: Path) -> None:
    """The folder and those above it, made and flushed where they are missing."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        flush(folder.parent)


def remove(path: Path) -> None:
    """A file, or a folder and all below it, gone; nothing happens when there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A temporary name in the folder of `path`; whatever still has it at the end is removed."""
    new = path.with_name(f"{BESIDE}{os.getpid()}-{path.name}")
    try:
        yield new
    finally:
        remove(new)


def flush(path: Path) -> None:
    """A file's bytes, or a folder's names, put on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
