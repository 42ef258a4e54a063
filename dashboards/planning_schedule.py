"""Planning: who works when?"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.absent_card import NEVER, absent, absent_card, unrostered
from dashboards.clock import on_clock
from dashboards.filters import Scope
from dashboards.languages import LEFT_TO_RIGHT, both_names
from dashboards.look import Mark
from dashboards.planning_coverage import net
from dashboards.published import Published
from dashboards.roster import day_segments, gantt, people_of, shift_words
from dashboards.week_grid import week_grid, with_absences
from planner.domain.tables import ABSENCES
from planner.language import _, message, ngettext

QUESTION = message("Who works when?")
NO_SCHEDULE = (
    message("No schedule in this plan"),
    message("Nobody was on the roster when it was made, so there are no shifts to show."),
    message("Import agents and make the plan again, or schedule from your own tables: planner schedule."),
)
VIEWS = {"Day": message("Day"), "Week": message("Week")}
AT_ONCE = 60  # people drawn in one Gantt


def page(plan: Published) -> None:
    """One site's schedule: a day as a Gantt under its coverage, or a week as a grid; who is absent."""
    if not plan.has("SCHEDULE"):
        look.empty_page("schedule", QUESTION, origin=plan.origin(), state=NO_SCHEDULE)
        return
    with look.head("schedule", QUESTION):
        scope = _site_and_language(plan)
        day = filters.one_day(plan.scheduled_days)
        view = filters.choose("view", list(VIEWS), show=lambda name: _(VIEWS[name]))
    site = plan.centre.sites[str(scope.site)]
    people = people_of(plan.table("AGENTS"), scope)
    segments = day_segments(plan.table("SCHEDULE"), people, site.time_zone, language=scope.language)
    spoken = both_names(scope.language) if scope.language else _("all languages")
    look.about(
        " · ".join(
            [
                site.name,
                spoken,
                f"{formats.day_and_year(day)}, {_('{site} time').format(site=site.name)}",
                formats.counted(len(people), "{n} person", "{n} people"),
            ]
        ),
        plan.origin(),
    )
    today = segments[segments["day"] == pd.Timestamp(day)]
    cover = _cover(plan, scope, day=day, zone=site.time_zone)
    look.say(answer(today, cover, day=day, broken=len(plan.table("VIOLATIONS"))))
    away = plan.table("ABSENCES") if plan.has("ABSENCES") else ABSENCES.empty()
    missing = unrostered(
        absent(people, today, away=away, day=day), segments["agent_id"], plan.facts.get("notes", ())
    )
    if view == "Week":
        _week_card(plan, people, segments, monday=_monday(day, plan))
        absent_card(missing[missing["why"].isin(NEVER)])
    else:
        _day_card(today, cover, language=scope.language)
        absent_card(missing)


def _site_and_language(plan: Published) -> Scope:
    centre = plan.centre
    staffed = [code for code in centre.sites if code in set(plan.table("AGENTS", "site")["site"])]
    site = filters.choose("site", staffed, show=lambda code: centre.sites[code].name)
    tags = list(dict.fromkeys(key.language for key in centre.queues if key.site == site))
    language = filters.choose("language", tags, every=_("All languages"), show=both_names)
    return Scope(site, language, None)


def _monday(day: date, plan: Published) -> date:
    return max(day - timedelta(days=day.weekday()), plan.first_day)


def _cover(plan: Published, scope: Scope, *, day: date, zone: str) -> pd.DataFrame:
    """Queues of the scope together: at, needed, scheduled, gap, in time order."""
    rows = on_clock(scope.of(plan.table("COVERAGE")), zone)
    return net(rows[rows["day"] == pd.Timestamp(day)])


