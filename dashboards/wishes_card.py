"""What people wished for and what they got."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats, look
from dashboards.languages import LEFT_TO_RIGHT
from dashboards.look import Cell
from dashboards.published import Published
from planner.language import _, message, retold

MADE = (
    message("day off"),
    message("preferred start"),
    message("day of work"),
)  # the others are the plan's own
MOST = 500  # wishes listed, the dearest; the file has all
LOW = 0.5  # share granted; less is worth a look
NO_WISHES = (
    message("No wishes are known"),
    message("Nobody at this site has wishes in this plan, or it was published before wishes were counted."),
    message("Import PREFERENCES (planner tables says how) and make the plan again."),
)


def granted_by_wish(wishes: pd.DataFrame) -> pd.DataFrame:
    """WISHES of all weeks together: wish, asked, granted, share, amount, unit, price.

    Those people made come first, the dearest of them first. The others are
    the plan's own: premiums, steadiness, fairness.
    """
    sums = wishes.groupby("wish", as_index=False).agg(
        asked=("asked", "sum"),
        granted=("granted", "sum"),
        amount=("amount", "sum"),
        unit=("unit", "first"),
        price=("price", "sum"),
    )
    shares = sums.assign(share=sums["granted"] / sums["asked"].where(sums["asked"] > 0))
    return _made_first(shares)


def _made_first(rows: pd.DataFrame) -> pd.DataFrame:
    """What people asked for themselves, then the rest; the dearest first in both."""
    order = rows.assign(own=rows["wish"].isin(MADE)).sort_values(["own", "price"], ascending=False)
    return order.drop(columns="own").reset_index(drop=True)


def granted_card(plan: Published, site: str) -> None:
    """Asked and granted, wish by wish."""
    _granted_card(_of(plan, "WISHES", site), plan.centre.currency)


def missed_card(plan: Published, site: str, names: pd.Series) -> None:
    """Every wish that was not granted; `names` of people by agent_id."""
    if len(_of(plan, "WISHES", site)):
        _missed_card(_of(plan, "MISSED_WISHES", site), names)


def _of(plan: Published, name: str, site: str) -> pd.DataFrame:
    if not plan.has(name):
        return pd.DataFrame()
    rows = plan.table(name)
    return rows[rows["site"] == site]


def _granted_card(wishes: pd.DataFrame, currency: str) -> None:
    about = _("agent-days on which it was asked or could be missed; penalty units; people's own wishes first")
    with look.card("wishes", _("Do people get what they wish for?"), about, data=wishes, fill=True):
        if wishes.empty:
            look.nothing(*NO_WISHES)
            return
        found = granted_by_wish(wishes)
        heads = (_("Asked"), _("Granted"), _("Share"), _("Missed by"), _("Price"))
        look.table(
            [Cell(_("Wish"), "left"), *(Cell(name) for name in heads)],
            [_granted(row, currency) for row in found.to_dict("records")],
        )
        look.foot(_("Wishes are soft: each has a weight in plan.yaml, weighed against coverage."))


def _granted(row: Mapping[Hashable, Any], currency: str) -> list[Cell]:
    low = row["asked"] > 0 and row["share"] < LOW
    missed = (
        f"{formats.number(row['amount'])} {retold(row['unit'])}" if row["amount"] > 0 else formats.MISSING
    )
    if row["unit"] == "money" and row["amount"] > 0:
        missed = formats.money(row["amount"], currency)
    return [
        Cell(retold(str(row["wish"])), "left", strong=True),
        Cell(formats.number(row["asked"])),
        Cell(formats.number(row["granted"])),
        Cell(f"▼ {formats.percent(row['share'], 0)}" if low else formats.percent(row["share"], 0), bad=low),
        Cell(missed),
        Cell(formats.number(row["price"])),
    ]


def _missed_card(missed: pd.DataFrame, names: pd.Series) -> None:
    about = _("people's own wishes first, by price: penalty units at the weights of plan.yaml")
    rows = _made_first(missed)
    with look.card("missed", _("Which wishes were not granted?"), about, data=rows):
        if rows.empty:
            look.nothing(_("No wish"), _("Every wish was granted."), "")
            return
        people = rows["who"].map(names).fillna(rows["who"]).astype("str")
        told = {name: rows[name].map(retold) for name in ("wish", "note")}
        shown = rows.assign(person=LEFT_TO_RIGHT + people, **told).head(MOST)
        column = st.column_config
        st.dataframe(
            shown[["day", "person", "wish", "note", "price"]],
            hide_index=True,
            row_height=30,
            height=min(30 * (len(shown) + 1) + 4, 330),
            key="missed-rows",
            column_config={
                "day": column.DateColumn(_("Day"), format=formats.column_day(), width=110),
                "person": column.TextColumn(_("Person"), width=170),
                "wish": column.TextColumn(_("Wish"), width=120),
                "note": column.TextColumn(_("Wished for, and what came"), width=520),
                "price": column.NumberColumn(_("Price"), format="%.0f", width=70),
            },
        )
