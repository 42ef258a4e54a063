"""Quality: do the raters agree, and what do their differences do to the figures?"""

from __future__ import annotations

import pandas as pd

from dashboards import filters, formats, look
from dashboards.published import Published
from dashboards.raters_agreement import agreement_card, side_by_side
from dashboards.raters_bridges import bridges_card
from dashboards.raters_leniency import calibrate_card, leniency_card, raters
from planner.domain.centre import Centre
from planner.language import _, message, ngettext

QUESTION = message("Do the raters agree?")
ALL = "all"


def page(plan: Published) -> None:
    """Three measures per item, leniency and who should calibrate, and what bridges tell of differences."""
    if not plan.has("LENIENCY"):
        state = (
            _("No raters in this plan"),
            _("No evaluations were known when it was made."),
            _("Import evaluations, calibration sessions among them, and make the plan again."),
        )
        look.empty_page("raters", _(QUESTION), origin=plan.origin(), state=state)
        return
    agreed = plan.table("AGREEMENT")
    with look.head("raters", _(QUESTION)):
        site = _site(plan.table("LENIENCY"), plan.centre)
        form = _form(agreed)
    rows = agreed[(agreed["site"] == (site or ALL)) & (agreed["form"] == form)]
    table = side_by_side(rows) if len(rows) else pd.DataFrame()
    found = raters(plan.table("LENIENCY"), plan.centre, now=_now(plan))
    here = found if site is None else found[found["site"] == site]
    look.about(_line(plan.centre, site, form=form, table=table), plan.origin())
    look.say(answer(table, here))
    left, right = look.pair("raters", 7, 6)
    with left:
        leniency_card(here)
    with right:
        calibrate_card(here, plan.centre)
    _agreement(table)
    bridges_card(plan.table("BRIDGES"), plan.centre)


def _site(leniency: pd.DataFrame, centre: Centre) -> str | None:
    known = [code for code in centre.sites if code in set(leniency["site"])]
    return filters.choose("site", known, every=_("All sites"), show=lambda code: centre.sites[code].name)


def _form(agreed: pd.DataFrame) -> str | None:
    """The form shown: the one with the most contacts, unless another is chosen."""
    largest = agreed.groupby("form")["contacts"].max().sort_values(ascending=False)
    return filters.choose("form", [str(name) for name in largest.index])


def _now(plan: Published) -> pd.Timestamp:
    """The end of the history that the plan was made with; days since are counted from there."""
    start = pd.Timestamp(plan.facts["history_to"])
    end = start + pd.Timedelta(minutes=plan.centre.interval_min)
    return end if end.tzinfo else end.tz_localize("UTC")


def _line(centre: Centre, site: str | None, *, form: str | None, table: pd.DataFrame) -> str:
    where = centre.sites[site].name if site else _("all sites")
    n = int(table["contacts"].max()) if len(table) else 0
    contacts = ngettext("{n} contact scored by several", "{n} contacts scored by several", n)
    parts = [where, form or "", contacts.format(n=formats.number(n)), _("last 12 months")]
    return " · ".join(part for part in parts if part)


def answer(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """How far scores agree, who leans, and whose calibration is overdue."""
    parts = []
    final = table[table["item"] == "final score"] if len(table) else table
    if len(final) and final["reading"].iloc[0] != "few":
        share = formats.percent(final["agreement_value"].iloc[0], 0)
        parts.append(
            _("Two raters’ final scores of a contact lie within 5 points in {share} of pairs.").format(
                share=share
            )
        )
    else:
        parts.append(_("Too few contacts were scored by several raters to say."))
    lean = found[found["leans"]].sort_values("leniency", key=abs, ascending=False)
    if len(lean):
        names = formats.listed(
            [f"{row.rater_id} ({formats.points(row.leniency)})" for row in lean.head(3).itertuples()]
        )
        text = ngettext(
            "!!{n} rater surely leans by 2 points or more!!, most of all {names}.",
            "!!{n} raters surely lean by 2 points or more!!, most of all {names}.",
            len(lean),
        )
        parts.append(text.format(n=len(lean), names=names))
    late = int(found["overdue"].sum())
    if late:
        text = ngettext("{n} rater’s calibration is overdue.", "{n} raters’ calibration is overdue.", late)
        parts.append(text.format(n=late))
    return formats.sentence(*parts)


def _agreement(table: pd.DataFrame) -> None:
    if len(table):
        agreement_card(table)
        return
    with look.card("agreement", _("How far do they agree?"), ""):
        look.nothing(
            _("No common contacts here"),
            _("No contact was scored by two raters of this choice in the last 12 months."),
            _("Choose another site or form, or plan calibration sessions."),
        )
