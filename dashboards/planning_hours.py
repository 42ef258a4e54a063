"""Planning: which hours go to payroll, and the schedule as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import filters, formats, look
from dashboards.hours_chart import contract_card
from dashboards.languages import LEFT_TO_RIGHT
from dashboards.look import Figure
from dashboards.published import Published
from planner.exporters.packed import packed
from planner.pipeline.published_schedule import published_schedule
from planner.store import Store, plans

QUESTION = "Which hours go to payroll?"
NO_HOURS = (
    "No hours for payroll in this plan",
    "It has no schedule, or was published before plans came with hours for payroll.",
    "Make the plan again, or: planner export STORE --what payroll --out FOLDER.",
)
FILES = {
    "excel": ("Excel workbook", "schedule.xlsx", "rosters by site and week, coverage, hours"),
    "calendars": ("Calendars, one a person", "calendars.zip", "iCalendar files; new ones update the old"),
    "payroll": ("Hours for payroll", "pay_hours.csv", "by person and week"),
    "segments": ("Segments", "segments.csv", "flat, for other systems"),
}
TOTAL = "total"


def page(plan: Published) -> None:
    """Paid hours, overtime, nights, Sundays and holidays by person, against the contract; downloads."""
    if not plan.has("PAY_HOURS"):
        look.empty_page("hours", QUESTION, origin=plan.origin(), state=NO_HOURS)
        return
    hours = plan.table("PAY_HOURS")
    with look.head("hours", QUESTION):
        every = [code for code in plan.centre.sites if code in set(hours["site"])]
        site = filters.choose("site", every, every="All sites", show=lambda code: _name(plan, code))
        week = filters.choose("week", _weeks(hours), every="All weeks", show=_week_words)
    rows = _chosen(hours, site, week)
    look.about(
        f"{_name(plan, site) if site else 'all sites'} · {_span(plan, week)} · paid hours, shifts counted on "
        f"the local day they start · {formats.counted(len(rows), 'person', 'people')}",
        plan.origin(),
    )
    look.say(answer(rows))
    look.figures(*figures(rows))
    contract_card(rows)
    _files_card(plan, site)
    _people_card(rows.assign(name=rows["agent_id"].map(_names(plan)).fillna(rows["agent_id"])))


def _name(plan: Published, code: str) -> str:
    return plan.centre.sites[code].name


def _weeks(hours: pd.DataFrame) -> list[str]:
    mondays = sorted(hours.loc[hours["period"] == "week", "period_start"].unique())
    return [f"{monday:%Y-%m-%d}" for monday in mondays]


def _week_words(text: str) -> str:
    monday = date.fromisoformat(text)
    return f"{formats.week(monday)}, {formats.short_day(monday)}"


def _span(plan: Published, week: str | None) -> str:
    if week:
        return f"week of {formats.long_day(date.fromisoformat(week))}"
    return formats.span(plan.scheduled_days[0], plan.scheduled_days[-1])


def _chosen(hours: pd.DataFrame, site: str | None, week: str | None) -> pd.DataFrame:
    """One row a person: the week's, or all weeks'."""
    wanted = hours["period"] == TOTAL if week is None else hours["period_start"] == pd.Timestamp(week)
    kept = wanted & (hours["period"] == (TOTAL if week is None else "week"))
    return hours[kept & ((hours["site"] == site) | (site is None))].reset_index(drop=True)


def answer(rows: pd.DataFrame) -> str:
    """Hours paid, how many of them cost more, and how many people stay below their contract.

    `rows` are PAY_HOURS, one a person.
    """
    sums = rows[["paid_h", "overtime_h", "night_h", "sunday_h", "holiday_h"]].sum()
    parts = [
        f"{formats.number(sums[f'{name}_h'])} h {words}"
        for name, words in (
            ("night", "at night"),
            ("sunday", "on Sundays"),
            ("holiday", "on public holidays"),
        )
        if sums[f"{name}_h"] >= 0.5
    ]
    text = f"**{formats.number(sums['paid_h'])} paid hours**"
    text += f", of which {formats.listed(parts)}. " if parts else "; none at night, on Sundays or holidays. "
    over = rows[rows["overtime_h"] > 0]
    if len(over):
        who = formats.counted(len(over), "person", "people")
        text += f"!!{formats.number(sums['overtime_h'], 1)} h are overtime!!, of {who}."
        return text
    return f"{text}Nobody works overtime."


def figures(rows: pd.DataFrame) -> list[Figure]:
    """The strip: contract, paid, overtime, night, Sundays and holidays."""
    sums = rows[["contract_h", "leave_h", "paid_h", "overtime_h", "night_h", "sunday_h", "holiday_h"]].sum()
    due = sums["contract_h"] - sums["leave_h"]

    def share(name: str) -> str:
        return f"{formats.percent(sums[name] / sums['paid_h'] if sums['paid_h'] else None)} of paid hours"

    special = f"and {formats.number(sums['holiday_h'])} on public holidays"
    return [
        Figure("Contract less leave", f"{formats.number(due)} h", "of whole calendar weeks"),
        Figure("Paid", f"{formats.number(sums['paid_h'])} h", f"{formats.signed(sums['paid_h'] - due, 0)} h"),
        Figure("Overtime", f"{formats.number(sums['overtime_h'])} h", share("overtime_h")),
        Figure("Night", f"{formats.number(sums['night_h'])} h", share("night_h")),
        Figure("Sundays", f"{formats.number(sums['sunday_h'])} h", special),
    ]


def _names(plan: Published) -> pd.Series:
    agents = plan.table("AGENTS").drop_duplicates("agent_id").set_index("agent_id")
    return agents["name"] if "name" in agents else agents.index.to_series()


def _files_card(plan: Published, site: str | None) -> None:
    about = "made when asked for, of the site chosen above; a workbook of hundreds of people takes a while"
    with look.card("files", "Take the schedule with you", about):
        with st.container(horizontal=True, gap="small", key="files-row"):
            for what, (label, file, meaning) in FILES.items():
                st.download_button(
                    f"↓ {label}",
                    _maker(plan, site, what),
                    file,
                    key=f"file-{what}",
                    on_click="ignore",
                    help=meaning,
                )
        look.foot("The same files, and more: planner export STORE --out FOLDER.")


def _maker(plan: Published, site: str | None, what: str) -> Callable[[], bytes]:
    return partial(_made, plan.folder, plan.plan_id, site=site, what=what)


def _made(folder: str, plan_id: str, *, site: str | None, what: str) -> bytes:
    """The file, made of the published tables now."""
    store = Store(Path(folder))
    info = next(info for info in plans(store) if info.plan_id == plan_id)
    sites = (site,) if site else ()
    return packed(published_schedule(store, info, sites=sites, now=datetime.now(UTC)), what)


def _people_card(rows: pd.DataFrame) -> None:
    about = "hours; night, Sunday and holiday overlap; overtime = paid above a week's contract hours"
    with look.card("people-hours", "Hours, person by person", about, data=rows):
        names = ["name", "contract", "contract_h", "leave_h", "paid_h", "overtime_h", "night_h", "sunday_h"]
        shown = rows.sort_values("name")[[*names, "holiday_h", "meal_h", "shifts"]].round(2)
        st.dataframe(
            shown.assign(name=LEFT_TO_RIGHT + shown["name"].astype("str")),
            hide_index=True,
            row_height=28,
            height=min(28 * (len(shown) + 1) + 12, 640),
            key="people-hours-rows",
            column_config=_columns(),
        )
        look.foot("Paid = everything but meals. Leave = contract hours that paid leave takes.")


def _columns() -> dict[str, Any]:
    column = st.column_config
    heads = {
        "contract_h": "Contract",
        "leave_h": "Leave",
        "paid_h": "Paid",
        "overtime_h": "Overtime",
        "night_h": "Night",
        "sunday_h": "Sunday",
        "holiday_h": "Holiday",
        "meal_h": "Meals",
    }
    return {
        "name": column.TextColumn("Person", pinned=True, width=160),
        "contract": column.TextColumn("Contract", width=90),
        "shifts": column.NumberColumn("Shifts", format="%d", width=70),
        **{key: column.NumberColumn(f"{text} h", format="%.1f", width=86) for key, text in heads.items()},
    }
