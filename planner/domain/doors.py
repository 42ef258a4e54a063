"""Open doors: the parts that lie in a folder, found by file name and checked for their shape.

A forecast model, an importer, an exporter or a labour rule is added by one file in its folder.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType

from planner.domain.problems import InputError, Problem

Shape = Mapping[str, type | tuple[str, ...]]


def parts(package: ModuleType, *, shape: Shape) -> dict[str, ModuleType]:
    """The modules of a folder by file name, in alphabetical order; InputError names every wrong one.

    `shape` says what each must offer: a name with a type is a constant of that type, a name with a
    tuple is a function of these arguments. Files that begin with an underscore are left out.
    """
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    found = {
        name: importlib.import_module(f"{package.__name__}.{name}")
        for name in names
        if not name.startswith("_")
    }
    problems = [problem for name, part in found.items() for problem in _misfits(part, name, shape)]
    if problems:
        raise InputError(problems)
    return found


def _misfits(part: ModuleType, name: str, shape: Shape) -> Iterator[Problem]:
    for wanted, form in shape.items():
        has = getattr(part, wanted, None)
        if isinstance(form, type):
            if not isinstance(has, form):
                yield Problem("misshapen", f"must offer {wanted}, a {form.__name__}", f"{name}.py")
        elif not callable(has) or tuple(inspect.signature(has).parameters) != form:
            yield Problem("misshapen", f"must offer a function {wanted}({', '.join(form)})", f"{name}.py")
