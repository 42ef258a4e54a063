"""Scenarios that people saved, each version a file that is never written again, and how long runs took.

STORE/scenarios-kept/NAME-vN.yaml, and beside them who is running one.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planner.domain.problems import InputError, Problem
from planner.store.atomic import make_folder, write_text
from planner.store.folder import Store, StoreError, writing

FOLDER = "scenarios-kept"
NAMED = re.compile(r"([a-z0-9][a-z0-9-]{0,60})-v(\d{1,6})\.yaml")
SECONDS, RUNNING = "seconds.json", ".running"


@dataclass(frozen=True)
class KeptFile:
    """One version of a saved scenario."""

    name: str
    version: int
    path: Path


def kept_store(store: Store) -> Store:
    """Where the saved scenarios of a store are."""
    return Store(store.folder / FOLDER)


def kept_files(store: Store) -> tuple[KeptFile, ...]:
    """Every version of every saved scenario, by name, the newest version first."""
    found = []
    for path in kept_store(store).folder.glob("*.yaml"):
        match = NAMED.fullmatch(path.name)
        if match:
            found.append(KeptFile(match[1], int(match[2]), path))
    return tuple(sorted(found, key=lambda each: (each.name, -each.version)))


def keep_file(store: Store, name: str, text_of: Callable[[int], str]) -> KeptFile:
    """Save `text_of(version)` as the next version of a scenario; what was saved before stays.

    StoreError when another process is saving or the disk refuses.
    """
    kept = kept_store(store)
    with writing(kept):
        version = 1 + max((each.version for each in kept_files(store) if each.name == name), default=0)
        file = f"{name}-v{version}.yaml"
        if NAMED.fullmatch(file) is None:
            note = f"“{name}” is no name of a scenario: small letters, digits and hyphens, at most 61"
            raise InputError([Problem("wrong_name", note, None, None, "scenario")])
        path = kept.folder / file
        write_text(path, text_of(version))
    return KeptFile(name, version, path)


def seconds_of(store: Store) -> Mapping[str, float]:
    """How long each run took, by its id."""
    try:
        found: dict[str, float] = json.loads(_seconds_file(store).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def keep_seconds(store: Store, run: str, seconds: float) -> None:
    """Remember how long a run took."""
    with writing(kept_store(store)):
        write_text(_seconds_file(store), json.dumps({**seconds_of(store), run: round(seconds, 1)}, indent=1))


def _seconds_file(store: Store) -> Path:
    return kept_store(store).folder / SECONDS


@contextmanager
def running(store: Store, what: str, *, now: datetime) -> Iterator[None]:
    """The right to run scenarios of a store, for one at a time; freed however the process ends.

    StoreError naming the scenario that is being run.
    """
    folder = kept_store(store).folder
    make_folder(folder)
    with (folder / RUNNING).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            note = f"is being run: {file.read().strip()}; wait until that has ended"
            raise StoreError([Problem("scenario_running", note, FOLDER)]) from None
        file.truncate(0)
        file.write(f"{what} since {now:%H:%M} UTC, process {os.getpid()}")
        file.flush()
        yield
