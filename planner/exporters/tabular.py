"""One table into one file, in the format of the file's suffix."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pandas as pd

from planner.domain.doors import parts
from planner.domain.table import Table
from planner.exporters import formats
from planner.exporters.refusal import refuse, refusing
from planner.store.atomic import write_file

SHAPE: Mapping[str, type | tuple[str, ...]] = {
    "SUFFIX": str,
    "MEANING": str,
    "write": ("frame", "table", "path"),
}


def known_formats() -> Mapping[str, ModuleType]:
    """Every exporter by its suffix: the files of `formats/`."""
    return {part.SUFFIX: part for part in parts(formats, shape=SHAPE).values()}


def write_table(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """Write a checked table to a file, which appears whole or not at all.

    InputError when no exporter knows the suffix, the format cannot hold the rows, or the disk refuses.
    """
    known = known_formats()
    if path.suffix not in known:
        raise refuse("unknown_suffix", f"cannot be written; end it in {' or '.join(known)}", path)
    with refusing(path):
        write_file(path, lambda new: known[path.suffix].write(frame, table, new))
