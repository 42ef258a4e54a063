"""Planned volumes of queues that have no history yet: `queues.N.planned` of plan.yaml."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from planner.config.schema import PlannedFile, QueueFile
from planner.domain.centre import QueueKey
from planner.domain.planned import Planned


def planned_of(given: PlannedFile | None) -> Planned | None:
    """The planned volume of one queue; None when the plan says nothing."""
    if given is None:
        return None
    return Planned(**given.model_dump())


def wrong_plans(entries: Sequence[QueueFile], queues: Collection[QueueKey]) -> list[tuple[str, str]]:
    """What is wrong with the planned volumes: dotted path and note."""
    return [
        wrong for number, entry in enumerate(entries) for wrong in _wrong(entry, f"queues.{number}", queues)
    ]


def _wrong(entry: QueueFile, path: str, queues: Collection[QueueKey]) -> Iterator[tuple[str, str]]:
    for channel, given in entry.planned.items():
        like = QueueKey(*given.like) if given.like else None
        here = f"{path}.planned.{channel}"
        if like == (entry.site, entry.language, channel):
            yield f"{here}.like", "is the queue itself; name another, or leave it out"
        elif like is not None and queues and like not in queues:
            yield f"{here}.like", f"“{like}” is no queue of this plan; write [site, language, channel] of one"
        if given.ramp_weeks and entry.first_day is None:
            yield f"{here}.ramp_weeks", "needs the queue's first_day, from which the ramp rises"
