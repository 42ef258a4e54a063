"""A plan with one difference: a setting, a shift, a rule left out, people more or people taught."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import yaml

from planner.config import Plan
from planner.config.labour import pack_names
from planner.config.plan import plan_from_text
from planner.config.plan_loader import PlanLoader
from planner.domain.centre import Centre
from planner.domain.problems import InputError, Problem
from planner.domain.tables import AGENTS
from staffing.labour import Rule, every_rule

SCHEDULING = ("labour", "contracts", "shift_patterns", "scheduling")  # what schedules depend on, need given
OF_SITES = ("seats", "remote_share", "hours", "seasons", "closed", "labour")
LEVEL = "fluent"  # of a language that somebody is taught


@dataclass(frozen=True)
class Hire:
    """So many agents more; languages and channels joined by ;, the site None where there is only one."""

    number: int
    contract: str
    languages: str
    channels: str
    site: str | None = None


@dataclass(frozen=True)
class NewShift:
    """A shift of so many paid hours for some contracts; starts by the clock, or none for every half-hour."""

    paid_h: float
    contracts: tuple[str, ...]
    starts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """The difference asked about; all of it together. `settings` are dotted paths with values as YAML."""

    drop: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    hires: tuple[Hire, ...] = ()
    shifts: tuple[NewShift, ...] = ()
    taught: tuple[tuple[str, str], ...] = field(default=())  # agent_id, language


def changed_rules(change: Change) -> list[Rule]:
    """Every rule but those left out; InputError for one that is none."""
    rules = every_rule()
    known = {rule.name for rule in rules}
    strange = [name for name in change.drop if name not in known]
    if strange:
        note = f"is no rule; known: {', '.join(sorted(known))}"
        raise InputError(Problem("unknown_rule", f"“{name}” {note}") for name in strange)
    return [rule for rule in rules if rule.name not in change.drop]


def changed_plan(plan: Plan, change: Change) -> Plan:
    """The plan with settings and shifts changed; its interval, seed and effort stay."""
    if not change.settings and not change.shifts:
        return plan
    tree = yaml.load(plan.text, Loader=PlanLoader)  # a safe loader
    for path, value in change.settings:
        _set(tree, path, yaml.load(value, Loader=PlanLoader))
    for shift in change.shifts:
        _add_shift(tree, shift)
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    made = plan_from_text(text, file="the changed plan")
    centre = replace(made.centre, interval_min=plan.centre.interval_min)
    return replace(made, centre=centre, settings=plan.settings, seed=plan.seed)


def _set(tree: Any, path: str, value: object) -> None:
    """Write a value at a dotted path of the plan's YAML."""
    keys = path.split(".")
    _refuse_other(keys, path)
    if keys[0] == "labour" and len(keys) > 1 and keys[1] in pack_names():
        tree.setdefault("labour", {}).setdefault(keys[1], {"pack": keys[1]})
    place = tree
    for key in keys[:-1]:
        place = _within(place, key, path)
    if isinstance(place, list):
        place[_index(place, keys[-1], path)] = value
    else:
        place[keys[-1]] = value


def _refuse_other(keys: Sequence[str], path: str) -> None:
    """InputError for what has no effect on a schedule of the same need."""
    of_site = keys[0] == "sites" and len(keys) > 2 and keys[2] in OF_SITES
    of_queue = keys[0] == "queues" and keys[-1] == "floor"
    if not (of_site or of_queue or (keys[0] in SCHEDULING and len(keys) > 1)):
        note = (
            f"{path} does not change a schedule for the same need; change labour, contracts, "
            f"shift_patterns or scheduling, of sites {', '.join(OF_SITES)}, of queues floor; else plan again"
        )
        raise InputError([Problem("not_of_schedules", note)])


def _within(place: Any, key: str, path: str) -> Any:
    if isinstance(place, list):
        return place[_index(place, key, path)]
    if isinstance(place, dict) and place.get(key) is None:
        place[key] = {}
    if not isinstance(place, dict):
        raise InputError([Problem("unknown_setting", f"{path}: there is nothing below “{place}”")])
    return place[key]


