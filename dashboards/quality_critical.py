"""Critical accuracy by class with interval and target, and how far the month's sample has come."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.filters import Scope
from dashboards.look import Cell
from dashboards.scores import FEWEST, subject
from planner.domain.centre import Centre
from planner.domain.quality import QualityTargets, TargetName
from planner.language import _, message
from planner.scorecards.sampling import half_width

CLASSES: tuple[tuple[str, TargetName, str], ...] = (
    ("customer", "critical_customer", message("Customer-critical")),
    ("business", "critical_business", message("Business-critical")),
    ("compliance", "critical_compliance", message("Compliance-critical")),
)


def critical_card(rows: pd.DataFrame, scope: Scope, targets: QualityTargets) -> None:
    """Each class: per evaluation and per opportunity, against its target; the targeted stream apart."""
    mine = subject(rows[rows["measure"].str.startswith("critical_accuracy_")], scope).set_index("measure")
    about = _("random sample, %, with 95 % intervals (Wilson); orange = surely below the target")
    with look.card(
        "critical", _("How often is nothing critical wrong?"), about, data=mine.reset_index(), fill=True
    ):
        found = [each for each in CLASSES if f"critical_accuracy_{each[0]}" in mine.index]
        if not found:
            look.nothing(
                _("No critical items here"),
                _("No random evaluation of this choice scored a critical item."),
                _("Choose another, or mark items as critical on the form."),
            )
            return
        heads = [
            Cell(_("Class"), "left"),
            Cell(_("Per evaluation")),
            Cell(_("Target")),
            Cell(_("Per opportunity")),
            Cell(_("Targeted stream")),
        ]
        look.table(heads, [_row(mine, kind, _(name), targets.of(asked)) for kind, asked, name in found])
        look.foot(
            _(
                "Per evaluation: 1 − evaluations with an error of the class / evaluations scored for it. Per "
                "opportunity: 1 − items failed / items scored. The targeted stream looks for trouble and "
                "estimates nothing."
            )
        )


def _row(mine: pd.DataFrame, kind: str, name: str, target: float | None) -> list[Cell]:
    own = f"critical_accuracy_{kind}"
    row = mine.loc[own]
    below = target is not None and row["n"] >= FEWEST and row["high"] < target
    return [
        Cell(name, "left"),
        _share(mine, own, bad=bool(below)),
        Cell(formats.MISSING if target is None else formats.percent(target)),
        _share(mine, f"{own}_per_opportunity", bad=False),
        _share(mine, f"{own}_targeted", bad=False),
    ]


def _share(mine: pd.DataFrame, measure: str, *, bad: bool) -> Cell:
    if measure not in mine.index:
        return Cell(formats.MISSING)
    row = mine.loc[measure]
    n = _("n {n}").format(n=formats.number(row["n"]))
    if row["n"] < FEWEST:
        return Cell(formats.MISSING, under=_("{n}, shown from {fewest}").format(n=n, fewest=FEWEST))
    spread = f"{formats.number(row['low'] * 100, 1)}–{formats.number(row['high'] * 100, 1)}"
    return Cell(formats.percent(row["value"]), under=f"{spread}, {n}", bad=bad)


def sample_card(sampling: pd.DataFrame, draws: pd.DataFrame, scope: Scope, *, centre: Centre) -> None:
    """Evaluations done of those asked this month, by site; the contacts drawn to score next as CSV."""
    mine = _inside(sampling, scope)
    asked = centre.quality.sampling
    about = _(
        "random evaluations of {month}, asked so that a queue’s monthly mean is known to ± {width}; "
        "the CSV lists the contacts drawn to score next"
    )
    month = formats.month(mine["month"].iloc[0].date()) if len(mine) else ""
    about = about.format(month=month, width=formats.number(asked.half_width * 100))
    with look.card("sample", _("How far is the sample?"), about, data=_inside(draws, scope), fill=True):
        if mine.empty:
            look.nothing(_("No sample to plan"), _("No contacts or no scores are known here."), "")
            return
        heads = [
            Cell(_("Site"), "left"),
            Cell(_("Done")),
            Cell(_("Asked")),
            Cell(_("Known to ±")),
            Cell(_("Hours left")),
        ]
        rows = [
            _progress(rows, centre.sites[str(site)].name) for site, rows in mine.groupby("site", sort=False)
        ]
        look.table(heads, [*rows, *([_progress(mine, _("All"))] if len(rows) > 1 else [])])
        look.foot(
            _(
                "n = n0 / (1 + (n0 − 1) / N), n0 = (1.96 s / E)²; s from the last half year. "
                "An evaluation takes {minutes} min."
            ).format(minutes=formats.number(asked.minutes))
        )


def _progress(rows: pd.DataFrame, name: str) -> list[Cell]:
    done, contacts = rows["done"].sum(), rows["contacts"].sum()
    width = 100 * float(half_width(rows["spread"].mean(), n=done, contacts=contacts))
    return [
        Cell(name, "left"),
        Cell(formats.number(done)),
        Cell(formats.number(rows["asked"].sum())),
        Cell(formats.number(width, 1) if done >= FEWEST else formats.MISSING),
        Cell(formats.number(rows["hours"].sum(), 1)),
    ]


def _inside(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    parts = {"site": scope.site, "language": scope.language, "channel": scope.channel}
    for column, value in parts.items():
        if value:
            frame = frame[frame[column] == value]
    return frame
