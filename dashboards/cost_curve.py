"""What each voice target costs: the curves of one planned week, and where the contract stands on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboards import formats
from dashboards.published import Published
from planner.domain.centre import Centre, Queue, Target
from planner.language import _, message

FREE = 0.0005  # of the paid hours: less than that is rounding, not a price
NO_PRICE = message("The next step costs **nothing more** in any voice target.")
TARGETS = ("service_level", "service_level_2", "abandonment")


class Step(NamedTuple):
    """From one share asked to the next harder one, and what it adds in a week."""

    begin: float
    end: float
    paid_h: float
    cost: float


@dataclass(frozen=True)
class Curve:
    """One target's curve: `rows` has share, paid_h and cost, from the easiest share to the hardest.

    `contract` are the different shares that voice queues ask, `seconds` their different answer times;
    `queues` of all `voice` queues have this target at all.
    """

    target: str
    rows: pd.DataFrame
    contract: tuple[float, ...]
    seconds: tuple[float, ...]
    queues: int
    voice: int

    @property
    def name(self) -> str:
        """Answered within 20 s, or abandonment; where seconds differ, which of the service levels."""
        if self.target == "abandonment":
            return _("Abandonment")
        if len(self.seconds) == 1:
            return _("Answered within {seconds} s").format(seconds=formats.exact(self.seconds[0]))
        return _("First service level") if self.target == TARGETS[0] else _("Second service level")

    @property
    def short(self) -> str:
        """The name after a share: in 20 s."""
        if self.target == "abandonment":
            return _("abandonment")
        if len(self.seconds) == 1:
            return _("in {seconds}\u00a0s").format(seconds=formats.exact(self.seconds[0]))
        return _("first service level") if self.target == TARGETS[0] else _("second service level")

    @property
    def words(self) -> str:
        """The shares that the contract asks."""
        return formats.listed([_share(share) for share in self.contract])

    @property
    def asked(self) -> float | None:
        """The share that all queues with this target ask; None where they differ."""
        return self.contract[0] if len(self.contract) == 1 else None

    def at_contract(self) -> pd.Series | None:
        """Paid hours and cost at the contract's share, between two shares tried if need be.

        None where queues differ, for then no point of the curve is the contract, and outside the curve.
        """
        share, rows = self.asked, self.rows.sort_values("share")
        if share is None or not rows["share"].min() <= share <= rows["share"].max():
            return None
        return pd.Series({name: np.interp(share, rows["share"], rows[name]) for name in ("paid_h", "cost")})

    def free_until(self) -> float | None:
        """The hardest share that costs no more than the easiest one; None where every step has its price."""
        hours = self.rows["paid_h"]
        free = self.rows["share"][(hours <= hours.iloc[0] * (1 + FREE)).cummin()]
        return float(free.iloc[-1]) if len(free) > 1 else None

    def contract_is_free(self) -> bool:
        """Whether the easiest share that a queue asks costs no more than the easiest one tried."""
        until = self.free_until()
        return until is not None and min(map(self._hardness, self.contract)) <= self._hardness(until)

    def step(self) -> Step | None:
        """From the contract (the easiest that a queue asks) to the next harder share, else the last step."""
        tried = self.rows["share"].tolist()
        if len(tried) < 2:
            return None
        easiest = min(map(self._hardness, self.contract))
        met = [place for place, share in enumerate(tried[:-1]) if self._hardness(share) <= easiest]
        begin = met[-1] if met else 0
        first, second = self.rows.iloc[begin], self.rows.iloc[begin + 1]
        added = second - first
        return Step(float(first["share"]), float(second["share"]), added["paid_h"], added["cost"])

    def is_free(self, step: Step) -> bool:
        """Whether a step is no more than rounding."""
        return abs(step.paid_h) <= FREE * float(self.rows["paid_h"].iloc[0])

    def _hardness(self, share: float) -> float:
        return round(-share if self.target == "abandonment" else share, 9)


def cost_rows(plan: Published) -> pd.DataFrame:
    """COST_CURVE; plans made before other targets were tried vary the first service level alone."""
    rows = plan.table("COST_CURVE")
    return rows if "target" in rows else rows.assign(target=TARGETS[0])


def curves(rows: pd.DataFrame, centre: Centre, *, site: str | None, week: pd.Timestamp) -> list[Curve]:
    """The curves of a site, or of all sites together, in one week; no curve for a target nobody has.

    `rows` is COST_CURVE.
    """
    mine = rows[(rows["week"] == week) & (True if site is None else rows["site"] == site)]
    summed = mine.groupby(["target", "share"], as_index=False)[["paid_h", "cost"]].sum()
    voice = [
        queue for key, queue in centre.queues.items() if key.channel == "voice" and site in (None, key.site)
    ]
    made = [_curve(name, summed[summed["target"] == name], voice) for name in TARGETS]
    return [curve for curve in made if curve.contract and len(curve.rows)]


def _curve(target: str, rows: pd.DataFrame, voice: Sequence[Queue]) -> Curve:
    found = [asked for queue in voice if (asked := _asked(queue.target, target))]
    shares, seconds = (tuple(sorted({each[place] for each in found})) for place in (0, 1))
    easiest_first = rows.sort_values("share", ascending=target != "abandonment", ignore_index=True)
    return Curve(target, easiest_first[["share", "paid_h", "cost"]], shares, seconds, len(found), len(voice))


def _asked(target: Target, name: str) -> tuple[float, float] | None:
    """Share and seconds that a contract asks of a target; None where it does not."""
    if name == "abandonment":
        return None if target.max_abandonment is None else (target.max_abandonment, 0.0)
    levels, place = target.service_levels, TARGETS.index(name)
    return (levels[place].share, levels[place].within_s) if len(levels) > place else None


def answer(found: Sequence[Curve], *, price: Callable[[float], str] | None) -> str:
    """What the next step costs of the first target that has a price, and which targets are free and how far.

    `price` writes an amount of money; None where no cost per hour is known, so that hours alone are said.
    """
    priced = [
        (curve, step) for curve in found if (step := curve.step()) is not None and not curve.is_free(step)
    ]
    text = [_step_words(*priced[0], price=price) if priced else _(NO_PRICE)]
    free = [
        _free_words(curve, until)
        for curve in found
        if (until := curve.free_until()) is not None and curve.contract_is_free()
    ]
    if free:
        text.append(
            _("Free, because another target decides: {targets}.").format(targets=formats.listed(free))
        )
    return " ".join([*text, *differing(found)])


def _free_words(curve: Curve, until: float) -> str:
    text = _("{target} down to {share}") if curve.target == "abandonment" else _("{target} up to {share}")
    return text.format(target=curve.short, share=_share(until))


def _step_words(curve: Curve, step: Step, *, price: Callable[[float], str] | None) -> str:
    text = _("From {first} to {second} {target} costs")
    if curve.target == "abandonment":
        text = _("Abandonment from {first} to {second} costs")
    begin = text.format(first=_share(step.begin), second=_share(step.end), target=curve.short)
    hours = formats.number(step.paid_h)
    if price is None:
        return f"{begin} " + _("**{hours} paid hours a week**.").format(hours=hours)
    cost, point = price(step.cost), price(step.cost / abs(step.end - step.begin) / 100)
    told = _("**{cost} a week**, {hours} paid hours: {point} a point.")
    return f"{begin} " + told.format(cost=cost, hours=hours, point=point)


def differing(found: Sequence[Curve]) -> list[str]:
    """A sentence for each target that voice queues do not ask alike."""
    return [
        _(
            "Voice queues differ on {subject} ({words}): each point of that curve asks the same of all."
        ).format(subject=_subject(curve), words=curve.words)
        for curve in found
        if curve.asked is None
    ]


def _subject(curve: Curve) -> str:
    if curve.target == "abandonment" or len(curve.seconds) != 1:
        return curve.short
    return _("answered within {seconds} s").format(seconds=formats.exact(curve.seconds[0]))


def _share(share: float) -> str:
    return formats.exact_percent(share)
