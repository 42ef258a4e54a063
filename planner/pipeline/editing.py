"""Overrides and words on teaching, entered and withdrawn one at a time, by a page or the command line.

Nothing is deleted: what was withdrawn stays in the table with who withdrew it and when, and each entry
leaves its line in the store (`planner.store.imports_of`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.forecast_tables import OVERRIDES, TEACHING
from planner.domain.membership import of_centre
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.store import Store, amend_history, read_history

Cells = Mapping[str, object]
EDITED = (OVERRIDES, TEACHING)
DAY = "%Y-%m-%d"


@dataclass(frozen=True)
class Desk:
    """Where a planner edits: the store, the centre whose queues may be named (None: any), and the moment."""

    store: Store
    centre: Centre | None
    now: datetime

    @property
    def today(self) -> date:
        """The day on which something is entered, by UTC."""
        return self.now.astimezone(UTC).date()


def add_override(desk: Desk, cells: Cells) -> str:
    """Enter one row of OVERRIDES and return its id; `override_id` and `made_at` are given by the program.

    InputError with every cell that is wrong, and when it expires before it could be used.
    """
    entry = {**cells, "made_at": pd.Timestamp(desk.now)}
    override_id = f"{desk.now.astimezone(UTC):%Y%m%d-%H%M%S}-{_digest(entry)}"
    row = _checked(OVERRIDES, entry | {"override_id": override_id}, desk)
    if row["expires"].iloc[0] < pd.Timestamp(desk.today):
        note = f"“{cells['expires']}” is over; write the last day on which a plan may be made with it"
        raise InputError([Problem("expired", note, column="expires")])
    source = f"{row['author'].iloc[0]} entered override {override_id}"
    amend_history(desk.store, OVERRIDES, lambda _: row, source=source, now=desk.now)
    return override_id


def withdraw_override(desk: Desk, override_id: str, *, author: str) -> None:
    """From now on no plan is made with the override; who made it and who withdrew it stays to be read."""
    _withdraw(desk, OVERRIDES, {"override_id": override_id}, author=author)


def add_teaching(desk: Desk, cells: Cells) -> None:
    """Enter one row of TEACHING; it takes the place of an earlier word on the same first day and queues."""
    row = _checked(TEACHING, {**cells, "made_at": pd.Timestamp(desk.now)}, desk)
    words = ", ".join(_words(row.iloc[0], TEACHING))
    teaches = "teach" if row["teaches"].iloc[0] else "do not teach"
    source = f"{row['author'].iloc[0]} said that these days {teaches}: {words}"
    amend_history(desk.store, TEACHING, lambda _: row, source=source, now=desk.now)


def withdraw_teaching(desk: Desk, key: Cells, *, author: str) -> None:
    """The program decides again whether these days teach; `key` holds site, language, channel, first_day."""
    typed = {**key, "first_day": pd.Timestamp(str(key["first_day"]))}
    _withdraw(desk, TEACHING, typed, author=author)


def listed(store: Store, table: Table, *, today: date) -> pd.DataFrame:
    """OVERRIDES or TEACHING with the column `state`: in force, expired or withdrawn; the newest first."""
    rows = read_history(store, table)
    rows = rows.reindex(columns=[column.name for column in table.columns])
    state = pd.Series("in force", index=rows.index, dtype="str")
    if "expires" in rows:
        state = state.mask(rows["expires"] < pd.Timestamp(today), "expired")
    state = state.mask(rows["withdrawn_at"].notna(), "withdrawn")
    return rows.assign(state=state).sort_values("made_at", ascending=False, ignore_index=True, kind="stable")


def as_entered(stored: pd.DataFrame, *, brought: pd.DataFrame, table: Table, now: datetime) -> pd.DataFrame:
    """The rows of a file as they are stored: withdrawn ones stay withdrawn, new ones are of this moment.

    A row that does not say when it was made keeps the moment at which it was first imported, so that a
    file imported again changes nothing.
    """
    key = list(table.grain)
    there = stored.reindex(columns=[*key, "made_at", "withdrawn_at"])
    known = brought[key].merge(there, on=key, how="left").set_axis(brought.index)
    moments = pd.Series(pd.NaT, index=brought.index, dtype="datetime64[us, UTC]")
    said = brought["made_at"] if "made_at" in brought.columns else moments
    first = known["made_at"].astype("datetime64[us, UTC]").fillna(pd.Timestamp(now))
    kept = brought.assign(made_at=said.fillna(first))[known["withdrawn_at"].isna()]
    return table.check(kept)


def _checked(table: Table, cells: Cells, desk: Desk) -> pd.DataFrame:
    """One typed row; its problems name the column alone, for nobody sees a row number."""
    asked = of_centre(table, desk.centre) if desk.centre else table
    try:
        return asked.check(pd.DataFrame([dict(cells)]))
    except InputError as wrong:
        raise InputError(replace(problem, file=None, row=None) for problem in wrong.problems) from None


def _withdraw(desk: Desk, table: Table, key: Cells, *, author: str) -> None:
    if not author.strip():
        raise InputError([Problem("empty_cell", "is empty; who withdraws it", column="author")])
    change = partial(_withdrawn, table=table, key=key, author=author.strip(), desk=desk)
    source = f"{author.strip()} withdrew from {table.name}: {', '.join(_words(pd.Series(key), table))}"
    amend_history(desk.store, table, change, source=source, now=desk.now)


def _withdrawn(stored: pd.DataFrame, *, table: Table, key: Cells, author: str, desk: Desk) -> pd.DataFrame:
    """The row with that key, withdrawn; InputError when there is none that stands."""
    here = stored.reindex(columns=[column.name for column in table.columns])
    row = here[(here[list(key)] == pd.Series(key)).all(axis=1)]
    words = ", ".join(_words(pd.Series(key), table))
    if row.empty:
        raise InputError([Problem("unknown_entry", f"{table.name} has no row {words}; list them to see")])
    if row["withdrawn_at"].notna().any():
        who, when = row["withdrawn_by"].iloc[0], row["withdrawn_at"].iloc[0]
        raise InputError([Problem("withdrawn", f"{words} was withdrawn by {who} on {when:{DAY}} already")])
    row = row.assign(withdrawn_at=pd.Timestamp(desk.now), withdrawn_by=author)
    if "expires" in row:
        yesterday = pd.Timestamp(desk.today - timedelta(days=1))
        row = row.assign(expires=row["expires"].clip(upper=yesterday))
    return table.check(row)


def _words(row: pd.Series, table: Table) -> list[str]:
    """The key of a row as a person would say it."""
    cells = [row[name] for name in table.grain]
    return [f"{cell:{DAY}}" if isinstance(cell, pd.Timestamp) else str(cell) for cell in cells]


def _digest(cells: Cells) -> str:
    """Four hexadecimal digits of SHA-256: two planners may enter something in the same second."""
    said = repr(sorted((name, str(cell)) for name, cell in cells.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:4]
