"""Which importer reads a file: told by the header, or asked for by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from planner.domain.doors import parts
from planner.domain.problems import InputError, Problem
from planner.importers import formats
from planner.importers.tabulated import SHAPE, Format
from planner.records import Records

ENOUGH = 0.5  # share of the needed columns from which a file is taken for a format that lacks some


def known_formats() -> Mapping[str, Format]:
    """Every importer by name: the files of `formats/`."""
    return cast(Mapping[str, Format], parts(formats, shape=SHAPE))


def asked(name: str | None) -> Mapping[str, Format]:
    """The importers that may read a file: all, or the one asked for."""
    known = known_formats()
    if name is None:
        return known
    if name not in known:
        note = f"“{name}” is no importer; known: {', '.join(known)}"
        raise InputError([Problem("unknown_format", note)])
    return {name: known[name]}


def recognised(records: Records, known: Mapping[str, Format]) -> str:
    """The importer whose needed columns the header has, all of them or most; InputError if none fits."""
    if len(known) == 1:
        return next(iter(known))
    share = {name: _share(each, records) for name, each in known.items()}
    best = max(share, key=lambda name: (share[name], len(known[name].NEEDS)))
    if share[best] >= ENOUGH:
        return best
    headings = [*records.labels.values(), *records.ignored]
    nearest = known[best if share[best] else "volume"]
    note = (
        f"no importer knows this header; found: {', '.join(headings) or 'nothing'}; "
        f"for {nearest.MEANING} write {', '.join(nearest.NEEDS)}; `planner tables` lists all columns"
    )
    raise InputError([Problem("unknown_header", note, records.file, records.opened.header_row)])


def _share(each: Format, records: Records) -> float:
    return sum(key in records.cells.columns for key in each.NEEDS) / len(each.NEEDS)
