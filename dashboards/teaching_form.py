"""The switch: which days teach the forecast, whatever the program found in them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import edits, formats, look
from dashboards.filters import Scope
from dashboards.findings_card import SHAPING, finding_words
from dashboards.look import Cell
from dashboards.override_words import days_words, place_words
from dashboards.published import Published
from planner.domain.forecast_tables import TEACHING
from planner.domain.keys import QUEUE
from planner.language import _, message
from planner.pipeline.editing import add_teaching, withdraw_teaching

CARD = "teaching"
LISTED = 10
OTHER = -1  # in the list of findings: days that the planner picks
WORDS = {True: message("teach"), False: message("do not teach")}
TEACH = {True: message("teach the forecast"), False: message("do not teach the forecast")}
Row = Mapping[Hashable, Any]


def teaching_cards(plan: Published, scope: Scope, found: pd.DataFrame) -> None:
    """The form, and what planners decided so far."""
    left, right = look.pair("teaching", 5, 7)
    about = _("for {words}, as chosen at the top of the page").format(words=scope.words(plan.centre))
    with left, look.card(CARD, _("Should these days teach?"), about, fill=True):
        edits.tell(CARD)
        _form(plan, scope, found)
        look.foot(
            _("Saving changes no plan that is published. What you decide stands until you withdraw it.")
        )
    with right:
        _decided(plan, edits.entries(plan, TEACHING, scope))


def _form(plan: Published, scope: Scope, found: pd.DataFrame) -> None:
    """Days, the word, who and why."""
    near = found[found["treatment"] != "said"].head(40).to_dict("records")
    place = st.selectbox(
        _("Start from a finding"),
        [OTHER, *range(len(near))],
        format_func=lambda n: _("days that I pick") if n == OTHER else finding_words(near[n]),
        key="teaching-from",
    )
    days = _days(plan, near[place] if place != OTHER else None, key=f"teaching-days-{place}")
    odd = place == OTHER or near[place]["treatment"] not in SHAPING
    teaches = st.radio(
        _("These days"),
        [False, True],
        index=0 if odd else 1,
        format_func=lambda value: _(TEACH[value]),
        key=f"teaching-word-{place}",
        horizontal=True,
    )
    name = edits.author(CARD)
    reason = st.text_input(_("Reason"), key="teaching-reason", max_chars=200).strip()
    site, language, channel = edits.named(scope)
    cells = {
        "site": site,
        "language": language,
        "channel": channel,
        "first_day": days[0],
        "last_day": days[1],
        "teaches": teaches,
        "author": name,
        "reason": reason,
    }
    st.button(
        _("Save"),
        key="teaching-save",
        type="primary",
        disabled=not (name and reason),
        on_click=edits.write,
        args=(CARD, _("Saved."), lambda: add_teaching(edits.desk(plan), cells)),
    )


def _days(plan: Published, row: Row | None, *, key: str) -> tuple[date, date]:
    last = (pd.Timestamp(plan.first_day) - pd.Timedelta(days=1)).date()
    usual = (row["first_day"].date(), row["last_day"].date()) if row else (last, last)
    chosen = st.date_input(
        _("Days"),
        value=usual,
        max_value=max(last, usual[1]),
        min_value=date(2000, 1, 1),
        key=key,
        format="YYYY-MM-DD",
    )
    if isinstance(chosen, tuple) and len(chosen) == 2:
        return chosen
    return usual


def _decided(plan: Published, entries: pd.DataFrame) -> None:
    about = _("newest first; it holds for every later plan until it is withdrawn")
    with look.card("decided", _("What did planners decide?"), about, data=entries, fill=True):
        if entries.empty:
            look.nothing(
                _("Nothing was decided by hand"),
                _("Each day teaches, or not, as the program found it."),
                _("Decide for some days beside this card, or import a table of teaching."),
            )
            return
        heads = [
            Cell(_("Days"), "left"),
            Cell(_("For"), "left"),
            Cell(_("They"), "left"),
            Cell(_("Why, and who"), "left"),
        ]
        look.table(heads, [_cells(plan, row) for row in entries.head(LISTED).to_dict("records")])
        standing = entries[entries["state"] == "in force"]
        if len(standing):
            _withdraw(plan, standing)


def _cells(plan: Published, row: Row) -> list[Cell]:
    withdrawn = row["state"] == "withdrawn"
    state = _("withdrawn by {name}").format(name=row["withdrawn_by"]) if withdrawn else _("in force")
    entered = (
        f"{row['author']}, {formats.long_day(row['made_at'])}" if pd.notna(row["made_at"]) else row["author"]
    )
    return [
        Cell(days_words(row), "left", strong=not withdrawn),
        Cell(place_words(row, plan.centre), "left"),
        Cell(_(WORDS[bool(row["teaches"])]), "left", under=state),
        Cell(row["reason"], "left", under=entered),
    ]


def _withdraw(plan: Published, standing: pd.DataFrame) -> None:
    rows = standing.to_dict("records")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="withdraw-teaching"):
        place = st.selectbox(
            _("Withdraw one"),
            range(len(rows)),
            format_func=lambda n: f"{days_words(rows[n])}, {place_words(rows[n], plan.centre)}",
            key="teaching-which",
        )
        name = edits.author("teaching-withdraw")
        key = {part: rows[place][part] for part in QUEUE} | {"first_day": rows[place]["first_day"].date()}
        st.button(
            _("Withdraw"),
            key="teaching-withdraw-button",
            disabled=not name,
            on_click=edits.write,
            args=(
                CARD,
                _("Withdrawn: the program decides again."),
                lambda: withdraw_teaching(edits.desk(plan), key, author=name),
            ),
        )
