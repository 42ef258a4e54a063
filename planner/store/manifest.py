"""What a table's history consists of: its parts, and the imports that made them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from planner.domain.problems import InputError, Problem
from planner.store.atomic import write_text

FORMAT = 1  # of the manifest; a store written by a later program is refused, not misread
FILE = "manifest.json"


@dataclass(frozen=True)
class Part:
    """One Parquet file of the table; a key stands in one part only."""

    file: str
    rows: int


@dataclass(frozen=True)
class Import:
    """One import that changed the table: where it came from, its content's digest, when, and its rows."""

    source: str
    digest: str
    at: str
    rows: int
    new: int
    replaced: int
    removed: int


@dataclass(frozen=True)
class Manifest:
    """The state of a table's history.

    `retired` are the parts of the state before: they stay for readers that have just begun, until the
    next import. `following` numbers the next part. `customers` is the fingerprint of the key that hid
    the customers' ids.
    """

    parts: tuple[Part, ...] = ()
    retired: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()
    following: int = 1
    customers: str | None = None
    format: int = field(default=FORMAT)

    @property
    def rows(self) -> int:
        """Rows of the table, which is one per key."""
        return sum(part.rows for part in self.parts)

    def paths(self, folder: Path) -> list[Path]:
        """The parts' files."""
        return [folder / part.file for part in self.parts]

    def import_of(self, digest: str, *, look_back: int | None = None) -> Import | None:
        """The import of this content, if every row of it still stands.

        Later imports may have added rows, but none may have replaced or removed any.
        """
        for each in self.imports[::-1][:look_back]:
            if each.digest == digest:
                return each
            if each.replaced or each.removed:
                return None
        return None


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a table's folder; one without parts when there is none."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Manifest()
    if kept["format"] != FORMAT:
        note = f"has format {kept['format']}, this program reads {FORMAT}; use the program that wrote it"
        raise InputError([Problem("unknown_format", note, str(folder / FILE))])
    parts = tuple(Part(**part) for part in kept.pop("parts"))
    imports = tuple(Import(**each) for each in kept.pop("imports"))
    return Manifest(parts, tuple(kept.pop("retired")), imports, **kept)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest; this is the moment at which an import becomes visible."""
    write_text(folder / FILE, json.dumps(asdict(manifest), indent=1) + "\n")
