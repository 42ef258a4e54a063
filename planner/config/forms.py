"""From the YAML of a quality form to a `Form`, or an InputError naming every dotted path that is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from planner.config.form_schema import FormFile, ItemFile, ScaleFile, SectionFile
from planner.config.yaml_text import read_text, tree_of, wrong_key
from planner.domain.form import Form, Item
from planner.domain.problems import InputError, Problem

WHAT = "a form"


def load_form(path: Path) -> Form:
    """The form in a YAML file; InputError when it cannot be read or something in it is wrong."""
    return form_from_text(read_text(path), file=path.name)


def form_from_text(text: str, *, file: str = "form.yaml") -> Form:
    """The form written in `text`."""
    tree = tree_of(text, file=file, what=WHAT, starts="form: and sections:")
    try:
        given = FormFile.model_validate(tree)
    except ValidationError as error:
        raise InputError(wrong_key(dict(found), file=file, what=WHAT) for found in error.errors()) from None
    problems = [Problem("form", note, file, None, path) for path, note in _wrong(given)]
    if problems:
        raise InputError(problems)
    items = [_item(section, item) for section in given.sections for item in section.items]
    return Form(
        given.form,
        MappingProxyType({item.name: item for item in items}),
        given.name,
        tuple(given.languages),
        tuple(given.channels),
        tuple(given.clients),
        _fingerprint(tree),
        text,
    )


def forms_in(stored: Mapping[str, str]) -> Mapping[str, Form]:
    """Forms by code from their texts, as FORMS keeps them."""
    return MappingProxyType({code: form_from_text(text, file=code) for code, text in stored.items()})


def _fingerprint(tree: Any) -> str:
    """Of the content alone: comments, order of keys and line ends change nothing."""
    return hashlib.sha256(json.dumps(tree, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _item(section: SectionFile, given: ItemFile) -> Item:
    return Item(
        given.name,
        section.name,
        section.weight,
        given.weight,
        given.item_class,
        given.critical,
        _steps(given),
        given.may_not_apply,
        MappingProxyType(dict(given.names)),
        MappingProxyType(
            {
                language: MappingProxyType({float(step): text for step, text in texts.items()})
                for language, texts in given.anchors.items()
            }
        ),
    )


def _steps(given: ItemFile) -> tuple[float, ...]:
    if isinstance(given.scale, ScaleFile):
        count = round((given.scale.most - given.scale.least) / given.scale.step)
        return tuple(round(given.scale.least + step * given.scale.step, 9) for step in range(count + 1))
    return (0.0, 1.0) if given.scale == "binary" else tuple(float(step) for step in given.scale)


def _wrong(given: FormFile) -> Iterator[tuple[str, str]]:
    """What only shows across the form: weights that add to zero, names twice, anchors beside the scale."""
    if sum(section.weight for section in given.sections) <= 0:
        yield "sections", "the weights add to zero; give at least one section a weight"
    seen: set[str] = set()
    for number, section in enumerate(given.sections):
        path = f"sections.{number}"
        if sum(item.weight for item in section.items) <= 0:
            yield (
                f"{path}.items",
                f"the weights of {section.name} add to zero; give at least one item a weight",
            )
        for place, item in enumerate(section.items):
            if item.name in seen:
                yield f"{path}.items.{place}.name", f"“{item.name}” stands twice on the form"
            seen.add(item.name)
            yield from _wrong_scale(item, f"{path}.items.{place}")


def _wrong_scale(item: ItemFile, path: str) -> Iterator[tuple[str, str]]:
    steps = _steps(item)
    if list(steps) != sorted(set(steps)):
        yield f"{path}.scale", "the steps of a rubric ascend and none stands twice"
    for language, texts in item.anchors.items():
        for step in texts:
            if step not in {f"{known:g}" for known in steps}:
                known = ", ".join(f"{each:g}" for each in steps)
                yield f"{path}.anchors.{language}", f"{step} is no step of the scale; its steps are {known}"
