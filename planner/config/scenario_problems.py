"""What pydantic found wrong in the file of a scenario, with the path as it stands in the file."""

from __future__ import annotations

from typing import Any

from planner.config.yaml_text import wrong_key
from planner.domain.problems import Problem

WHAT = "a scenario"
KINDS = ("scale", "mix", "front_end", "remove", "move", "flood")
UNKNOWN_KIND = ("union_tag_invalid", "union_tag_not_found")


def wrong_in_scenario(found: dict[str, Any], *, file: str) -> Problem:
    """A problem of pydantic's, said for a planner."""
    if found["type"] not in UNKNOWN_KIND:
        return wrong_key(found, file=file, what=WHAT)
    given = found["input"]
    kind = given.get("change", "nothing") if isinstance(given, dict) else given
    note = f"“{kind}” is no kind of change; known: {', '.join(KINDS)}"
    return Problem("unknown_change", note, file, None, ".".join(map(str, (*found["loc"], "change"))))
