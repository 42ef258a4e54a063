"""A planner's word on which days teach the forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ALL = "all"


@dataclass(frozen=True)
class Teaching:
    """Whether the days from first to last teach the forecast, whatever the program found in them.

    It holds for the queues of a site, language and channel, each "all" when it does not matter.
    """

    first_day: date
    last_day: date
    teaches: bool
    author: str
    reason: str
    site: str = ALL
    language: str = ALL
    channel: str = ALL

    def covers(self, key: tuple[str, str, str]) -> bool:
        """Whether it speaks of the queue of this site, language and channel."""
        return all(wanted in (ALL, has) for wanted, has in zip((self.site, self.language, self.channel), key))
