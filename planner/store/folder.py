"""Where things lie in the store, and the one writer at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb

from planner.domain.problems import InputError, Problem
from planner.store.atomic import BESIDE, make_folder, remove


@dataclass(frozen=True)
class Store:
    """A folder that keeps what happened (`history`) and what was published (`plans`)."""

    folder: Path

    def history(self, table: str) -> Path:
        """The folder of one table's parts and manifest."""
        return self.folder / "history" / table

    @property
    def plans(self) -> Path:
        """The folder of the published plans."""
        return self.folder / "plans"

    @property
    def spill(self) -> Path:
        """Where DuckDB puts what does not fit into its memory; emptied by the next writer."""
        return self.folder / f"{BESIDE}spill"


class StoreError(InputError):
    """The store could not be written; what it held before is whole."""


@contextmanager
def writing(store: Store) -> Iterator[None]:
    """The right to write, for one process at a time; leftovers of a killed writer are swept first.

    StoreError when another process is writing, or when the disk refuses.
    """
    try:
        make_folder(store.folder)
        with (store.folder / ".lock").open("a+") as lock:
            _lock(lock, store)
            sweep(store)
            yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise StoreError([_not_written(error, store)]) from error


def sweep(store: Store) -> None:
    """Remove what a killed writer left under temporary names."""
    for left in sorted(store.folder.rglob(f"{BESIDE}*"), reverse=True):
        remove(left)


def _lock(file: TextIO, store: Store) -> None:
    """Freed by the system when the process ends, however it ends."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        who = file.read().strip() or "another process"
        note = f"is being written by {who}; start again when that import or plan has finished"
        raise StoreError([Problem("store_busy", note, str(store.folder))]) from None
    file.truncate(0)
    file.write(f"process {os.getpid()}")
    file.flush()


def _not_written(error: Exception, store: Store) -> Problem:
    said = getattr(error, "strerror", None) or str(error).splitlines()[0]
    note = f"could not be written: {said}; everything stored before is whole, so mend this and start again"
    return Problem("store_not_written", note, str(store.folder))
