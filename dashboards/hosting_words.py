"""What the page of hosting says: the answer in sentences, the strip, and names of lines and allocations."""

from __future__ import annotations

from dashboards import formats
from dashboards.hiring_words import Names
from dashboards.hosting_plan import HostingView, moves, sites
from dashboards.languages import english_name
from dashboards.look import Figure
from planner.language import _, message, ngettext

ALLOCATIONS = {
    "today": message("today’s queues"),
    "dedicated": message("every language apart"),
    "proposed": message("proposed"),
}


def line_name(line: str, language: str) -> str:
    """A line in the reader's language: English (London), of en London."""
    place = line.removeprefix(language).strip()
    return f"{english_name(language)} ({place})" if place else english_name(language)


def answer(view: HostingView, names: Names) -> str:
    """Cost against today and against languages apart, people, whether targets hold, and the largest move."""
    return " ".join(filter(None, [_cost(view), _holds(view), _largest(view, names)]))


def saved(view: HostingView, against: str) -> float:
    """Share of the cost that the proposal saves."""
    before = float(view.found(against)["certified_cost"])
    return 1 - float(view.found("proposed")["certified_cost"]) / before if before else 0.0


def _cost(view: HostingView) -> str:
    best, before = view.found("proposed"), view.found("today")
    return _(
        "**{cost} a week, {saved} less than today’s queues** and {apart} less than every language apart at "
        "its best sites; {people} full-time people instead of {before}."
    ).format(
        cost=formats.money(best["certified_cost"], view.currency),
        saved=formats.percent(saved(view, "today"), 1),
        apart=formats.percent(saved(view, "dedicated"), 1),
        people=formats.number(best["people"]),
        before=formats.number(before["people"]),
    )


def _holds(view: HostingView) -> str:
    service = view.of("HOSTING_SERVICE", "proposed")
    missed = int((~service["holds"].astype(bool)).sum())
    if not missed:
        return _("Simulated on days as busy as planned for, **every language meets every target**.")
    text = ngettext(
        "!!{n} of {all} targets is not certain!! on days as busy as planned for.",
        "!!{n} of {all} targets are not certain!! on days as busy as planned for.",
        missed,
    )
    return text.format(n=formats.number(missed), all=formats.number(len(service)))


def _largest(view: HostingView, names: Names) -> str:
    found = moves(view)
    if found.empty:
        return _("Nothing moves.")
    first = found.iloc[0]
    return _("The largest move: {line}, {hours} h of handling a week from {here} to {there}.").format(
        line=line_name(str(first["line"]), str(first["language"])),
        hours=formats.number(first["hours"]),
        here=names.site(str(first["site_from"])),
        there=names.site(str(first["site_to"])),
    )


def strip(view: HostingView) -> list[Figure]:
    """Cost, paid hours, people, who is hired and taught, and the chance of weeks to come."""
    best, before = view.found("proposed"), view.found(view.before)
    people, had = sites(view), view.of("HOSTING_COST", view.before)
    against = _(ALLOCATIONS[view.before])

    def beside(text: str) -> str:
        return f"{text} · {against}"

    return [
        Figure(
            _("Cost a week"),
            formats.money(best["certified_cost"], view.currency),
            beside(formats.money(before["certified_cost"], view.currency)),
        ),
        Figure(
            _("Paid hours a week"), formats.number(best["paid_h"]), beside(formats.number(before["paid_h"]))
        ),
        Figure(
            _("Full-time people"), formats.number(best["people"]), beside(formats.number(before["people"]))
        ),
        Figure(
            _("To hire and to teach"),
            f"{formats.number(people['hired'].sum())} + {formats.number(people['taught'].sum())}",
            beside(f"{formats.number(had['hired'].sum())} + {formats.number(had['taught'].sum())}"),
        ),
        Figure(
            _("Weeks to come that meet all targets"),
            formats.chance(best["chance"]),
            beside(formats.chance(before["chance"])),
        ),
    ]
