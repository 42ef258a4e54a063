"""What planners enter on the pages: changes by hand, and which days teach. Nothing else is written here.

Every word is written by the planner's own functions, which keep the store whole whatever happens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboards import interface, look
from dashboards.expected import ALL
from dashboards.filters import Scope
from dashboards.published import Published
from planner.domain.problems import InputError
from planner.domain.table import Table
from planner.language import _, message, retold
from planner.pipeline.editing import Desk, listed
from planner.store import Store

NEXT_PLAN = message("It takes effect with the next plan: planner plan plan.yaml --store STORE.")
AUTHOR = "edits-author"  # the reader's name, kept while the window is open
NAMES = {
    "value": message("Value"),
    "author": message("Your name"),
    "reason": message("Reason"),
    "expires": message("Used in plans made until"),
    "first_day": message("Days"),
    "last_day": message("Days"),
}


def desk(plan: Published) -> Desk:
    """Where a planner edits the store of the plan that is shown."""
    return Desk(Store(Path(plan.folder)), plan.centre, datetime.now(UTC))


def today() -> date:
    """The day on which something is entered, by UTC."""
    return datetime.now(UTC).date()


def entries(plan: Published, table: Table, scope: Scope) -> pd.DataFrame:
    """The rows of OVERRIDES or TEACHING that touch the scope, with their state, the newest first."""
    rows = listed(Store(Path(plan.folder)), table, today=today())
    touching = pd.Series(True, index=rows.index)
    for name, code in zip(("site", "language", "channel"), (scope.site, scope.language, scope.channel)):
        if code is not None:
            touching &= rows[name].isin([code, ALL])
    return rows[touching].reset_index(drop=True)


def named(scope: Scope) -> tuple[str, str, str]:
    """Site, language and channel of what is entered: those chosen at the top of the page."""
    return scope.site or ALL, scope.language or ALL, scope.channel or ALL


def author(key: str) -> str:
    """Who enters it; remembered for the next time."""
    name = st.text_input(
        _("Your name"), value=st.session_state.get(AUTHOR, ""), key=f"{key}-author", max_chars=80
    )
    st.session_state[AUTHOR] = name
    return name.strip()


def write(card: str, said: str, change: Callable[[], object]) -> None:
    """Enter something and draw the page again; what is wrong is said in words and nothing is changed."""
    interface.speak_chosen()  # a button's callback runs before the page
    try:
        change()
    except InputError as error:
        st.session_state[f"{card}-said"] = f"{_('!!Nothing was changed.!!')} {in_words(error)}"
    else:
        st.session_state[f"{card}-said"] = f"**{said}** {_(NEXT_PLAN)}"


def tell(card: str) -> None:
    """What became of the last entry of a card, once."""
    said = st.session_state.pop(f"{card}-said", None)
    if said:
        look.tell(said)


def in_words(error: InputError) -> str:
    """Every problem by the name of its field."""
    return " ".join(
        f"{_(NAMES.get(str(problem.column), str(problem.column or '')))} {retold(problem.note)}.".strip()
        for problem in error.problems
    )
