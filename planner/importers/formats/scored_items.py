"""Evaluations in points of their form's scale: the form tells sections, weights, classes and criticality.

A `score` of 3 on a scale from 0 to 4 is 0.75 of the item's points. What the form tells may stand in the
file too; it is then checked against the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.domain.cells import blank_cells
from planner.domain.centre import Centre
from planner.domain.column import Found
from planner.domain.form import Form, Item
from planner.domain.form_rules import OF_ITEM
from planner.domain.tables import EVALUATIONS
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "evaluations in points of their form's scale"
TABLE = EVALUATIONS
NEEDS = (*(name for name in own.needs(EVALUATIONS) if name not in (*OF_ITEM, "points")), "score")
CONVENTIONS = own.NONE
NO_FORM = "cannot be read without its form; import the form's YAML first, or give shares under points"


def reads(key: str) -> bool:
    return key == "score" or own.reads(key, EVALUATIONS)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    """Shares of the points in place of the scores, and what the form tells of each item."""
    told = own.tabulate(records, centre, table=EVALUATIONS)
    items = _items(told.cells, centre.quality.register.forms)
    points, found = _points(told.cells, items)
    cells = told.cells.assign(points=points)
    for name in OF_ITEM:
        if name not in cells.columns:
            cells[name] = items[name]
    found += _silent(items["of"].isna().to_numpy())
    told = replace(told, cells=cells, found=(*told.found, *found), used=told.used | {"score"})
    return replace(told, labels={**told.labels, "points": told.labels.get("score", "score")})


def _silent(unknown: np.ndarray) -> list[Found]:
    """Cells that only the form could fill: that it is not known is told once, at the form or item."""
    if not unknown.any():
        return []
    return [Found("no_form", name, unknown, _quoting(""), shown=0) for name in (*OF_ITEM, "points")]


def _items(cells: pd.DataFrame, forms: Mapping[str, Form]) -> pd.DataFrame:
    """For each row its `Item`, or None, and what the form tells of it."""
    known = {(code, name): item for code, form in forms.items() for name, item in form.items.items()}
    keys = zip(cells["form"].astype("str").str.strip(), cells["item"].astype("str").str.strip(), strict=True)
    found = [known.get(key) for key in keys]
    of = {name: [getattr(item, _FIELD[name]) if item else None for item in found] for name in OF_ITEM}
    return pd.DataFrame({"of": found, **of}, index=cells.index)


_FIELD = {
    "section": "section",
    "section_weight": "section_weight",
    "item_weight": "weight",
    "item_class": "item_class",
    "critical": "critical",
}


def _points(cells: pd.DataFrame, items: pd.DataFrame) -> tuple[pd.Series, list[Found]]:
    """The share of the points of each score; blank stays blank."""
    blank = blank_cells(cells["score"])
    scores = pd.to_numeric(cells["score"].where(~blank), errors="coerce")
    shares = [_share(item, score) for item, score in zip(items["of"], scores, strict=True)]
    points = pd.Series(shares, index=cells.index, dtype="float64")
    lost = points.isna().to_numpy() & ~blank
    return points, list(_lost(cells, items["of"], lost=lost))


def _share(item: Item | None, score: float) -> float | None:
    return None if item is None or pd.isna(score) else item.share(score)


def _lost(cells: pd.DataFrame, items: pd.Series, *, lost: np.ndarray) -> Iterator[Found]:
    """Scores that are no step of their item's scale, and rows whose form is not known."""
    scores, known = cells["score"], items.notna().to_numpy()
    for item in {item.name: item for item in items[lost & known]}.values():
        where = lost & np.array([each is item for each in items])
        steps = ", ".join(f"{step:g}" for step in item.steps)
        note = f"is no step of “{item.name}”; its scale has {steps}"
        yield Found("off_scale", "points", where, _quoting(note), cells=scores)
    homeless = ~known & ~cells["form"].isin(list(cells["form"][known])).to_numpy()
    if homeless.any():
        yield Found("no_form", "form", homeless, _quoting(NO_FORM), shown=3)


def _quoting(note: str) -> Callable[[object], str]:
    return lambda cell: f"“{cell}” {note}"
