"""From the checked YAML to the frozen values of a centre; what only shows across parts is found here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from planner.config.across import wrong_events, wrong_work
from planner.config.capacity import Known, wrong_capacity
from planner.config.handling import FromData, written_handling, wrong_of
from planner.config.hours import week_of
from planner.config.labour import labour_named, labour_rules, pack_names, shift_pattern
from planner.config.labour_schema import LabourFile
from planner.config.planned import planned_of, wrong_plans
from planner.config.quality import quality_of
from planner.config.rates import priced, rates_of, wrong_costs
from planner.config.schema import (
    PlanFile,
    QueueFile,
    SeasonFile,
    ShrinkageFile,
    SiteFile,
    TargetFile,
)
from planner.domain.centre import (
    CHANNEL_KINDS,
    Blending,
    Centre,
    ChannelKind,
    Contract,
    Deadline,
    Event,
    Handling,
    Queue,
    QueueKey,
    QueueNameRule,
    ServiceLevel,
    Shrinkage,
    Site,
    Target,
)
from planner.domain.timegrid import OpeningHours, Season, around_the_clock

Wrong = tuple[str, str]  # dotted path, note


@dataclass
class Builder:
    """Collects what is wrong, and what is to come from data, while the values are made."""

    plan: PlanFile
    wrong: list[Wrong] = field(default_factory=list)
    from_data: list[FromData] = field(default_factory=list)

    def say(self, path: str, note: str) -> None:
        """Remember one problem."""
        self.wrong.append((path, note))

    def hours(
        self, path: str, zone: str, hours: Mapping[str, str], *, seasons: list[SeasonFile], closed: list[str]
    ) -> OpeningHours:
        """Opening hours, seasons and closed days of a site or queue."""
        try:
            week = week_of(hours)
            other = tuple(Season(s.first, s.last, week_of(s.hours)) for s in seasons)
        except ValueError as error:
            self.say(f"{path}.hours", str(error))
            return around_the_clock(zone)
        return OpeningHours(zone, week, other, frozenset(closed))


def centre_of(plan: PlanFile) -> tuple[Centre, tuple[FromData, ...], list[Wrong]]:
    """The centre described by the plan, what it takes from data, what is wrong (dotted path, note)."""
    builder = Builder(plan)
    rates, weekly_h = rates_of(plan), {name: each.weekly_hours for name, each in plan.contracts.items()}
    written = {code: _site(builder, code, site) for code, site in plan.sites.items()}
    sites = {code: priced(s, rates, plan.costs, weekly_h=weekly_h) for code, s in written.items()}
    queues = _queues(builder, sites)
    builder.wrong += [*wrong_plans(plan.queues, queues), *wrong_events(plan, queues), *wrong_work(plan)]
    builder.wrong += [*wrong_capacity(plan.capacity, _known(plan)), *wrong_costs(plan)]
    centre = Centre(
        name=plan.name,
        interval_min=plan.interval_min,
        sites=MappingProxyType(sites),
        queues=MappingProxyType(queues),
        contracts=MappingProxyType(
            {
                name: Contract(name, c.weekly_hours, c.days_per_week, tuple(c.shift_h), c.overtime_h)
                for name, c in plan.contracts.items()
            }
        ),
        shift_patterns=tuple(shift_pattern(pattern) for pattern in plan.shift_patterns),
        events=tuple(Event(**{**e.model_dump(), "languages": tuple(e.languages)}) for e in plan.events),
        blending=Blending(tuple(plan.blending.languages), plan.blending.idle_share),
        currency=plan.currency,
        synthetic=plan.synthetic,
        queue_names=_queue_names(builder),
        quality=quality_of(plan.quality),
        rates=rates,
    )
    return centre, tuple(builder.from_data), builder.wrong


def _known(plan: PlanFile) -> Known:
    """What the capacity section may name."""
    languages: dict[str, dict[str, None]] = {code: {} for code in plan.sites}
    for queue in plan.queues:
        languages.setdefault(queue.site, {})[queue.language] = None
    return Known(languages, plan.contracts, plan.horizon.first_day)


def _site(builder: Builder, code: str, site: SiteFile) -> Site:
    path = f"sites.{code}"
    labour = labour_named(site.labour, builder.plan.labour)
    if labour is None and site.labour not in builder.plan.labour:
        known = ", ".join([*builder.plan.labour, *pack_names()])
        builder.say(f"{path}.labour", f"“{site.labour}” is not among the labour rules; known: {known}")
    shrinkage = site.shrinkage
    _check_shrinkage(builder, f"{path}.shrinkage", shrinkage)
    return Site(
        code=code,
        name=site.name or code,
        country=site.country,
        subdivision=site.subdivision,
        time_zone=site.time_zone,
        seats=site.seats,
        remote_share=site.remote_share,
        hours=builder.hours(path, site.time_zone, site.hours, seasons=site.seasons, closed=list(site.closed)),
        cost_per_paid_hour=site.cost_per_paid_hour,
        shrinkage=Shrinkage(
            shrinkage.planned, shrinkage.unplanned, min(shrinkage.planned_away, shrinkage.planned)
        ),
        planned_by_month=tuple(shrinkage.planned_by_month),
        planned_by_weekday=tuple(shrinkage.planned_by_weekday),
        unplanned_by_weekday=tuple(shrinkage.unplanned_by_weekday),
        labour=labour_rules(labour or LabourFile()),
        labour_name=site.labour or "",
        opened=site.opened,
    )


def _check_shrinkage(builder: Builder, path: str, given: ShrinkageFile) -> None:
    if given.planned_away > given.planned:
        note = f"{given.planned_away} is more than planned ({given.planned}); it is a part of it"
        builder.say(f"{path}.planned_away", note)
    busiest = max(given.planned_by_month)
    if max(given.planned_by_weekday) * busiest * given.planned >= 1:
        which = "planned_by_month" if busiest * given.planned >= 1 else "planned_by_weekday"
        builder.say(f"{path}.{which}", "planned shrinkage of a day reaches 1; nobody would be left")
    if max(given.unplanned_by_weekday) * given.unplanned >= 1:
        builder.say(f"{path}.unplanned_by_weekday", "unplanned shrinkage of a day reaches 1")


def _queues(builder: Builder, sites: Mapping[str, Site]) -> dict[QueueKey, Queue]:
    queues: dict[QueueKey, Queue] = {}
    for number, entry in enumerate(builder.plan.queues):
        path = f"queues.{number}"
        site = sites.get(entry.site)
        if site is None:
            builder.say(f"{path}.site", f"“{entry.site}” is not among the sites; known: {', '.join(sites)}")
            continue
        if entry.first_day and entry.last_day and entry.last_day < entry.first_day:
            builder.say(f"{path}.last_day", f"{entry.last_day} is before first_day {entry.first_day}")
        for name, given in (
            ("priority", entry.priority),
            ("backlog", entry.backlog),
            ("planned", entry.planned),
            ("floor", _each(entry.floor, entry.channels)),
        ):
            for channel in sorted(given.keys() - set(entry.channels)):
                builder.say(f"{path}.{name}.{channel}", f"{channel} is not among this entry's channels")
        for channel in entry.channels:
            queue = _queue(builder, path, site, entry=entry, channel=channel)
            if queue is None:
                continue
            if queue.key in queues:
                builder.say(path, f"the queue {queue.key} stands twice")
            queues[queue.key] = queue
    return queues


def _queue(builder: Builder, path: str, site: Site, *, entry: QueueFile, channel: str) -> Queue | None:
    kind = _kind(builder, f"{path}.channels", channel)
    aims = entry.targets.get(channel) or builder.plan.targets.get(channel)
    target = _target(builder, path, aims, kind=kind, channel=channel)
    handling = _handling(builder, path, entry, channel=channel, kind=kind)
    _check_backlog(builder, path, entry, channel=channel, kind=kind)
    if kind is None or target is None or handling is None:
        return None
    hours = site.hours
    if entry.hours is not None:
        hours = builder.hours(
            path,
            entry.time_zone or site.time_zone,
            entry.hours,
            seasons=entry.seasons,
            closed=list(entry.closed),
        )
    return Queue(
        QueueKey(site.code, entry.language, channel),
        kind,
        hours,
        target,
        handling,
        tuple(entry.customers) or (site.country,),
        entry.client,
        entry.first_day,
        entry.last_day,
        _priority(builder, entry, channel),
        entry.backlog.get(channel),
        planned_of(entry.planned.get(channel)),
        _each(entry.floor, entry.channels).get(channel, 0),
    )


def _check_backlog(
    builder: Builder, path: str, entry: QueueFile, *, channel: str, kind: ChannelKind | None
) -> None:
    if channel in entry.backlog and kind != "deferred":
        builder.say(f"{path}.backlog.{channel}", f"{channel} is not deferred; only such work has a backlog")


def _priority(builder: Builder, entry: QueueFile, channel: str) -> int:
    """The queue's own priority, or its channel's."""
    known = builder.plan.channels.get(channel)
    return entry.priority.get(channel, known.priority if known else 0)


def _each(given: int | Mapping[str, int], channels: Iterable[str]) -> Mapping[str, int]:
    """A number by channel; a number alone stands for each of the entry's channels."""
    return dict.fromkeys(channels, given) if isinstance(given, int) else given


