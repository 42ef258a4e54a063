"""The forms as tables: their items, and what the steps of each item mean in each language."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.domain.form import Form
from planner.domain.form_tables import FORM_ANCHORS, FORM_ITEMS


def form_items(forms: Mapping[str, Form]) -> pd.DataFrame:
    """FORM_ITEMS in the order of the forms."""
    rows = [
        {
            "form": form.code,
            "place": place,
            "section": item.section,
            "section_weight": item.section_weight,
            "item": item.name,
            "item_weight": item.weight,
            "item_class": item.item_class,
            "critical": item.critical,
            "steps": ";".join(f"{step:g}" for step in item.steps),
            "may_not_apply": item.may_not_apply,
        }
        for form in forms.values()
        for place, item in enumerate(form.items.values(), start=1)
    ]
    return FORM_ITEMS.check(pd.DataFrame(rows)) if rows else FORM_ITEMS.empty()


def form_anchors(forms: Mapping[str, Form]) -> pd.DataFrame:
    """FORM_ANCHORS: every step that a form explains, by language."""
    rows = [
        {
            "form": form.code,
            "item": item.name,
            "language": language,
            "item_name": item.names.get(language),
            "points": step,
            "anchor": text,
        }
        for form in forms.values()
        for item in form.items.values()
        for language, texts in item.anchors.items()
        for step, text in texts.items()
    ]
    return FORM_ANCHORS.check(pd.DataFrame(rows)) if rows else FORM_ANCHORS.empty()
