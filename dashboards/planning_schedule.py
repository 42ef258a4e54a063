"""Planning: who works when?"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.clock import on_clock
from dashboards.filters import Scope
from dashboards.languages import LEFT_TO_RIGHT, both_names
from dashboards.look import Cell, Mark
from dashboards.planning_coverage import NO_SCHEDULE, net
from dashboards.published import Published
from dashboards.roster import day_segments, gantt, people_of, week_grid
from planner.domain.centre import Centre

QUESTION = "Who works when?"
AT_ONCE = 60  # people drawn in one Gantt


def page(plan: Published) -> None:
    """One site's schedule: a day as a Gantt under its coverage, or a week as a grid; then the report."""
    if not plan.has("SCHEDULE"):
        look.empty_page("schedule", QUESTION, origin=plan.origin(), state=NO_SCHEDULE)
        return
    with look.head("schedule", QUESTION):
        scope = _site_and_language(plan)
        day = filters.one_day(plan.scheduled_days)
        view = filters.choose("view", ["Day", "Week"])
    site = plan.centre.sites[str(scope.site)]
    people = people_of(plan.table("AGENTS"), scope)
    segments = day_segments(plan.table("SCHEDULE"), people, site.time_zone)
    spoken = both_names(scope.language) if scope.language else "all languages"
    look.about(
        f"{site.name} · {spoken} · {formats.day(day)} {day.year}, {site.name} time · {len(people)} people",
        plan.origin(),
    )
    today = segments[segments["day"] == pd.Timestamp(day)]
    cover = _cover(plan, scope, day=day, zone=site.time_zone)
    violations = plan.table("VIOLATIONS")
    look.say(answer(today, cover, day=day, broken=len(violations)))
    if view == "Week":
        _week_card(plan, people, segments, monday=_monday(day, plan))
    else:
        _day_card(today, cover)
    _report_card(
        plan.table("SCHEDULE_REPORT"), site=str(scope.site), violations=violations, centre=plan.centre
    )


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


def _day_card(today: pd.DataFrame, cover: pd.DataFrame) -> None:
    about = "one row a person, ordered by start; top: people scheduled against needed, on the same clock"
    saved = today[["agent_id", "name", "shift", "activity", "language", "channel", "from", "to"]]
    with look.card("gantt", "The day, person by person", about, data=saved):
        if today.empty:
            look.nothing(
                "Nobody is scheduled on this day", "The team has the day off.", "Choose another day."
            )
            return
        colours = look.palette()
        look.key(
            Mark("voice", colours.voice),
            Mark("chat and messaging", colours.chat),
            Mark("e-mail and back office", colours.nothing),
            Mark("break or meal", colours.line),
            Mark("training", colours.training),
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
    grid = week_grid(segments, people, contracts=plan.centre.contracts, monday=monday)
    about = (
        f"{formats.span(monday, monday + timedelta(days=6))}; start–end on the site's clock; "
        "empty = day off; "
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
                **{name: column.TextColumn(name, width=98) for name in grid.columns[1:8]},
            },
        )


def _report_card(report: pd.DataFrame, *, site: str, violations: pd.DataFrame, centre: Centre) -> None:
    mine = report[report["site"] == site].sort_values("week")
    about = (
        "agent-hours; cost = penalty of what is short, over and unwanted; "
        "bound = no legal schedule can cost less; "
        "gap = (cost − bound) / cost"
    )
    with look.card("report", "How good is the schedule?", about, data=mine):
        names = [
            "Week",
            "People",
            "Needed h",
            "Scheduled h",
            "Short h",
            "Over h",
            "Cost",
            "Bound",
            "Gap",
            "Stopped",
        ]
        look.table(
            [Cell(names[0], "left"), *(Cell(name) for name in names[1:-1]), Cell(names[-1], "left")],
            [_report_row(row) for row in mine.to_dict("records")],
        )
        look.foot(f"{centre.sites[site].name}. {audit_words(violations)}")


def _report_row(row: dict[str, object]) -> list[Cell]:
    names = ("agents", "required_h", "scheduled_h", "under_h", "over_h", "cost", "bound")
    cells = [Cell(formats.number(float(str(row[name])))) for name in names]
    monday = pd.Timestamp(str(row["week"]))
    return [
        Cell(formats.week(monday), "left", small=formats.short_day(monday), strong=True),
        *cells,
        Cell(formats.percent(float(str(row["gap"])))),
        Cell(str(row["stopped"]), "left", small=f"{formats.number(float(str(row['seconds'])), 1)} s"),
    ]


def audit_words(violations: pd.DataFrame) -> str:
    """What the independent audit found, rule by rule."""
    if violations.empty:
        return "Audit, independent of the solver: no labour rule is broken."
    counts = violations["rule"].value_counts()
    found = formats.listed([f"{rule} ({formats.number(count)})" for rule, count in counts.items()])
    count = formats.counted(len(violations), "rule broken", "rules broken")
    return f"Audit, independent of the solver: !!{count}!!: {found}."
