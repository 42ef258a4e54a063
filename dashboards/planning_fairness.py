"""Planning: is the burden shared fairly?"""

from __future__ import annotations

import pandas as pd

from dashboards import filters, formats, look
from dashboards.fairness_card import fairness_words, groups_card, measure_figures, people_card
from dashboards.formats import capital
from dashboards.published import Published
from dashboards.shortage_card import shortage_card
from dashboards.wishes_card import granted_card, missed_card
from planner.domain.wish_tables import FAIR_MEASURES
from planner.language import _, message, retold

QUESTION = message("Is the burden shared fairly?")
NOT_KNOWN = (
    message("Fairness is not known of this plan"),
    message(
        "It has no schedule, or was published before weekends, nights, late and early shifts were counted."
    ),
    message("Make the plan again: planner plan plan.yaml --store STORE."),
)


def page(plan: Published) -> None:
    """Unwanted shifts against each one's fair share, wishes asked and granted, the shortage by language."""
    if not plan.has("FAIRNESS"):
        look.empty_page("fairness", QUESTION, origin=plan.origin(), state=NOT_KNOWN)
        return
    people = plan.table("FAIRNESS")
    with look.head("fairness", QUESTION):
        every = list(dict.fromkeys(people["site"]))
        site = filters.choose("site", every, show=lambda code: plan.centre.sites[code].name)
        measure = filters.choose("measure", _met(people, str(site)), show=lambda name: capital(retold(name)))
    here = people[people["site"] == site]
    days = plan.scheduled_days
    look.about(
        _("{name} · {days} and the weeks before · shifts a person · {people}").format(
            name=plan.centre.sites[str(site)].name,
            days=formats.span(days[0], days[-1]),
            people=formats.counted(here["agent_id"].nunique(), "{n} person", "{n} people"),
        ),
        plan.origin(),
    )
    groups = plan.table("FAIRNESS_GROUPS")
    groups = groups[groups["site"] == site]
    names = _names(plan)
    mine = here[here["measure"] == measure]
    mine = mine.assign(name=mine["agent_id"].map(names).fillna(mine["agent_id"]))
    look.say(fairness_words(mine, groups[groups["measure"] == measure], str(measure)))
    look.figures(*measure_figures(groups))
    people_card(mine, str(measure))
    left, right = look.pair("wishes", 1, 1)
    with left:
        granted_card(plan, str(site))
    with right:
        shortage_card(plan, str(site))
    missed_card(plan, str(site), names)
    groups_card(groups)


def _names(plan: Published) -> pd.Series:
    """People's names by agent_id."""
    agents = plan.table("AGENTS").drop_duplicates("agent_id").set_index("agent_id")
    return agents["name"] if "name" in agents else agents.index.to_series()


def _met(people: pd.DataFrame, site: str) -> list[str]:
    """The measures of fairness, those that nobody at the site ever met last."""
    here = people[people["site"] == site]
    totals = (here["before"] + here["count"]).groupby(here["measure"]).sum()
    return sorted(FAIR_MEASURES, key=lambda name: totals.get(name, 0) == 0)
