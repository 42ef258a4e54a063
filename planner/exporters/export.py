"""A schedule into files: which exporters there are, and those asked for run one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from planner.domain.doors import parts
from planner.domain.problems import InputError, Problem
from planner.exporters import schedules
from planner.exporters.refusal import refusing
from planner.exporters.roster.scheduled import Scheduled
from planner.store.atomic import make_folder

SHAPE: Mapping[str, type | tuple[str, ...]] = {
    "MEANING": str,
    "USUAL": bool,
    "write": ("scheduled", "folder"),
}


def known_exports() -> Mapping[str, ModuleType]:
    """Every exporter of a schedule by name: the files of `schedules/`."""
    return parts(schedules, shape=SHAPE)


def usual_exports() -> tuple[str, ...]:
    """Those that are written where nothing is asked for."""
    return tuple(name for name, part in known_exports().items() if part.USUAL)


def export(scheduled: Scheduled, folder: Path, *, what: Sequence[str]) -> dict[str, Sequence[Path]]:
    """Write the files of the exporters named, and say which files.

    InputError names exporters that there are not, and says why the disk refuses.
    """
    known = known_exports()
    unknown = [name for name in what if name not in known]
    if unknown:
        listed = ", ".join(known)
        raise InputError(
            Problem("unknown_export", f"“{name}” is no export; known: {listed}") for name in unknown
        )
    with refusing(folder):
        make_folder(folder)
        return {name: known[name].write(scheduled, folder) for name in dict.fromkeys(what)}
