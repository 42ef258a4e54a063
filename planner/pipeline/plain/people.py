"""A plain table of people as AGENTS on the queues of a requirement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.language_names import plain_letters
from planner.domain.problems import InputError, Problem
from planner.domain.tables import AGENTS
from planner.importers.plain import PlainPeople
from planner.pipeline.plain.contracts import name_of
from planner.pipeline.plain.queues import LANGUAGE, SITE


def agents_of(people: PlainPeople, queues: Sequence[QueueKey]) -> pd.DataFrame:
    """AGENTS; who names no language or channel serves all of them, who names no site is at the only one.

    A requirement that names no site is for everybody. InputError for people at a site that needs nobody,
    or who name none of several.
    """
    sites = list(dict.fromkeys(key.site for key in queues))
    languages = list(dict.fromkeys(key.language for key in queues))
    channels = ";".join(dict.fromkeys(key.channel for key in queues))
    problems = list(_lost(people, sites))
    if problems:
        raise InputError(problems)
    rows = people.rows
    single = LANGUAGE if languages == [LANGUAGE] else None
    made = rows.assign(
        site=rows["site"].where((rows["site"] != "") & (sites != [SITE]), sites[0]),
        contract=rows["weekly_hours"].map(name_of),
        languages=[single or _spoken(text, languages) for text in rows["languages"]],
        channels=rows["channels"].where(rows["channels"] != "", channels),
        team=rows["team"].where(rows["team"] != ""),
    )
    return AGENTS.check(made, file=people.file, rows=rows["row"].to_numpy())


def _spoken(text: str, languages: Sequence[str]) -> str:
    """The languages of a person under the requirement's codes."""
    codes = {plain_letters(language): language for language in languages}
    spoken = [codes.get(plain_letters(part), part) for part in text.split(";") if part]
    return ";".join(spoken or languages)


def _lost(people: PlainPeople, sites: Sequence[str]) -> Iterator[Problem]:
    if sites == [SITE]:
        return
    named = people.rows["site"]
    wrong = people.rows[~named.isin(sites) & ((named != "") | (len(sites) > 1))]
    listed = ", ".join(sites)
    for row in wrong.head(20).itertuples():
        note = f"“{row.site}” is no site of the requirement; it has {listed}"
        yield Problem("unknown_site", note, people.file, int(row.row), "site")
