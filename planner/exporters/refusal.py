"""What is said when a file cannot be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from planner.domain.problems import InputError, Problem


def refuse(code: str, note: str, path: Path) -> InputError:
    """The error for a file that cannot be written."""
    return InputError([Problem(code, note, str(path))])


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """A disk or folder that refuses becomes an InputError; what was there under the name is whole."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        said = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise refuse("not_written", f"could not be written: {said}", path) from error
