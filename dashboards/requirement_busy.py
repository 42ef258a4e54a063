"""People needed at work on a busier day than the one planned for."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboards import formats, look
from dashboards.look import Cell
from planner.domain.tables import DAY_LEVELS
from planner.language import _


def with_busy_days(rows: pd.DataFrame) -> pd.DataFrame:
    """REQUIREMENT rows of a queue's day with people_p50, people_p75, people_p90: at work on a day so busy.

    Each agent on contact takes as many people as in the plan, which is the same all day; NaN on a day on
    which the plan needs nobody. Plans made earlier do not know busy days and get no columns.
    """
    agents = rows["agents_on_contact"].sum()
    each = rows["agents_scheduled"].sum() / agents if agents > 0 else float("nan")
    known = [
        level for level in DAY_LEVELS if f"agents_{level}" in rows and rows[f"agents_{level}"].notna().any()
    ]
    return rows.assign(**{f"people_{level}": rows[f"agents_{level}"] * each for level in known})


def levels_of(rows: pd.DataFrame | pd.Series) -> list[str]:
    """The busy days that the rows know."""
    names = rows.columns if isinstance(rows, pd.DataFrame) else rows.index
    return [level for level in DAY_LEVELS if f"people_{level}" in names]


def day_words(level: str) -> str:
    """The 90 % day.

    >>> day_words("p90").replace(formats.NO_BREAK, " ")
    '90 % day'
    """
    return _("{share} day").format(share=formats.with_percent(level.removeprefix("p")))


def drawn_levels(rows: pd.DataFrame, *, planned: str) -> list[str]:
    """The busy days worth a line of their own: those that are not what was planned for."""
    usual = "p50" if planned == "offered" else planned  # the mean day and the median day draw one line
    return [level for level in levels_of(rows) if level != usual]


def busy_table(row: pd.Series) -> None:
    """Agents on contact and people at work in one interval, by how busy the day is."""
    levels: Sequence[str] = [level for level in levels_of(row) if pd.notna(row[f"people_{level}"])]
    if not levels:
        return
    heads = [Cell(_("If the day is busier"), "left"), *(Cell(day_words(level)) for level in levels)]
    agents = [Cell(formats.number(row[f"agents_{level}"])) for level in levels]
    people = [Cell(formats.number(row[f"people_{level}"], 1), strong=True) for level in levels]
    look.table(
        heads, [[Cell(_("Agents on contact"), "left"), *agents], [Cell(_("People at work"), "left"), *people]]
    )
    look.foot(_("90 % day: of ten such days, nine bring fewer contacts."))
