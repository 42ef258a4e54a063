"""Planning: what changed since the schedule published before?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import filters, formats, look
from dashboards.languages import LEFT_TO_RIGHT
from dashboards.look import Cell, Figure, Tile
from dashboards.published import Published
from planner.domain.change_tables import CHANGE_KINDS
from planner.language import _, message, ngettext, retold

QUESTION = message("What changed since last time?")
NO_SCHEDULE = (
    message("No schedule in this plan"),
    message("Changes are told between two schedules; no agents were known when this plan was made."),
    message("Import agents and make the plan again."),
)
FIRST = (
    message("Nothing to compare with"),
    message("No schedule was published before this one, or this plan is older than the comparison."),
    message("Make a plan again; the next one is compared with this. Or: planner compare BEFORE AFTER."),
)
SHOWN = 14  # days in a row of the grid
MANY = 10  # changes of a kind on a day that have the full colour, unless there are more
TOLD = ("shift added", "shift dropped", "swapped")  # people must agree to these, not only know of them


def page(plan: Published) -> None:
    """Who is touched and how, by day and kind; then every change."""
    if "CHANGES" not in plan.rows:
        state = FIRST if plan.has("SCHEDULE") else NO_SCHEDULE
        look.empty_page("changes", QUESTION, origin=plan.origin(), state=state)
        return
    with look.head("changes", QUESTION):
        places = [code for code in plan.centre.sites if code in set(plan.table("SCHEDULE", "site")["site"])]
        site = filters.choose("site", places, every=_("All sites"), show=lambda code: _name(plan, code))
    changes, people = _of(plan.table("CHANGES"), site), _people(plan, site)
    days = plan.scheduled_days
    look.about(
        _("{place} · {days}, days that both schedules cover · {people}").format(
            place=_name(plan, site) if site else _("all sites"),
            days=formats.span(days[0], days[-1]),
            people=formats.counted(people, "{n} person", "{n} people"),
        ),
        plan.origin(),
    )
    look.say(answer(changes, people))
    if changes.empty:
        return
    look.figures(*figures(changes, people))
    _grid_card(_of(plan.table("CHANGES_DAYS"), site), pd.DatetimeIndex(days))
    _kinds_card(changes)
    _list_card(changes, several=site is None)
    _locked_card(plan, site)


def _name(plan: Published, code: str) -> str:
    return plan.centre.sites[code].name


def _of(frame: pd.DataFrame, site: str | None) -> pd.DataFrame:
    return frame if site is None else frame[frame["site"] == site]


def _people(plan: Published, site: str | None) -> int:
    return int(_of(plan.table("SCHEDULE", "site", "agent_id"), site)["agent_id"].nunique())


def answer(changes: pd.DataFrame, people: int) -> str:
    """How many people are touched, and what kind of change there is most of; `people` are all scheduled."""
    if changes.empty:
        return _("**Nothing changed.** Everybody keeps the shifts, breaks and queues of the last schedule.")
    touched = changes["agent_id"].nunique()
    kinds = changes["kind"].value_counts()
    text = ngettext(
        "**{n} person of {people}** has something new; most often: {kind} ({times}).",
        "**{n} people of {people}** have something new; most often: {kind} ({times}).",
        touched,
    ).format(
        n=formats.number(touched),
        people=formats.number(people),
        kind=retold(str(kinds.index[0])),
        times=formats.number(kinds.iloc[0]),
    )
    told = changes[changes["kind"].isin(TOLD)]["agent_id"].nunique()
    if told:
        who = formats.counted(
            told,
            "!!{n} person gains, loses or swaps a shift!!.",
            "!!{n} people gain, lose or swap a shift!!.",
        )
        return f"{text} {who}"
    return f"{text} " + _("Nobody gains or loses a shift.")


def figures(changes: pd.DataFrame, people: int) -> list[Figure]:
    """The strip: people touched, shifts added and dropped, moved, hours."""
    count = changes["kind"].value_counts()
    touched = changes["agent_id"].nunique()
    share = formats.percent(touched / people if people else None, 0)
    moved = int(count.get("start moved", 0) + count.get("end moved", 0))
    small = int(sum(count.get(kind, 0) for kind in CHANGE_KINDS if "break" in kind or "queue" in kind))
    edges = changes[changes["kind"].isin(["start moved", "end moved"])]["hours_moved"].abs().sum()
    in_all = _("{hours} h in all").format(hours=formats.number(edges, 1))
    return [
        Figure(_("People touched"), formats.number(touched), _("{share} of all").format(share=share)),
        Figure(_("Shifts added"), formats.number(count.get("shift added", 0)), _("on a day that was off")),
        Figure(_("Shifts dropped"), formats.number(count.get("shift dropped", 0)), _("the day is off now")),
        Figure(_("Starts and ends moved"), formats.number(moved), in_all),
        Figure(_("Breaks and queues"), formats.number(small), _("inside shifts that stay")),
    ]  # fmt: skip


def by_day(days: pd.DataFrame, calendar: pd.DatetimeIndex) -> pd.DataFrame:
    """CHANGES_DAYS as a grid, kind x day of the calendar: changes; in the row "all", agents touched."""
    agents = days["kind"] == "all"
    rows = days.assign(n=days["agents"].where(agents, days["items"]))
    grid = rows.pivot_table(index="kind", columns="day", values="n", aggfunc="sum", fill_value=0)
    grid = grid.reindex(columns=calendar, fill_value=0)
    return grid.reindex([kind for kind in ("all", *CHANGE_KINDS) if kind in grid.index])


def _grid_card(days: pd.DataFrame, calendar: pd.DatetimeIndex) -> None:
    grid = by_day(days, calendar)
    about = _("changes on the local day of the shift; orange = a shift added, dropped or swapped, by number")
    with look.card("by-day", _("Which days changed, and how?"), about, data=days):
        for first in range(0, grid.shape[1], SHOWN):
            _tiles(grid.iloc[:, first : first + SHOWN], float(grid.drop(index="all").to_numpy().max()))


def _tiles(part: pd.DataFrame, most: float) -> None:
    heads = [f"{formats.short_weekday(day)}\n{formats.short_day(day)}" for day in part.columns]
    rows = []
    for kind, counts in part.iterrows():
        tiles = [_tile(str(kind), int(count), most) for count in counts]
        rows.append((_("people touched") if kind == "all" else retold(str(kind)), tiles))
    look.tiles(heads, rows, name_width=118)


def _tile(kind: str, count: int, most: float) -> Tile | None:
    if not count:
        return None
    return Tile(formats.number(count), 0.1 + 0.6 * count / max(most, MANY) if kind in TOLD else 0.0)


def _kinds_card(changes: pd.DataFrame) -> None:
    reasons = changes["reason"].dropna() if "reason" in changes else pd.Series(dtype="str")
    if reasons.empty:
        return
    with look.card("reasons", _("Why could it not stay?"), _("changes by reason"), data=None):
        counts = reasons.value_counts()
        counts = counts.head(8)
        rows = [[Cell(retold(str(why)), "left"), Cell(formats.number(n))] for why, n in counts.items()]
        look.table([Cell(_("Reason"), "left"), Cell(_("Changes"))], rows)


def listed(changes: pd.DataFrame) -> pd.DataFrame:
    """CHANGES as people read them: day, person, kind, before, after, hours, with whom, why."""
    names = changes["name"].fillna(changes["agent_id"]) if "name" in changes else changes["agent_id"]
    empty = {name: changes[name].fillna("") for name in ("before", "after", "with_agent")}
    rows = changes.assign(
        person=LEFT_TO_RIGHT + names.astype("str"), hours=changes["hours_moved"].round(2), **empty
    )
    columns = ["day", "person", "site", "kind", "before", "after", "hours", "with_agent"]
    columns += ["reason"] if "reason" in changes and changes["reason"].notna().any() else []
    return rows.sort_values(["day", "person", "kind"])[columns].reset_index(drop=True)


def _list_card(changes: pd.DataFrame, *, several: bool) -> None:
    rows = listed(changes)
    if not several:
        rows = rows.drop(columns="site")
    about = _("{changes}; clock of the site; hours: later is +, earlier −").format(
        changes=formats.counted(len(rows), "{n} change", "{n} changes")
    )
    with look.card("changes", _("Who has what instead of what?"), about, data=changes):
        st.dataframe(
            rows.assign(kind=rows["kind"].map(retold)),
            hide_index=True,
            row_height=30,
            height=min(30 * (len(rows) + 1) + 4, 520),
            key="changes-rows",
            column_config=_columns(),
        )
        look.foot(
            _("A swap stands once for each of the two. Calendars that follow the files update by themselves.")
        )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "day": column.DateColumn(_("Day"), format=formats.column_day(), width=100, pinned=True),
        "person": column.TextColumn(_("Person"), width=150),
        "site": column.TextColumn(_("Site"), width=60),
        "kind": column.TextColumn(_("What"), width=120),
        "before": column.TextColumn(_("Before"), width=180),
        "after": column.TextColumn(_("Now"), width=180),
        "hours": column.NumberColumn(_("Hours"), format="%+.2f", width=70),
        "with_agent": column.TextColumn(_("With"), width=100),
        "reason": column.TextColumn(_("Because"), width=160),
    }


def _locked_card(plan: Published, site: str | None) -> None:
    """What had to stay, where the plan tells."""
    locked = _of(plan.table("LOCKED"), site) if plan.has("LOCKED") else pd.DataFrame()
    if locked.empty:
        return
    days = locked.drop_duplicates(["agent_id", "day"])
    about = _("days of people that were locked when this schedule was made")
    with look.card("locked", _("What had to stay?"), about, data=locked):
        counts = days["activity"].value_counts()
        rows = [[Cell(retold(str(what)), "left"), Cell(formats.number(n))] for what, n in counts.items()]
        look.table([Cell(_("Locked"), "left"), Cell(_("Agent-days"))], rows)
