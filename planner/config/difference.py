"""A plan's settings with a scenario's differences merged in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from planner.config.plan import Plan, plan_from_text
from planner.config.yaml_text import tree_of
from planner.domain.problems import InputError, Problem
from planner.domain.scenario import Scenario


def plan_with(base: Plan, scenario: Scenario, *, file: str, folder: Path = Path()) -> Plan:
    """The base plan with the scenario's settings; InputError naming the scenario's file and dotted path.

    Mappings are merged key by key, a null takes a key away, anything else replaces what stood there;
    `add` appends to lists. The base plan is not changed.
    """
    if not scenario.plan and not scenario.add:
        return base
    tree = tree_of(base.text, file=file, what="a plan", starts="name: and sites:")
    tree = merged(tree, scenario.plan)
    problems = list(_not_lists(tree, scenario.add, file))
    if problems:
        raise InputError(problems)
    text = yaml.safe_dump(appended(tree, scenario.add), sort_keys=False, allow_unicode=True)
    try:
        return plan_from_text(text, file=file, folder=folder)
    except InputError as error:
        raise InputError(_as_written(problem, tree, scenario) for problem in error.problems) from None


def _as_written(problem: Problem, tree: Mapping[str, Any], scenario: Scenario) -> Problem:
    """A problem of the merged plan, at its path in the scenario's file where it stands there."""
    path = problem.column or ""
    steps = path.split(".")
    added = _in_added(steps, tree, scenario.add)
    if added is not None:
        return replace(problem, column=".".join(("add", *added)))
    return replace(problem, column=f"plan.{path}") if path else problem


def _in_added(steps: Sequence[str], tree: Any, more: Any) -> list[str] | None:
    """The path below `add` of an entry put at the end of a list; None where it is none of them."""
    for place, step in enumerate(steps):
        if isinstance(more, list):
            number = int(step) - (len(tree) if isinstance(tree, list) else 0)
            return [*steps[:place], str(number), *steps[place + 1 :]] if number >= 0 else None
        if not isinstance(more, Mapping) or step not in more:
            return None
        more, tree = more[step], tree.get(step) if isinstance(tree, Mapping) else None
    return list(steps)


def merged(tree: Mapping[str, Any], difference: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping with a difference merged in (RFC 7396); neither is changed.

    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"b": 3, "c": None}})
    {'a': {'b': 3}}
    """
    found = dict(deepcopy(tree))
    for key, value in difference.items():
        if value is None:
            found.pop(key, None)
        elif isinstance(value, Mapping):
            below = found.get(key)
            found[key] = merged(below if isinstance(below, Mapping) else {}, value)
        else:
            found[key] = deepcopy(value)
    return found


def appended(tree: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping with entries put at the end of its lists; neither is changed.

    >>> appended({"a": [1]}, {"a": [2], "b": {"c": [3]}})
    {'a': [1, 2], 'b': {'c': [3]}}
    """
    found = dict(deepcopy(tree))
    for key, value in more.items():
        if isinstance(value, Mapping):
            found[key] = appended(found.get(key) or {}, value)
        else:
            found[key] = [*(found.get(key) or []), *deepcopy(value)]
    return found


def _not_lists(
    tree: Mapping[str, Any], more: Mapping[str, Any], file: str, path: str = "add"
) -> Iterator[Problem]:
    for key, value in more.items():
        below = tree.get(key) if isinstance(tree, Mapping) else None
        here = f"{path}.{key}"
        if isinstance(value, Mapping):
            if below is not None and not isinstance(below, Mapping):
                yield Problem(
                    "not_a_mapping", "names settings below something that has none", file, None, here
                )
            else:
                yield from _not_lists(below or {}, value, file, here)
        elif not isinstance(value, list):
            note = f"“{value}” is no list; write the entries to add as a list, or replace it under plan:"
            yield Problem("not_a_list", note, file, None, here)
        elif below is not None and not isinstance(below, list):
            yield Problem("not_a_list", "is no list in the plan; change it under plan:", file, None, here)
