"""Quality: what a site lead should look at today, the most urgent first."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboards import filters, formats, look
from dashboards.look import Cell
from dashboards.published import Published
from planner.domain.centre import Centre
from planner.language import _, message, ngettext
from planner.language.words import inside
from planner.scorecards.today import ERROR_DAYS, URGENCY
from planner.scorecards.today_words import ADVICE, KINDS, queue, seen, subject

QUESTION = message("What needs me today?")
SHOWN = 8  # matters of one kind on the page; all are in the CSV
NOW = ("compliance", "auto_fail")  # kinds that cannot wait
NO_EVALUATIONS = (
    message("No evaluations in this plan"),
    message("None were known when it was made."),
    message("Import evaluations and make the plan again."),
)
ABOUT = {
    "compliance": message("a compliance-critical item failed; last {days} days, random and targeted stream"),
    "auto_fail": message("another critical item failed: the final score is 0; last {days} days"),
    "dispute": message("raised and not decided, the oldest first"),
    "signal": message(
        "a week beyond the control limits, or eight weeks on one side of their mean; last two full weeks"
    ),
    "coach": message(
        "true score below the target with more than the chance asked; no ranking: each stands for itself"
    ),
    "calibration": message("raters at work whose last calibration is longer ago than the plan asks"),
    "sampling": message("random evaluations behind an even pace through the month"),
}


def page(plan: Published) -> None:
    """The matters of one site, a card a kind, in the order of urgency."""
    if not plan.has("EVALUATION_SCORES"):
        look.empty_page("today", QUESTION, origin=plan.origin(), state=NO_EVALUATIONS)
        return
    matters = plan.table("TODAY")
    with look.head("today", QUESTION):
        sites = list(plan.centre.sites)
        site = filters.choose("site", sites, show=lambda code: plan.centre.sites[code].name) or sites[0]
    mine = matters[matters["site"] == site]
    look.about(_line(plan, site, mine), plan.origin())
    look.say(answer(mine, plan.centre.sites[site].name))
    for kind in URGENCY:
        rows = mine[mine["kind"] == kind]
        if len(rows):
            _card(kind, rows)
    _elsewhere(matters, plan.centre, site=site)


def _line(plan: Published, site: str, mine: pd.DataFrame) -> str:
    count = ngettext("{n} matter", "{n} matters", len(mine)).format(n=formats.number(len(mine)))
    until = _("as of {day}").format(day=formats.day_and_year(plan.history_end))
    return f"{plan.centre.sites[site].name} · {until} · {count}"


def answer(mine: pd.DataFrame, site: str) -> str:
    """What cannot wait, and how much else there is."""
    if mine.empty:
        return _(
            "**Nothing waits at {site}.** No critical error, dispute or signal; nothing is overdue."
        ).format(site=site)
    kinds = mine["kind"].value_counts()
    urgent = int(sum(kinds.get(kind, 0) for kind in NOW))
    parts = []
    if urgent:
        text = ngettext(
            "!!{n} critical error!! in the last {days} days.",
            "!!{n} critical errors!! in the last {days} days.",
            urgent,
        )
        parts.append(text.format(n=formats.number(urgent), days=ERROR_DAYS))
    else:
        parts.append(_("**No critical error** in the last {days} days.").format(days=ERROR_DAYS))
    others = [
        f"{inside(_(KINDS[kind]))} {formats.number(kinds[kind])}"
        for kind in URGENCY
        if kind not in NOW and kind in kinds
    ]
    if others:
        parts.append(_("Also waiting: {matters}.").format(matters=formats.listed(others)))
    return formats.sentence(*parts)


def _card(kind: str, rows: pd.DataFrame) -> None:
    records = rows.to_dict("records")
    about = _(ABOUT[kind]).format(days=ERROR_DAYS)
    with look.card(
        f"today-{kind}", f"{_(KINDS[kind])} · {formats.number(len(rows))}", about, data=written(rows)
    ):
        heads = [
            Cell(_("What"), "left"),
            Cell(_("Since"), "left"),
            Cell(_("Seen"), "left"),
            Cell(_("So"), "left"),
        ]
        look.table(heads, [_cells(row) for row in records[:SHOWN]])
        more = len(records) - SHOWN
        if more > 0:
            text = ngettext("{n} more in the CSV.", "{n} more in the CSV.", more)
            look.foot(text.format(n=formats.number(more)))


def _cells(row: Mapping[Hashable, Any]) -> list[Cell]:
    matter = {str(name): value for name, value in row.items()}
    agent = matter["subject"] if isinstance(matter.get("name"), str) else ""
    head, *rest = subject(matter).split(" · ", 1)
    under = " · ".join(part for part in (str(agent), *rest) if part)
    since = formats.short_day(matter["since"].date()) if pd.notna(matter["since"]) else formats.MISSING
    return [
        Cell(head or queue(matter), "left", under=under),
        Cell(since, "left"),
        Cell(seen(matter), "left"),
        Cell(_(ADVICE[str(matter["kind"])]), "left"),
    ]


def written(rows: pd.DataFrame) -> pd.DataFrame:
    """The matters in words beside their numbers, for the CSV."""
    records = [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
    return rows.assign(
        seen=[seen(row) for row in records], so=[_(ADVICE[str(row["kind"])]) for row in records]
    )


def _elsewhere(matters: pd.DataFrame, centre: Centre, *, site: str) -> None:
    """How much waits at the other sites."""
    others = matters[matters["site"] != site]
    table = others.groupby(["site", "kind"]).size().unstack(fill_value=0)
    about = _("matters by kind; site leads see their own list by choosing the site above")
    with look.card("elsewhere", _("And at the other sites?"), about, data=table.reset_index()):
        if table.empty:
            look.nothing(_("Nothing waits elsewhere"), "", "")
            return
        kinds = [kind for kind in URGENCY if kind in table.columns]
        heads = [Cell(_("Site"), "left"), *(Cell(_(KINDS[kind])) for kind in kinds)]
        rows = [
            [Cell(centre.sites[code].name, "left"), *(_count(table, code, kind) for kind in kinds)]
            for code in centre.sites
            if code in table.index
        ]
        look.table(heads, rows)


def _count(table: pd.DataFrame, site: str, kind: str) -> Cell:
    count = int(table.loc[site, kind])
    return Cell(formats.number(count) if count else formats.MISSING, bad=bool(count) and kind in NOW)
