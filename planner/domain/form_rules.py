"""Checks of EVALUATIONS: within each evaluation, and against forms, agents and raters that are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey
from planner.domain.column import Found
from planner.domain.form import ROUNDING, Form, Item
from planner.domain.quality import Register
from planner.domain.table import Rule

HEAD = ("evaluated_at", "contact_id", "agent_id", "rater_id", "site", "language", "channel", "form", "stream")
OF_ITEM = ("section", "section_weight", "item_weight", "item_class", "critical")
SHOWN = 3  # rows written out of each kind of finding


def evaluation_rules(centre: Centre) -> tuple[Rule, ...]:
    """The checks of EVALUATIONS for a centre and those whom its register knows."""
    register = centre.quality.register
    rules: list[Rule] = [one_head, weights_that_count]
    if register.forms:
        rules += [lambda frame: of_forms(frame, register.forms), lambda frame: for_queues(frame, centre)]
    rules.append(lambda frame: known_people(frame, register))
    return tuple(rules)


def one_head(frame: pd.DataFrame) -> Iterator[Found]:
    """An evaluation has one agent, one rater, one queue, one form, one stream and one moment."""
    for name in (name for name in HEAD if name in frame.columns):
        first = frame.groupby("evaluation_id", sort=False)[name].transform("first")
        other = (frame[name].notna() & first.notna() & (frame[name] != first)).to_numpy(dtype=bool)
        if other.any():
            note = f"differs from an earlier row of the same evaluation; an evaluation has one {name}"
            yield Found("two_of_one", name, other, _quoting(note), shown=SHOWN)


def weights_that_count(frame: pd.DataFrame) -> Iterator[Found]:
    """The weights of each evaluation's sections, and of each section's items, add to more than zero."""
    if not {"section_weight", "item_weight"} <= set(frame.columns):
        return
    section = frame.groupby(["evaluation_id", "section"], sort=False)
    items = section["item_weight"].transform("sum")
    none = (frame["item_weight"].notna() & (items <= 0) & (frame["section_weight"] > 0)).to_numpy()
    if none.any():
        note = "the item weights of this section add to zero; give at least one item a weight"
        yield Found("no_weight", "item_weight", none, _saying(note), shown=SHOWN)
    whole = frame.groupby("evaluation_id", sort=False)["section_weight"].transform("sum")
    none = (frame["section_weight"].notna() & (whole <= 0)).to_numpy()
    if none.any():
        note = "the section weights of this evaluation add to zero; give at least one section a weight"
        yield Found("no_weight", "section_weight", none, _saying(note), shown=SHOWN)


def of_forms(frame: pd.DataFrame, forms: Mapping[str, Form]) -> Iterator[Found]:
    """Every row is an item of a known form version, as that version has it, with points of its scale."""
    named = frame["form"].notna()
    for code in frame.loc[named, "form"].unique():
        rows = (frame["form"] == code).to_numpy(dtype=bool)
        if code not in forms:
            note = f"is no form version known here; known: {', '.join(forms)}; import the form's YAML first"
            yield Found("unknown_form", "form", rows, _quoting(note), shown=SHOWN)
            continue
        yield from _of_form(frame, forms[code], rows)


def _of_form(frame: pd.DataFrame, form: Form, rows: np.ndarray) -> Iterator[Found]:
    strange = rows & (frame["item"].notna() & ~frame["item"].isin(list(form.items))).to_numpy()
    if strange.any():
        note = f"is no item of {form.code}; its items are {', '.join(form.items)}"
        yield Found("unknown_item", "item", strange, _quoting(note), shown=SHOWN)
    yield from _incomplete(frame, form, rows)
    for name, item in form.items.items():
        mine = rows & (frame["item"] == name).to_numpy(dtype=bool)
        if mine.any():
            yield from _as_on_form(frame, item, mine, code=form.code)
            yield from _points(frame, item, mine)


def _incomplete(frame: pd.DataFrame, form: Form, rows: np.ndarray) -> Iterator[Found]:
    """Evaluations without a row for each item; told at the evaluation's first row."""
    mine = frame[rows & frame["item"].isin(list(form.items)).to_numpy()]
    count = mine.groupby("evaluation_id", sort=False)["item"].nunique()
    short = frame["evaluation_id"].isin(count.index[count < len(form.items)]).to_numpy() & rows
    first = short & ~frame["evaluation_id"].duplicated().to_numpy()
    if first.any():
        note = (
            f"lacks items of {form.code}, which has {len(form.items)}; "
            "write a row for each, points blank where it did not apply"
        )
        yield Found("items_missing", "evaluation_id", first, _quoting(note), shown=SHOWN)


