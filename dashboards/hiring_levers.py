"""Card of the page of hiring: what one thing more does, decisions as they are and planned anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dashboards import formats, look
from dashboards.hiring_weeks import HiringPlan, lever_rows
from dashboards.hiring_words import Names
from dashboards.look import Cell
from planner.language import _, ngettext


def levers_card(plan: HiringPlan, names: Names) -> None:
    """A row a lever: hours short, chance and cost against the plan, as decided and planned anew."""
    rows = lever_rows(plan.levers)
    about = _(
        "whole sites, each lever alone, against this plan at {level}; as decided = classes and courses "
        "stand, overtime and who serves what is arranged anew; planned anew = least cost again; cost in "
        "thousand {currency}, hours short not priced"
    ).format(level=plan.planned.upper(), currency=plan.currency)
    with look.card("levers", _("What would one thing more do?"), about, data=plan.levers):
        if rows.empty:
            look.nothing(
                _("No levers in this plan"),
                _("Its plan.yaml asks for none, or it is older than levers."),
                _("Make it again: planner capacity STORE."),
            )
            return
        week = formats.short_day(rows["watch_week"].iloc[0])
        heads = [
            Cell(_("Lever"), "left"),
            Cell(_("Hours short, as decided")),
            Cell(_("Chance, week of {day}").format(day=week)),
            Cell(_("Cost")),
            Cell(_("Bites most"), "left"),
            Cell(_("Hours short, planned anew")),
            Cell(_("Chance then")),
            Cell(_("Cost")),
            Cell(_("People to hire")),
        ]
        pairs = rows.groupby("lever", sort=False)
        look.table(heads, [_row(pair.set_index("response"), names) for _name, pair in pairs])
        look.foot(
            _(
                "Chance = that a language’s need is met in that week, the mean over languages weighted with "
                "the hours they need."
            )
        )


def _row(pair: pd.DataFrame, names: Names) -> list[Cell]:
    held, anew = pair.loc["held"], pair.loc["anew"]
    return [
        Cell(lever_name(held), "left", strong=True),
        _hours(held),
        _chance(held),
        _cost(held),
        _bites(held, names),
        _hours(anew),
        _chance(anew),
        _cost(anew),
        Cell(formats.signed(anew["hired_change"], 0)),
    ]


def _hours(row: pd.Series) -> Cell:
    return Cell(formats.signed(row["short_change_h"], 0), bad=bool(row["short_change_h"] >= 1))


def _chance(row: pd.Series) -> Cell:
    before = row["chance"] - row["chance_change"]
    return Cell(f"{formats.chance(before)} → {formats.chance(row['chance'])}")


def _cost(row: pd.Series) -> Cell:
    return Cell(formats.signed(row["paid_change"] / 1000, 0))


def _bites(row: pd.Series, names: Names) -> Cell:
    if pd.isna(row["bites_week"]):
        return Cell(formats.MISSING, "left")
    hours = f"{formats.signed(row['bites_h'], 0)}{formats.NO_BREAK}h"
    under = f"{formats.short_day(row['bites_week'])}, {hours}"
    return Cell(names.site(str(row["bites_site"])), "left", under=under)


def lever_name(row: pd.Series) -> str:
    """What a lever is, in the reader's words; the planner's own name where plan.yaml gives one."""
    if row["named"] or " at " in str(row["lever"]):
        return str(row["lever"])
    return SAID[str(row["kind"])](row)


def _freeze(row: pd.Series) -> str:
    weeks = int(row["amount"])
    return ngettext("Hiring freeze of {n} week", "Hiring freeze of {n} weeks", weeks).format(n=weeks)


def _late(row: pd.Series) -> str:
    weeks = int(row["amount"])
    return ngettext("Classes {n} week late", "Classes {n} weeks late", weeks).format(n=weeks)


def _attrition(row: pd.Series) -> str:
    points = formats.signed(100 * row["amount"], 0 if float(100 * row["amount"]).is_integer() else 1)
    return _("Attrition {points} points a month").format(points=points)


def _volume(row: pd.Series) -> str:
    change = formats.with_percent(formats.signed(100 * row["amount"], 0))
    return _("Contacts {change}").format(change=change)


def _overtime(row: pd.Series) -> str:
    return _("Overtime up to {share}").format(share=formats.exact_percent(row["amount"]))


def _classes(row: pd.Series) -> str:
    count = int(row["amount"])
    return ngettext("{n} class more a site", "{n} classes more a site", count).format(n=count)


def _temporaries(row: pd.Series) -> str:
    weeks = int(row["amount"])
    text = ngettext("Temporary people within {n} week", "Temporary people within {n} weeks", weeks)
    return text.format(n=weeks)


def _leave(row: pd.Series) -> str:
    weeks = int(row["weeks"])
    text = ngettext(
        "Leave at most {share} in the busiest week",
        "Leave at most {share} in the {n} busiest weeks",
        weeks,
    )
    return text.format(share=formats.exact_percent(row["amount"]), n=weeks)


SAID: Mapping[str, Callable[[pd.Series], str]] = {
    "freeze": _freeze,
    "late_classes": _late,
    "attrition": _attrition,
    "volume": _volume,
    "overtime": _overtime,
    "more_classes": _classes,
    "temporaries": _temporaries,
    "leave": _leave,
}
