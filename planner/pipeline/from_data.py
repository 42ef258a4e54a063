"""Settings that plan.yaml takes from data: measured in the contact log before anything is planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from planner.behaviour.estimates import Behaviour, behaviour
from planner.behaviour.settings import Measured, measured, settings_frame, too_few
from planner.config import FromData, Plan, with_measured
from planner.domain.behaviour_tables import HANDLING_FROM_DATA
from planner.domain.centre import QueueKey
from planner.domain.problems import InputError, Problem


class MeasuredPlan(NamedTuple):
    """A plan that waits for nothing, and the tables of what was measured, by name."""

    plan: Plan
    tables: dict[str, pd.DataFrame]


def measured_plan(plan: Plan, contacts: Sequence[Path]) -> MeasuredPlan:
    """The plan with its settings taken from contact files, possibly none.

    InputError with the dotted path of every setting that the contacts do not tell.
    """
    if not contacts:
        refuse_unmeasured(plan)
        return MeasuredPlan(plan, {})
    seen = behaviour(contacts, plan.centre)
    found = {key: measured(seen, key, set(paths)) for key, paths in _by_queue(plan.from_data).items()}
    wrong = dict(_untold(plan.from_data, found, seen))
    if wrong:
        raise InputError(wrong.values())
    rows = [(key, setting, value) for key, values in found.items() for setting, value in values.items()]
    tables = seen.tables() | ({HANDLING_FROM_DATA.name: settings_frame(rows)} if rows else {})
    return MeasuredPlan(with_settings(plan, settings_frame(rows)), tables)


def with_settings(plan: Plan, taken: pd.DataFrame) -> Plan:
    """The plan with the settings of HANDLING_FROM_DATA."""
    values: dict[QueueKey, dict[str, float]] = {}
    for row in taken.to_dict("records"):
        key = QueueKey(row["site"], row["language"], row["channel"])
        values.setdefault(key, {})[row["setting"]] = float(row["value"])
    return with_measured(plan, values)


def refuse_unmeasured(plan: Plan) -> None:
    """InputError with every dotted path that is to come from data, when there is any."""
    paths = dict.fromkeys(each.path for each in plan.from_data)
    if paths:
        lacking = "is to come from data, and there is no contact log"
        note = f"{lacking}: import one (a step alone takes --store), or write a number"
        raise InputError(Problem("no_contacts", note, "plan.yaml", None, path) for path in paths)


def _by_queue(from_data: Sequence[FromData]) -> dict[QueueKey, dict[str, str]]:
    """Settings and their dotted paths, by queue."""
    queues: dict[QueueKey, dict[str, str]] = {}
    for each in from_data:
        queues.setdefault(each.queue, {})[each.setting] = each.path
    return queues


def _untold(
    from_data: Sequence[FromData], found: Mapping[QueueKey, Mapping[str, Measured]], seen: Behaviour
) -> Iterator[tuple[str, Problem]]:
    for key, setting, path in from_data:
        if setting not in found[key]:
            note = f"is to come from data, and {too_few(seen, key, setting)}; write a number"
            yield path, Problem("too_few", note, "plan.yaml", None, path)
