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

QUESTION = "Who works when?"
NO_SCHEDULE = (
    "No schedule in this plan",
    "Nobody was on the roster when it was made, so there are no shifts to show.",
    "Import agents and make the plan again, or schedule from your own tables: planner schedule.",
)
AT_ONCE = 60  # people drawn in one Gantt


def page(plan: Published) -> None:
    """One site's schedule: a day as a Gantt under its coverage, or a week as a grid; who is absent."""
    if not plan.has("SCHEDULE"):
        look.empty_page("schedule", QUESTION, origin=plan.origin(), state=NO_SCHEDULE)
        return
    with look.head("schedule", QUESTION):
        scope = _site_and_language(plan)
        day = filters.one_day(plan.scheduled_days)
        view = filters.choose("view", ["Day", "Week"])
    site = plan.centre.sites[str(scope.site)]
    people = people_of(plan.table("AGENTS"), scope)
    segments = day_segments(plan.table("SCHEDULE"), people, site.time_zone, language=scope.language)
    spoken = both_names(scope.language) if scope.language else "all languages"
    look.about(
        f"{site.name} · {spoken} · {formats.day(day)} {day.year}, {site.name} time · {len(people)} people",
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
    language = filters.choose("language", tags, every="All languages", show=both_names)
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
    text = f"**{formats.counted(count, 'person works', 'people work')} on {day:%A}**"
    if len(cover) and cover["gap"].min() < -0.5:
        worst = cover.loc[cover["gap"].idxmin()]
        text += f", !!{formats.number(-worst['gap'], 1)} too few at {worst['at']}!!."
    else:
        text += "; no interval is short." if len(cover) else "; nothing is needed."
    if broken:
        return f"{text} !!The audit found {formats.counted(broken, 'broken labour rule')}.!!"
    return f"{text} Every labour rule holds in the whole schedule."


def _day_card(today: pd.DataFrame, cover: pd.DataFrame, *, language: str | None) -> None:
    about = (
        "one row a person, with the languages served that day, ordered by start; top: people scheduled "
        "against needed, on the same clock"
    )
    saved = today[["agent_id", "name", "shift", "activity", "language", "channel", "from", "to"]]
    with look.card("gantt", "The day, person by person", about, data=saved):
        if today.empty:
            look.nothing(
                "Nobody is scheduled on this day", "The team has the day off.", "Choose another day."
            )
            return
        colours = look.palette()
        look.tell(shift_words(today))
        other = [Mark("another language", colours.scheduled, "hollow")] if language else []
        look.key(
            Mark("voice", colours.voice),
            Mark("chat and messaging", colours.chat),
            Mark("e-mail and back office", colours.nothing),
            Mark("break or meal", colours.line),
            Mark("training", colours.training),
            *other,
            Mark("needed", colours.ink, "line"),
            Mark("too few", colours.under, "line"),
        )
        order = today.groupby("name")["begin"].min().sort_values(kind="stable").index
        part = _part(len(order))
        shown = list(order[part : part + AT_ONCE])
        charts.show(gantt(today, cover, shown), "gantt", alt="Schedule by person under the coverage curve")
        look.foot(f"Top: people at work on the queues shown, at once. {_drawn(part, len(shown), len(order))}")


def _part(people: int) -> int:
    """Which people are drawn, as the number of the first."""
    firsts = [str(first) for first in range(0, people, AT_ONCE)]

    def words(first: str) -> str:
        return f"people {int(first) + 1}–{min(int(first) + AT_ONCE, people)} of {people}"

    return int(filters.choose("people", firsts, show=words) or 0)


def _drawn(first: int, shown: int, people: int) -> str:
    return f"People {first + 1}–{first + shown} of {people} are drawn." if people > AT_ONCE else ""


def _week_card(plan: Published, people: pd.DataFrame, segments: pd.DataFrame, *, monday: date) -> None:
    away = plan.table("ABSENCES") if plan.has("ABSENCES") else ABSENCES.empty()
    grid = week_grid(segments, people, contracts=plan.centre.contracts, monday=monday)
    grid = with_absences(grid, people, away=away, monday=monday)
    about = (
        f"{formats.span(monday, monday + timedelta(days=6))}; start–end on the site's clock; "
        "empty = day off, · = away; "
        "hours = at work without meals"
    )
    with look.card("week", "The week, person by person", about, data=grid):
        column = st.column_config
        st.dataframe(
            grid.assign(name=LEFT_TO_RIGHT + grid["name"]),
            hide_index=True,
            row_height=28,
            height=min(28 * (len(grid) + 1) + 12, 760),
            key="week-table",
            column_config={
                "name": column.TextColumn("Person", pinned=True, width=150),
                "hours": column.NumberColumn("Hours", format="%.1f", width=64),
                "contract_h": column.NumberColumn("Contract", format="%.0f", width=70),
                "shifts": column.TextColumn("Kind of shift", width=120),
                **{name: column.TextColumn(name, width=98) for name in grid.columns[1:8]},
            },
        )
