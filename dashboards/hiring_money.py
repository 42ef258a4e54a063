"""Cards of the page of hiring: what it costs, and who comes and goes."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.hiring_weeks import HiringPlan, by_month, gap
from dashboards.hiring_words import Names, thousand
from dashboards.look import Cell
from planner.language import _, message, retold

PROVEN = message("within the gap")  # as the search of a site says it
PAID = ("wages", "training_wages", "overtime", "hiring", "courses")


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
            Cell(_("of them in training")),
            Cell(_("Overtime")),
            Cell(_("Hiring")),
            Cell(_("Courses")),
            Cell(_("Paid")),
            Cell(_("Paid a contact, {currency}").format(currency=plan.currency)),
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
    names = [
        "wages",
        "training_wages",
        "overtime",
        "hiring",
        "courses",
        "shortage",
        "total",
        "bound",
        "contacts",
    ]
    sums = cost[names].sum(min_count=1)
    return pd.concat([sums.astype(object), pd.Series({"gap": gap(cost), "stopped": PROVEN})])


def _cost_row(name: str, row: pd.Series, *, of: float) -> list[Cell]:
    """Thousands of the currency; below the gap, why the search ended where it did not prove it small."""
    spent = float(row["total"] - row["shortage"])
    each = spent / row["contacts"] if row["contacts"] > 0 else None
    stopped = "" if row["stopped"] == PROVEN else retold(str(row["stopped"]))
    return [
        Cell(name, "left"),
        *(Cell(_thousands(row[part], of=of)) for part in PAID),
        Cell(thousand(spent, of=of), strong=True),
        Cell(formats.number(each, 2)),
        *(Cell(thousand(row[part], of=of)) for part in ("shortage", "total", "bound")),
        Cell(formats.percent(row["gap"], 2), under=stopped),
    ]


def _thousands(amount: float, *, of: float) -> str:
    return formats.MISSING if pd.isna(amount) else thousand(amount, of=of)


def headcount_card(plan: HiringPlan) -> None:
    """Who comes and goes by month: every row adds up to who is employed."""
    months = by_month(plan.heads)
    months["on_duty"] = months["on_ramp"] + months["experienced"]
    about = _(
        "expected people, so fractions; months of the weeks' Mondays; "
        "before + hired + taught in − taught away − left = employed at the month's end "
        "= in training + on duty; on duty = on ramp + experienced"
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
            Cell(_("on duty")),
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
        *(
            Cell(formats.number(row[part], 1))
            for part in ("in_training", "on_duty", "on_ramp", "experienced")
        ),
    ]
