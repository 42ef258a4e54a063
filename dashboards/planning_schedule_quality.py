"""Planning: how good is the schedule?"""

from __future__ import annotations

import pandas as pd

from dashboards import filters, formats, look
from dashboards.explain_card import explain_cards
from dashboards.gap_card import Row, effort_card, gap_cards, gap_figures, gap_words, whole
from dashboards.planning_schedule import broken_words
from dashboards.published import Published
from dashboards.rules_card import rules_card
from planner.language import _, message
from planner.pipeline.schedule_quality import rules_checked

QUESTION = message("How good is the schedule?")
NO_SCHEDULE = (
    message("No schedule in this plan"),
    message("Cost, bound and rules are known of a schedule; no agents were known when this plan was made."),
    message("Import agents and make the plan again, or see schedule_weeks in plan.yaml."),
)


def page(plan: Published) -> None:
    """Distance to the bound, why the search stopped, every rule with what was found, and what explains it."""
    if not plan.has("SCHEDULE_REPORT"):
        look.empty_page("quality", QUESTION, origin=plan.origin(), state=NO_SCHEDULE)
        return
    with look.head("quality", QUESTION):
        every = list(dict.fromkeys(plan.table("SCHEDULE_REPORT", "site")["site"]))
        site = filters.choose("site", every, every=_("All sites"), show=lambda code: _name(plan, code))
    sites = [site] if site else every
    report = _of(plan.table("SCHEDULE_REPORT"), sites)
    broken = _of_people(plan, plan.table("VIOLATIONS"), sites)
    days = plan.scheduled_days
    look.about(
        _("{place} · {days} · penalty units and agent-hours").format(
            place=_name(plan, site) if site else _("all sites"), days=formats.span(days[0], days[-1])
        ),
        plan.origin(),
    )
    total = whole(report)
    look.say(answer(total, broken=len(broken)))
    look.figures(*gap_figures(total))
    gap_cards(report, plan.centre)
    explain_cards(plan, sites)
    shifts = _of(plan.table("SCHEDULE", "site", "agent_id", "day"), sites).drop_duplicates()
    law = [plan.centre.sites[code] for code in sites]
    rules_card(broken, law, shifts=len(shifts), people=shifts["agent_id"].nunique())
    effort_card(report, plan.centre)


def _name(plan: Published, code: str) -> str:
    return plan.centre.sites[code].name


def _of(frame: pd.DataFrame, sites: list[str]) -> pd.DataFrame:
    return frame[frame["site"].isin(sites)]


def _of_people(plan: Published, violations: pd.DataFrame, sites: list[str]) -> pd.DataFrame:
    """The violations of the sites' people."""
    people = _of(plan.table("AGENTS", "agent_id", "site"), sites)["agent_id"]
    return violations[violations["agent_id"].isin(people)]


def answer(total: Row, *, broken: int) -> str:
    """How much better any schedule could be, and whether it is legal."""
    text = gap_words(total)
    if broken:
        return f"{text} {broken_words(broken)}"
    return f"{text} " + _("All {n} labour rules hold.").format(n=len(rules_checked()))
