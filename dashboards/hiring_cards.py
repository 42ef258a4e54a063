"""Cards of the page of hiring: classes to decide, risk, cost by site, headcount."""

from __future__ import annotations

import pandas as pd

from dashboards import charts, formats, look
from dashboards.hiring_weeks import HiringPlan, by_month, gap, risks, to_decide
from dashboards.hiring_words import Names, skills_name, thousand
from dashboards.languages import english_name
from dashboards.look import Cell
from planner.language import _, message, retold

SHOWN = 12
EVEN = 0.5
PROVEN = message("within the gap")  # as the search of a site says it


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
    look.table(heads, [_class_row(row, plan.currency, names) for _place, row in rows.head(SHOWN).iterrows()])
    _more(len(rows))


def _more(rows: int) -> None:
    if rows > SHOWN:
        look.foot(_("{n} more in the CSV.").format(n=formats.number(rows - SHOWN)))


def _class_row(row: pd.Series, currency: str, names: Names) -> list[Cell]:
    when = _("decided") if row["decided"] else formats.day(row["decide_by"])
    classes = formats.counted(int(row["classes"]), "{n} class", "{n} classes")
    return [
        Cell(when, "left", strong=not row["decided"]),
        Cell(
            skills_name(str(row["skills"])), "left", under=f"{names.site(str(row['site']))} · {row['kind']}"
        ),
        Cell(formats.number(row["people"]), under=classes),
        Cell(formats.short_day(row["first_day"])),
        Cell(formats.short_day(row["on_contact"])),
        Cell(formats.money(row["cost"], currency)),
    ]


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


def cost_card(plan: HiringPlan, names: Names) -> None:
    """What each site's plan costs, what no plan can undercut, and how far apart the two are."""
    about = _(
        "thousand {currency}; whole sites over all weeks; paid = wages + overtime + hiring + courses; "
        "gap = (paid + hours short at their price − bound) ÷ (paid + hours short at their price)"
    ).format(currency=plan.currency)
    with look.card("capacity-cost", _("What does it cost, and how good is it?"), about, data=plan.cost):
        heads = [
            Cell(_("Site"), "left"),
            Cell(_("Wages")),
            Cell(_("Overtime")),
            Cell(_("Hiring")),
            Cell(_("Courses")),
            Cell(_("Paid")),
            Cell(_("Hours short, priced")),
            Cell(_("Together")),
            Cell(_("Bound: no plan costs less")),
            Cell(_("Gap")),
        ]
        whole = _together(plan.cost)
        rows = [
            _cost_row(names.site(str(row["site"])), row, of=float(whole["total"]))
            for _place, row in plan.cost.iterrows()
        ]
        if len(plan.cost) > 1:
            rows.append(_cost_row(_("all sites"), whole, of=float(whole["total"])))
        look.table(heads, rows)
        seconds = formats.number(plan.cost["seconds"].sum(), 1)
        look.foot(
            _("Hours short have a price only to be weighed against hiring; nobody pays it.")
            + " "
            + _("Searched for {seconds} CPU seconds.").format(seconds=seconds)
        )


def _together(cost: pd.DataFrame) -> pd.Series:
    sums = cost[["wages", "overtime", "hiring", "courses", "shortage", "total", "bound"]].sum()
    return pd.concat([sums.astype(object), pd.Series({"gap": gap(cost), "stopped": PROVEN})])


def _cost_row(name: str, row: pd.Series, *, of: float) -> list[Cell]:
    """Thousands of the currency; below the gap, why the search ended where it did not prove it small."""
    paid_k = thousand(float(row["total"] - row["shortage"]), of=of)
    stopped = "" if row["stopped"] == PROVEN else retold(str(row["stopped"]))
    return [
        Cell(name, "left"),
        *(Cell(thousand(row[part], of=of)) for part in ("wages", "overtime", "hiring", "courses")),
        Cell(paid_k, strong=True),
        *(Cell(thousand(row[part], of=of)) for part in ("shortage", "total", "bound")),
        Cell(formats.percent(row["gap"], 2), under=stopped),
    ]


def headcount_card(plan: HiringPlan) -> None:
    """Who comes and goes by month: every row adds up to who is employed."""
    months = by_month(plan.heads)
    about = _(
        "expected people, so fractions; months of the weeks' Mondays; "
        "before + hired + taught in − taught away − left = employed at the month's end"
    )
    with look.card("headcount", _("Who comes, learns and leaves?"), about, data=plan.heads):
        heads = [
            Cell(_("Month"), "left"),
            Cell(_("Before")),
            Cell(_("+ hired")),
            Cell(_("+ taught in")),
            Cell(_("− taught away")),
            Cell(_("− left")),
            Cell(_("= employed")),
            Cell(_("in training")),
            Cell(_("on ramp")),
            Cell(_("experienced")),
        ]
        look.table(heads, [_month_row(row) for _place, row in months.iterrows()])


def _month_row(row: pd.Series) -> list[Cell]:
    name = _("all weeks") if pd.isna(row["month"]) else formats.capital(formats.month(row["month"]))
    flow = ("before", "hired", "taught_in", "taught_away", "left")
    return [
        Cell(name, "left"),
        *(Cell(formats.number(row[part], 1)) for part in flow),
        Cell(formats.number(row["employed"], 1), strong=True),
        *(Cell(formats.number(row[part], 1)) for part in ("in_training", "on_ramp", "experienced")),
    ]
