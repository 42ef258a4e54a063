"""A planner's change on top of the forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.domain.teaching import ALL

Change = Literal["share", "contacts", "exactly"]


@dataclass(frozen=True)
class Override:
    """What becomes of a day's contacts, for each queue of a site, language and channel ("all": any).

    `share`: they are multiplied by 1 + value; `contacts`: value is added; `exactly`: they become value.
    """

    override_id: str
    first_day: date
    last_day: date
    change: Change
    value: float
    author: str
    reason: str
    site: str = ALL
    language: str = ALL
    channel: str = ALL

    def __str__(self) -> str:
        days = f"{self.first_day} to {self.last_day}"
        return f"override {self.override_id} of {self.author} for {days} ({self.reason})"
