"""The targets of one situation: what is asked, whether a result meets it, and the answer in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboards import formats


@dataclass(frozen=True)
class Goal:
    """One target: the SITUATIONS column that sets it and the CALCULATION column that meets or misses it."""

    column: str
    measure: str
    words: str
    limit: float
    at_least: bool = False

    def met(self, result: pd.Series) -> bool:
        """Whether a result keeps the target; a wait that grows for ever (blank) does not."""
        value = result[self.measure]
        within = value >= self.limit - 1e-9 if self.at_least else value <= self.limit + 1e-9
        return bool(within)

    def shown(self, result: pd.Series) -> str:
        """The result's value in the measure's unit."""
        return shown(self.measure, result[self.measure])

    def miss(self, result: pd.Series) -> str:
        """What a result that misses the target has, as a sentence marks it."""
        if pd.isna(result[self.measure]):
            return f"{self.name} !!without end!!"
        if self.measure == "asa_s":
            return f"{self.name} !!{self.shown(result)}!!"
        gap = _not_nothing(abs(result[self.measure] - self.limit) * 100)
        way = "short" if self.at_least else "too much"
        value = self.shown(result)
        said = f"{value} {self.name}" if self.at_least else f"{self.name} {value}"
        return f"{said} (!!{gap} points {way}!!)"

    @property
    def name(self) -> str:
        """What is measured: in 20 s, abandonment, ASA."""
        return self.words[self.words.index("in ") :] if self.at_least else self.words.split(" ≤ ")[0]


def shown(measure: str, value: float) -> str:
    """A measure as the reader sees it."""
    if measure.endswith("_s"):
        digits = 1 if pd.notna(value) and value < 100 else 0
        return formats.MISSING if pd.isna(value) else f"{formats.number(value, digits)}{formats.NO_BREAK}s"
    return formats.percent(value)


def _not_nothing(points: float) -> str:
    """Percentage points with as many digits as it takes to see them.

    >>> _not_nothing(3.14), _not_nothing(0.012), _not_nothing(1e-7)
    ('3.1', '0.01', 'under 0.001')
    """
    digits = next((n for n in (1, 2, 3) if round(points, n) > 0), 0)
    return formats.number(points, digits) if digits else "under 0.001"


def goals(situation: pd.Series) -> tuple[Goal, ...]:
    """The targets that one row of SITUATIONS sets."""
    found = [
        Goal(f"target_{measure}", measure, _level_words(situation, place), float(share), True)
        for place, measure in (("", "service_level"), ("_2", "service_level_2"))
        if pd.notna(share := situation.get(f"target_service_level{place}"))
    ]
    for column, measure, words in (
        ("max_abandonment", "p_abandon", "abandonment"),
        ("max_blocking", "blocking", "blocking"),
        ("max_occupancy", "occupancy", "occupancy"),
        ("max_asa_s", "asa_s", "ASA"),
    ):
        limit = situation.get(column)
        if pd.notna(limit):
            unit = f"{limit:g} s" if measure == "asa_s" else f"{limit * 100:g} %"
            found.append(Goal(column, measure, f"{words} ≤ {unit}", float(limit)))
    return tuple(found)


def _level_words(situation: pd.Series, place: str) -> str:
    share, seconds = situation[f"target_service_level{place}"], situation[f"answer_within{place}_s"]
    return f"{share * 100:g} % in {seconds:g} s"


def answer(own: pd.Series, around: pd.DataFrame, *, asked: Sequence[Goal]) -> str:
    """The least agents, which target decides and what one fewer breaks; or what the given agents achieve.

    `own` is the situation's CALCULATION row, `around` those of the agent counts near it.
    """
    agents = int(own["agents_on_contact"])
    people = formats.number(own["agents_rostered"], 1)
    rostered = f"On the payroll: **{people} people**."
    if pd.isna(own["binding"]):
        missed = [goal.miss(own) for goal in asked if not goal.met(own)]
        some = f"They miss {len(missed)} of {formats.counted(len(asked), 'target')}: {', '.join(missed)}."
        state = some if missed else "They meet every target."
        if agents == 0 and not own["offered_per_h"]:
            return "Nothing is offered, so **nobody** is needed."
        return f"**{formats.counted(agents, 'agent')} on contact**. {state if asked else ''} {rostered}"
    decides = next(goal for goal in asked if goal.column == own["binding"])
    first = f"**{formats.counted(agents, 'agent')} on contact** meet every target; {decides.words} decides."
    fewer = around[around["agents_on_contact"] == agents - 1]
    if fewer.empty:
        return f"{first} {rostered}"
    broken = [goal.miss(fewer.iloc[0]) for goal in asked if not goal.met(fewer.iloc[0])]
    return f"{first} With {formats.number(agents - 1)}: {', '.join(broken)}. {rostered}"
