"""Why so many: one interval's requirement as a sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from dashboards import formats, look
from dashboards.look import Cell
from planner.domain.centre import Queue, Shrinkage
from planner.language import _, retold


class Line(NamedTuple):
    """A step of the sum; `binding` is the target that decides, a `result` follows from the lines above it."""

    words: str
    value: str
    unit: str = ""
    result: bool = False
    binding: bool = False


def why_table(row: pd.Series, queue: Queue, shrinkage: Shrinkage) -> None:
    """The sum from contacts to people, one line a step; the binding target is named."""
    rows = [
        [
            Cell(line.words, "left", small=_("binding") if line.binding else "", strong=line.result),
            Cell(line.value, strong=line.result or line.binding),
            Cell("", "left", small=line.unit),
        ]
        for line in sum_lines(row, queue, shrinkage)
    ]
    look.table([], rows)


def sum_lines(row: pd.Series, queue: Queue, shrinkage: Shrinkage) -> Iterator[Line]:
    """The steps of one REQUIREMENT row, from contacts to people."""
    number = formats.number
    work = _("{contacts} contacts in {minutes} min × {seconds} s").format(
        contacts=number(row["offered"], 1), minutes=number(row["interval_min"]), seconds=number(row["aht_s"])
    )
    yield Line(work, number(row["load_erlangs"], 1), _("Erlang"))
    for words, column in target_columns(queue):
        if pd.notna(row.get(column)):
            needs = _("{target} needs").format(target=retold(words))
            value = number(row[column], 1 if row[column] % 1 else 0)
            yield Line(needs, value, binding=words == row.get("binding"))
    contact, deferred = row["agents_on_contact"], queue.kind == "deferred"
    largest = _("On contact, to meet the deadline") if deferred else _("On contact: the largest")
    yield Line(largest, number(contact, 1 if contact % 1 else 0), _("agents"), result=True)
    yield from _payroll_lines(row, shrinkage)


def _payroll_lines(row: pd.Series, shrinkage: Shrinkage) -> Iterator[Line]:
    """From agents on contact to people at work and on the payroll."""
    number, planned, contact = formats.number, shrinkage.planned_at_work, row["agents_on_contact"]
    text = _("÷ (1 − {share} training and meetings)")
    yield Line(text.format(share=formats.percent(planned)), number(contact / (1 - planned), 1))
    text = _("÷ (1 − {share} unplanned absence)")
    yield Line(text.format(share=formats.percent(shrinkage.unplanned)), number(row["agents_scheduled"], 1))
    yield Line(_("At work"), number(row["agents_scheduled"], 1), _("people"), result=True)
    yield Line(_("With leave, on the payroll"), number(row["agents_rostered"], 1), _("people"))
    if pd.notna(row.get("scheduled")):
        gap = formats.signed(row["scheduled"] - row["agents_scheduled"])
        yield Line(
            _("Scheduled"), number(row["scheduled"], 1), _("people, {gap}").format(gap=gap), result=True
        )


def target_columns(queue: Queue) -> list[tuple[str, str]]:
    """The queue's targets in the words of REQUIREMENT, with the column that says what each needs alone."""
    target = queue.target
    names = [
        (str(level), column)
        for level, column in zip(
            target.service_levels, ("needs_service_level", "needs_service_level_2"), strict=False
        )
    ]
    if target.max_abandonment is not None:
        names.append((f"abandonment ≤ {target.max_abandonment * 100:g} %", "needs_abandonment"))
    if target.max_occupancy is not None:
        names.append((f"occupancy ≤ {target.max_occupancy * 100:g} %", "needs_occupancy"))
    if target.max_asa_s is not None:
        names.append((f"ASA ≤ {target.max_asa_s:g} s", "needs_asa"))
    return names
