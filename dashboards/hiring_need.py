"""Cards of the page of hiring: need by channel, and seats."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.hiring_weeks import HiringPlan, by_channel, fullest, in_fte
from dashboards.hiring_words import Names
from dashboards.look import Cell
from planner.domain.capacity_tables import LEVELS
from planner.language import _


def channels_card(plan: HiringPlan) -> None:
    """Full-time equivalents by channel in the week of the greatest need, at each level."""
    rows = by_channel(plan)
    about = _(
        "full-time equivalents: paid hours ÷ {hours} contract hours a week; levels of the week of the "
        "greatest need; mean of {n} weeks at {level}; every queue and week is in the CSV"
    ).format(
        hours=formats.number(plan.fte_h, 1),
        n=formats.number(plan.supply["week"].nunique()),
        level=plan.level.upper(),
    )
    with look.card(
        "need-channel", _("How many are needed, by channel?"), about, data=in_fte(plan), fill=True
    ):
        if rows.empty:
            look.nothing(
                _("No need by channel in this plan"),
                _("Nothing is needed here, or the plan does not know the channels."),
                _("Make it again: planner capacity STORE."),
            )
            return
        week = formats.short_day(rows["week"].iloc[0])
        heads = [
            Cell(_("Channel"), "left"),
            *(Cell(_("{level}, week of {day}").format(level=level.upper(), day=week)) for level in LEVELS),
            Cell(_("Mean week")),
        ]
        body = [
            _channel_row(formats.channel(str(row["channel"])), row, plan.level) for _n, row in rows.iterrows()
        ]
        body.append(_channel_row(_("all channels"), rows[[*LEVELS, "mean"]].sum(), plan.level))
        look.table(heads, body)


def _channel_row(name: str, row: pd.Series, level: str) -> list[Cell]:
    return [
        Cell(name, "left"),
        *(Cell(formats.number(row[each], 1), strong=each == level) for each in LEVELS),
        Cell(formats.number(row["mean"], 1)),
    ]


def seats_card(plan: HiringPlan, names: Names) -> None:
    """Each site's fullest week against its seats, and what a seat more would save."""
    rows = fullest(plan.seats)
    about = _(
        "whole sites; seats taken in the busiest interval of the fullest week by people on contact, those "
        "who work from home left out, and in training"
    )
    with look.card("seats", _("Are there seats for all?"), about, data=plan.seats, fill=True):
        if rows.empty:
            look.nothing(
                _("No seats in this plan"),
                _("No site says how many seats it has, or the plan is older than seats."),
                _("Say sites.CODE.seats in plan.yaml, then: planner capacity STORE."),
            )
            return
        heads = [
            Cell(_("Site"), "left"),
            Cell(_("Seats")),
            Cell(_("Taken")),
            Cell(_("Week of")),
            Cell(_("In training")),
            Cell(_("Weeks that bind")),
            Cell(_("A seat more saves")),
        ]
        look.table(heads, [_seat_row(row, plan.currency, names) for _n, row in rows.iterrows()])
        look.foot(
            _(
                "Seats bind where a class more would pay if it had room; what a seat more saves is the sum "
                "over these weeks of its price in the plan whose people can be divided."
            )
        )


def _seat_row(row: pd.Series, currency: str, names: Names) -> list[Cell]:
    binds = int(row["binds"]) > 0
    return [
        Cell(names.site(str(row["site"])), "left"),
        Cell(formats.number(row["seats"])),
        Cell(formats.number(row["taken"]), strong=True, bad=bool(row["taken"] > row["seats"] + 0.5)),
        Cell(formats.short_day(row["week"])),
        Cell(formats.number(row["in_training"])),
        Cell(formats.number(row["binds"]) if binds else _("none")),
        Cell(formats.money(row["worth"], currency) if binds else formats.MISSING),
    ]
