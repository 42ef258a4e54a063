"""Time that a search may use: a clock of seconds, given by the caller, and when it is to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """`now` gives seconds (CPU or wall, or a count that a test advances); the search ends at `end`."""

    now: Callable[[], float]
    begin: float
    end: float

    @property
    def left(self) -> float:
        return self.end - self.now()

    @property
    def share(self) -> float:
        """Share of the time that is over; all of it where there was none."""
        if self.end <= self.begin:
            return 1.0
        return (self.now() - self.begin) / (self.end - self.begin)

    def part(self, share: float) -> Clock:
        """A clock that ends when this share of what is left is over."""
        now = self.now()
        return Clock(self.now, now, now + max(share * (self.end - now), 0.0))
