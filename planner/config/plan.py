"""From the text of `plan.yaml` to a `Plan`, or an InputError naming every dotted path that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from planner.config.build import centre_of
from planner.config.capacity import capacity_of
from planner.config.handling import FromData
from planner.config.hosting import hosting_of
from planner.config.pruned import pruned
from planner.config.schema import Backend, InputsFile, PlanFile, SettingsFile
from planner.config.soft import soft_of
from planner.config.yaml_text import read_text, tree_of, wrong_key
from planner.domain.capacity import Capacity
from planner.domain.centre import Centre, QueueKey, StaffingMethod
from planner.domain.hosting import Hosting
from planner.domain.problems import InputError, Problem
from planner.domain.soft import Soft

WHAT = "plan.yaml"


@dataclass(frozen=True)
class Inputs:
    """Files to import, relative to the plan's own folder."""

    volume: tuple[Path, ...] = ()
    contacts: tuple[Path, ...] = ()
    agents: tuple[Path, ...] = ()
    absences: tuple[Path, ...] = ()
    evaluations: tuple[Path, ...] = ()
    events: tuple[Path, ...] = ()
    overrides: tuple[Path, ...] = ()
    teaching: tuple[Path, ...] = ()
    preferences: tuple[Path, ...] = ()
    locked: tuple[Path, ...] = ()
    forms: tuple[Path, ...] = ()
    raters: tuple[Path, ...] = ()
    disputes: tuple[Path, ...] = ()
    surveys: tuple[Path, ...] = ()
    intraday: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Settings:
    """How hard the program works: quantile planned for, staffing method, paths, origins, seconds, ..."""

    quantile: str = "offered"
    staffing: StaffingMethod = "sequential"
    paths: int = 200
    backtest_origins: int = 8
    seconds_per_site: float = 20.0
    pairs_each: int | None = None  # tried for each agent and week however long it takes; None: by the seconds
    prove_seconds: float = 0.0  # for a bound of whole people, at each site
    replications: int = 40
    precision: float | None = 0.01  # half the 95 % interval wanted of a queue's service level
    most_replications: int = 100
    workers: int = 2
    backend: Backend = "loky"
    scheduler: str | None = None  # address of a running Dask scheduler, such as tcp://10.0.0.5:8786


@dataclass(frozen=True)
class Plan:
    """A whole plan: the centre, the horizon, the seed, the inputs, and the text it came from.

    `first_day` None means the day after the last day of history. `from_data` lists the settings that
    still wait to be measured: until then their numbers in `centre` mean nothing.
    """

    centre: Centre
    first_day: date | None
    forecast_weeks: int
    schedule_weeks: int
    seed: int
    inputs: Inputs
    settings: Settings
    text: str
    from_data: tuple[FromData, ...] = ()
    soft: Soft = field(default_factory=Soft)
    capacity: Capacity = field(default_factory=Capacity)
    hosting: Hosting = field(default_factory=Hosting)


def load_plan(path: Path) -> Plan:
    """The plan in a YAML file; InputError when it cannot be read or something in it is wrong."""
    return plan_from_text(read_text(path), file=path.name, folder=path.parent)


def plan_from_text(text: str, *, file: str = "plan.yaml", folder: Path = Path()) -> Plan:
    """The plan written in `text`; input files are looked for in `folder`."""
    parsed = _parsed(tree_of(text, file=file, what="a plan", starts="name: and sites:"), file)
    centre, from_data, problems = centre_of(parsed)
    if problems:
        raise InputError(Problem("plan", note, file, None, path) for path, note in problems)
    horizon = parsed.horizon
    return Plan(
        centre,
        horizon.first_day,
        horizon.forecast_weeks,
        horizon.schedule_weeks,
        parsed.seed,
        _inputs(parsed.inputs, folder),
        _settings(parsed.settings),
        text,
        from_data,
        soft_of(parsed.scheduling),
        capacity_of(parsed.capacity, parsed.sites),
        hosting_of(parsed.hosting),
    )


def with_measured(plan: Plan, measured: Mapping[QueueKey, Mapping[str, Any]]) -> Plan:
    """The plan with settings of handling that were measured, by queue."""
    queues = {
        key: replace(queue, handling=replace(queue.handling, **measured.get(key, {})))
        for key, queue in plan.centre.queues.items()
    }
    waiting = tuple(each for each in plan.from_data if each.setting not in measured.get(each.queue, {}))
    centre = replace(plan.centre, queues=MappingProxyType(queues))
    return replace(plan, centre=centre, from_data=waiting)


def _inputs(inputs: InputsFile, folder: Path) -> Inputs:
    return Inputs(
        **{name: tuple(folder / file for file in files) for name, files in inputs.model_dump().items()}
    )


def _settings(settings: SettingsFile) -> Settings:
    return Settings(**settings.model_dump())


def _parsed(tree: Any, file: str) -> PlanFile:
    try:
        return PlanFile.model_validate(tree)
    except ValidationError as error:
        found = [wrong_key(dict(each), file=file, what=WHAT) for each in error.errors()]
        raise InputError([*found, *_also_wrong(tree, error, file)]) from None


def _also_wrong(tree: dict[str, Any], error: ValidationError, file: str) -> list[Problem]:
    """What is wrong across the plan besides `error`, as far as the rest of it can be read.

    That what was wrong is missing from the rest is no further problem.
    """
    places = [each["loc"] for each in error.errors()]
    try:
        rest = PlanFile.model_validate(pruned(tree, places))
    except ValidationError:
        return []
    gone = {f"“{part}”" for place in places for part in place}
    wrong = [(path, note) for path, note in centre_of(rest)[2] if not any(name in note for name in gone)]
    return [Problem("plan", note, file, None, path) for path, note in wrong]
