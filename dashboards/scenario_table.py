"""The measures of the chosen scenarios beside the base: the whole by group, and every part of it below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats, look
from dashboards.look import Cell
from dashboards.scenario_words import GROUP_WORDS, measure_name, more, part_name, shown, unit_words, worse
from planner.domain.scenario_tables import WHOLE
from planner.language import _, retold
from planner.pipeline.scenario_compared import Beside

PARTED = ("contacts", "channel_share", "work", "aht", "fte_")  # told as a whole first, by part below
COLUMNS = [
    *("scenario", "group", "measure", "of", "base", "value", "difference", "relative", "low", "high"),
    *("unit", "definition"),
]


def measures_card(rows: pd.DataFrame, pairs: Sequence[Beside]) -> None:
    """One table of what the scenarios come to, by group; the parts of the whole in a fold below it."""
    spans = " · ".join(dict.fromkeys(_over(pair) for pair in pairs))
    with look.card("measures", _("What differs, in numbers?"), spans, data=rows[COLUMNS]):
        parts = (rows["of"] != WHOLE) & rows["measure"].str.startswith(PARTED)
        look.table(_heads(pairs), list(_lines(rows[~parts], pairs)))
        if parts.any():
            with st.expander(_("By channel and language")):
                look.table(_heads(pairs), list(_lines(rows[parts], pairs)))


def _over(pair: Beside) -> str:
    return _("{n} weeks from the plan’s first; differences from the base of the same weeks").format(
        n=pair.run.weeks
    )


def _several_bases(pairs: Sequence[Beside]) -> bool:
    return len({pair.base.plan_id for pair in pairs}) > 1


def _heads(pairs: Sequence[Beside]) -> list[Cell]:
    """Measure, unit, and the base before the scenarios that share it."""
    heads, before = [Cell(_("Measure"), "left"), Cell(_("Unit"), "left")], ""
    for pair in pairs:
        if pair.base.plan_id != before:
            weeks = _(", {n} weeks").format(n=pair.base.weeks) if _several_bases(pairs) else ""
            heads.append(Cell(_("As planned") + weeks))
            before = pair.base.plan_id
        heads.append(Cell(pair.run.name))
    return heads


def _lines(rows: pd.DataFrame, pairs: Sequence[Beside]) -> Iterator[list[Cell]]:
    """A line a measure and part, under the question of its group; definitions stand once."""
    group, told = "", set[str]()
    width = len(_heads(pairs))
    places = {name: place for place, name in enumerate(dict.fromkeys(rows["measure"]))}
    ordered = rows.assign(place=rows["measure"].map(places)).sort_values("place", kind="stable")
    for (_place, of), mine in ordered.groupby(["place", "of"], sort=False):
        first = mine.iloc[0]
        if first["group"] != group:
            group = str(first["group"])
            yield [Cell(_(GROUP_WORDS[group]), "left", strong=True), *[Cell()] * (width - 1)]
        measure = str(first["measure"])
        again = measure in told
        name = f"{formats.NO_BREAK * 3}{part_name(str(of))}" if again else measure_name(measure, str(of))
        under = "" if again else " / ".join(retold(str(text)) for text in mine["definition"].unique())
        told.add(measure)
        unit = unit_words(str(first["unit"]))
        yield [Cell(name, "left", under=under), Cell(unit, "left"), *_values(mine, pairs)]
        if (mine["low"] < mine["high"]).any():
            ranged = Cell(f"{formats.NO_BREAK * 3}{_('low to high')}", "left")
            yield [ranged, Cell(), *_ranges(mine, pairs)]


def _values(rows: pd.DataFrame, pairs: Sequence[Beside]) -> Iterator[Cell]:
    """The base before the scenarios that share it, and each scenario with its difference."""
    by_name = {row.scenario: row for row in rows.itertuples()}
    unit, before, base = str(rows["unit"].iloc[0]), "", ""
    for pair in pairs:
        row: Any = by_name.get(pair.run.name)
        if pair.base.plan_id != before:
            before, base = pair.base.plan_id, _base(by_name, pair, pairs, unit)
            yield Cell(base)
        yield Cell(formats.MISSING) if row is None else _value(row, unit, base=base)


def _base(by_name: dict[Any, Any], pair: Beside, pairs: Sequence[Beside], unit: str) -> str:
    """The base's value; blank where each scenario has its own, as in another week, and tells it."""
    names = [each.run.name for each in pairs if each.base.plan_id == pair.base.plan_id]
    found = {shown(by_name[name].base, unit) for name in names if name in by_name}
    return found.pop() if len(found) == 1 else "" if found else formats.MISSING


def _value(row: Any, unit: str, *, base: str) -> Cell:
    """A value over its difference, and over what it was where the base's cell does not tell it."""
    bad, under = worse(row), more(row.difference, row.relative, unit)
    if not base:
        under = _("{difference}, from {base}").format(difference=under, base=shown(row.base, unit))
    return Cell(("▼ " if bad else "") + shown(row.value, unit), strong=True, bad=bad, under=under)


def _ranges(rows: pd.DataFrame, pairs: Sequence[Beside]) -> Iterator[Cell]:
    """Low and high under each scenario's value; nothing under the base, whose run tells its own."""
    by_name = {row.scenario: row for row in rows.itertuples()}
    unit, before = str(rows["unit"].iloc[0]), ""
    for pair in pairs:
        if pair.base.plan_id != before:
            yield Cell()
            before = pair.base.plan_id
        row: Any = by_name.get(pair.run.name)
        known = row is not None and not pd.isna(row.low) and not pd.isna(row.high)
        yield Cell(f"{shown(row.low, unit)} – {shown(row.high, unit)}" if known else "")
