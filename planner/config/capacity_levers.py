"""What may stand under `capacity.levers` in `plan.yaml`: each kind of lever with its own settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from planner.config.strict import Strict
from planner.domain.capacity_levers import (
    KINDS,
    USUAL,
    HiringFreeze,
    LateClasses,
    LeaveLimit,
    Lever,
    MoreAttrition,
    MoreClasses,
    MoreVolume,
    OvertimeTo,
    Temporaries,
    name_of,
)

Weeks = Annotated[int, Field(ge=1, le=78)]
Share = Annotated[float, Field(ge=0, lt=1)]


class _AnyLever(Strict):
    name: str = ""
    sites: tuple[str, ...] = ()


class FreezeLever(_AnyLever):
    """As in `HiringFreeze`."""

    kind: Literal["freeze"]
    weeks: Weeks = HiringFreeze.weeks
    first_day: date | None = None


class LateClassesLever(_AnyLever):
    """As in `LateClasses`."""

    kind: Literal["late_classes"]
    weeks: Annotated[int, Field(ge=1, le=26)] = LateClasses.weeks


class AttritionLever(_AnyLever):
    """As in `MoreAttrition`."""

    kind: Literal["attrition"]
    points_per_month: Annotated[float, Field(gt=-1, lt=1)] = MoreAttrition.points_per_month


class VolumeLever(_AnyLever):
    """As in `MoreVolume`."""

    kind: Literal["volume"]
    change: Annotated[float, Field(ge=-0.9, le=5)] = MoreVolume.change
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


class OvertimeLever(_AnyLever):
    """As in `OvertimeTo`."""

    kind: Literal["overtime"]
    most_share: Annotated[float, Field(ge=0, le=0.5)] = OvertimeTo.most_share


class MoreClassesLever(_AnyLever):
    """As in `MoreClasses`."""

    kind: Literal["more_classes"]
    classes: Annotated[int, Field(ge=1, le=20)] = MoreClasses.classes


class TemporariesLever(_AnyLever):
    """As in `Temporaries`."""

    kind: Literal["temporaries"]
    lead_weeks: Annotated[int, Field(ge=0, le=78)] = Temporaries.lead_weeks
    term_weeks: Weeks = Temporaries.term_weeks


class LeaveLever(_AnyLever):
    """As in `LeaveLimit`."""

    kind: Literal["leave"]
    most_share: Share = LeaveLimit.most_share
    weeks: Weeks = LeaveLimit.weeks


LeverFile = Annotated[
    FreezeLever
    | LateClassesLever
    | AttritionLever
    | VolumeLever
    | OvertimeLever
    | MoreClassesLever
    | TemporariesLever
    | LeaveLever,
    Field(discriminator="kind"),
]


def levers_of(given: Sequence[LeverFile] | None) -> tuple[Lever, ...]:
    """The levers asked for; the usual ones where nothing is said, none where the list is empty."""
    return USUAL if given is None else tuple(_lever(each) for each in given)


def _lever(given: LeverFile) -> Lever:
    return KINDS[given.kind](**given.model_dump(exclude={"kind"}))


def wrong_levers(
    given: Sequence[LeverFile] | None, languages: Mapping[str, Collection[str]], channels: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the levers across the plan: dotted path and note.

    `languages` are those served, by site.
    """
    names = Counter(name_of(lever) for lever in levers_of(given or []))
    spoken = list(dict.fromkeys(tag for tags in languages.values() for tag in tags))
    for number, each in enumerate(given or []):
        path, name = f"capacity.levers.{number}", name_of(_lever(each))
        if names[name] > 1:
            yield f"{path}.name", f"“{name}” is the name of {names[name]} levers; give each a name of its own"
        yield from _unknown(f"{path}.sites", each.sites, languages, "is no site of this plan")
        if isinstance(each, VolumeLever):
            yield from _unknown(f"{path}.languages", each.languages, spoken, "is served by no queue")
            yield from _unknown(f"{path}.channels", each.channels, channels, "is the channel of no queue")


def _unknown(path: str, said: Sequence[str], known: Collection[str], note: str) -> Iterator[tuple[str, str]]:
    for word in said:
        if word not in known:
            yield path, f"“{word}” {note}; known: {', '.join(known)}"
