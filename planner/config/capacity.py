"""The section `capacity:` of `plan.yaml` as a frozen value, and what is wrong with it across the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from planner.config.capacity_levers import levers_of, wrong_levers
from planner.config.capacity_schema import (
    AttritionFile,
    CapacityFile,
    ClassFile,
    CrossTrainingFile,
    RampFile,
    SiteCapacityFile,
)
from planner.domain.capacity import (
    Attrition,
    Capacity,
    CrossTraining,
    Freeze,
    HiringKind,
    LeaveSeason,
    PlannedClass,
    RampWeek,
    SiteCapacity,
)
from planner.domain.centre import CHANNEL_KINDS

Wrong = tuple[str, str]  # dotted path, note


@dataclass(frozen=True)
class Known:
    """What the rest of the plan names: languages by site, contracts, first day, channels."""

    languages: Mapping[str, Collection[str]]
    contracts: Collection[str]
    first_day: date | None
    channels: Collection[str] = tuple(CHANNEL_KINDS)


def capacity_of(given: CapacityFile, sites: Collection[str]) -> Capacity:
    """The value that the plan asks for, with an entry for each site."""
    return Capacity(
        given.weeks,
        given.level,
        tuple(RampWeek(**stage.model_dump()) for stage in sorted(given.ramp, key=lambda stage: stage.week)),
        MappingProxyType({code: _site(given.every_site, given.sites.get(code)) for code in sites}),
        tuple(CrossTraining(**course.model_dump()) for course in given.cross_training),
        tuple(Freeze(each.first_day, each.last_day, tuple(each.sites)) for each in given.freezes),
        tuple(
            PlannedClass(each.site, tuple(sorted(each.languages)), each.kind, each.first_day, each.people)
            for each in given.classes
        ),
        given.overtime.most_share,
        given.overtime.premium,
        given.shortage_hours,
        tuple(
            LeaveSeason(each.first_day, each.last_day, each.share, tuple(each.sites)) for each in given.leave
        ),
        levers_of(given.levers),
        given.full_time_h,
    )


def _site(every: SiteCapacityFile, own: SiteCapacityFile | None) -> SiteCapacity:
    """What holds at a site: its own words, else those for every site."""

    def said(name: str) -> object:
        mine = getattr(own, name) if own is not None else None
        return getattr(every, name) if mine is None else mine

    merged = SiteCapacityFile.model_validate({name: said(name) for name in SiteCapacityFile.model_fields})
    kinds = tuple(HiringKind(name, **kind.model_dump()) for name, kind in (merged.kinds or {}).items())
    efficiency, seat = merged.roster_efficiency, merged.training_seat
    return SiteCapacity(
        _attrition(merged.attrition),
        kinds,
        merged.classrooms,
        SiteCapacity.roster_efficiency if efficiency is None else efficiency,
        merged.present_share,
        SiteCapacity.training_seat if seat is None else seat,
    )


def _attrition(given: AttritionFile | None) -> Attrition:
    if given is None:
        return Attrition()
    early = given.per_month if given.early_per_month is None else given.early_per_month
    return Attrition(given.per_month, early, given.early_weeks)


def wrong_capacity(given: CapacityFile, known: Known) -> Iterator[Wrong]:
    """What is wrong with the section across the plan: dotted path and note."""
    yield from _wrong_sites(given, known)
    yield from _wrong_ramp(given.ramp, given.weeks)
    for number, course in enumerate(given.cross_training):
        yield from _wrong_course(course, f"capacity.cross_training.{number}", known)
    for number, each in enumerate(given.classes):
        yield from _wrong_class(each, f"capacity.classes.{number}", given, known)
    yield from _wrong_places("freezes", [freeze.sites for freeze in given.freezes], known)
    yield from _wrong_places("leave", [season.sites for season in given.leave], known)
    yield from wrong_levers(given.levers, known.languages, known.channels)


def _wrong_places(name: str, said: Sequence[Sequence[str]], known: Known) -> Iterator[Wrong]:
    for number, sites in enumerate(said):
        for site in sites:
            if site not in known.languages:
                yield f"capacity.{name}.{number}.sites", _no_site(site, known)


def _no_site(site: str, known: Known) -> str:
    return f"“{site}” is no site of this plan; known: {', '.join(known.languages)}"


def _wrong_sites(given: CapacityFile, known: Known) -> Iterator[Wrong]:
    entries = [
        ("every_site", given.every_site),
        *((f"sites.{code}", own) for code, own in given.sites.items()),
    ]
    for code in given.sites:
        if code not in known.languages:
            yield f"capacity.sites.{code}", _no_site(code, known)
    for path, own in entries:
        for name, kind in (own.kinds or {}).items():
            here = f"capacity.{path}.kinds.{name}"
            if kind.contract not in known.contracts:
                contracts = ", ".join(known.contracts) or "none"
                yield f"{here}.contract", f"“{kind.contract}” is no contract of this plan; known: {contracts}"
            if kind.lead_weeks + kind.training_weeks >= given.weeks:
                note = "are not over within the plan; nobody hired would ever answer: plan more weeks"
                yield f"{here}.training_weeks", f"lead_weeks and training_weeks {note} ({given.weeks} now)"


def _wrong_ramp(ramp: Sequence[RampFile], weeks: int) -> Iterator[Wrong]:
    seen: set[int] = set()
    for number, stage in enumerate(ramp):
        if stage.week in seen:
            yield f"capacity.ramp.{number}.week", f"{stage.week} is given twice; one line a week"
        if stage.week > weeks:
            note = f"{stage.week} lies beyond the {weeks} weeks of the plan; shorten the ramp or plan longer"
            yield f"capacity.ramp.{number}.week", note
        seen.add(stage.week)


def _wrong_course(course: CrossTrainingFile, path: str, known: Known) -> Iterator[Wrong]:
    if course.site not in known.languages:
        yield f"{path}.site", _no_site(course.site, known)
        return
    for name, tag in (("language", course.language), ("adds", course.adds)):
        if tag not in known.languages[course.site]:
            yield f"{path}.{name}", _no_language(tag, course.site, known)
    if course.language == course.adds:
        yield f"{path}.adds", f"“{course.adds}” is the language they speak already"


def _no_language(tag: str, site: str, known: Known) -> str:
    return f"“{tag}” is served by no queue of {site}; served there: {', '.join(known.languages[site])}"


def _wrong_class(each: ClassFile, path: str, given: CapacityFile, known: Known) -> Iterator[Wrong]:
    if each.site not in known.languages:
        yield f"{path}.site", _no_site(each.site, known)
        return
    for tag in each.languages:
        if tag not in known.languages[each.site]:
            yield f"{path}.languages", _no_language(tag, each.site, known)
    own = given.sites.get(each.site)
    kinds = (own.kinds if own and own.kinds is not None else given.every_site.kinds) or {}
    if each.kind not in kinds:
        yield (
            f"{path}.kind",
            f"“{each.kind}” is no kind of hiring at {each.site}; known: {', '.join(kinds) or 'none'}",
        )
    if known.first_day is not None and each.first_day < known.first_day:
        note = f"{each.first_day} is before the plan's first day {known.first_day}; who began already"
        yield f"{path}.first_day", f"{note} stands in the agents' list"
