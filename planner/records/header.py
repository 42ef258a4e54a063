"""Finds the header among the first rows and tells known columns from unknown ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.domain.problems import InputError, Problem
from planner.records.records import Knows, Limits, refuse

LOOKED_AT = 30  # rows at the top of a file among which the header is looked for


@dataclass(frozen=True)
class Header:
    """Where each known column stands: `places` counts from 0, `labels` are the headings as written."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    labels: Mapping[str, str]
    ignored: tuple[str, ...]


def header_place(head: Sequence[Sequence[object]], knows: Knows) -> int:
    """Index of the header: the row with most known headings, else the first row with any text.

    Titles, often merged over many cells, stand above the header in exports made for reading.
    """
    scores = [known_in(row, knows) for row in head]
    if max(scores, default=0) > 0:
        return scores.index(max(scores))
    return next((i for i, row in enumerate(head) if any(headings(row))), 0)


def known_in(row: Iterable[object], knows: Knows) -> int:
    """How many known columns a row of headings names."""
    return len({knows(text) for text in headings(row)} - {None})


def headings(row: Iterable[object]) -> list[str]:
    """The cells of a row as headings; a blank cell is the empty text."""
    return ["" if cell is None else str(cell).strip() for cell in row]


def header_of(row: Iterable[object], knows: Knows, *, file: str, row_seen: int, limits: Limits) -> Header:
    """The header in a row; InputError when a known column stands twice or there are too many."""
    texts = headings(row)
    if len(texts) > limits.columns:
        raise refuse(
            "too_many_columns", f"has {len(texts):,} columns; at most {limits.columns:,} are read", file
        )
    found = [(i, name, text) for i, text in enumerate(texts) if text and (name := knows(text)) is not None]
    twice = [name for name, times in Counter(name for _, name, _ in found).items() if times > 1]
    if twice:
        raise InputError(
            Problem("column_twice", "the header names this column twice; keep one", file, row_seen, name)
            for name in twice
        )
    known = {place for place, _, _ in found}
    return Header(
        tuple(name for _, name, _ in found),
        tuple(place for place, _, _ in found),
        {name: text for _, name, text in found},
        tuple(text for i, text in enumerate(texts) if text and i not in known),
    )
