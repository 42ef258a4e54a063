"""What stands when a schedule is made: what may not move, and what may at a price."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from planner.domain.change_tables import LOCKED, OFF, WHOLE_SHIFT
from planner.domain.moves import Moves
from planner.domain.tables import SCHEDULE
from staffing.freed import without


@dataclass(frozen=True)
class Standing:
    """LOCKED, and a published SCHEDULE with the prices of moving it; either may be empty.

    A day that is locked counts as locked, whatever was published for it.
    """

    locked: pd.DataFrame = field(default_factory=LOCKED.empty)
    published: pd.DataFrame = field(default_factory=SCHEDULE.empty)
    moves: Moves = field(default_factory=Moves)

    def of_site(self, site: str) -> Standing:
        """What stands at one site."""
        locked, published = (rows[rows["site"] == site] for rows in (self.locked, self.published))
        return Standing(locked.reset_index(drop=True), published.reset_index(drop=True), self.moves)

    def within(self, first_day: date, days: int) -> Standing:
        """What stands on the local days of a horizon."""
        first = pd.Timestamp(first_day)
        last = first + pd.Timedelta(days=days - 1)
        locked, published = (rows[rows["day"].between(first, last)] for rows in (self.locked, self.published))
        return Standing(locked.reset_index(drop=True), published.reset_index(drop=True), self.moves)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands."""
        return self.locked.empty and self.published.empty

    @property
    def movable(self) -> pd.DataFrame:
        """The published rows of days that are not locked."""
        return without(self.published, self.locked)

    @property
    def segments(self) -> pd.DataFrame:
        """Locked segments as rows of SCHEDULE; a pattern that is not told is called locked."""
        rows = self.locked[~self.locked["activity"].isin([OFF, WHOLE_SHIFT])]
        blank = dict.fromkeys(["language", "channel"])
        told = rows.assign(**{name: rows.get(name, value) for name, value in blank.items()})
        pattern = told["shift"].fillna("locked") if "shift" in told.columns else "locked"
        return SCHEDULE.check(told.assign(shift=pattern)) if len(told) else SCHEDULE.empty()

    @property
    def shifts(self) -> pd.DataFrame:
        """Locked whole shifts: pauses and queues are open."""
        return self.locked[self.locked["activity"] == WHOLE_SHIFT]

    @property
    def days_off(self) -> pd.DataFrame:
        """Locked days off."""
        return self.locked[self.locked["activity"] == OFF]
