"""Why so many: one interval's requirement as a sum."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboards import formats, look
from dashboards.look import Cell
from planner.domain.centre import Queue, Shrinkage

Line = tuple[str, str, str, bool]  # words, value, unit, whether it is a result


def why_table(row: pd.Series, queue: Queue, shrinkage: Shrinkage) -> None:
    """The sum from contacts to people, one line a step; the binding target is named."""
    rows = [
        [
            Cell(
                words,
                "left",
                small="binding" if words == f"{row.get('binding')} needs" else "",
                strong=strong,
            ),
            Cell(value, strong=strong or words == f"{row.get('binding')} needs"),
            Cell("", "left", small=unit),
        ]
        for words, value, unit, strong in sum_lines(row, queue, shrinkage)
    ]
    look.table([], rows)


def sum_lines(row: pd.Series, queue: Queue, shrinkage: Shrinkage) -> Iterator[Line]:
    """The steps of one REQUIREMENT row as (words, value, unit, is a result)."""
    minutes = formats.number(row["interval_min"])
    work = f"{formats.number(row['offered'], 1)} contacts in {minutes} min × {formats.number(row['aht_s'])} s"
    yield work, formats.number(row["load_erlangs"], 1), "Erlang", False
    for words, column in target_columns(queue):
        if pd.notna(row.get(column)):
            yield f"{words} needs", formats.number(row[column], 1 if row[column] % 1 else 0), "", False
    largest = "On contact: the largest" if queue.kind != "deferred" else "On contact, to meet the deadline"
    contact = row["agents_on_contact"]
    yield largest, formats.number(contact, 1 if contact % 1 else 0), "agents", True
    planned, unplanned = shrinkage.planned_at_work, shrinkage.unplanned
    yield (
        f"÷ (1 − {formats.percent(planned)} training and meetings)",
        formats.number(contact / (1 - planned), 1),
        "",
        False,
    )
    yield (
        f"÷ (1 − {formats.percent(unplanned)} unplanned absence)",
        formats.number(row["agents_scheduled"], 1),
        "",
        False,
    )
    yield "At work", formats.number(row["agents_scheduled"], 1), "people", True
    yield "With leave, on the payroll", formats.number(row["agents_rostered"], 1), "people", False
    if pd.notna(row.get("scheduled")):
        gap = formats.signed(row["scheduled"] - row["agents_scheduled"])
        yield "Scheduled", formats.number(row["scheduled"], 1), f"people, {gap}", True


def target_columns(queue: Queue) -> list[tuple[str, str]]:
    """The queue's targets in words, with the REQUIREMENT column that says what each needs alone."""
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
