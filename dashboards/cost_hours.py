"""What an hour costs: pay by contract and site, premiums and how many hours carry one."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboards import formats, look
from dashboards.cost_plan import EVERY, WeekCost, by_place, local_money
from dashboards.hiring_words import Names
from dashboards.look import Cell
from planner.domain.centre import Centre
from planner.language import _

PREMIUMS = ("night", "sunday", "holiday", "overtime")
OF_HOUR = ["site", "wage_local", "loading", "loaded_local"]


def premiums_card(cost: WeekCost, names: Names) -> None:
    """Hours that carry a premium and what it adds, by site."""
    rows = by_place(cost)
    rows = rows[rows["level"] != "region"]
    about = _("paid hours of the week; in grey the premium alone, {currency}").format(currency=cost.currency)
    with look.card("cost-premiums", _("Which hours are dear?"), about, data=rows, fill=True):
        heads = [
            Cell(_("Site"), "left"),
            Cell(_("Nights")),
            Cell(_("Sundays")),
            Cell(_("Holidays")),
            Cell(_("Overtime")),
            Cell(_("Premiums of all")),
        ]
        look.table(heads, [_premium_row(row, names) for _place, row in rows.iterrows()])
        look.foot(_("Nights, Sundays and holidays overlap: an hour may stand in several columns."))


def _premium_row(row: pd.Series, names: Names) -> list[Cell]:
    every = row["level"] == EVERY
    hours = [_premium_cell(row, name, strong=every) for name in PREMIUMS]
    share = row["premiums"] / row["total"] if row["total"] > 0 else None
    name = _("all sites") if every else names.site(str(row["name"]))
    return [Cell(name, "left", strong=every), *hours, Cell(formats.percent(share), strong=every)]


def _premium_cell(row: pd.Series, name: str, *, strong: bool) -> Cell:
    """Hours, and behind them the premium; nothing behind hours there are none of."""
    hours, premium = float(row[f"{name}_h"]), float(row[name])
    return Cell(formats.number(hours), small=formats.number(premium) if hours > 0 else "", strong=strong)


def hours_card(cost: WeekCost, names: Names, centre: Centre) -> None:
    """The loaded hour of every site and contract; contracts of the same pay in one row."""
    about = _("site's own money; loaded = wage × (1 + what is paid on it); premiums on the loaded hour")
    with look.card("cost-hours", _("What does an hour cost?"), about, data=cost.hours):
        heads = [
            Cell(_("Site"), "left"),
            Cell(_("Contracts"), "left"),
            Cell(_("Wage")),
            Cell(_("Paid on it")),
            Cell(_("Loaded hour")),
            Cell(_("In {currency}").format(currency=cost.currency)),
            Cell(_("Night")),
            Cell(_("Sunday")),
            Cell(_("Holiday")),
            Cell(_("Overtime")),
            Cell(_("Seat a month, {currency}").format(currency=cost.currency)),
        ]
        groups = cost.hours.groupby(OF_HOUR, sort=False, dropna=False)
        look.table(heads, [_hour_row(rows, names) for _key, rows in groups])
        look.foot(exchange_words(cost, centre))


def _hour_row(rows: pd.DataFrame, names: Names) -> list[Cell]:
    first, contracts = rows.iloc[0], formats.listed([str(name) for name in rows["contract"]])
    currency = str(first["currency"])
    premiums = [Cell(formats.exact_percent(first[f"{name}_premium"])) for name in PREMIUMS]
    return [
        Cell(names.site(str(first["site"])), "left"),
        Cell(contracts, "left"),
        Cell(local_money(first["wage_local"], currency)),
        Cell(formats.exact_percent(first["loading"])),
        Cell(local_money(first["loaded_local"], currency), strong=True),
        Cell(formats.number(first["loaded"], 2), strong=True),
        *premiums,
        Cell(formats.number(first["seat_per_month"])),
    ]


def exchange_words(cost: WeekCost, centre: Centre) -> str:
    """The rates the plan was added up by, and the day they were quoted."""
    quoted, for_one = centre.rates.quoted_on, centre.rates.for_one
    used = [name for name in dict.fromkeys(cost.hours["currency"]) if name in for_one]
    if quoted is None or not used:
        return ""
    rates = formats.listed([f"{formats.exact(for_one[str(name)])}{formats.NO_BREAK}{name}" for name in used])
    text = _("One {currency} is {rates}: rates of {day}, fixed in plan.yaml and never fetched.")
    return text.format(currency=cost.currency, rates=rates, day=_day(quoted))


def _day(quoted: date) -> str:
    return formats.long_day(quoted)
