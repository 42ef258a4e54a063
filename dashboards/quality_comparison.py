"""Quality: which languages, sites or channels differ from the others, and which only seem to?"""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards import charts, filters, formats, look
from dashboards.difference_dots import Dot, difference_dots
from dashboards.languages import english_name, short_names
from dashboards.look import Cell
from dashboards.published import Published
from planner.domain.centre import Centre
from planner.language import _, message, ngettext, retold

QUESTION = message("Which sites or languages differ?")
DIMENSIONS = {
    "site": message("By site"),
    "language": message("By language"),
    "channel": message("By channel"),
}
MEASURES = {
    "quality_score": message("Quality score"),
    "critical_customer": message("Customer-critical accuracy"),
    "critical_business": message("Business-critical accuracy"),
    "critical_compliance": message("Compliance-critical accuracy"),
    "fcr_repeat_7d": message("No repeat in 7 days"),
    "fcr_no_escalation": message("No escalation"),
    "service_level": message("Service level"),
}
BY_AGENT = message("random sample of the last 26 weeks; one agent’s evaluations count as a cluster")
BY_WEEK = message("full weeks among the last 26; a week’s contacts count as a cluster")
VERDICTS = {
    "higher": message("different: higher"),
    "lower": message("different: lower"),
    "alike": message("alike"),
    "cannot tell": message("cannot tell"),
    "too few": message("too few"),
}
FEWEST = 20  # below so many no figure is shown


def page(plan: Published) -> None:
    """Every subject against all others together: a word, a dot with its interval, and the figures."""
    if not plan.has("COMPARISONS"):
        state = (
            _("Nothing to compare in this plan"),
            _("Neither evaluations, contacts nor volume of two sites, languages or channels were known."),
            _("Import them, and make the plan again."),
        )
        look.empty_page("comparison", _(QUESTION), origin=plan.origin(), state=state)
        return
    table = plan.table("COMPARISONS")
    with look.head("comparison", _(QUESTION)):
        dimension = _dimension(table)
        mine = table[table["dimension"] == dimension]
        measure = _measure(mine)
    rows = mine[mine["measure"] == measure].sort_values("difference", na_position="last")
    look.about(_line(rows, measure), plan.origin())
    look.say(answer(rows, centre=plan.centre))
    _dots_card(rows, plan.centre)
    _table_card(rows, plan.centre)


def _dimension(table: pd.DataFrame) -> str:
    known = [name for name in DIMENSIONS if name in set(table["dimension"])]
    default = "language" if "language" in known else known[0]
    return (
        filters.choose("dimension", known, default=default, show=lambda name: _(DIMENSIONS[name])) or default
    )


def _measure(mine: pd.DataFrame) -> str:
    known = list(dict.fromkeys(mine["measure"]))
    return filters.choose("measure", known, show=measure_name) or known[0]


def measure_name(measure: str) -> str:
    """The measure as it is chosen; a service level says how it is defined."""
    name, _sign, meaning = measure.partition(": ")
    words = _(MEASURES[name]) if name in MEASURES else name
    return f"{words}: {retold(meaning)}" if meaning else words


def subject_name(dimension: str, subject: str, centre: Centre) -> str:
    """A site, language or channel by its name."""
    if dimension == "site":
        return centre.sites[subject].name if subject in centre.sites else subject
    return short_names(subject) if dimension == "language" else formats.channel(subject)


def _spoken(dimension: str, subject: str, centre: Centre) -> str:
    return english_name(subject) if dimension == "language" else subject_name(dimension, subject, centre)


def _line(rows: pd.DataFrame, measure: str) -> str:
    return _("{measure} · each against all others together · n = {n}").format(
        measure=measure_name(measure), n=formats.number(rows["n"].sum())
    )


