"""Targets as promises to a client: in words, with a limit and a direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.domain.centre import Centre, Formula, Queue, QueueKey, Target
from planner.domain.quality import AT_MOST, QualityTargets, TargetName
from planner.language import _, message

Unit = Literal["share", "s", "points"]

FORMULA_WORDS: dict[Formula, str] = {
    "answered_in_t_and_abandoned_in_t_over_offered": message("(answered + abandoned in T) / offered"),
    "answered_in_t_over_answered": message("answered in T / answered"),
    "answered_in_t_over_offered": message("answered in T / offered"),
    "answered_in_t_over_answered_and_abandoned_after_t": message(
        "answered in T / (answered + abandoned after T)"
    ),
    "answered_in_t_and_short_abandons_over_offered": message("(answered in T + short abandons) / offered"),
}
MEASURE_NAMES = {
    "service_level": message("First service level"),
    "service_level_2": message("Second service level"),
    "abandonment": message("Abandonment target"),
    "met_deadline": message("Deadline"),
    "all_targets": message("All targets together"),
}
MEASURES: dict[TargetName, str] = {  # in SCORECARD, where they are called otherwise than in plan.yaml
    "critical_customer": "critical_accuracy_customer",
    "critical_business": "critical_accuracy_business",
    "critical_compliance": "critical_accuracy_compliance",
}
QUALITY_WORDS: dict[str, tuple[str, str]] = {  # measure: name, short definition
    "quality_score": (message("Quality score"), message("random sample, critical errors count 0")),
    "critical_accuracy_customer": (
        message("Customer-critical accuracy"),
        message("evaluations without such an error"),
    ),
    "critical_accuracy_business": (
        message("Business-critical accuracy"),
        message("evaluations without such an error"),
    ),
    "critical_accuracy_compliance": (
        message("Compliance-critical accuracy"),
        message("evaluations without such an error"),
    ),
    "fcr_no_escalation": (message("Resolved, no escalation"), message("FCR by escalation")),
    "fcr_agent": (message("Resolved, agent says"), message("FCR by the agent's disposition")),
    "fcr_survey": (message("Resolved, customer says"), message("FCR by survey")),
    "fcr_repeat_24h": (message("Resolved, no repeat in 24 hours"), message("FCR by repeat contacts")),
    "fcr_repeat_72h": (message("Resolved, no repeat in 72 hours"), message("FCR by repeat contacts")),
    "fcr_repeat_7d": (message("Resolved, no repeat in 7 days"), message("FCR by repeat contacts")),
    "fcr_repeat_30d": (message("Resolved, no repeat in 30 days"), message("FCR by repeat contacts")),
    "csat": (message("Satisfied customers"), message("CSAT: 4 or 5 of 5 / survey answers")),
    "dsat": (message("Dissatisfied customers"), message("DSAT: 1 or 2 of 5 / survey answers")),
    "nps": (message("Net promoter score"), message("promoters − detractors, share of answers")),
    "survey_response": (message("Surveys answered"), message("answers / surveys sent")),
}


@dataclass(frozen=True)
class Promise:
    """One target: `measure` as tables name it, `limit` in its unit (shares 0..1), whether it is a floor."""

    measure: str
    name: str
    short: str
    definition: str
    limit: float
    at_least: bool
    unit: Unit = "share"

    def margin(self, value: float) -> float:
        """How far inside the promise a value lies; negative when it is missed."""
        return value - self.limit if self.at_least else self.limit - value

    def met(self, value: float) -> bool:
        """Whether a value keeps the promise."""
        return self.margin(value) >= 0


def promises(target: Target) -> tuple[Promise, ...]:
    """The promises of a queue's target, in the order a contract lists them."""
    return (*_service_levels(target), *_ceilings(target), *_deadline(target))


def _service_levels(target: Target) -> Iterator[Promise]:
    for level, measure in zip(target.service_levels, ("service_level", "service_level_2"), strict=False):
        name = _("Answered within {seconds} s").format(seconds=f"{level.within_s:g}")
        short = _("{share} % in {seconds} s").format(
            share=f"{level.share * 100:g}", seconds=f"{level.within_s:g}"
        )
        yield Promise(measure, name, short, _(FORMULA_WORDS[target.formula]), level.share, True)


def _ceilings(target: Target) -> Iterator[Promise]:
    if target.max_abandonment is not None:
        most = target.max_abandonment
        short = _("abandonment ≤ {share} %").format(share=f"{most * 100:g}")
        yield Promise("abandonment", _("Abandonment"), short, _("abandoned / offered"), most, False)
    if target.max_asa_s is not None:
        words = _("mean wait of those answered")
        yield _seconds("asa_s", _("Average speed of answer"), words, target.max_asa_s)


def _deadline(target: Target) -> Iterator[Promise]:
    if target.deadline is None:
        return
    hours, share = f"{target.deadline.within_business_h:g}", target.deadline.share
    yield Promise(
        "met_deadline",
        _("Done within {hours} business hours").format(hours=hours),
        _("{share} % in {hours} business hours").format(share=f"{share * 100:g}", hours=hours),
        _("finished in time / received"),
        share,
        True,
    )


def limits(target: Target) -> tuple[Promise, ...]:
    """What the operation asks of itself beside the contract: caps on occupancy and handle time."""
    found = []
    if target.max_occupancy is not None:
        most = target.max_occupancy
        short = _("occupancy ≤ {share} %").format(share=f"{most * 100:g}")
        words = _("contact time / time on contact duty")
        found.append(Promise("occupancy", _("Occupancy"), short, words, most, False))
    if target.max_aht_s is not None:
        words = _("(talk + hold + wrap) / answered")
        found.append(_seconds("aht_s", _("Average handle time"), words, target.max_aht_s))
    return tuple(found)


def _seconds(measure: str, name: str, words: str, most: float) -> Promise:
    short = _("{measure} ≤ {seconds} s").format(measure=name, seconds=f"{most:g}")
    return Promise(measure, name, short, words, most, False, "s")


def promise_of(queue: Queue, measure: str) -> Promise | None:
    """The queue's promise on a measure, None where there is none."""
    return next((promise for promise in promises(queue.target) if promise.measure == measure), None)


def shared_promises(centre: Centre, keys: Sequence[QueueKey]) -> tuple[Promise, ...]:
    """The promises that all of the queues have alike; a target that differs by queue is left out."""
    each = [promises(centre.queues[key].target) for key in keys]
    return _in_all(each)


def shared_limits(centre: Centre, keys: Sequence[QueueKey]) -> tuple[Promise, ...]:
    """As `shared_promises`, of `limits`."""
    return _in_all([limits(centre.queues[key].target) for key in keys])


def _in_all(each: Sequence[tuple[Promise, ...]]) -> tuple[Promise, ...]:
    return tuple(promise for promise in each[0] if all(promise in made for made in each)) if each else ()


def quality_promises(targets: QualityTargets, client: str | None) -> tuple[Promise, ...]:
    """The promises on quality, resolution and satisfaction, a client's own before the whole's."""
    names = dict.fromkeys([*targets.whole, *targets.by_client.get(client or "", {})])
    return tuple(
        _quality_promise(name, limit)
        for name in names
        if (limit := targets.of(name, client=client)) is not None
    )


def _quality_promise(target: TargetName, limit: float) -> Promise:
    measure = MEASURES.get(target, target)
    name, definition = QUALITY_WORDS[measure]
    short = _("{measure} {share} %").format(measure=_(name), share=f"{limit * 100:g}")
    unit: Unit = "points" if target == "nps" else "share"
    return Promise(measure, _(name), short, _(definition), limit, target not in AT_MOST, unit)
