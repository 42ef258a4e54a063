"""Which part of the centre a figure speaks of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.tables import QUEUE
from planner.scorecards.rollups import ALL


@dataclass(frozen=True)
class Scope:
    """A part of the centre; None means all of it.

    >>> Scope(channel="voice").holds(QueueKey("LIS", "pt", "voice"))
    True
    """

    site: str | None = None
    language: str | None = None
    channel: str | None = None

    @property
    def parts(self) -> tuple[str | None, str | None, str | None]:
        """Site, language and channel."""
        return self.site, self.language, self.channel

    def holds(self, key: QueueKey) -> bool:
        """Whether a queue lies in the scope."""
        return all(want is None or want == has for want, has in zip(self.parts, key, strict=True))

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a queue table that lie in the scope."""
        kept = pd.Series(True, index=frame.index)
        for column, value in zip(QUEUE, self.parts, strict=True):
            if value is not None:
                kept &= frame[column] == value
        return frame[kept]

    def subject(self, card: pd.DataFrame) -> pd.DataFrame:
        """The rows of a scorecard that speak of the scope as a whole; a part not chosen is rolled up."""
        kept = pd.Series(True, index=card.index)
        for column, value in zip(QUEUE, self.parts, strict=True):
            kept &= card[column] == (value or ALL)
        return card[kept]