def _kind(builder: Builder, path: str, channel: str) -> ChannelKind | None:
    own = builder.plan.channels.get(channel)
    kind = (own.kind if own else None) or CHANNEL_KINDS.get(channel)
    if kind is None:
        known = ", ".join([*CHANNEL_KINDS, *builder.plan.channels])
        builder.say(path, f"“{channel}” is no known channel; known: {known}; a new one goes under channels:")
    return kind


def _target(
    builder: Builder, path: str, target: TargetFile | None, *, kind: ChannelKind | None, channel: str
) -> Target | None:
    if target is None:
        builder.say(path, f"no targets for {channel}; give them here or under targets.{channel}")
        return None
    waits = target.service_levels or target.max_abandonment or target.max_asa_s or target.max_occupancy
    if kind == "deferred" and target.deadline is None:
        builder.say(path, f"{channel} is worked by a deadline; give targets.{channel}.deadline")
    if kind in ("immediate", "concurrent") and not waits:
        builder.say(path, f"{channel} needs a service level, abandonment, ASA or occupancy target")
    given = target.deadline
    deadline = Deadline(given.share, given.within_business_h) if given else None
    return Target(
        tuple(ServiceLevel(s.share, s.within_s) for s in target.service_levels),
        target.max_abandonment,
        target.max_occupancy,
        target.max_asa_s,
        deadline,
        target.formula,
        target.max_aht_s,
    )