def _index(place: list[Any], key: str, path: str) -> int:
    """The entry of a list, by its number from 0 or by its name."""
    for n, entry in enumerate(place):
        if str(n) == key or (isinstance(entry, dict) and entry.get("name") == key):
            return n
    raise InputError([Problem("unknown_setting", f"{path}: the list has no entry “{key}”")])


def _add_shift(tree: Any, shift: NewShift) -> None:
    """A shift pattern more, and its hours in the contracts that may work it."""
    contracts = tree.get("contracts") or {}
    unknown = [name for name in shift.contracts if name not in contracts]
    if unknown:
        known = ", ".join(contracts)
        raise InputError(
            Problem("unknown_contract", f"“{name}” is no contract; known: {known}") for name in unknown
        )
    names = {pattern["name"] for pattern in tree.get("shift_patterns") or []}
    name = next(name for n in range(1, 1000) if (name := f"added {shift.paid_h:g} h {n}") not in names)
    pattern: dict[str, object] = {"name": name, "paid_h": shift.paid_h}
    if shift.starts:
        pattern["starts"] = list(shift.starts)
    tree["shift_patterns"] = [*(tree.get("shift_patterns") or []), pattern]
    for name in shift.contracts:
        hours = contracts[name]["shift_h"]
        contracts[name]["shift_h"] = sorted({*hours, shift.paid_h})


def changed_agents(agents: pd.DataFrame, change: Change, centre: Centre) -> pd.DataFrame:
    """AGENTS with those hired, and with the languages taught."""
    hired = [row for n, hire in enumerate(change.hires) for row in _hired(hire, n, centre)]
    taught = _taught(agents, change.taught, centre)
    return AGENTS.check(pd.concat([taught, pd.DataFrame(hired)], ignore_index=True)) if hired else taught


def _hired(hire: Hire, number: int, centre: Centre) -> list[dict[str, object]]:
    sites = [hire.site] if hire.site else list(centre.sites)
    if len(sites) != 1 or sites[0] not in centre.sites:
        note = f"say at which site the agents are hired, one of {', '.join(centre.sites)}"
        raise InputError([Problem("unknown_site", note)])
    served = {(key.language, key.channel) for key in centre.queues if key.site == sites[0]}
    wanted = {(tag, c) for tag in _words(hire.languages) for c in _words(hire.channels)}
    if hire.contract not in centre.contracts or not wanted & served:
        languages = ", ".join(sorted({language for language, _ in served}))
        note = (
            f"{hire.number} x {hire.contract} {hire.languages} {hire.channels}: the plan has the contracts "
            f"{', '.join(centre.contracts)}, and {sites[0]} serves {languages}"
        )
        raise InputError([Problem("unknown_hire", note)])
    row = {"site": sites[0], "contract": hire.contract, "languages": hire.languages}
    return [
        {"agent_id": f"hire {number + 1}.{n + 1}", **row, "channels": hire.channels}
        for n in range(hire.number)
    ]


def _words(cell: str) -> list[str]:
    return [part.split(":")[0].strip() for part in re.split(r"[;,]", cell) if part.strip()]


def _taught(agents: pd.DataFrame, taught: Sequence[tuple[str, str]], centre: Centre) -> pd.DataFrame:
    """AGENTS with a language more for each pair of agent and language."""
    known = set(agents["agent_id"])
    problems = [
        Problem("unknown_agent", f"“{who}” is no agent of the plan") for who, _ in taught if who not in known
    ]
    problems += [
        Problem(
            "unknown_language", f"“{tag}” is no language of the plan; known: {', '.join(centre.languages)}"
        )
        for _, tag in taught
        if tag not in centre.languages
    ]
    if problems:
        raise InputError(problems)
    more = pd.Series("", agents["agent_id"].to_numpy())
    for who, tag in taught:
        more[who] += f";{tag}:{LEVEL}"
    return agents.assign(languages=agents["languages"] + agents["agent_id"].map(more))
