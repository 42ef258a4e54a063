"""Quality: who needs coaching, and what is known of one agent. Never a ranking."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboards import filters, formats, look
from dashboards.agent_cards import evaluations_card, items_card, where_card
from dashboards.languages import both_names, english_name
from dashboards.look import Cell
from dashboards.published import Published
from dashboards.scores import FEWEST
from planner.domain.centre import Centre
from planner.language import _, message, ngettext

QUESTION = message("Who needs coaching, and on what?")
NO_AGENTS = (
    message("No agents’ scores in this plan"),
    message("Neither random evaluations nor a roster were known when it was made."),
    message("Import evaluations and agents, and make the plan again."),
)
SHOWN = 12


def page(plan: Published) -> None:
    """The coaching list of a site, and one agent beside the group and the target."""
    if not plan.has("AGENT_SCORES"):
        look.empty_page("agents", QUESTION, origin=plan.origin(), state=NO_AGENTS)
        return
    agents = plan.table("AGENT_SCORES")
    with look.head("agents", QUESTION):
        known = [code for code in plan.centre.sites if code in set(agents["site"])]
        site = filters.choose("site", known, show=lambda code: plan.centre.sites[code].name) or known[0]
        mine = agents[agents["site"] == site]
        agent = _chosen(mine)
    look.about(_line(plan.centre, site, mine), plan.origin())
    look.say(answer(mine, plan.centre))
    _coaching_card(mine)
    row = mine[mine["agent_id"] == agent].iloc[0].to_dict()
    left, right = look.pair("agents", 5, 6)
    with left:
        where_card(row, plan.table("EVALUATION_SCORES"), name=named(row))
    with right:
        items_card(plan.table("AGENT_ITEMS"), agent=agent, name=named(row))
    evaluations_card(plan.table("EVALUATION_SCORES"), agent=agent, name=named(row))


def named(row: Mapping[Hashable, Any]) -> str:
    """The agent's name, or the id where no name is known."""
    name = row["name"]
    return str(name) if isinstance(name, str) and name else str(row["agent_id"])


def _chosen(mine: pd.DataFrame) -> str:
    """One agent of the site: of the coaching list first, the others by name."""
    names = {str(row["agent_id"]): named(row) for row in mine.to_dict("records")}
    flagged = set(mine.loc[mine["coach"], "agent_id"])
    ordered = sorted(names, key=lambda agent: (agent not in flagged, names[agent].casefold(), agent))
    shown = filters.choose("agent", ordered, show=lambda agent: f"{names[agent]} · {agent}")
    return shown or ordered[0]


def _line(centre: Centre, site: str, mine: pd.DataFrame) -> str:
    n = int(mine["n"].sum())
    scored = ngettext("{n} random evaluation", "{n} random evaluations", n).format(n=formats.number(n))
    people = ngettext("{n} agent", "{n} agents", len(mine)).format(n=formats.number(len(mine)))
    span = _("last {days} days").format(days=centre.quality.coaching.days)
    return " · ".join([centre.sites[site].name, people, scored, span])


def answer(mine: pd.DataFrame, centre: Centre) -> str:
    """How many to coach, by what rule."""
    target = mine["target"].iloc[0]
    if pd.isna(target):
        return _(
            "**No target is set for agents**, so nobody is named. Write quality.coaching.target in plan.yaml."
        )
    rule = _("chance above {chance} that the true score is below {target}").format(
        chance=formats.percent(centre.quality.coaching.chance, 0), target=formats.number(target * 100)
    )
    count = int(mine["coach"].sum())
    if not count:
        return _("**Nobody here needs coaching for sure** ({rule}).").format(rule=rule)
    text = ngettext("!!{n} agent!! to coach: {rule}.", "!!{n} agents!! to coach: {rule}.", count)
    unsure = int(((mine["p_below"] > 0.5) & ~mine["coach"]).sum())
    more = ngettext(
        "{n} more is rather below than above, too few evaluations to say.",
        "{n} more are rather below than above, too few evaluations to say.",
        unsure,
    )
    parts = [text.format(n=formats.number(count), rule=rule)]
    return formats.sentence(*parts, *([more.format(n=formats.number(unsure))] if unsure else []))


def _coaching_card(mine: pd.DataFrame) -> None:
    rows = mine[mine["coach"]].sort_values(["language", "agent_id"])
    about = _(
        "by language and id, not by score; expected score with its 95 % interval, raters’ leniency taken off"
    )
    with look.card("coaching", _("Whom to coach?"), about, data=rows):
        if rows.empty:
            look.nothing(
                _("Nobody for sure"),
                _("No agent’s true score is below the target with enough certainty."),
                _("Go on sampling at random."),
            )
            return
        heads = [
            Cell(_("Agent"), "left"),
            Cell(_("Language"), "left"),
            Cell(_("Expected score")),
            Cell(_("Group")),
            Cell(_("Chance below target")),
            Cell(_("Evaluations")),
            Cell(_("Loses most at"), "left"),
        ]
        look.table(heads, [_coach_row(row) for row in rows.head(SHOWN).to_dict("records")])
        if len(rows) > SHOWN:
            more = len(rows) - SHOWN
            look.foot(ngettext("{n} more in the CSV.", "{n} more in the CSV.", more).format(n=more))


def _coach_row(row: Mapping[Hashable, Any]) -> list[Cell]:
    n = int(row["n"])
    spread = f"{formats.number(row['low'] * 100)}–{formats.number(row['high'] * 100)}"
    shown = formats.number(row["posterior"] * 100, 1) if n >= FEWEST else spread
    weakest = row["weakest"] if isinstance(row["weakest"], str) else formats.MISSING
    lost = row["weakest_points"]
    return [
        Cell(named(row), "left", under=str(row["agent_id"])),
        Cell(english_name(str(row["language"])), "left", hint=both_names(str(row["language"]))),
        Cell(shown, under=spread if n >= FEWEST else _("shown from {n} on").format(n=FEWEST)),
        Cell(formats.number(row["group"] * 100, 1)),
        Cell(formats.chance(row["p_below"])),
        Cell(formats.number(n)),
        Cell(
            weakest,
            "left",
            under=_("{points} points of 100").format(points=formats.number(lost, 1))
            if pd.notna(lost)
            else "",
        ),
    ]
