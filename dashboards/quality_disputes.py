"""Disputes: how many evaluations are disputed, how that ended, how far scores moved."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboards import formats, look
from dashboards.look import Cell
from dashboards.scores import FEWEST
from planner.language import _, message

SHOWN = 12
DIMENSIONS = {
    "all": message("All"),
    "site": message("Site"),
    "form": message("Form"),
    "rater": message("Rater"),
    "item": message("Item"),
}


def disputes_card(disputed: pd.DataFrame, *, site: str | None) -> None:
    """The whole, then the subjects with most disputes in the order of their kind."""
    mine = shown(disputed, site)
    about = _(
        "all evaluations; disputed with its 95 % interval; moved = mean change of the final score where it "
        "was scored again, of 100"
    )
    with look.card("disputes", _("What is disputed, and who was right?"), about, data=mine):
        if mine.empty:
            look.nothing(_("No disputes"), _("None were imported."), _("Import disputes with their outcome."))
            return
        heads = [Cell(_("By"), "left"), Cell(_("Subject"), "left"), Cell(_("Disputed")), Cell(_("Upheld"))]
        heads += [Cell(_("Changed")), Cell(_("Open")), Cell(_("Moved"))]
        look.table(heads, [_row(row) for row in mine.head(SHOWN).to_dict("records")])


def shown(disputed: pd.DataFrame, site: str | None) -> pd.DataFrame:
    """The rows to show: of one site its own row, else the whole, forms, raters and items by disputes."""
    if site is not None:
        return disputed[(disputed["dimension"] == "site") & (disputed["subject"] == site)]
    order = disputed["dimension"].map({name: place for place, name in enumerate(DIMENSIONS)})
    by_size = disputed.assign(order=order).sort_values(
        ["order", "disputes"], ascending=[True, False], kind="stable"
    )
    few = by_size.groupby("order").head(4).drop(columns="order")
    return few[(few["dimension"] != "site")].reset_index(drop=True)


def _row(row: Mapping[Hashable, Any]) -> list[Cell]:
    n, moved_n = int(row["evaluations"]), int(row["moved_n"])
    spread = f"{formats.number(row['low'] * 100, 1)}–{formats.number(row['high'] * 100, 1)}"
    under = _("{spread}, n {n}").format(spread=spread, n=formats.number(n))
    moved = formats.signed(row["moved"]) if moved_n >= FEWEST else formats.MISSING
    return [
        Cell(_(DIMENSIONS[str(row["dimension"])]), "left"),
        Cell("" if row["dimension"] == "all" else str(row["subject"]), "left"),
        Cell(formats.percent(row["disputed"]), under=under) if n >= FEWEST else Cell(formats.MISSING),
        Cell(formats.number(row["upheld"])),
        Cell(formats.number(row["changed"])),
        Cell(formats.number(row["open"])),
        Cell(moved, under=_("n {n}").format(n=formats.number(moved_n)) if moved_n else ""),
    ]
