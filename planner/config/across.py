"""What only shows across the parts of plan.yaml: events of unknown languages, contracts without a shift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.config.hosting import Served, wrong_hosting
from planner.config.hours import minute_of
from planner.config.labour import wrong_packs
from planner.config.labour_schema import ContractFile
from planner.config.quality import wrong_quality
from planner.config.schema import PlanFile
from planner.domain.centre import CHANNEL_KINDS, QueueKey


def wrong_events(plan: PlanFile, queues: Iterable[QueueKey]) -> Iterator[tuple[str, str]]:
    """What is wrong with the events: dotted path and note."""
    spoken = {key.language for key in queues}
    for number, event in enumerate(plan.events):
        path = f"events.{number}"
        if event.last_day < event.first_day:
            yield f"{path}.last_day", f"{event.last_day} is before first_day {event.first_day}"
        for language in event.languages:
            if spoken and language not in spoken:
                yield f"{path}.languages", f"“{language}” is served by no queue"


def wrong_work(plan: PlanFile) -> Iterator[tuple[str, str]]:
    """What is wrong with contracts, shift patterns, labour, quality and hosting: dotted path and note."""
    yield from wrong_hosting(plan.hosting, _served(plan))
    yield from wrong_quality(plan.quality, clients={queue.client for queue in plan.queues if queue.client})
    yield from wrong_contracts(plan)
    yield from wrong_starts(plan)
    yield from wrong_packs(plan.labour)


def _served(plan: PlanFile) -> Served:
    """What the hosting section may name."""
    own = {name: channel.kind or CHANNEL_KINDS.get(name) for name, channel in plan.channels.items()}
    used = {channel: None for queue in plan.queues for channel in queue.channels}
    kinds = {channel: own.get(channel) or CHANNEL_KINDS.get(channel) for channel in used}
    return Served(list(plan.sites), list(dict.fromkeys(queue.language for queue in plan.queues)), kinds)


def wrong_starts(plan: PlanFile) -> Iterator[tuple[str, str]]:
    """Starts of shift patterns that are no start of an interval: dotted path and note."""
    for number, pattern in enumerate(plan.shift_patterns):
        for start in pattern.starts:
            if plan.interval_min < 1440 and minute_of(start) % plan.interval_min:
                note = f"{start} is not the start of an interval of {plan.interval_min} min"
                yield f"shift_patterns.{number}.starts", note


def wrong_contracts(plan: PlanFile) -> Iterator[tuple[str, str]]:
    """What is wrong with the contracts: dotted path and note."""
    lengths = {pattern.paid_h for pattern in plan.shift_patterns}
    for name, contract in plan.contracts.items():
        for hours in contract.shift_h:
            if hours not in lengths:
                yield f"contracts.{name}.shift_h", f"no shift pattern has {hours:g} paid hours"
        if min(contract.shift_h) * contract.days_per_week > contract.weekly_hours + 1e-9:
            yield f"contracts.{name}", "the shortest shift on every working day exceeds weekly_hours"
        if contract.overtime_h > 0:
            yield from _wrong_overtime(name, contract)


def _wrong_overtime(name: str, contract: ContractFile) -> Iterator[tuple[str, str]]:
    """Overtime holds a shift, and nobody works a day more within the contract's own hours."""
    shortest, days = min(contract.shift_h), contract.days_per_week + 1
    if contract.overtime_h < shortest:
        note = f"{contract.overtime_h:g} h hold no shift; the contract's shortest is {shortest:g} h"
        yield f"contracts.{name}.overtime_h", note
    if shortest * days <= contract.weekly_hours + 1e-9:
        note = (
            f"{days} shifts of {shortest:g} h fit into {contract.weekly_hours:g} h: a day more would be no "
            "overtime; leave out the short shifts, or say days_per_week higher"
        )
        yield f"contracts.{name}.overtime_h", note
