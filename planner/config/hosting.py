"""The section `hosting:` of `plan.yaml` as a frozen value, and what is wrong with it across the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from planner.config.hosting_schema import BoundFile, HostingFile, LessonFile, MarketFile
from planner.domain.hosting import Bound, Hosting, LabourMarket, Lesson, Pools, Risk

Wrong = tuple[str, str]  # dotted path, note
WHOLE = 1e-9


@dataclass(frozen=True)
class Served:
    """What the rest of the plan names: sites, languages, and channels by kind."""

    sites: Collection[str]
    languages: Collection[str]
    channels: Mapping[str, str | None]


def hosting_of(given: HostingFile) -> Hosting:
    """The value that the plan asks for; people are hired at `hire_cost` where a market gives no cost."""
    return Hosting(
        given.weeks,
        given.busy_share,
        given.level,
        MappingProxyType({name: tuple(channels) for name, channels in given.channel_groups.items()}),
        Pools(**given.pools.model_dump()),
        Risk(**given.risk.model_dump()),
        tuple(sorted(given.splits)),
        given.part_least_h,
        given.hours_a_week,
        given.hire_cost,
        given.leave_cost,
        given.payback_weeks,
        given.seats_share,
        tuple(_market(each, given.hire_cost) for each in given.markets),
        tuple(Lesson(**each.model_dump()) for each in given.lessons),
        tuple(
            Bound(each.language, each.reason, tuple(each.sites), tuple(each.channels))
            for each in given.bounds
        ),
    )


def _market(given: MarketFile, usual: float) -> LabourMarket:
    cost = usual if given.cost is None else given.cost
    return LabourMarket(given.site, tuple(sorted(given.languages)), given.most_people, cost)


def wrong_hosting(given: HostingFile, served: Served) -> Iterator[Wrong]:
    """What is wrong with the section across the plan: dotted path and note."""
    yield from _wrong_groups(given, served)
    for number, share in enumerate(given.splits):
        if not any(abs(share + other - 1) < WHOLE for other in given.splits):
            yield f"hosting.splits.{number}", f"{share:g} has no partner; give {1 - share:g} as well"
    for number, market in enumerate(given.markets):
        yield from _wrong_market(market, f"hosting.markets.{number}", served)
    for number, lesson in enumerate(given.lessons):
        yield from _wrong_lesson(lesson, f"hosting.lessons.{number}", served)
    for number, bound in enumerate(given.bounds):
        yield from _wrong_bound(bound, f"hosting.bounds.{number}", served)
    risk = given.risk
    if risk.two_sites_from_fte is None and risk.most_at_one_site < 1:
        note = "needs two_sites_from_fte: from how many full-time people on a language has two sites"
        yield "hosting.risk.most_at_one_site", note


def _wrong_groups(given: HostingFile, served: Served) -> Iterator[Wrong]:
    seen: dict[str, str] = {}
    for name, channels in given.channel_groups.items():
        path = f"hosting.channel_groups.{name}"
        for channel in channels:
            if channel not in served.channels:
                yield path, f"“{channel}” is no channel of this plan; known: {', '.join(served.channels)}"
            elif channel in seen:
                yield path, f"“{channel}” stands in {seen[channel]} as well; a channel has one group"
            seen.setdefault(channel, name)
        kinds = {served.channels[channel] for channel in channels if channel in served.channels}
        if len(kinds) > 1:
            found = " and ".join(sorted(str(kind) for kind in kinds))
            yield path, f"mixes {found} channels; those of one kind alone are answered together here"


def _wrong_market(market: MarketFile, path: str, served: Served) -> Iterator[Wrong]:
    yield from _wrong_site(market.site, f"{path}.site", served)
    for language in market.languages:
        yield from _wrong_language(language, f"{path}.languages", served)
    if len(set(market.languages)) < len(market.languages):
        yield f"{path}.languages", "names a language twice"


def _wrong_lesson(lesson: LessonFile, path: str, served: Served) -> Iterator[Wrong]:
    yield from _wrong_site(lesson.site, f"{path}.site", served)
    yield from _wrong_language(lesson.language, f"{path}.language", served)
    yield from _wrong_language(lesson.adds, f"{path}.adds", served)
    if lesson.adds == lesson.language:
        yield f"{path}.adds", f"“{lesson.adds}” is the language they speak; name another"


def _wrong_bound(bound: BoundFile, path: str, served: Served) -> Iterator[Wrong]:
    yield from _wrong_language(bound.language, f"{path}.language", served)
    for site in bound.sites:
        yield from _wrong_site(site, f"{path}.sites", served)
    for channel in bound.channels:
        if channel not in served.channels:
            known = ", ".join(served.channels)
            yield f"{path}.channels", f"“{channel}” is no channel of this plan; known: {known}"


def _wrong_site(site: str, path: str, served: Served) -> Iterator[Wrong]:
    if site not in served.sites:
        yield path, f"“{site}” is no site of this plan; known: {', '.join(served.sites)}"


def _wrong_language(language: str, path: str, served: Served) -> Iterator[Wrong]:
    if language not in served.languages:
        yield path, f"“{language}” is served by no queue of this plan; known: {', '.join(served.languages)}"