def _as_on_form(frame: pd.DataFrame, item: Item, rows: np.ndarray, *, code: str) -> Iterator[Found]:
    """Section, weights, class and criticality that differ from the form's."""
    wanted = (item.section, item.section_weight, item.weight, item.item_class, item.critical)
    for name, right in zip(OF_ITEM, wanted, strict=True):
        cells = frame[name]
        same = np.isclose(cells.astype(float), right) if isinstance(right, float) else cells == right
        wrong = rows & cells.notna().to_numpy() & ~np.asarray(same, bool)
        if wrong.any():
            note = f"is not what {code} has for “{item.name}”: {name} {_written(right)}"
            yield Found("not_as_on_form", name, wrong, _quoting(note), shown=SHOWN)


def _points(frame: pd.DataFrame, item: Item, rows: np.ndarray) -> Iterator[Found]:
    points = frame["points"].to_numpy(float)
    blank = rows & np.isnan(points)
    if blank.any() and not item.may_not_apply:
        note = f"is blank, but “{item.name}” always applies; write its points"
        yield Found("must_apply", "points", blank, _saying(note), shown=SHOWN)
    distance = np.abs(points[:, None] - np.array(item.shares)[None, :]).min(axis=1)
    off = rows & ~np.isnan(points) & (distance > ROUNDING)
    if off.any():
        steps = ", ".join(f"{share:.3g}" for share in item.shares)
        note = f"is no step of “{item.name}”; as shares of its points these are {steps}"
        yield Found("off_scale", "points", off, _quoting(note), shown=SHOWN)


def for_queues(frame: pd.DataFrame, centre: Centre) -> Iterator[Found]:
    """A form made for some languages, channels or clients is used for these alone."""
    forms = centre.quality.register.forms
    keys = ["form", "site", "language", "channel"]
    for code, site, language, channel in frame[keys].dropna().drop_duplicates().itertuples(index=False):
        known = centre.queues.get(QueueKey(site, language, channel))
        if code in forms and known is not None and not forms[code].fits(language, channel, known.client):
            where = frame[keys].eq([code, site, language, channel]).all(axis=1).to_numpy(dtype=bool)
            note = f"is not for {known.key}; the form says {_made_for(forms[code])}"
            yield Found("wrong_form", "form", where, _quoting(note), shown=SHOWN)


def _made_for(form: Form) -> str:
    parts = {"languages": form.languages, "channels": form.channels, "clients": form.clients}
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in parts.items() if values)


def known_people(frame: pd.DataFrame, register: Register) -> Iterator[Found]:
    """Agents and raters are among those known, where any are."""
    asked: Sequence[tuple[str, Collection[str], str]] = (
        ("agent_id", register.agents, "AGENTS; import the roster first, with those who left (leave_date)"),
        ("rater_id", register.raters, "RATERS; import the list of raters first"),
    )
    for name, known, table in asked:
        if known:
            strange = (frame[name].notna() & ~frame[name].isin(list(known))).to_numpy(dtype=bool)
            if strange.any():
                yield Found("unknown_person", name, strange, _quoting(f"is not in {table}"), shown=SHOWN)


def _written(value: object) -> str:
    return (
        f"{value:g}"
        if isinstance(value, float)
        else str(value).lower()
        if isinstance(value, bool)
        else f"“{value}”"
    )


def _quoting(note: str) -> Callable[[object], str]:
    return lambda cell: f"“{cell}” {note}"


def _saying(note: str) -> Callable[[object], str]:
    return lambda _: note
