"""Files into the store: every file is checked before the first is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from pathlib import Path

from planner.behaviour.estimates import behaviour
from planner.behaviour.report import report
from planner.config import Plan
from planner.domain.centre import Centre
from planner.domain.form_tables import FORMS
from planner.domain.problems import InputError, Problem, counted
from planner.importers import Imported, read
from planner.importers.contact_log import import_contacts
from planner.importers.forms import is_form, read_form
from planner.pipeline.editing import EDITED, as_entered
from planner.pipeline.register import changed_forms, turn, with_brought, with_stored
from planner.records.heading import headings
from planner.store import Added, Store, add_history, amend_history, contact_files

Say = Callable[[str], None]
LOG_COLUMNS = {"contact_id", "arrived_at"}


@dataclass(frozen=True)
class Bringing:
    """Where files go, on which centre they are checked, when, and who hears of it."""

    centre: Centre
    store: Store
    now: datetime
    say: Say


def import_inputs(plan: Plan, store: Store, *, now: datetime, say: Say) -> list[str]:
    """Import every file that the plan names; what each import found, as text."""
    files = [path for kind in fields(plan.inputs) for path in getattr(plan.inputs, kind.name)]
    return import_files(files, Bringing(plan.centre, store, now, say)) if files else []


def import_files(files: Sequence[Path], bringing: Bringing, *, form: str | None = None) -> list[str]:
    """Import files; `form` names an importer where the columns should not decide.

    Raises InputError with the problems of every file; then nothing of any of them was stored, but
    for contact logs before the bad one: these are too large to be held while the others are read.
    """
    logs = [path for path in files if is_contact_log(path, form)]
    brought = [path for path in files if path not in logs]
    read_files = read_all(brought, bringing, form=form)
    before = contact_files(bringing.store)
    texts = [_import_log(path, bringing) for path in logs]
    if contact_files(bringing.store) != before:
        bringing.say("measuring patience and handle times in the contacts stored")
        texts.append(report(behaviour(contact_files(bringing.store), bringing.centre)))
    return [*(_store(path, each, bringing) for path, each in read_files), *texts]


def is_contact_log(path: Path, form: str | None) -> bool:
    """A CSV or Parquet contact log under our own column names: it is streamed, whatever its size."""
    return form in (None, "contacts") and set(headings(path)) >= LOG_COLUMNS


def read_all(
    files: Sequence[Path], bringing: Bringing, *, form: str | None = None
) -> list[tuple[Path, Imported]]:
    """The tables in files; InputError with the problems of all of them.

    Forms, agents and raters are read before the evaluations that are checked against them.
    """
    done: dict[Path, Imported] = {}
    problems: list[Problem] = []
    centre = with_stored(bringing.centre, bringing.store)
    for path in sorted(files, key=turn):
        bringing.say(f"reading {path.name}")
        try:
            done[path] = read_form(path) if is_form(path) else read(path, centre=centre, format=form)
            centre = with_brought(centre, done[path].table, done[path].frame)
        except InputError as error:
            problems += error.problems
    forms = {path: each.frame for path, each in done.items() if each.table is FORMS}
    problems += changed_forms(forms, bringing.store)
    if problems:
        raise InputError(problems)
    return [(path, done[path]) for path in dict.fromkeys(files)]


def _store(path: Path, imported: Imported, bringing: Bringing) -> str:
    bringing.say(f"storing {path.name}")
    store, table, rows, now = bringing.store, imported.table, imported.frame, bringing.now
    if table in EDITED:
        change = partial(as_entered, brought=rows, table=table, now=now)
        added = amend_history(store, table, change, source=path.name, now=now)
    else:
        added = add_history(store, table, rows, source=path.name, now=now)
    return f"{imported.report}\n{_stored(added)}{_still_withdrawn(len(rows) - added.rows)}"


def _import_log(path: Path, bringing: Bringing) -> str:
    done = import_contacts(
        bringing.store, path, centre=bringing.centre, now=bringing.now, progress=bringing.say
    )
    return "\n".join([*([str(done.report)] if done.report else [f"{path.name}:"]), _stored(done.added)])


def _still_withdrawn(rows: int) -> str:
    return (
        f"\n  left withdrawn   {counted(rows, 'row')}: withdrawn here after an earlier import" if rows else ""
    )


def _stored(added: Added) -> str:
    if added.unchanged_file:
        return "  stored           nothing: the same content was imported before"
    removed = f", {added.removed:,} removed" if added.removed else ""
    return f"  stored           {added.rows:,} rows: {added.new:,} new, {added.replaced:,} replaced{removed}"