def answer(rows: pd.DataFrame, *, centre: Centre) -> str:
    """Who surely differs, below first; what cannot be told stays untold. Rows of one family."""
    told = rows[rows["verdict"] != "too few"]
    if told.empty:
        return _("Nobody has enough to be compared yet: {n} are needed.").format(n=FEWEST)

    def named(verdict: str) -> str:
        mine = told[told["verdict"] == verdict]
        return formats.listed([_spoken(row.dimension, row.subject, centre) for row in mine.itertuples()])

    parts = []
    if (told["verdict"] == "lower").any():
        parts.append(_("!!{names}: lower than the others.!!").format(names=named("lower")))
    if (told["verdict"] == "higher").any():
        parts.append(_("**{names}: higher than the others.**").format(names=named("higher")))
    if not parts:
        parts.append(_("**No difference is sure.**"))
    unknown = int((told["verdict"] == "cannot tell").sum())
    if unknown:
        text = ngettext("{n} cannot be told from the others.", "{n} cannot be told from the others.", unknown)
        parts.append(text.format(n=formats.number(unknown)))
    return formats.sentence(*parts)


def _dots_card(rows: pd.DataFrame, centre: Centre) -> None:
    margin = rows["matters"].iloc[0]
    about = _(
        "difference from all others together, points of 100; line = 95 % interval that holds for all of them "
        "at once; orange = surely lower"
    )
    if pd.notna(margin):
        dotted = _("dotted = {points} points, the smallest difference that matters here")
        about = f"{about}; {dotted.format(points=formats.number(margin * 100, 1))}"
    with look.card("differences", _("Who differs from the others?"), about, data=rows):
        dots = [_dot(row, centre) for row in rows.itertuples()]
        fig = difference_dots(dots, margin=None if pd.isna(margin) else float(margin), words=190)
        charts.show(fig, "differences", alt=_("Differences from all others with intervals"))
        look.foot(
            _(
                "**Different** only where chance explains it in fewer than 1 of 20 such families of "
                "comparisons (p by Holm below 0.05). **Alike** = surely closer than what matters. "
                "**Cannot tell** is not “the same”. Sites and languages do different "
                "work: a difference is no verdict on people."
            )
        )


def _dot(row: Any, centre: Centre) -> Dot:
    few = row.verdict == "too few"
    return Dot(
        subject_name(row.dimension, row.subject, centre),
        row.difference,
        row.low,
        row.high,
        word=_(VERDICTS[row.verdict]),
        small=f"n {formats.number(row.n)}",
        bad=row.verdict == "lower",
        few=few,
    )


def _table_card(rows: pd.DataFrame, centre: Centre) -> None:
    by_week = str(rows["measure"].iloc[0]).startswith(("fcr_", "service_level"))
    about = _(
        "{basis}; against all others together; intervals hold for all comparisons, p by Holm’s method"
    ).format(basis=_(BY_WEEK if by_week else BY_AGENT))
    with look.card("figures", _("What does it rest on?"), about, data=rows):
        heads = [
            Cell(_("Who"), "left"),
            Cell(_("Value")),
            Cell(_("All others")),
            Cell(_("Difference, points")),
            Cell(_("95 % interval")),
            Cell(_("p (Holm)")),
            Cell(_("Would be found from")),
            Cell("n"),
        ]
        look.table(heads, [_figures(row, centre) for row in rows.itertuples()])
        look.foot(
            _(
                "“Would be found from”: a true difference of so many points would be found with a chance "
                "of 80 %. Below {n} no figure is shown."
            ).format(n=FEWEST)
        )


def _figures(row: Any, centre: Centre) -> list[Cell]:
    name = Cell(subject_name(row.dimension, row.subject, centre), "left")
    if pd.isna(row.difference):
        return [name, *[Cell(formats.MISSING)] * 6, Cell(formats.number(row.n))]
    known = pd.notna(row.low)
    spread = f"{formats.points(row.low)} … {formats.points(row.high)}" if known else formats.MISSING
    return [
        name,
        Cell(formats.percent(row.value), strong=True),
        Cell(formats.percent(row.others)),
        Cell(formats.points(row.difference), bad=row.verdict == "lower"),
        Cell(spread),
        Cell(p_words(row.p)),
        Cell(formats.number(row.detectable * 100, 1) if known else formats.MISSING),
        Cell(formats.number(row.n)),
    ]


def p_words(p: float) -> str:
    """A p with two digits, three where it is small: 0.031, < 0.001."""
    if pd.isna(p):
        return formats.MISSING
    return f"<{formats.NO_BREAK}{formats.number(0.001, 3)}" if p < 0.001 else formats.number(p, 3)
