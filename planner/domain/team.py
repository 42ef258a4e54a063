"""A small team that answers one deferred queue: its people and hours, its backlog, and its rules.

Shares are 0..1 of the queue's contacts, times are hours (`_h`) or seconds (`_s`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.timegrid import Span


@dataclass(frozen=True)
class Pending:
    """Contacts that wait for the customer once handled, for `hours` on average (exponential).

    Of them `unanswered` hear nothing more: today somebody opens them again, looks, and closes them. Every
    touch of a contact takes equally long; the queue's AHT is that of the contact with today's touches.
    """

    share: float = 0.0
    hours: float = 24.0
    unanswered: float = 0.0


@dataclass(frozen=True)
class Rules:
    """What the team does otherwise from a day on (a date or the Monday of a numbered week).

    `merged` of the duplicates are put to the contact they repeat, in `merge_s` seconds each. Templates
    take `template_less_s` off the first touch of `templates` of the contacts. `auto_closed` of the
    pending contacts that nobody answers close by themselves. None = from the first day planned.
    """

    first: date | int | None = None
    merged: float = 0.0
    merge_s: float = 0.0
    templates: float = 0.0
    template_less_s: float = 0.0
    auto_closed: float = 0.0


@dataclass(frozen=True)
class Turn:
    """`people` who work the same `hours`: spans by weekday (0 = Monday) on the queue's clock."""

    people: int
    hours: Mapping[int, tuple[Span, ...]]


@dataclass(frozen=True)
class Team:
    """Who answers the queue (site, language, channel), turn by turn.

    `backlog` contacts are open when the plan starts. `duplicates` is the share of contacts in which a
    customer writes again before the first is answered.
    """

    queue: tuple[str, str, str]
    turns: tuple[Turn, ...]
    backlog: float = 0.0
    duplicates: float = 0.0
    pending: Pending = Pending()
    rules: Rules = Rules()

    @property
    def people(self) -> int:
        """People of all turns."""
        return sum(turn.people for turn in self.turns)
