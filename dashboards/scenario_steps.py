"""What each change of a scenario does alone, what they overlap, and all together."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboards import formats, look
from dashboards.look import Cell
from dashboards.published import Published
from dashboards.scenario_runs import store_of
from planner.language import _
from planner.pipeline.scenario_compared import Beside, steps

OVERLAP, TOGETHER = "overlap", "together"
SEVERAL = 3  # rows of steps: two changes at least, what they overlap, and all together, are more


def steps_cards(plan: Published, pairs: tuple[Beside, ...]) -> None:
    """A card for each scenario of several changes."""
    for pair in pairs:
        rows = steps(store_of(plan), pair.run)
        if len(rows) > SEVERAL:
            _card(rows, pair)


def _card(rows: pd.DataFrame, pair: Beside) -> None:
    about = _(
        "{name}: each change alone on the base, {n} weeks; differences from none of them; "
        "FTE on usual days (P50), mean of the weeks"
    ).format(name=pair.run.name, n=pair.run.weeks)
    with look.card(f"steps-{pair.run.name}", _("What does each change do?"), about, data=rows):
        heads = [
            Cell(_("Change"), "left"),
            Cell(_("Contacts")),
            Cell(_("Handling time, h")),
            Cell(_("FTE needed")),
        ]
        look.table(heads, list(_lines(rows)))


def _lines(rows: pd.DataFrame) -> Iterator[list[Cell]]:
    for row in rows.itertuples():
        strong = row.kind == TOGETHER
        yield [
            Cell(_name(row.name, row.kind), "left", strong=strong),
            Cell(_difference(row.contacts, 0), strong=strong),
            Cell(_difference(row.work_h, 0), strong=strong),
            Cell(_difference(row.fte, 1), strong=strong),
        ]


def _name(name: str, kind: str) -> str:
    """A change by its name in the file."""
    if kind == OVERLAP:
        return _("counted in more than one of them")
    return _("all together") if kind == TOGETHER else name.replace("_", " ")


def _difference(value: float, digits: int) -> str:
    """A difference with its sign; one that rounds to nothing has none."""
    rounded = round(value, digits) if pd.notna(value) else value
    return formats.number(0) if rounded == 0 else formats.signed(value, digits)
