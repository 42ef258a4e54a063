"""The numbers and days written in the text of a scenario, with the bounds its schema gives them.

The text is changed in place, so that what people wrote beside a number stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from planner.config.plan_loader import PlanLoader
from planner.config.scenario_schema import ScenarioFile
from planner.config.schema import PlanFile

NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
DAY = "tag:yaml.org,2002:timestamp"
OF_THE_PLAN = ("plan", "add")  # what stands below them is checked as a part of plan.yaml
NOT_OFFERED = ("version",)  # given by the store
Schema = Mapping[str, Any]
Span = tuple[int, int]


@dataclass(frozen=True)
class Changeable:
    """A number or a day in a scenario: its dotted path, its value, its bounds (None = none), where it stands.

    `above` says that the least value itself is not allowed; `whole` that only whole numbers are; `span`
    are the first character and the one after the last.
    """

    path: str
    value: float | date
    least: float | None = None
    most: float | None = None
    above: bool = False
    whole: bool = False
    span: Span = (0, 0)


@dataclass(frozen=True)
class Heading:
    """What a scenario is called, its version, and what it is about."""

    name: str
    title: str
    version: int
    about: str


def changeable(text: str) -> tuple[Changeable, ...]:
    """Every number and day below changes, teams, plan, add and weeks of a text that is a valid scenario."""
    root = _root(text)
    scenario, plan = _schemas()
    found: list[Changeable] = []
    for key, node in _entries(root):
        if key in OF_THE_PLAN:
            found += _leaves(node, (key,), plan, plan)
        elif key not in NOT_OFFERED:
            found += _leaves(node, (key,), _below(scenario, key, scenario), scenario)
    return tuple(found)


@lru_cache(maxsize=1)
def _schemas() -> tuple[Schema, Schema]:
    """What may stand in a scenario and in a plan; making them takes a third of a second."""
    return ScenarioFile.model_json_schema(), PlanFile.model_json_schema()


def rewritten(text: str, values: Mapping[str, float | date], heading: Heading) -> str:
    """The text with other values at some paths and another heading; everything else stays as written."""
    root = _root(text)
    by_path = {each.path: each.span for each in changeable(text)}
    edits = [(by_path[path], _scalar(value)) for path, value in values.items()]
    edits += _heading(root, heading)
    for (first, end), new in sorted(set(edits), reverse=True):
        text = text[:first] + new + text[end:]
    return text


def _scalar(value: float | date) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:.10g}"


def _heading(root: yaml.MappingNode, heading: Heading) -> Iterator[tuple[Span, str]]:
    """Edits of the heading; a key that is missing is written under the title."""
    texts = {
        "scenario": heading.name,
        "title": json.dumps(heading.title, ensure_ascii=False),
        "version": str(heading.version),
        "about": json.dumps(heading.about, ensure_ascii=False),
    }
    nodes = dict(_entries(root))
    missing = "".join(f"\n{key}: {texts[key]}" for key in ("version", "about") if key not in nodes)
    for key, new in texts.items():
        if key not in nodes or (key == "about" and str(nodes[key].value).strip() == heading.about.strip()):
            continue
        node = nodes[key]
        block = "\n" if node.style in ("|", ">") else ""  # such a text ends with its line
        yield _span(node), new + block + (missing if key == "title" else "")


def _root(text: str) -> yaml.MappingNode:
    node = PlanLoader(text).get_single_node()
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("the text is no scenario")
    return node


def _entries(node: yaml.MappingNode) -> Iterator[tuple[str, Any]]:
    for key, value in node.value:
        yield str(key.value), value


def _span(node: yaml.Node) -> Span:
    return node.start_mark.index, node.end_mark.index


def _leaves(node: yaml.Node, path: tuple[str, ...], schema: Schema, whole: Schema) -> Iterator[Changeable]:
    if isinstance(node, yaml.MappingNode):
        kind = {key: value.value for key, value in _entries(node) if isinstance(value, yaml.ScalarNode)}
        chosen = _chosen(schema, kind, whole)
        for key, value in _entries(node):
            yield from _leaves(value, (*path, key), _below(chosen, key, whole), whole)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _leaves(value, (*path, str(number)), _item(schema, number, whole), whole)
    elif node.tag in NUMBERS:
        yield _number(node, ".".join(path), schema, whole)
    elif node.tag == DAY:
        yield Changeable(".".join(path), date.fromisoformat(node.value[:10]), span=_span(node))


def _number(node: yaml.Node, path: str, schema: Schema, whole: Schema) -> Changeable:
    bounds: Schema = next((each for each in _numeric(schema, whole)), {})
    least = bounds.get("minimum", bounds.get("exclusiveMinimum"))
    value = float(node.value.replace("_", ""))
    only_whole = bounds.get("type") == "integer"
    most = bounds.get("maximum", bounds.get("exclusiveMaximum"))
    return Changeable(path, value, least, most, "exclusiveMinimum" in bounds, only_whole, _span(node))


def _numeric(schema: Schema, whole: Schema) -> Iterator[Schema]:
    """The parts of a schema that are numbers; of a range that may be one number, that number."""
    schema = _known(schema, whole)
    if schema.get("type") in ("number", "integer"):
        yield schema
    for each in schema.get("anyOf", ()):
        yield from _numeric(each, whole)
    for each in schema.get("properties", {}).values():
        yield from _numeric(each, whole)


def _known(schema: Schema, whole: Schema) -> Schema:
    """A schema itself, where it only refers to a named one."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return whole["$defs"][name] if name else schema


def _options(schema: Schema, whole: Schema) -> list[Schema]:
    schema = _known(schema, whole)
    parts = [*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())]
    return [each for part in parts for each in _options(part, whole)] if parts else [schema]


def _chosen(schema: Schema, kind: Mapping[str, str], whole: Schema) -> Schema:
    """Of several schemas the one whose constant keys are as written; else the first with keys."""
    options = _options(schema, whole)
    for each in options:
        fixed = {key: of["const"] for key, of in each.get("properties", {}).items() if "const" in of}
        if fixed and all(kind.get(key) == value for key, value in fixed.items()):
            return each
    return next((each for each in options if "properties" in each or "additionalProperties" in each), {})


def _below(schema: Schema, key: str, whole: Schema) -> Schema:
    schema = _known(schema, whole)
    more = schema.get("additionalProperties")
    return schema.get("properties", {}).get(key) or (more if isinstance(more, dict) else {})


def _item(schema: Schema, number: int, whole: Schema) -> Schema:
    """The schema of a place in a list."""
    for each in _options(schema, whole):
        if number < len(each.get("prefixItems", ())):
            return dict(each["prefixItems"][number])
        if isinstance(each.get("items"), dict):
            return dict(each["items"])
    return {}