def _handling(
    builder: Builder, path: str, entry: QueueFile, *, channel: str, kind: ChannelKind | None
) -> Handling | None:
    written = written_handling(builder.plan, entry, channel=channel, path=path)
    builder.wrong += [wrong for wrong in wrong_of(written, kind) if wrong not in builder.wrong]
    key = QueueKey(entry.site, entry.language, channel)
    builder.from_data += [FromData(key, setting, at) for setting, at in written.from_data.items()]
    handling = written.handling()
    if handling is None:
        builder.say(path, f"no aht_s for {channel}; give it here or under handling.{channel}")
    return handling


def _queue_names(builder: Builder) -> tuple[QueueNameRule, ...]:
    rules = []
    for number, rule in enumerate(builder.plan.queue_names):
        try:
            groups = set(re.compile(rule.pattern).groupindex)
        except re.error as error:
            builder.say(f"queue_names.{number}.pattern", f"is no regular expression: {error}")
            continue
        unknown = groups - {"site", "language", "channel", "client"}
        if unknown:
            builder.say(
                f"queue_names.{number}.pattern",
                f"names the groups {', '.join(sorted(unknown))}; known: site, language, channel, client",
            )
        rules.append(QueueNameRule(rule.pattern, rule.values))
    return tuple(rules)
