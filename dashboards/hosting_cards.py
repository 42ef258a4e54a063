"""Cards of the page of hosting: sites, moves, pools, service, cost of the three allocations."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.hiring_words import Names, skills_name
from dashboards.hosting_plan import HostingView, moves, pools, sites, targets
from dashboards.hosting_words import ALLOCATIONS, line_name
from dashboards.look import Cell
from planner.language import _, message

SHOWN = 12
FEW = 0.05  # of a person
MEASURES = {
    "service_level": message("service level"),
    "service_level_2": message("second service level"),
    "abandonment": message("abandonment"),
    "occupancy": message("occupancy"),
    "asa_s": message("mean wait"),
    "met_deadline": message("deadline met"),
}


def cost_card(view: HostingView) -> None:
    """What each allocation costs, how many people it takes, and how sure it is."""
    about = _(
        "a week as busy as planned for, in {currency}; cost = paid hours at the site’s rate with night and "
        "Sunday premiums + what is paid once / {weeks} weeks; all three sized by simulation in the same way"
    ).format(currency=view.currency, weeks=view.facts["payback_weeks"])
    with look.card(
        "hosting-cost", _("What does it save?"), about, data=view.tables["HOSTING_SEARCH"], fill=True
    ):
        heads = [
            Cell("", "left"),
            Cell(_("Cost a week")),
            Cell(_("Paid hours")),
            Cell(_("People")),
            Cell(_("Teams")),
            Cell(_("Weeks to come in target")),
        ]
        look.table(heads, [_allocation_row(view, name) for name in ALLOCATIONS])
        best = view.found("proposed")
        look.foot(
            _(
                "Solved to {gap} of a bound that no allocation undercuts, hours counted as the programme "
                "counts them; {choices} teams to choose from, {seconds} CPU seconds."
            ).format(
                gap=formats.percent(best["gap"], 2),
                choices=formats.number(best["choices"]),
                seconds=formats.number(view.tables["HOSTING_SEARCH"]["seconds"].sum()),
            )
        )


def _allocation_row(view: HostingView, name: str) -> list[Cell]:
    row = view.found(name)
    return [
        Cell(
            formats.capital(_(ALLOCATIONS[name])),
            "left",
            strong=name == "proposed",
            small=_("at its best sites") if name == "dedicated" else "",
        ),
        Cell(formats.money(row["certified_cost"], view.currency), strong=name == "proposed"),
        Cell(formats.number(row["paid_h"])),
        Cell(formats.number(row["people"])),
        Cell(formats.number(row["teams"])),
        Cell(formats.chance(row["chance"])),
    ]


def sites_card(view: HostingView, names: Names) -> None:
    """People of each site before and as proposed, who is hired, taught or free, and its seats."""
    rows = sites(view)
    about = _("full-time people; seats = most people at their desks at the same time, remote people left out")
    people = view.tables["HOSTING_PEOPLE"]
    with look.card("hosting-sites", _("What changes at each site?"), about, data=people, fill=True):
        heads = [
            Cell(_("Site"), "left"),
            Cell(_("Before")),
            Cell(_("Proposed")),
            Cell(_("Hire")),
            Cell(_("Teach")),
            Cell(_("Not needed")),
            Cell(_("Seats")),
        ]
        look.table(heads, [_site_row(row, names) for _place, row in rows.iterrows()])


def _site_row(row: pd.Series, names: Names) -> list[Cell]:
    seats = formats.number(row["seats_used"])
    if not pd.isna(row["seats"]):
        seats = _("{n} of {all}").format(n=seats, all=formats.number(row["seats"]))
    return [
        Cell(names.site(str(row["site"])), "left"),
        Cell(formats.number(row["before_people"])),
        Cell(formats.number(row["people"]), strong=True),
        Cell(formats.number(row["hired"]), under=_not_found(row), bad=row["unfilled"] >= FEW),
        *(Cell(formats.number(row[name])) for name in ("taught", "free")),
        Cell(seats, bad=bool(row["seats_used"] > row["seats"])),
    ]


def _not_found(row: pd.Series) -> str:
    """People whom the labour markets of the settings do not have."""
    if row["unfilled"] < FEW:
        return ""
    return _("{n} not to be found").format(n=formats.number(row["unfilled"], 1))


def moves_card(view: HostingView, names: Names) -> None:
    """Work that changes its site, the most first, and what may not move."""
    rows = moves(view)
    about = _("hours of handling a week; what a line loses goes to where it gains, in proportion")
    with look.card("hosting-moves", _("What moves?"), about, data=rows, fill=True):
        if rows.empty:
            look.tell(_("Nothing moves."))
        else:
            heads = [
                Cell(_("Line"), "left"),
                Cell(_("From"), "left"),
                Cell(_("To"), "left"),
                Cell(_("Hours")),
            ]
            look.table(heads, [_move_row(row, names) for _place, row in rows.head(SHOWN).iterrows()])
        if len(rows) > SHOWN:
            look.foot(_("{n} more in the CSV.").format(n=formats.number(len(rows) - SHOWN)))
        for text in _bound(view, names):
            look.foot(text)


def _move_row(row: pd.Series, names: Names) -> list[Cell]:
    return [
        Cell(line_name(str(row["line"]), str(row["language"])), "left"),
        Cell(names.site(str(row["site_from"])), "left"),
        Cell(names.site(str(row["site_to"])), "left"),
        Cell(formats.number(row["hours"]), strong=True),
    ]


def _bound(view: HostingView, names: Names) -> list[str]:
    """What may not move and why, and what the plan could not keep to."""
    said = []
    for bound in view.facts.get("bounds", []):
        where = ", ".join(names.site(site) for site in bound["sites"]) or _("its sites of today")
        text = _("{language} stays at {sites}: {reason}.")
        said.append(text.format(language=skills_name(bound["language"]), sites=where, reason=bound["reason"]))
    for language, alone in view.facts.get("one_site", {}).items():
        where = ", ".join(names.site(site) for site in alone)
        text = _("{language} should have two sites; only {sites} could serve it.")
        said.append(text.format(language=skills_name(language), sites=where))
    return said


def pools_card(view: HostingView, names: Names) -> None:
    """Teams of several languages, how many of their people speak two, and their hours by the model."""
    rows = pools(view).sort_values("people", ascending=False)
    about = _(
        "full-time people; two languages = people who must use two; model = paid hours by the queueing "
        "model, before simulation sized the team"
    )
    data = view.of("HOSTING_TEAMS", "proposed")
    with look.card("hosting-pools", _("Which languages are answered together?"), about, data=data, fill=True):
        if rows.empty:
            look.tell(_("Every language is answered apart: no team of several is cheaper."))
            return
        heads = [
            Cell(_("Team"), "left"),
            Cell(_("People")),
            Cell(_("Two languages")),
            Cell(_("Paid hours")),
            Cell(_("Model")),
        ]
        look.table(heads, [_pool_row(row, names) for _place, row in rows.head(SHOWN).iterrows()])


def _pool_row(row: pd.Series, names: Names) -> list[Cell]:
    channels = ", ".join(formats.channel_words(channel) for channel in str(row["channels"]).split(";"))
    return [
        Cell(skills_name(str(row["skills"])), "left", under=f"{names.site(str(row['site']))} · {channels}"),
        Cell(formats.number(row["people"], 1)),
        Cell(formats.number(row["both"], 1)),
        Cell(formats.number(row["paid_h"])),
        Cell(formats.number(row["model_h"])),
    ]


def service_card(view: HostingView) -> None:
    """The targets nearest to their limit: value with its interval, and the chance of weeks to come."""
    rows = targets(view)
    about = _(
        "simulated on days as busy as planned for, n = {n} weeks, seeds used for nothing else; value with "
        "its 95 % interval; chance = share of the forecast’s sample weeks that meet it; the least sure first"
    ).format(n=int(rows["replications"].max()) if len(rows) else 0)
    data = view.tables["HOSTING_SERVICE"]
    with look.card("hosting-service", _("Does every language meet its targets?"), about, data=data):
        heads = [
            Cell(_("Line"), "left"),
            Cell(_("Measure"), "left"),
            Cell(_("Target")),
            Cell(_("Simulated")),
            Cell(_("95 % interval")),
            Cell(_("Holds")),
            Cell(_("Chance")),
            Cell(_("Chance before")),
        ]
        weakest = rows.sort_values(["holds", "chance", "offered"], ascending=[True, True, False])
        look.table(heads, [_target_row(row) for _place, row in weakest.head(SHOWN).iterrows()])
        look.foot(_("{n} targets in all; every one in the CSV.").format(n=formats.number(len(rows))))


def _target_row(row: pd.Series) -> list[Cell]:
    def written(value: float) -> str:
        if row["measure"] == "asa_s":
            return f"{formats.number(value, 1)}{formats.NO_BREAK}s"
        return formats.percent(value, 1)

    holds = bool(row["holds"])
    return [
        Cell(
            line_name(str(row["line"]), str(row["language"])),
            "left",
            under=formats.channel_words(str(row["channel"])),
        ),
        Cell(_(MEASURES.get(str(row["measure"]), str(row["measure"]))), "left"),
        Cell(written(row["target"])),
        Cell(written(row["value"]), strong=True),
        Cell(f"{written(row['low'])} – {written(row['high'])}"),
        Cell(_("yes") if holds else _("not certain"), bad=not holds),
        Cell(formats.chance(row["chance"])),
        Cell(formats.chance(row["before_chance"])),
    ]
