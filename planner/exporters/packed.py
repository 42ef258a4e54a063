"""The files of an exporter as one download: the file itself, or several in a zip."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from planner.exporters.export import export
from planner.exporters.roster.scheduled import Scheduled


def packed(scheduled: Scheduled, what: str) -> bytes:
    """The content of the one file that the exporter writes, or a zip of all of them.

    InputError where there is no such exporter or it refuses the schedule.
    """
    with TemporaryDirectory() as made:
        folder = Path(made)
        export(scheduled, folder, what=[what])
        files = sorted(_files(folder))
        if len(files) == 1:
            return files[0].read_bytes()
        return _zipped(files, folder)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _zipped(files: list[Path], folder: Path) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.relative_to(folder))
    return content.getvalue()
