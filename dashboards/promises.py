"""The targets of a queue as promises to a client: in words, with a limit and a direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards import formats
from planner.domain.centre import Centre, Queue, QueueKey, Target

FORMULA_WORDS = {
    "answered_in_t_and_abandoned_in_t_over_offered": "(answered + abandoned in T) / offered",
    "answered_in_t_over_answered": "answered in T / answered",
    "answered_in_t_over_offered": "answered in T / offered",
    "answered_in_t_over_answered_and_abandoned_after_t": "answered in T / (answered + abandoned after T)",
    "answered_in_t_and_short_abandons_over_offered": "(answered in T + short abandons) / offered",
}
MEASURE_NAMES = {
    "service_level": "First service level",
    "service_level_2": "Second service level",
    "abandonment": "Abandonment target",
    "met_deadline": "Deadline",
    "all_targets": "All targets together",
}


@dataclass(frozen=True)
class Promise:
    """One target: `measure` as tables name it, `limit` as a share, and whether it is a floor."""

    measure: str
    name: str
    short: str
    definition: str
    limit: float
    at_least: bool

    def margin(self, value: float) -> float:
        """How far inside the promise a value lies; negative when it is missed."""
        return value - self.limit if self.at_least else self.limit - value

    def met(self, value: float) -> bool:
        """Whether a value keeps the promise."""
        return self.margin(value) >= 0

    @property
    def sign(self) -> str:
        """The limit with its sign: ≥ 80 %."""
        return f"{'≥' if self.at_least else '≤'}{formats.NO_BREAK}{self.limit * 100:g}{formats.NO_BREAK}%"


def promises(target: Target) -> tuple[Promise, ...]:
    """The promises of a target, in the order a contract lists them."""
    made = [
        Promise(
            measure,
            f"Answered within {level.within_s:g} s",
            str(level),
            FORMULA_WORDS[target.formula],
            level.share,
            True,
        )
        for level, measure in zip(target.service_levels, ("service_level", "service_level_2"), strict=False)
    ]
    if target.max_abandonment is not None:
        words = f"abandonment ≤ {target.max_abandonment * 100:g} %"
        made.append(
            Promise("abandonment", "Abandonment", words, "abandoned / offered", target.max_abandonment, False)
        )
    if target.deadline is not None:
        hours = f"{target.deadline.within_business_h:g} business hours"
        made.append(
            Promise(
                "met_deadline",
                f"Done within {hours}",
                f"{target.deadline.share * 100:g} % in {hours}",
                "finished in time / received",
                target.deadline.share,
                True,
            )
        )
    return tuple(made)


def promise_of(queue: Queue, measure: str) -> Promise | None:
    """The queue's promise on a measure, None where there is none."""
    return next((promise for promise in promises(queue.target) if promise.measure == measure), None)


def shared_promises(centre: Centre, keys: Sequence[QueueKey]) -> tuple[Promise, ...]:
    """The promises that all of the queues have alike; a target that differs by queue is left out."""
    each = [promises(centre.queues[key].target) for key in keys]
    return tuple(promise for promise in each[0] if all(promise in made for made in each)) if each else ()
