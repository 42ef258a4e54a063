"""Scenarios as people keep them: those that come with the program, those they save, and when each was run.

What a page or a command needs to list, change, check, save and run them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from planner.config import Plan
from planner.config.difference import plan_with
from planner.config.scenario import load_scenario, refuse_unknown, scenario_from_text
from planner.config.scenario_numbers import Heading, rewritten
from planner.config.shipped import shipped_scenarios
from planner.domain.problems import InputError, Problem
from planner.domain.scenario import BASE, Scenario
from planner.pipeline.capacity import refuse_nothing_to_plan
from planner.pipeline.scenario import Asked, run_scenario, scenario_store
from planner.pipeline.scenario_ground import Say, as_long, key_of
from planner.store import PlanInfo, Store, plans
from planner.store.scenario_files import (
    KeptFile,
    keep_file,
    keep_seconds,
    kept_files,
    running,
    seconds_of,
)
from staffing.capacity.plan import Search

SECONDS_PER_SITE = 30.0  # longest search for hiring, as the command's default


@dataclass(frozen=True)
class Known:
    """A scenario that can be run, the file it comes from, and whether it comes with the program."""

    scenario: Scenario
    file: str
    shipped: bool

    @property
    def name(self) -> str:
        """Its name."""
        return self.scenario.name


@dataclass(frozen=True)
class Unreadable:
    """A saved file that is no scenario any more, and why."""

    file: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class LastRun:
    """The newest run of a scenario; `changed` says what differs since: history, plan, weeks, version."""

    plan_id: str
    made_at: datetime
    version: int
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A scenario being built: the text it begins from, what differs in it, and what it is called."""

    template: str
    values: Mapping[str, float | date]
    name: str
    title: str
    about: str

    def text(self, version: int) -> str:
        """The YAML of the draft."""
        return rewritten(self.template, self.values, Heading(self.name, self.title, version, self.about))


def known_scenarios(store: Store) -> tuple[Known, ...]:
    """Those that come with the program, then the newest version of each that was saved."""
    shipped = [Known(each, f"{each.name}.yaml", True) for each in sorted(shipped_scenarios(), key=_in_order)]
    newest = {each.name: each for each in reversed(kept_files(store))}
    saved = [_read(each) for _, each in sorted(newest.items())]
    return (*shipped, *(each for each in saved if isinstance(each, Known)))


def _in_order(scenario: Scenario) -> tuple[tuple[int, str], ...]:
    """A name's numbers as numbers, so that s10 comes after s9."""
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", scenario.name)
    )


def unreadable(store: Store) -> tuple[Unreadable, ...]:
    """Saved files that are not valid, such as after a change by hand."""
    return tuple(each for each in map(_read, kept_files(store)) if isinstance(each, Unreadable))


def _read(kept: KeptFile) -> Known | Unreadable:
    try:
        return Known(load_scenario(kept.path), kept.path.name, False)
    except InputError as error:
        return Unreadable(kept.path.name, error.problems)


def scenario_named(store: Store, name: str) -> Known:
    """A scenario by name, or by name and version as in my-peak-v2; InputError with the names there are."""
    for kept in kept_files(store):
        if kept.path.stem == name:
            return Known(load_scenario(kept.path), kept.path.name, False)
    every = known_scenarios(store)
    for each in every:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in every)
    note = f"is no scenario that comes with the program or was saved ({known}) and no .yaml file"
    raise InputError([Problem("unknown_scenario", note, name)])


def last_runs(store: Store, base: Plan) -> dict[str, LastRun]:
    """The newest run of each scenario by name, and what has changed since it was made."""
    kept = plans(scenario_store(store))
    bases = {info.facts["key"]: info for info in kept if info.facts.get("scenario") == BASE.name}
    versions = {each.name: each for each in known_scenarios(store)}
    found: dict[str, LastRun] = {}
    for info in kept:  # the newest first
        name = str(info.facts.get("scenario", ""))
        if name and name not in found:
            now = versions.get(name)
            changed = tuple(_changed(info, bases.get(info.facts["key"]), now, base, store))
            found[name] = LastRun(info.plan_id, info.made_at, int(info.facts.get("version", 1)), changed)
    return found


def _changed(
    run: PlanInfo, of: PlanInfo | None, known: Known | None, base: Plan, store: Store
) -> Iterator[str]:
    if known is not None and run.yaml.read_text(encoding="utf-8") != known.scenario.text:
        yield "version"
    wanted = as_long(base, known.scenario) if known else base
    if run.facts["key"] == key_of(wanted, store):
        return
    if of is None or of.yaml.read_text(encoding="utf-8") != base.text:
        yield "plan"
    elif run.facts["weeks"] != wanted.capacity.weeks:
        yield "weeks"
    else:
        yield "history"


def check(draft: Draft, base: Plan, store: Store) -> Scenario:
    """The draft as a scenario; InputError with everything that is wrong before it is run.

    Also where its name is that of a scenario that comes with the program.
    """
    file = f"{draft.name}.yaml"
    problems = list(_taken(draft.name, file)) + list(_says_nothing(draft, file))
    try:
        scenario = scenario_from_text(draft.text(following(store, draft.name)), file=file)
        refuse_unknown(scenario, plan_with(base, scenario, file=file).centre, file=file)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return scenario


def following(store: Store, name: str) -> int:
    """The version that saving a scenario under a name makes."""
    return 1 + max((each.version for each in kept_files(store) if each.name == name), default=0)


def _taken(name: str, file: str) -> Iterator[Problem]:
    if name == BASE.name or any(each.name == name for each in shipped_scenarios()):
        note = f"“{name}” is the name of one that comes with the program; choose another, such as my-{name}"
        yield Problem("name_taken", note, file, None, "scenario")


def _says_nothing(draft: Draft, file: str) -> Iterator[Problem]:
    if not draft.title.strip():
        yield Problem("no_title", "is empty; say in a few words what is different", file, None, "title")


def save(draft: Draft, base: Plan, store: Store) -> Known:
    """Check the draft and keep it as the next version of its name; nothing is written if it is wrong."""
    check(draft, base, store)
    kept = keep_file(store, draft.name, draft.text)
    return Known(load_scenario(kept.path), kept.path.name, False)


def run_known(
    known: Known, base: Plan, store: Store, *, now: datetime, clock: Callable[[], float], say: Say
) -> str:
    """Run a scenario alone and remember how long it took; the id of its run.

    StoreError while another one is being run. Nothing is published when it fails.
    """
    return run_timed(
        Asked(known.scenario, known.file, _search(base)), base, store, now=now, clock=clock, say=say
    )


def _search(base: Plan) -> Search:
    return Search(SECONDS_PER_SITE, seed=base.seed)


def run_timed(
    asked: Asked, base: Plan, store: Store, *, now: datetime, clock: Callable[[], float], say: Say
) -> str:
    """As `run_scenario`, alone, its seconds remembered."""
    refuse_nothing_to_plan(base)
    with running(store, asked.scenario.name, now=now):
        began = clock()
        run = run_scenario(base, store, asked, now=now, say=say)
        keep_seconds(store, run, clock() - began)
    return run


def expected_s(store: Store, name: str) -> float | None:
    """Seconds a run is likely to take: the median of its own earlier runs, else of all; None = unknown."""
    took = seconds_of(store)
    runs = {info.plan_id: info.facts.get("scenario") for info in plans(scenario_store(store))}
    own = [took[run] for run, scenario in runs.items() if run in took and scenario == name]
    every = [took[run] for run, scenario in runs.items() if run in took and scenario != BASE.name]
    return median(own or every) if own or every else None
