"""The calculator's tables: one situation a row in, its measures or its least agents out.

Each model reads the columns that mean something to it and leaves the others alone, so that the same
situation may stand under several models: patience in Erlang C, concurrency outside chat, an abandonment
target where nobody leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.domain.table import Column, Found, Rule, Table

MODELS = ("erlang-b", "erlang-c", "erlang-a", "chat")
MOST_AGENTS = 1_000_000
LEVELS = (("target_service_level", "answer_within_s"), ("target_service_level_2", "answer_within_2_s"))
LOST_TARGETS = ("target_service_level", "target_service_level_2", "max_occupancy", "max_blocking")
PATIENT_TARGETS = ("target_service_level", "target_service_level_2", "max_occupancy", "max_asa_s")
LEAVING_TARGETS = (*PATIENT_TARGETS, "max_abandonment")


def _optional(*columns: Column) -> tuple[Column, ...]:
    return tuple(replace(column, needed=False) for column in columns)


NEEDED_COLUMNS = (
    Column("model", "text", "erlang-b (none waits), erlang-c (none leaves), erlang-a, chat", values=MODELS),
    Column("offered_per_h", "number", "contacts an hour, 0 or more", "contacts/h", least=0),
    Column("aht_s", "number", "average handle time, above 0 (chat: one alone)", "s", least=0),
)
CHOSEN_COLUMNS = _optional(
    Column("agents", "count", "blank = the least who meet every target", most=MOST_AGENTS),
    Column("patience_s", "number", "mean patience, or never; chat: blank = never", "s", least=0),
    Column("answer_within_s", "number", "seconds of the service level, 0 or more", "s", least=0),
    Column("target_service_level", "share", "share answered within them, such as 0.8 or 80%"),
    Column("answer_within_2_s", "number", "seconds of a second service level, 0 or more", "s", least=0),
    Column("target_service_level_2", "share", "share answered within those, such as 0.9 or 90%"),
    Column("max_abandonment", "share", "most abandoned / offered, such as 0.05 or 5%"),
    Column("max_occupancy", "share", "most contact time / time on contact duty, such as 0.85 or 85%"),
    Column("max_asa_s", "number", "longest mean wait of the answered, 0 or more", "s", least=0),
    Column("max_blocking", "share", "erlang-b: most blocked / offered, such as 0.01 or 1%"),
    Column("short_abandon_s", "number", "abandons within them are short; blank = 5", "s", least=0),
    Column("concurrency", "count", "chat: conversations at once, 1 to 100; blank = 1", least=1, most=100),
    Column("slowdown", "number", "chat: AHT share each further one adds; blank = 0", least=0, most=100),
    Column("planned_shrinkage", "share", "planned paid time off contact, below 1; blank = 0"),
    Column("unplanned_shrinkage", "share", "unplanned paid time off contact, below 1; blank = 0"),
)
SITUATION_COLUMNS = (*NEEDED_COLUMNS, *CHOSEN_COLUMNS)
RESULT_COLUMNS = _optional(
    Column("agents_on_contact", "count", "the agents given, or the least", "agents", blank=True),
    Column("agents_rostered", "number", "on contact / (1 - planned) / (1 - unplanned), a fraction", "agents"),
    Column("binding", "text", "the column of the target that decides; blank where agents are given"),
    Column("p_wait", "number", "share of contacts that find nobody free and wait", "share"),
    Column("p_abandon", "number", "abandoned / offered", "share"),
    Column("p_abandon_short", "number", "abandoned within short_abandon_s / offered", "share"),
    Column("service_level", "number", "answered within answer_within_s / offered", "share"),
    Column("service_level_excluding_short", "number", "the same / (offered - short abandons)", "share"),
    Column("mean_wait_s", "number", "mean wait of all offered; blank where it grows for ever", "s"),
    Column("asa_s", "number", "mean wait of the answered; blank where it grows for ever", "s"),
    Column("occupancy", "number", "contact time / time on contact duty", "share"),
    Column("blocking", "number", "erlang-b: blocked / offered; 0 where contacts wait", "share"),
    Column("service_level_2", "number", "answered within answer_within_2_s / offered", "share"),
)
(PROBLEM,) = _optional(Column("problem", "text", "why a row has no result; absent where every row has one"))


def cells(frame: pd.DataFrame, name: str) -> np.ndarray:
    """A numeric column, NaN where it is blank or absent."""
    if name not in frame.columns:
        return np.full(len(frame), np.nan)
    return frame[name].to_numpy(dtype=float, na_value=np.nan)


def load_erlangs(frame: pd.DataFrame) -> np.ndarray:
    """Offered load of each situation: contacts per second x AHT."""
    return cells(frame, "offered_per_h") * cells(frame, "aht_s") / 3600


def has_target(frame: pd.DataFrame) -> np.ndarray:
    """Which situations name a target that the agents of their model can meet or miss."""
    leaves = np.isfinite(cells(frame, "patience_s")) & frame["model"].isin(["erlang-a", "chat"]).to_numpy()
    lost = (frame["model"] == "erlang-b").to_numpy(dtype=bool)
    each = ((lost, LOST_TARGETS), (~lost & leaves, LEAVING_TARGETS), (~lost & ~leaves, PATIENT_TARGETS))
    found = np.zeros(len(frame), dtype=bool)
    for where, names in each:
        named = [~np.isnan(cells(frame, name)) for name in names]
        found |= where & np.logical_or.reduce(named)
    return found


def _more_than_zero(name: str) -> Rule:
    def rule(frame: pd.DataFrame) -> Iterator[Found]:
        yield from _where(
            "too_small", name, cells(frame, name) == 0, lambda v: f"{v} is not above 0; write more than 0"
        )

    return rule


def _below_one(name: str) -> Rule:
    def rule(frame: pd.DataFrame) -> Iterator[Found]:
        yield from _where(
            "too_large", name, cells(frame, name) == 1, lambda v: f"{v} leaves nobody; write less than 1"
        )

    return rule


def _has_seconds(share: str, seconds: str) -> Rule:
    def rule(frame: pd.DataFrame) -> Iterator[Found]:
        wrong = ~np.isnan(cells(frame, share)) & np.isnan(cells(frame, seconds))
        note = f"the cell is empty; {share} needs its seconds, such as 20"
        yield from _where("empty_cell", seconds, wrong, lambda _: note)

    return rule


def _has_patience(frame: pd.DataFrame) -> Iterator[Found]:
    wrong = (frame["model"] == "erlang-a").to_numpy(dtype=bool) & np.isnan(cells(frame, "patience_s"))
    note = "the cell is empty; erlang-a needs the mean patience in seconds, or never (as erlang-c has it)"
    yield from _where("empty_cell", "patience_s", wrong, lambda _: note)


def _agents_or_target(frame: pd.DataFrame) -> Iterator[Found]:
    wrong = np.isnan(cells(frame, "agents")) & ~has_target(frame) & frame["model"].notna().to_numpy()
    lost = wrong & (frame["model"] == "erlang-b").to_numpy(dtype=bool)
    waits, needs = (
        "agents, a service level, max_asa_s or max_occupancy",
        "agents and no target that decides: give",
    )
    blocks = "agents, max_blocking, a service level or max_occupancy"
    note = f"the row has no {needs} {waits}, or where patience ends max_abandonment"
    yield from _where("no_target", "agents", wrong & ~lost, lambda _: note)
    yield from _where("no_target", "agents", lost, lambda _: f"the row has no {needs} {blocks}")


def _no_more_than_most(frame: pd.DataFrame) -> Iterator[Found]:
    load, occupancy = load_erlangs(frame), cells(frame, "max_occupancy")
    large = load > MOST_AGENTS
    note = f"contacts an hour make a load above {MOST_AGENTS:,} Erlang, the most that is answered"
    yield from _where("too_large", "offered_per_h", large, lambda v: f"{v} {note}")
    asked = ~large & np.isnan(cells(frame, "agents")) & (load > MOST_AGENTS * occupancy) & (occupancy > 0)
    note = f"would need more than {MOST_AGENTS:,} agents; give a share such as 0.85"
    yield from _where("impossible_target", "max_occupancy", asked, lambda v: f"{v} {note}")


def _where(code: str, column: str, wrong: np.ndarray, say: Callable[[object], str]) -> Iterator[Found]:
    if wrong.any():
        yield Found(code, column, wrong, say)


SITUATIONS = Table(
    "SITUATIONS", "the calculator's questions; each model reads the columns that mean something to it",
    ("situation",), SITUATION_COLUMNS,
    (*map(_more_than_zero, ("aht_s", "patience_s", "max_occupancy", *(share for share, _ in LEVELS))),
     *map(_below_one, ("planned_shrinkage", "unplanned_shrinkage")),
     *(_has_seconds(*level) for level in LEVELS),
     _has_patience, _agents_or_target, _no_more_than_most),
)  # fmt: skip
CALCULATION = Table(
    "CALCULATION", "the calculator's answers: the columns of SITUATIONS and any others as given, then these",
    ("situation",), (*SITUATION_COLUMNS, *RESULT_COLUMNS, PROBLEM),
)  # fmt: skip