def answer(today: pd.DataFrame, cover: pd.DataFrame, *, day: date, broken: int) -> str:
    """People at work that day, the interval most short, and whether every labour rule holds.

    `today` has agent_id per segment, `cover` has at and gap; `broken` counts the audit's findings.
    """
    count = today["agent_id"].nunique()
    text = ngettext("**{n} person works on {day}**;", "**{n} people work on {day}**;", count)
    text = text.format(n=formats.number(count), day=formats.weekday(day))
    gap = _("no interval is short.") if len(cover) else _("nothing is needed.")
    if len(cover) and cover["gap"].min() < -0.5:
        worst = cover.loc[cover["gap"].idxmin()]
        gap = _("!!{n} too few at {clock}!!.").format(n=formats.number(-worst["gap"], 1), clock=worst["at"])
    law = _("Every labour rule holds in the whole schedule.")
    return formats.sentence(text, gap, broken_words(broken) if broken else law)


def broken_words(broken: int) -> str:
    """How many breaches the audit found."""
    return formats.counted(
        broken, "!!The audit found {n} broken labour rule.!!", "!!The audit found {n} broken labour rules.!!"
    )


def _day_card(today: pd.DataFrame, cover: pd.DataFrame, *, language: str | None) -> None:
    about = _(
        "one row a person, with the languages served that day, ordered by start; top: people scheduled "
        "against needed, on the same clock"
    )
    saved = today[["agent_id", "name", "shift", "activity", "language", "channel", "from", "to"]]
    with look.card("gantt", _("The day, person by person"), about, data=saved):
        if today.empty:
            look.nothing(
                _("Nobody is scheduled on this day"), _("The team has the day off."), _("Choose another day.")
            )
            return
        colours = look.palette()
        look.tell(shift_words(today))
        other = [Mark(_("another language"), colours.scheduled, "hollow")] if language else []
        look.key(
            Mark(_("voice"), colours.voice),
            Mark(_("chat and messaging"), colours.chat),
            Mark(_("e-mail and back office"), colours.nothing),
            Mark(_("break or meal"), colours.line),
            Mark(_("training"), colours.training),
            *other,
            Mark(_("needed"), colours.ink, "line"),
            Mark(_("too few"), colours.under, "line"),
        )
        order = today.groupby("name")["begin"].min().sort_values(kind="stable").index
        part = _part(len(order))
        shown = list(order[part : part + AT_ONCE])
        charts.show(gantt(today, cover, shown), "gantt", alt=_("Schedule by person under the coverage curve"))
        top = _("Top: people at work on the queues shown, at once.")
        look.foot(formats.sentence(top, _drawn(part, len(shown), len(order))))


def _part(people: int) -> int:
    """Which people are drawn, as the number of the first."""
    firsts = [str(first) for first in range(0, people, AT_ONCE)]

    def words(first: str) -> str:
        return _("people {first}–{last} of {people}").format(
            first=int(first) + 1, last=min(int(first) + AT_ONCE, people), people=people
        )

    return int(filters.choose("people", firsts, show=words) or 0)


def _drawn(first: int, shown: int, people: int) -> str:
    if people <= AT_ONCE:
        return ""
    text = _("People {first}–{last} of {people} are drawn.")
    return text.format(first=first + 1, last=first + shown, people=people)


def _week_card(plan: Published, people: pd.DataFrame, segments: pd.DataFrame, *, monday: date) -> None:
    away = plan.table("ABSENCES") if plan.has("ABSENCES") else ABSENCES.empty()
    grid = week_grid(segments, people, contracts=plan.centre.contracts, monday=monday)
    grid = with_absences(grid, people, away=away, monday=monday)
    about = _(
        "{days}; start–end on the site's clock; empty = day off, · = away; hours = at work without meals"
    ).format(days=formats.span(monday, monday + timedelta(days=6)))
    with look.card("week", _("The week, person by person"), about, data=grid):
        column = st.column_config
        st.dataframe(
            grid.assign(name=LEFT_TO_RIGHT + grid["name"]),
            hide_index=True,
            row_height=28,
            height=min(28 * (len(grid) + 1) + 12, 760),
            key="week-table",
            column_config={
                "name": column.TextColumn(_("Person"), pinned=True, width=150),
                "hours": column.NumberColumn(_("Hours"), format="%.1f", width=64),
                "contract_h": column.NumberColumn(_("Contract"), format="%.0f", width=70),
                "shifts": column.TextColumn(_("Kind of shift"), width=120),
                **{name: column.TextColumn(name, width=98) for name in grid.columns[1:8]},
            },
        )
