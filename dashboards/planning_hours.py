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
from planner.language import _, message, ngettext
from planner.pipeline.published_schedule import published_schedule
from planner.store import Store, plans

QUESTION = message("Which hours go to payroll?")
NO_HOURS = (
    message("No hours for payroll in this plan"),
    message("It has no schedule, or was published before plans came with hours for payroll."),
    message("Make the plan again, or: planner export STORE --what payroll --out FOLDER."),
)
FILES = {
    "excel": (
        message("Excel workbook"),
        "schedule.xlsx",
        message("rosters by site and week, coverage, hours"),
    ),
    "calendars": (
        message("Calendars, one a person"),
        "calendars.zip",
        message("iCalendar files; new ones update the old"),
    ),
    "payroll": (message("Hours for payroll"), "pay_hours.csv", message("by person and week")),
    "segments": (message("Segments"), "segments.csv", message("flat, for other systems")),
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
        site = filters.choose("site", every, every=_("All sites"), show=lambda code: _name(plan, code))
        week = filters.choose("week", _weeks(hours), every=_("All weeks"), show=_week_words)
    rows = _chosen(hours, site, week)
    look.about(
        _("{place} · {days} · paid hours, shifts counted on the local day they start · {people}").format(
            place=_name(plan, site) if site else _("all sites"),
            days=_span(plan, week),
            people=formats.counted(len(rows), "{n} person", "{n} people"),
        ),
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
        return _("week of {day}").format(day=formats.long_day(date.fromisoformat(week)))
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
    dear = {
        "night_h": _("{hours} h at night"),
        "sunday_h": _("{hours} h on Sundays"),
        "holiday_h": _("{hours} h on public holidays"),
    }
    parts = [
        text.format(hours=formats.number(sums[name])) for name, text in dear.items() if sums[name] >= 0.5
    ]
    text = _("**{paid} paid hours**; none at night, on Sundays or holidays.")
    if parts:
        text = _("**{paid} paid hours**, of which {parts}.")
    text = text.format(paid=formats.number(sums["paid_h"]), parts=formats.listed(parts))
    return f"{text} {_overtime_words(rows, sums['overtime_h'])}"


def _overtime_words(rows: pd.DataFrame, hours: float) -> str:
    over = int((rows["overtime_h"] > 0).sum())
    if not over:
        return _("Nobody works overtime.")
    return ngettext(
        "!!{hours} h are overtime!!, of {n} person.", "!!{hours} h are overtime!!, of {n} people.", over
    ).format(hours=formats.number(hours, 1), n=formats.number(over))


def figures(rows: pd.DataFrame) -> list[Figure]:
    """The strip: contract, paid, overtime, night, Sundays and holidays."""
    sums = rows[["contract_h", "leave_h", "paid_h", "overtime_h", "night_h", "sunday_h", "holiday_h"]].sum()
    due = sums["contract_h"] - sums["leave_h"]

    def share(name: str) -> str:
        return _("{share} of paid hours").format(
            share=formats.percent(sums[name] / sums["paid_h"] if sums["paid_h"] else None)
        )

    special = _("and {hours} on public holidays").format(hours=formats.number(sums["holiday_h"]))
    return [
        Figure(_("Contract less leave"), f"{formats.number(due)} h", _("of whole calendar weeks")),
        Figure(
            _("Paid"), f"{formats.number(sums['paid_h'])} h", f"{formats.signed(sums['paid_h'] - due, 0)} h"
        ),
        Figure(_("Overtime"), f"{formats.number(sums['overtime_h'])} h", share("overtime_h")),
        Figure(_("Night"), f"{formats.number(sums['night_h'])} h", share("night_h")),
        Figure(_("Sundays"), f"{formats.number(sums['sunday_h'])} h", special),
    ]


def _names(plan: Published) -> pd.Series:
    agents = plan.table("AGENTS").drop_duplicates("agent_id").set_index("agent_id")
    return agents["name"] if "name" in agents else agents.index.to_series()


def _files_card(plan: Published, site: str | None) -> None:
    about = _("made when asked for, of the site chosen above; a workbook of hundreds of people takes a while")
    with look.card("files", _("Take the schedule with you"), about):
        with st.container(horizontal=True, gap="small", key="files-row"):
            for what, (label, file, meaning) in FILES.items():
                st.download_button(
                    f"↓ {_(label)}",
                    _maker(plan, site, what),
                    file,
                    key=f"file-{what}",
                    on_click="ignore",
                    help=_(meaning),
                )
        look.foot(_("The same files, and more: planner export STORE --out FOLDER."))


def _maker(plan: Published, site: str | None, what: str) -> Callable[[], bytes]:
    return partial(_made, plan.folder, plan.plan_id, site=site, what=what)


def _made(folder: str, plan_id: str, *, site: str | None, what: str) -> bytes:
    """The file, made of the published tables now."""
    store = Store(Path(folder))
    info = next(info for info in plans(store) if info.plan_id == plan_id)
    sites = (site,) if site else ()
    return packed(published_schedule(store, info, sites=sites, now=datetime.now(UTC)), what)


def _people_card(rows: pd.DataFrame) -> None:
    about = _("hours; night, Sunday and holiday overlap; overtime = paid above a week's contract hours")
    with look.card("people-hours", _("Hours, person by person"), about, data=rows):
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
        look.foot(_("Paid = everything but meals. Leave = contract hours that paid leave takes."))


def _columns() -> dict[str, Any]:
    column = st.column_config
    heads = {
        "contract_h": _("Contract"),
        "leave_h": _("Leave"),
        "paid_h": _("Paid"),
        "overtime_h": _("Overtime"),
        "night_h": _("Night"),
        "sunday_h": _("Sunday"),
        "holiday_h": _("Holiday"),
        "meal_h": _("Meals"),
    }
    return {
        "name": column.TextColumn(_("Person"), pinned=True, width=160),
        "contract": column.TextColumn(_("Contract"), width=90),
        "shifts": column.NumberColumn(_("Shifts"), format="%d", width=70),
        **{key: column.NumberColumn(f"{text} h", format="%.1f", width=86) for key, text in heads.items()},
    }
