"""What comes back within 7 days: reasons, how soon, and over which channels."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards import formats, look
from dashboards.fcr_counts import Chosen
from dashboards.fcr_names import reason_name
from dashboards.filters import Scope
from dashboards.look import Cell, Tile
from dashboards.published import Published
from dashboards.scores import ALL, FEWEST
from planner.language import _

SHOWN = 10  # reasons
NAME_PX = 92
DARKEST = 0.12  # share of contacts that come back from which a cell has the full colour


def of_place(plan: Published, scope: Scope) -> pd.DataFrame:
    """REPEATS of a site and language; a channel is chosen among its rows."""
    table = plan.table("REPEATS")
    return table[(table["site"] == (scope.site or ALL)) & (table["language"] == (scope.language or ALL))]


def reasons(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """One row a reason: reason, anchors, repeats, median_h; the one with most repeats first."""
    mine = rows[(rows["reason"] != ALL) & (rows["next_channel"] == ALL)]
    mine = mine[mine["channel"] == (scope.channel or ALL)]
    return mine[["reason", "anchors", "repeats", "median_h"]].sort_values(
        ["repeats", "reason"], ascending=[False, True]
    )


def repeated_card(plan: Published, chosen: Chosen) -> None:
    """Which reasons bring most contacts back, how often, and after how many hours."""
    about = _("first contacts followed within 7 days by the same customer and reason; most repeats first")
    about, scope = about + chosen.beyond, chosen.scope
    rows = of_place(plan, scope) if plan.has("REPEATS") else pd.DataFrame()
    table = reasons(rows, scope) if len(rows) else rows
    with look.card("repeats", _("What comes back?"), about, data=table, fill=True):
        enough = table[table["anchors"] >= FEWEST] if len(table) else table
        if enough.empty:
            look.nothing(
                _("No windows are over here"),
                _("Too few first contacts are older than 7 days."),
                _("Choose more."),
            )
            return
        heads = [
            Cell(_("Reason"), "left"),
            Cell(_("Came back")),
            Cell(_("Repeats")),
            Cell(_("Of all repeats")),
            Cell(_("Median time")),
            Cell("n"),
        ]
        total = float(table["repeats"].sum())
        look.table(heads, [_reason_row(row, total) for row in enough.head(SHOWN).itertuples()])


def _reason_row(row: Any, total: float) -> list[Cell]:
    return [
        Cell(reason_name(str(row.reason)), "left"),
        Cell(formats.percent(row.repeats / row.anchors), strong=True),
        Cell(formats.number(row.repeats)),
        Cell(formats.percent(row.repeats / total, 0) if total else formats.MISSING),
        Cell(_("{hours} h").format(hours=formats.number(row.median_h)) if row.repeats else formats.MISSING),
        Cell(formats.number(row.anchors)),
    ]


def crossing_card(plan: Published, chosen: Chosen) -> None:
    """On which channel a contact comes back, by the channel it came on."""
    about = _("rows: channel of the first contact; columns: of the next one; % of the first contacts, 7 days")
    about, scope = about + chosen.beyond, chosen.scope
    rows = of_place(plan, scope) if plan.has("REPEATS") else pd.DataFrame()
    table = rows[(rows["reason"] == ALL) & (rows["next_channel"] != ALL)] if len(rows) else rows
    with look.card("crossing", _("On which channel do they come back?"), about, data=table, fill=True):
        enough = table[table["anchors"] >= FEWEST] if len(table) else table
        if enough.empty:
            look.nothing(_("Nobody came back here"), "", _("Choose more."))
            return
        order = list(dict.fromkeys(key.channel for key in plan.centre.queues))
        channels = [name for name in order if name in {*enough["channel"], *enough["next_channel"]}]
        place = enough.set_index(["channel", "next_channel"])
        firsts = [name for name in channels if name in set(enough["channel"])]
        look.tiles(
            [formats.channel(name).replace(" ", "\n") for name in channels],
            [(formats.channel(name), [_tile(place, name, back) for back in channels]) for name in firsts],
            name_width=NAME_PX,
        )


def _tile(place: pd.DataFrame, first: str, back: str) -> Tile | None:
    if (first, back) not in place.index:
        return None
    row = place.loc[(first, back)]
    share = float(row["repeats"] / row["anchors"])
    hint = _("{repeats} of {n}, median {hours} h").format(
        repeats=formats.number(row["repeats"]),
        n=formats.number(row["anchors"]),
        hours=formats.number(row["median_h"]),
    )
    return Tile(formats.number(share * 100, 1), min(share / DARKEST, 1), hint)
