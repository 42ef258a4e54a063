"""Text of a YAML file and the tree in it, or an InputError that says where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from planner.config.plan_loader import PlanLoader
from planner.domain.problems import InputError, Problem

LONGEST = 5_000_000  # characters of a file that is still read


def read_text(path: Path) -> str:
    """The text of a file in UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError([Problem("unreadable", f"cannot be opened: {error.strerror}", str(path))]) from None
    except UnicodeDecodeError:
        note = "is not UTF-8 text; save it as UTF-8"
        raise InputError([Problem("not_utf8", note, str(path))]) from None


def tree_of(text: str, *, file: str, what: str, starts: str) -> dict[str, Any]:
    """The settings in a text; `what` names the kind of file and `starts` what it begins with."""
    if len(text) > LONGEST:
        note = f"is {len(text):,} characters long; {what} has at most {LONGEST:,}"
        raise InputError([Problem("too_long", note, file)])
    try:
        tree = yaml.load(text, Loader=PlanLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        row = mark.line + 1 if mark else None
        raise InputError([Problem("not_yaml", f"is not valid YAML: {said}", file, row)]) from None
    if not isinstance(tree, dict):
        raise InputError([Problem("not_a_plan", f"holds no settings; start with {starts}", file)])
    return tree


def wrong_key(found: dict[str, Any], *, file: str, what: str) -> Problem:
    """What pydantic found, said with its dotted path."""
    path = ".".join(_written(found["loc"]))
    message = found["msg"].removeprefix("Value error, ")
    if found["type"] == "extra_forbidden":
        note = f"is not a key of {what}; check its spelling or remove it"
        return Problem("unknown_key", note, file, None, path)
    if found["type"] == "missing":
        return Problem("missing_key", "is missing", file, None, path)
    if isinstance(found["input"], (dict, list)):  # the message says what of it
        return Problem("impossible_value", message, file, None, path)
    return Problem("impossible_value", f"“{found['input']}” is wrong here: {message}", file, None, path)


KINDS_OF = ("levers", "changes")  # lists of things of several kinds: pydantic puts the kind into the path


def _written(loc: Sequence[int | str]) -> Iterator[str]:
    """The parts of a path as a person wrote them: without the kind of a thing in a list of several kinds."""
    for place, part in enumerate(loc):
        if not (place > 1 and loc[place - 2] in KINDS_OF and isinstance(loc[place - 1], int)):
            yield str(part)
