"""Cards of the page of hiring: classes to decide, and when it is at risk."""

from __future__ import annotations

import pandas as pd

from dashboards import charts, formats, look
from dashboards.hiring_weeks import HiringPlan, risks, to_decide
from dashboards.hiring_words import Names, skills_name
from dashboards.languages import english_name
from dashboards.look import Cell
from planner.language import _

SHOWN = 12
EVEN = 0.5


def classes_card(plan: HiringPlan, names: Names) -> None:
    """Classes in the order in which they must be decided, then courses."""
    about = _("people in class; cost = hiring and classes, without wages; in the order of decisions")
    with look.card("classes", _("Which classes, and by when?"), about, data=plan.classes, fill=True):
        if plan.classes.empty:
            look.tell(_("No class is needed."))
        else:
            _classes_table(plan, names)
        if len(plan.courses):
            _courses_table(plan, names)


def _classes_table(plan: HiringPlan, names: Names) -> None:
    heads = [
        Cell(_("Decide by"), "left"),
        Cell(_("For"), "left"),
        Cell(_("People")),
        Cell(_("Class from")),
        Cell(_("On contact")),
        Cell(_("Cost")),
    ]
    decided = plan.classes[plan.classes["decided"].astype(bool)].sort_values("first_day")
    rows = pd.concat([to_decide(plan.classes), decided])
    look.table(heads, [_class_row(row, plan, names) for _place, row in rows.head(SHOWN).iterrows()])
    _more(len(rows))


def _more(rows: int) -> None:
    if rows > SHOWN:
        look.foot(_("{n} more in the CSV.").format(n=formats.number(rows - SHOWN)))


def _class_row(row: pd.Series, plan: HiringPlan, names: Names) -> list[Cell]:
    classes = formats.counted(int(row["classes"]), "{n} class", "{n} classes")
    return [
        _when(row, plan.as_of),
        Cell(
            skills_name(str(row["skills"])), "left", under=f"{names.site(str(row['site']))} · {row['kind']}"
        ),
        Cell(formats.number(row["people"]), under=classes),
        Cell(formats.short_day(row["first_day"])),
        Cell(formats.short_day(row["on_contact"])),
        Cell(formats.money(row["cost"], plan.currency)),
    ]


def _when(row: pd.Series, as_of: pd.Timestamp) -> Cell:
    """The last day to decide; one that is over says how long."""
    if row["decided"]:
        return Cell(_("decided"), "left")
    late = (as_of - row["decide_by"]).days
    under = formats.counted(late, "{n} day late", "{n} days late") if late > 0 else ""
    return Cell(formats.day(row["decide_by"]), "left", strong=True, bad=late > 0, under=under)


def _courses_table(plan: HiringPlan, names: Names) -> None:
    look.tell(_("Whom to teach another language:"))
    heads = [
        Cell(_("Week of"), "left"),
        Cell(_("Who"), "left"),
        Cell(_("Learn"), "left"),
        Cell(_("People")),
        Cell(_("Cost")),
    ]
    rows = plan.courses.sort_values("week").head(SHOWN)
    look.table(
        heads,
        [
            [
                Cell(formats.short_day(row.week), "left"),
                Cell(names.who(row.site, row.skills), "left"),
                Cell(skills_name(row.adds), "left"),
                Cell(formats.number(row.people)),
                Cell(formats.money(row.cost, plan.currency)),
            ]
            for row in rows.itertuples()
        ],
    )


def risk_card(plan: HiringPlan, names: Names) -> None:
    """Each language and site with its chance by week, the weakest first."""
    rows = risks(plan.supply)
    about = _(
        "chance that the week's supply meets its need, over forecast paths and who may leave; "
        "dashed = 50 %; the weakest first"
    )
    data = plan.supply[["site", "language", "week", "chance", "short_h", "spare_h"]]
    with look.card("risk", _("When is it at risk?"), about, data=data, fill=True):
        if rows.empty:
            look.nothing(
                _("No chances in this plan"),
                _("It was made without forecast paths."),
                _("Make it again: planner capacity STORE."),
            )
            return
        heads = [
            Cell(_("Language"), "left"),
            Cell(_("Chance by week"), "left"),
            Cell(_("Weakest week")),
            Cell(_("Short then")),
            Cell(_("Weeks below 50 %")),
        ]
        look.table(heads, [_risk_row(row, names) for _place, row in rows.head(SHOWN).iterrows()])
        _more(len(rows))


def _risk_row(row: pd.Series, names: Names) -> list[Cell]:
    weak = bool(row["chance"] < EVEN)
    below = _("{n} of {weeks}").format(n=row["weeks_below"], weeks=row["weeks"])
    hours = formats.number(row["short_h"])
    return [
        Cell(english_name(str(row["language"])), "left", under=names.site(str(row["site"]))),
        Cell(_("chance by week"), "left", picture=charts.spark(row["chances"], EVEN)),
        Cell(formats.chance(row["chance"]), strong=weak, bad=weak, under=formats.short_day(row["week"])),
        Cell(f"{hours}{formats.NO_BREAK}h"),
        Cell(below, bad=row["weeks_below"] > 0),
    ]
