"""The section `quality:` of `plan.yaml` as a frozen value, and what is wrong with it across the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import get_args

from planner.config.quality_schema import MattersFile, MeasuresFile, QualityFile
from planner.domain.quality import (
    Coaching,
    Compared,
    FcrReading,
    Quality,
    QualityTargets,
    Sampling,
    TargetName,
)


def quality_of(given: QualityFile) -> Quality:
    """The value that the plan asks for."""
    return Quality(
        QualityTargets(
            _asked(given.targets),
            MappingProxyType({name: _asked(own) for name, own in given.targets.clients.items()}),
        ),
        Coaching(**given.coaching.model_dump()),
        Sampling(**given.sampling.model_dump()),
        FcrReading(
            MappingProxyType(dict(given.fcr.families)),
            tuple(given.fcr.net_reasons),
            tuple(given.fcr.bot),
            given.fcr.transfer_within_s,
            given.fcr.double_within_min,
        ),
        given.calibrate_every_days,
        _matters(given.matters),
    )


def _asked(given: MeasuresFile) -> Mapping[TargetName, float]:
    """What is asked, by measure; what nothing is said of is left out."""
    asked = {name: getattr(given, name) for name in get_args(TargetName)}
    return MappingProxyType({name: value for name, value in asked.items() if value is not None})


def _matters(given: MattersFile) -> Mapping[Compared, float]:
    """The smallest difference that matters, by measure; what nothing is said of is left out."""
    said = {name: getattr(given, name) for name in get_args(Compared)}
    return MappingProxyType({name: value for name, value in said.items() if value is not None})


def wrong_quality(given: QualityFile, *, clients: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the section across the plan: dotted path and note."""
    known = ", ".join(clients) or "none"
    for name in given.targets.clients:
        if name not in clients:
            note = f"“{name}” is no client of a queue; known: {known}"
            yield f"quality.targets.clients.{name}", note
