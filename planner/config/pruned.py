"""A plan without what is wrong in it, so that the rest can still be checked and all be said at once."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

Loc = tuple[int | str, ...]


def pruned(tree: dict[str, Any], wrong: Iterable[Loc]) -> dict[str, Any]:
    """The tree without the keys at the places that pydantic found wrong.

    A place inside a list loses its key; a thing of a list that is wrong as a whole takes the list with it, so
    that the numbers of others stay. Kinds that pydantic puts into its places are passed over.

    >>> pruned({"a": {"b": 1, "c": 2}, "d": [{"e": 3}]}, [("a", "b"), ("d", 0)])
    {'a': {'c': 2}}
    """
    left = deepcopy(tree)
    for loc in wrong:
        _cut(left, loc)
    return left


def _cut(tree: dict[str, Any], loc: Loc) -> None:
    holder: dict[str, Any] | None = None
    last: str = ""
    here: Any = tree
    for part in loc:
        if isinstance(here, dict):
            if part not in here:
                continue
            holder, last, here = here, str(part), here[str(part)]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
    if holder is not None:
        holder.pop(last, None)
