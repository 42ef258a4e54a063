"""What a wish is: one file under `staffing/wishes`, two faces.

The engine's face prices shifts before anything is scheduled: `cost` of working a shift and `idle` of a day
without one, in penalty units, or nothing where the compiled engine reads the weight itself. The checking
face, `asked` and `missed`, looks at a finished schedule and knows nothing of the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.doors import parts
from planner.domain.soft import Soft
from planner.domain.wish_days import days_of, falls_on, minutes_of
from staffing import wishes
from staffing.finished import Finished
from staffing.labour import People
from staffing.rules import availability


@dataclass(frozen=True)
class Offers:
    """The shifts that may be worked, by kind of contract, day and place in the day's list: C x D x S.

    `start_min` is the site's clock, the hours are paid ones by the clock: a shift's unpaid meal counts
    evenly over it. Where a list is shorter, the rest is 0.
    """

    start_min: np.ndarray
    night_h: np.ndarray
    sunday_h: np.ndarray
    holiday_h: np.ndarray


@dataclass(frozen=True)
class Asked:
    """What the people of a site wish for over a horizon, as arrays agent x day in the order of `people`.

    `kind` is each agent's kind of contract, `paid_hour_money` what an hour costs on average over the sites.
    """

    people: People
    kind: np.ndarray
    preferences: pd.DataFrame
    soft: Soft
    paid_hour_money: float = 0.0
    holidays: frozenset[date] = frozenset()

    @cached_property
    def available(self) -> np.ndarray:
        """Days on which each agent is employed and not away."""
        return availability.days(self.people)

    def weight(self, wish: str) -> np.ndarray:
        """Weight with which each agent wishes it for each day, 0 where they do not."""
        return self._filled(wish, "weight")

    def band(self) -> tuple[np.ndarray, np.ndarray]:
        """Earliest and latest start wished for, minutes after local midnight; 0 where there is no wish."""
        return self._filled("start", "start_from"), self._filled("start", "start_to")

    def _filled(self, wish: str, column: str) -> np.ndarray:
        """One number of the wishes of a kind, written where they hold; those for fewer weekdays win."""
        rows, calendar = self._wishes(wish), self.people.calendar
        found = np.zeros((len(self.people.agents), self.people.days))
        named = {text: falls_on(text, calendar) for text in rows["days"].unique()}
        falls = np.array([named[text] for text in rows["days"]], bool).reshape(len(rows), len(calendar))
        first, last = (rows[edge].to_numpy()[:, None] for edge in ("valid_from", "valid_to"))
        days = calendar.to_numpy()
        which, day = np.nonzero(falls & ~((days < first) | (days > last)))
        agent = rows["agent_id"].map(self.people.row_of).to_numpy(np.int64)
        found[agent[which], day] = _numbers(rows[column], column)[which]  # of several, the last row stays
        return found

    def _wishes(self, wish: str) -> pd.DataFrame:
        valid = dict.fromkeys(("valid_from", "valid_to"), "datetime64[us]")
        rows = self.preferences.reindex(columns=list(WISH_COLUMNS)).astype(valid)
        mine = rows[(rows["wish"] == wish) & rows["agent_id"].isin(list(self.people.row_of))]
        breadth = np.array([len(days_of(text)[0]) for text in mine["days"]], np.int64)
        return mine.iloc[np.argsort(-breadth, kind="stable")]


WISH_COLUMNS = ("agent_id", "wish", "days", "start_from", "start_to", "weight", "valid_from", "valid_to")


def _numbers(cells: pd.Series, column: str) -> np.ndarray:
    """Weights (blank = 1), or minutes after midnight of clock times."""
    if column == "weight":
        return cells.astype("float64").fillna(1.0).to_numpy()
    return cells.map(minutes_of).to_numpy(float)


@dataclass(frozen=True)
class Wish:
    """A soft rule; `weight` names the price of a `unit` of it in `Weights`.

    `asked` gives agent_id, site, day wherever it was asked or could be missed; `missed` those where it was,
    with amount, weight (the wish's own) and note. `cost` is an array agent x day x place, `idle` agent x day.
    """

    name: str
    meaning: str
    unit: str
    weight: str
    asked: Callable[[Finished], pd.DataFrame]
    missed: Callable[[Finished], pd.DataFrame]
    cost: Callable[[Asked, Offers], np.ndarray] | None = None
    idle: Callable[[Asked], np.ndarray] | None = None

    def price(self, soft: Soft) -> float:
        """Penalty units for one unit of the wish."""
        return float(getattr(soft.weights, self.weight))


def every_wish() -> tuple[Wish, ...]:
    """The wishes found in `staffing/wishes`, one file each, in the order of the files."""
    return tuple(part.WISH for part in parts(wishes, shape={"WISH": Wish}).values())
