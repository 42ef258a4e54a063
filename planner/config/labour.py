"""A site's labour rules: from `plan.yaml`, from a pack of the law of a country, or from both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import yaml

from planner.config.hours import minute_of
from planner.config.labour_schema import LabourFile, ShiftPatternFile
from planner.domain.labour_rules import LabourRules, PausesDue, Rolling, ShiftPattern, rolling_of

PACKS = files("planner.config") / "packs"


def pack_names() -> tuple[str, ...]:
    """The rule packs there are, one YAML file each."""
    return tuple(
        sorted(found.name.removesuffix(".yaml") for found in PACKS.iterdir() if _is_pack(found.name))
    )


def _is_pack(file: str) -> bool:
    return file.endswith(".yaml")


def pack(name: str) -> LabourFile:
    """The labour rules of a pack; KeyError where there is none of that name."""
    if name not in pack_names():
        raise KeyError(name)
    return LabourFile.model_validate(yaml.safe_load((PACKS / f"{name}.yaml").read_text(encoding="utf-8")))


def with_pack(given: LabourFile) -> LabourFile:
    """The rules of the pack that is named, replaced by every number that is written beside it."""
    if given.pack is None:
        return given
    written = {name: getattr(given, name) for name in given.model_fields_set}
    return pack(given.pack).model_copy(update=written)


def labour_named(name: str | None, known: Mapping[str, LabourFile]) -> LabourFile | None:
    """The rules that a site names: the plan's own, else the pack of that name; None where there are none."""
    if not name:
        return LabourFile()
    own = known.get(name) or (pack(name) if name in pack_names() else None)
    if own is None or (own.pack is not None and own.pack not in pack_names()):
        return None
    return with_pack(own)


def wrong_packs(labour: Mapping[str, LabourFile]) -> Iterator[tuple[str, str]]:
    """Rules that name a pack that does not exist: dotted path and note."""
    for name, given in labour.items():
        if given.pack is not None and given.pack not in pack_names():
            yield f"labour.{name}.pack", f"“{given.pack}” is no rule pack; known: {', '.join(pack_names())}"


def labour_rules(given: LabourFile) -> LabourRules:
    """The rules as the frozen value that the program works with."""
    values: dict[str, Any] = given.model_dump(exclude={"pack"})
    values["pauses_due"] = tuple(sorted((PausesDue(*due) for due in given.pauses_due), key=_over_h))
    values["short_breaks"] = tuple(given.short_breaks)
    for name in ("nights_max", "free_weekends", "free_sundays"):
        values[name] = _rolling(values[name])
    return LabourRules(**values)


def _over_h(due: PausesDue) -> float:
    return due.over_h


def _rolling(text: str | None) -> Rolling | None:
    return None if text is None else rolling_of(text)


def shift_pattern(given: ShiftPatternFile) -> ShiftPattern:
    """A shift pattern with its starts in minutes after local midnight."""
    values = given.model_dump(exclude={"starts"})
    return ShiftPattern(**values, starts_min=tuple(sorted({minute_of(text) for text in given.starts})))
