"""How far raters agree on each item: three measures side by side, and what they say together."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards import formats, look
from dashboards.look import Cell
from planner.language import _, message

FEWEST = 20  # contacts below which no figure is shown
RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff (2004, p. 241): for conclusions, for tentative ones
HIGH_AC = HIGH_AGREEMENT = 0.8
NAMES = {
    "final score": message("Final score"),
    "raw score": message("Score before critical items"),
    "critical error": message("Critical error"),
}
READINGS = {
    "few": message("fewer than 20 contacts: no figure"),
    "same": message("all ratings the same: nothing to disagree on"),
    "reliable": message("reliable"),
    "tentative": message("good enough for tentative conclusions"),
    "rare": message("agree while all is well; not on which contacts fail"),
    "close": message("close on the scale; not on which contacts are better"),
    "apart": message("too far apart: sharpen the anchor texts, calibrate"),
}


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an item of one form and site: agreement, alpha, ac and icc with their ends, and the reading.

    `ac` is AC2 where the item has steps, else AC1.
    """
    wide = rows.pivot(index="item", columns="measure", values=["value", "low", "high"])
    counts = rows.drop_duplicates("item").set_index("item")[["contacts", "raters"]]
    measures = {
        f"{name}_{part}": _part(wide, part, name)
        for name in ("agreement", "alpha", "icc")
        for part in ("value", "low", "high")
    }
    weighted = {
        f"ac_{part}": _part(wide, part, "ac2").fillna(_part(wide, part, "ac1"))
        for part in ("value", "low", "high")
    }
    table = counts.join(pd.DataFrame(measures | weighted))
    return table.assign(reading=[reading(row) for row in table.itertuples()]).reset_index()


def _part(wide: pd.DataFrame, part: str, measure: str) -> pd.Series:
    missing = pd.Series(float("nan"), wide.index)
    return wide[(part, measure)] if (part, measure) in wide.columns else missing


def reading(row: Any) -> str:
    """What agreement, alpha and AC say together, as a key of `READINGS`."""
    if row.contacts < FEWEST:
        return "few"
    if pd.isna(row.alpha_value):
        return "same"
    if row.alpha_value >= RELIABLE:
        return "reliable"
    if row.alpha_value >= TENTATIVE:
        return "tentative"
    if pd.isna(row.ac_value) or row.ac_value < HIGH_AC:
        return "apart"
    return "rare" if row.agreement_value >= HIGH_AGREEMENT else "close"


def item_name(item: str) -> str:
    """The item's name; scores and critical errors in the reader's language."""
    return _(NAMES[item]) if item in NAMES else item


def agreement_card(table: pd.DataFrame) -> None:
    """The measures of every item as a table, the scores first."""
    about = _(
        "pairs of raters of the same contact, scored blind; 95 % intervals by bootstrap over contacts; "
        "last 12 months"
    )
    with look.card("agreement", _("How far do they agree?"), about, data=table):
        heads = [
            Cell(_("Item"), "left"),
            Cell(_("Agreement")),
            Cell(_("Krippendorff’s α")),
            Cell(_("Gwet’s AC")),
            Cell(_("ICC(2,1)")),
            Cell(_("Contacts")),
            Cell(_("What they say together"), "left"),
        ]
        look.table(heads, [_row(row) for row in table.itertuples()])
        look.foot(
            _(
                "**Agreement:** share of pairs that chose the same, scores within 5 points. **α:** agreement "
                "beyond chance, 1 = perfect, 0 = as guessed; rare failures pull it down. **AC:** the same "
                "with chance counted by how hard contacts are; it stays high where failures are rare. "
                "**ICC:** share of one score’s variance that is the contact’s. Read the three together: 91 % "
                "agreement can be α = 0.14 and AC = 0.90. “Does not apply” is a rating of its own; weights "
                "of steps are quadratic."
            )
        )


def _row(row: Any) -> list[Cell]:
    few = row.reading == "few"
    cells = [
        Cell(formats.MISSING)
        if few
        else _measure(
            getattr(row, f"{name}_value"), getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
        )
        for name in ("alpha", "ac", "icc")
    ]
    share = formats.MISSING if few else formats.percent(row.agreement_value, 0)
    return [
        Cell(item_name(str(row.item)), "left"),
        Cell(share),
        *cells,
        Cell(formats.number(row.contacts)),
        Cell(_(READINGS[row.reading]), "left", bad=row.reading == "apart"),
    ]


def _measure(value: float, low: float, high: float) -> Cell:
    if pd.isna(value):
        return Cell(formats.MISSING)
    spread = "" if pd.isna(low) else f"{formats.number(low, 2)} … {formats.number(high, 2)}"
    return Cell(formats.number(value, 2), under=spread, strong=True)
