"""Who does not work on a day, and why: a day off, leave, not on the staff, or no legal roster."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboards import formats, look
from dashboards.formats import capital
from dashboards.look import Cell
from planner.language import _, message, retold

DAY_OFF = message("day off")
NOT_STAFF = message("not on the staff that day")
NO_SHIFT = message("no shift in the whole schedule")
NO_ROSTER = message("no legal roster")
NEVER = (NO_SHIFT, NO_ROSTER)
NAMED = 14  # people named in a row; the rest is counted
KNOWN = ("agent_id", "name")


def absent(people: pd.DataFrame, today: pd.DataFrame, *, away: pd.DataFrame, day: date) -> pd.DataFrame:
    """People without a shift on the day: agent_id, name, why, note.

    `people` have agent_id, name, hire_date and leave_date (both may be missing), `away` are ABSENCES,
    `today` the day's segments.
    """
    rows = people[~people["agent_id"].isin(today["agent_id"])]
    moment = pd.Timestamp(day)
    leave = away[(away["first_day"] <= moment) & (away["last_day"] >= moment)]
    reasons = leave.drop_duplicates("agent_id").set_index("agent_id")["reason"] if len(leave) else {}
    why = rows["agent_id"].map(reasons).astype("object").fillna(DAY_OFF).astype("str")
    return rows.assign(why=why.mask(_outside(rows, moment), NOT_STAFF), note="")[[*KNOWN, "why", "note"]]


def _outside(rows: pd.DataFrame, moment: pd.Timestamp) -> pd.Series:
    """Whether someone is not employed yet, or no longer."""
    outside = pd.Series(False, index=rows.index)
    if "hire_date" in rows:
        outside |= rows["hire_date"] > moment
    if "leave_date" in rows:
        outside |= rows["leave_date"] < moment
    return outside


def unrostered(found: pd.DataFrame, rostered: pd.Series, notes: Sequence[str]) -> pd.DataFrame:
    """The same, where whoever has no shift on any day says so, with the note of the plan that tells why.

    `found` by `absent`, `rostered` the agent_id of everybody with a shift, `notes` what the plan said.
    """
    never = ~found["agent_id"].isin(rostered) & (found["why"] == DAY_OFF)
    said = {note.split(" ", 1)[0]: note.partition(" ")[2] for note in notes if "not scheduled" in note}
    told = found["agent_id"].map(said).astype("object").where(never)
    return found.assign(
        why=found["why"].mask(never, NO_SHIFT).mask(told.notna(), NO_ROSTER),
        note=told.fillna("").astype("str"),
    )


def absent_card(found: pd.DataFrame) -> None:
    """Reasons with the people they hold for; whoever has no legal roster one by one, with the rule."""
    if found.empty:
        return
    about = _("{people} of those chosen above, by reason").format(
        people=formats.counted(len(found), "{n} person", "{n} people")
    )
    with look.card("absent", _("Who does not work, and why?"), about, data=found):
        lacking = found[found["why"] == NO_ROSTER]
        reasons = [(str(why), part) for why, part in found.groupby("why") if why != NO_ROSTER]
        rows = [_reason(why, part) for why, part in sorted(reasons, key=lambda one: -len(one[1]))]
        look.table(
            [Cell(_("Why"), "left"), Cell(_("People")), Cell(_("Who"), "left")],
            [*[_lacking(row) for row in lacking.to_dict("records")], *rows],
        )


def _reason(why: str, part: pd.DataFrame) -> list[Cell]:
    names = sorted(part["name"])
    rest = len(names) - NAMED
    who = ", ".join(names[:NAMED])
    if rest > 0:
        who = _("{names} and {n} more").format(names=who, n=formats.number(rest))
    return [
        Cell(capital(_(why)), "left", strong=True, bad=why == NO_SHIFT),
        Cell(formats.number(len(part))),
        Cell(who, "left"),
    ]


def _lacking(row: Mapping[Hashable, Any]) -> list[Cell]:
    return [
        Cell(f"▼ {capital(_(NO_ROSTER))}", "left", strong=True, bad=True),
        Cell("1"),
        Cell(str(row["name"]), "left", under=retold(str(row["note"]))),
    ]
