"""How the YAML of plans and forms is read."""

from __future__ import annotations

import re
from typing import Any

import yaml


class PlanLoader(yaml.SafeLoader):
    """YAML 1.2 truth (only true and false), so that the language `no` stays Norwegian; no key twice."""


def _mapping(loader: PlanLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, (dict, list)):
            raise yaml.constructor.ConstructorError(None, None, "a key is a plain word", key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key} stands twice", key_node.start_mark
            )
        seen.add(key)
    return {_key(k): v for k, v in yaml.SafeLoader.construct_mapping(loader, node, deep=True).items()}


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(key)


PlanLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlanLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
PlanLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
