"""The targets of one situation: what is asked, whether a result meets it, and the answer in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboards import formats
from planner.language import _, ngettext


@dataclass(frozen=True)
class Goal:
    """One target: the SITUATIONS column that sets it and the CALCULATION column that meets or misses it.

    `name` is what is measured, inside a sentence: in 20 s, abandonment, ASA.
    """

    column: str
    measure: str
    words: str
    limit: float
    name: str
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
            return _("{name} !!without end!!").format(name=self.name)
        if self.measure == "asa_s":
            return f"{self.name} !!{self.shown(result)}!!"
        gap = _not_nothing(abs(result[self.measure] - self.limit) * 100)
        text = (
            _("{value} {name} (!!{gap} points short!!)")
            if self.at_least
            else _("{name} {value} (!!{gap} points too much!!)")
        )
        return text.format(value=self.shown(result), name=self.name, gap=gap)


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
    return formats.number(points, digits) if digits else _("under {least}").format(least=formats.exact(0.001))


def goals(situation: pd.Series) -> tuple[Goal, ...]:
    """The targets that one row of SITUATIONS sets."""
    found = [
        _level(situation, place, measure)
        for place, measure in (("", "service_level"), ("_2", "service_level_2"))
        if pd.notna(situation.get(f"target_service_level{place}"))
    ]
    for column, measure, name in (
        ("max_abandonment", "p_abandon", _("abandonment")),
        ("max_blocking", "blocking", _("blocking")),
        ("max_occupancy", "occupancy", _("occupancy")),
        ("max_asa_s", "asa_s", _("ASA")),
    ):
        limit = situation.get(column)
        if pd.notna(limit):
            most = f"{formats.exact(limit)} s" if measure == "asa_s" else f"{formats.exact(limit * 100)} %"
            found.append(Goal(column, measure, f"{name} ≤ {most}", float(limit), name))
    return tuple(found)


def _level(situation: pd.Series, place: str, measure: str) -> Goal:
    """A service level: the share to be answered within some seconds."""
    share = float(situation[f"target_service_level{place}"])
    seconds = formats.exact(situation[f"answer_within{place}_s"])
    words = _("{share} % in {seconds} s").format(share=formats.exact(share * 100), seconds=seconds)
    return Goal(f"target_{measure}", measure, words, share, _("in {seconds} s").format(seconds=seconds), True)


def answer(own: pd.Series, around: pd.DataFrame, *, asked: Sequence[Goal]) -> str:
    """The least agents, which target decides and what one fewer breaks; or what the given agents achieve.

    `own` is the situation's CALCULATION row, `around` those of the agent counts near it.
    """
    agents = int(own["agents_on_contact"])
    people = formats.number(own["agents_rostered"], 1)
    rostered = _("On the payroll: **{people} people**.").format(people=people)
    if pd.isna(own["binding"]):
        return _achieved(own, asked=asked, rostered=rostered)
    decides = next(goal for goal in asked if goal.column == own["binding"])
    first = ngettext(
        "**{n} agent on contact** meets every target; {target} decides.",
        "**{n} agents on contact** meet every target; {target} decides.",
        agents,
    ).format(n=formats.number(agents), target=decides.words)
    fewer = around[around["agents_on_contact"] == agents - 1]
    if fewer.empty:
        return f"{first} {rostered}"
    broken = [goal.miss(fewer.iloc[0]) for goal in asked if not goal.met(fewer.iloc[0])]
    less = _("With {n}: {broken}.").format(n=formats.number(agents - 1), broken=", ".join(broken))
    return formats.sentence(first, less, rostered)


def _achieved(own: pd.Series, *, asked: Sequence[Goal], rostered: str) -> str:
    """What the given agents meet and miss."""
    agents = int(own["agents_on_contact"])
    if agents == 0 and not own["offered_per_h"]:
        return _("Nothing is offered, so **nobody** is needed.")
    missed = [goal.miss(own) for goal in asked if not goal.met(own)]
    state = _("They meet every target.") if asked else ""
    if missed:
        state = ngettext(
            "They miss {missed} of {n} target: {list}.",
            "They miss {missed} of {n} targets: {list}.",
            len(asked),
        ).format(missed=len(missed), n=len(asked), list=", ".join(missed))
    first = formats.counted(agents, "**{n} agent on contact**.", "**{n} agents on contact**.")
    return formats.sentence(first, state, rostered)
