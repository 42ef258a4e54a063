"""Planning: where should we serve each language?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from dashboards import charts, filters, formats, look
from dashboards.hiring_words import Names
from dashboards.hosting_cards import cost_card, moves_card, pools_card, service_card, sites_card
from dashboards.hosting_map import drawing as map_drawing
from dashboards.hosting_map import marks as map_marks
from dashboards.hosting_matrix import drawing as matrix_drawing
from dashboards.hosting_matrix import marks as matrix_marks
from dashboards.hosting_plan import BEFORE, HostingView, channel_groups, matrix, moves, sites
from dashboards.hosting_words import ALLOCATIONS, answer, strip
from dashboards.published import Published
from planner.language import _, message
from planner.pipeline.hosting import Hosted, newest_hosting
from planner.store import Store

QUESTION = message("Where should we serve each language?")
NO_PLAN = (
    message("No hosting plan yet"),
    message("Sites and teams are chosen by a command of its own; this store has no such plan."),
    message("Say in plan.yaml who could serve what where (hosting:), then: planner hosting STORE"),
)


def page(plan: Published) -> None:
    """The map, the matrix, what moves, who is needed, what it costs, and whether every target holds."""
    hosted = newest_hosting(Store(Path(plan.folder)))
    if hosted is None:
        look.empty_page("hosting", QUESTION, origin=plan.origin(), state=NO_PLAN)
        return
    names = Names(plan.centre)
    with look.head("hosting", QUESTION):
        view = _chosen(hosted)
    look.about(_period(view), origin(hosted))
    look.say(answer(view, names))
    look.figures(*strip(view))
    _map_card(view, names)
    _matrix_card(view, names)
    _pairs(view, names)
    service_card(view)


def _chosen(hosted: Hosted) -> HostingView:
    """Channels, and what the proposal is held against."""
    groups = channel_groups(hosted.tables["HOSTING"])
    channels = filters.choose("channel", groups, every=_("All channels"), show=_channels)
    before = filters.choose("against", list(BEFORE), show=lambda name: formats.capital(_(ALLOCATIONS[name])))
    return HostingView(hosted.tables, hosted.facts, channels, before or BEFORE[0])


def _channels(group: str) -> str:
    return ", ".join(formats.channel_words(channel) for channel in group.split(";"))


def _period(view: HostingView) -> str:
    monday = date.fromisoformat(str(view.facts["week"]))
    days = formats.span(monday, monday + timedelta(days=6))
    channels = _channels(view.channels) if view.channels else _("all channels")
    level = formats.with_percent(str(view.facts["level"])[1:])
    return _("week of {days} UTC, planned for days as busy as the {level} day · {channels}").format(
        days=days, level=level, channels=channels
    )


def origin(hosted: Hosted) -> str:
    """Which hosting plan this is, when it was made, and whether there is a newer forecast."""
    moment = f"{formats.long_day(hosted.made_at)}, {hosted.made_at:%H:%M} UTC"
    parts = [
        str(hosted.facts["name"]),
        _("hosting plan {name}, made {moment}").format(name=hosted.plan_id, moment=moment),
        _("synthetic sample: every row is invented") if hosted.facts.get("synthetic") else "",
        _("a forecast was published since; numbers are those of the one before") if hosted.newer else "",
    ]
    return " · ".join(filter(None, parts))


def _map_card(view: HostingView, names: Names) -> None:
    about = _("full-time people of all channels; sites by their time zone’s city, near ones moved apart")
    left, right = look.pair("hosting-map", 13, 10)
    with (
        left,
        look.card("hosting-map", _("Which sites grow, and what moves?"), about, data=sites(view), fill=True),
    ):
        map_marks()
        fig = map_drawing(sites(view), moves(view), names.centre)
        charts.show(
            fig, "hosting-map", alt=_("Sites by people before and as proposed, and work between them")
        )
    with right:
        sites_card(view, names)


def _matrix_card(view: HostingView, names: Names) -> None:
    rows = matrix(view)
    about = _(
        "share of the line’s hours of handling that a site answers, {before} → proposed; largest line first"
    )
    about = about.format(before=_(ALLOCATIONS[view.before]))
    with look.card("hosting-matrix", _("Which language where?"), about, data=rows):
        matrix_marks()
        fig = matrix_drawing(rows, names)
        charts.show(fig, "hosting-matrix", alt=_("Share of each line’s work by site, before and as proposed"))


def _pairs(view: HostingView, names: Names) -> None:
    left, right = look.pair("hosting-moves", 1, 1)
    with left:
        moves_card(view, names)
    with right:
        pools_card(view, names)
    cost_card(view)
