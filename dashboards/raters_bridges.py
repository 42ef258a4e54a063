"""Is a difference of quality the agents', or only their raters'? Differences before and after."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.difference_dots import Dot, difference_dots
from dashboards.look import Cell
from dashboards.quality_comparison import subject_name
from planner.domain.centre import Centre
from planner.language import _, message

OTHERS = "others"
PARTS = ("difference", "raters", "agents")
MARKED = (  # as BRIDGES says why a difference cannot be split
    message("no calibration sessions"),
    message("no chain of common contacts links their raters"),
    message("too few of their evaluations were scored by raters whom common contacts link"),
)


def against(table: pd.DataFrame, subject: str) -> pd.DataFrame:
    """BRIDGES of one dimension as `name` minus the subject (or all others together), largest first.

    A pair is stored once; where the subject stands first the signs turn.
    """
    if subject == OTHERS:
        rows = table[table["b"] == OTHERS].assign(name=lambda found: found["a"])
    else:
        pairs = table[table["b"] != OTHERS]
        mine = pairs[pairs["b"] == subject].assign(name=lambda found: found["a"])
        turned = _turned(pairs[pairs["a"] == subject]).assign(name=lambda found: found["b"])
        rows = pd.concat([mine, turned], ignore_index=True)
    return rows.sort_values("agents", na_position="last").reset_index(drop=True)


def _turned(rows: pd.DataFrame) -> pd.DataFrame:
    ends = {f"{part}_{end}": -rows[f"{part}_{other}"] for part in PARTS[1:] for end, other in _ENDS}
    return rows.assign(**{part: -rows[part] for part in PARTS}, **ends)


_ENDS = (("low", "high"), ("high", "low"))


def bridges_card(bridges: pd.DataFrame, centre: Centre) -> None:
    """The chosen dimension against others or one subject: chart, table, and why a split is missing."""
    about = _(
        "mean score before critical items, random sample, last 12 months; points of 100; hollow = as scored, "
        "dot = agents’ part with 95 % interval, raters’ leniency taken out"
    )
    with look.card("bridges", _("Is it the agents, or their raters?"), about, data=bridges):
        if bridges.empty:
            look.nothing(_("No difference to split"), _("One site and one language only were scored."), "")
            return
        with st.container(horizontal=True, gap="small"):
            dimension = _dimension(bridges)
            mine = bridges[bridges["dimension"] == dimension]
            subject = _subject(mine, centre)
        rows = against(mine, subject)
        look.tell(answer(rows, centre, subject=subject))
        dots = [_dot(row, centre) for row in rows.itertuples()]
        charts.show(
            difference_dots(dots, words=24), "bridges", alt=_("Differences split into raters and agents")
        )
        _table(rows, centre)


def _dimension(bridges: pd.DataFrame) -> str:
    names = {"language": _("By language"), "site": _("By site")}
    known = [name for name in names if name in set(bridges["dimension"])]
    return filters.choose("split", known, show=lambda name: names[name]) or known[0]


def _subject(mine: pd.DataFrame, centre: Centre) -> str:
    dimension = mine["dimension"].iloc[0]
    names = sorted({*mine["a"], *mine["b"]} - {OTHERS})

    def show(name: str) -> str:
        if name == OTHERS:
            return _("against all others")
        return _("against {name}").format(name=subject_name(dimension, name, centre))

    return filters.choose("against", [OTHERS, *names], show=show) or OTHERS


def answer(rows: pd.DataFrame, centre: Centre, *, subject: str) -> str:
    """The largest difference in words, split; or why none can be split."""
    known = rows[rows["note"].fillna("") == ""]
    if known.empty:
        why = _(str(rows["note"].iloc[0]))
        return _(
            "**The differences cannot be split:** {why}. Let raters of both score the same contacts, in a "
            "language that both know."
        ).format(why=why)
    row = known.loc[known["difference"].abs().idxmax()]
    name = subject_name(row["dimension"], row["name"], centre)
    other = _("the others") if subject == OTHERS else subject_name(row["dimension"], subject, centre)
    return _(
        "**{name}: {difference} points against {other} as scored; {agents} ({low} to {high}) are the "
        "agents’, {raters} the raters’.**"
    ).format(
        name=name,
        other=other,
        difference=formats.points(row["difference"]),
        agents=formats.points(row["agents"]),
        low=formats.points(row["agents_low"]),
        high=formats.points(row["agents_high"]),
        raters=formats.points(row["raters"]),
    )


def _dot(row: Any, centre: Centre) -> Dot:
    name = subject_name(row.dimension, row.name, centre)
    surely = row.agents_high < 0
    return Dot(name, row.agents, row.agents_low, row.agents_high, before=row.difference, bad=bool(surely))


def _table(rows: pd.DataFrame, centre: Centre) -> None:
    heads = [
        Cell(_("Who"), "left"),
        Cell(_("As scored")),
        Cell(_("Raters’ part")),
        Cell(_("Agents’ part")),
        Cell(_("Common contacts")),
        Cell(_("Why not split"), "left"),
    ]
    notes = bool((rows["note"].fillna("") != "").any())
    look.table(heads if notes else heads[:-1], [_cells(row, centre, notes) for row in rows.itertuples()])
    look.foot(
        _(
            "Raters’ part: what its raters give more than the others’, by contacts that both scored (or a "
            "chain of such contacts). It is assumed that a rater is as lenient in one language as in another."
        )
    )


def _cells(row: Any, centre: Centre, notes: bool) -> list[Cell]:
    cells = [
        Cell(subject_name(row.dimension, row.name, centre), "left"),
        Cell(formats.points(row.difference)),
        _with_ends(row.raters, row.raters_low, row.raters_high),
        _with_ends(row.agents, row.agents_low, row.agents_high),
        Cell(formats.number(row.bridge)),
    ]
    why = "" if pd.isna(row.note) else str(row.note)
    return [*cells, Cell(_(why) if why else "", "left")] if notes else cells


def _with_ends(value: float, low: float, high: float) -> Cell:
    if pd.isna(value):
        return Cell(formats.MISSING)
    return Cell(formats.points(value), small=f"({formats.points(low)} … {formats.points(high)})", strong=True)
