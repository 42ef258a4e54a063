"""Quality forms in YAML, one a file: they become a row of FORMS."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from planner.config.forms import load_form
from planner.domain.form import Form
from planner.domain.form_tables import FORMS
from planner.importers.read import Imported
from planner.importers.report import ImportReport
from planner.importers.tabulated import Conventions
from planner.records import Opened

SUFFIXES = (".yaml", ".yml")
MEANING = "a quality form"


def is_form(path: Path) -> bool:
    """Whether a file to import is a form: everything else that is imported is a table."""
    return path.suffix.lower() in SUFFIXES


def read_form(path: Path) -> Imported:
    """The form in a file as FORMS, or InputError with every problem found."""
    form = load_form(path)
    return Imported(FORMS, forms_table([form]), _report(path, form))


def forms_table(forms: list[Form]) -> pd.DataFrame:
    """FORMS of the forms."""
    rows = [
        {
            "form": form.code,
            "name": form.name or form.code,
            "items": len(form.items),
            "fingerprint": form.fingerprint,
            "text": form.text,
        }
        for form in forms
    ]
    return FORMS.check(pd.DataFrame(rows)) if rows else FORMS.empty()


def _report(path: Path, form: Form) -> ImportReport:
    sections = len({item.section for item in form.items.values()})
    critical = sum(item.critical for item in form.items.values())
    languages = sorted({tag for item in form.items.values() for tag in item.anchors})
    notice = f"{form.code}: {len(form.items)} items in {sections} sections, {critical} critical"
    anchors = f"anchor texts in {', '.join(languages)}" if languages else "no anchor texts"
    return ImportReport(
        file=path.name,
        format=MEANING,
        table=FORMS.name,
        rows=1,
        span=None,
        queues=(),
        gaps=(),
        clock_changes=(),
        ignored=(),
        opened=Opened("YAML"),
        conventions=Conventions(),
        notices=(notice, anchors),
    )
