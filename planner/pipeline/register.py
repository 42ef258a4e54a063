"""What evaluations are checked against: forms, agents and raters, from the store and from files at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from planner.config.forms import forms_in
from planner.domain.centre import Centre
from planner.domain.form import Form
from planner.domain.form_rules import of_forms
from planner.domain.form_tables import FORMS, RATERS
from planner.domain.problems import Problem, counted
from planner.domain.quality import Register
from planner.domain.table import Table
from planner.domain.tables import AGENTS, EVALUATIONS
from planner.importers.forms import is_form
from planner.records.heading import headings
from planner.store import Store, read_history

EVALUATED = {"evaluation_id", "rater_id"}
NEW_VERSION = "a used form never changes; give the changed one a new version"
WORKBOOKS = (".xlsx", ".xlsm", ".xls")


def turn(path: Path) -> int:
    """When a file is read: forms first, evaluations last, workbooks (whose table shows late) before them."""
    if is_form(path):
        return 0
    if {heading.casefold() for heading in headings(path)} >= EVALUATED:
        return 3
    return 2 if path.suffix.lower() in WORKBOOKS else 1


def with_stored(centre: Centre, store: Store) -> Centre:
    """The centre that knows the store's forms, agents and raters."""
    known = centre
    for table in (FORMS, AGENTS, RATERS):
        known = with_brought(known, table, read_history(store, table))
    return known


def with_brought(centre: Centre, table: Table, frame: pd.DataFrame) -> Centre:
    """The centre that also knows the rows of FORMS, AGENTS or RATERS; unchanged by any other table."""
    known = centre.quality.register
    if frame.empty:
        return centre
    if table is FORMS:
        found = dict(zip(frame["form"], frame["text"], strict=True))
        return _with(centre, replace(known, forms=MappingProxyType({**known.forms, **forms_in(found)})))
    if table is AGENTS:
        return _with(centre, replace(known, agents=known.agents | frozenset(frame["agent_id"])))
    if table is RATERS:
        return _with(centre, replace(known, raters=known.raters | frozenset(frame["rater_id"])))
    return centre


def _with(centre: Centre, register: Register) -> Centre:
    return replace(centre, quality=replace(centre.quality, register=register))


def changed_forms(brought: Mapping[Path, pd.DataFrame], store: Store) -> Iterator[Problem]:
    """What is wrong with forms that are brought: a used form that changes, two files with one form."""
    if not brought:
        return
    stored = read_history(store, FORMS).set_index("form")["fingerprint"]
    seen: dict[str, tuple[Path, str]] = {}
    for path, frame in brought.items():
        code, fingerprint = str(frame["form"].iloc[0]), str(frame["fingerprint"].iloc[0])
        if seen.setdefault(code, (path, fingerprint))[1] != fingerprint:
            note = f"{code} is another form in {seen[code][0].name}; give one of them a new version"
            yield Problem("two_forms", note, path.name, None, "form")
        if stored.get(code) != fingerprint:
            form = forms_in({code: str(frame["text"].iloc[0])})[code]
            yield from _used(form, store, file=path.name, changed=code in stored.index)


def _used(form: Form, store: Store, *, file: str, changed: bool) -> Iterator[Problem]:
    """A form by which evaluations in the store were scored may not come to differ from them."""
    evaluations = read_history(store, EVALUATIONS)
    used = evaluations[evaluations["form"] == form.code].reset_index(drop=True)
    number = used["evaluation_id"].nunique()
    if not number:
        return
    scored = counted(number, "evaluation")
    if changed:
        note = f"{form.code} differs from the form in the store, by which {scored} were scored: {NEW_VERSION}"
        yield Problem("used_form", note, file, None, "form")
        return
    for found in of_forms(used, {form.code: form}):
        place = int(np.flatnonzero(found.where)[0])
        said = found.say(used[found.column].iloc[place])
        note = (
            f"{scored} in the store do not fit {form.code}, first {used['evaluation_id'].iloc[place]}: {said}"
        )
        yield Problem("used_form", note, file, None, found.column)
