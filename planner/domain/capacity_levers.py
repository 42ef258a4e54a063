"""What may happen to a hiring plan, and what may be done besides: levers, each on its own.

Shares are 0..1. `sites` empty = every site. `name` empty = said by its kind and size.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HiringFreeze:
    """No class begins for `weeks` weeks from a day (None = the plan's first); those decided still do."""

    weeks: int = 8
    first_day: date | None = None
    name: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class LateClasses:
    """Every class, decided or not, begins so many weeks later than it could or should."""

    weeks: int = 2
    name: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoreAttrition:
    """So much more (or less) of the people leaves in a month: 0.05 are five points."""

    points_per_month: float = 0.05
    name: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoreVolume:
    """So much more (or less) comes: 0.1 are ten per cent; languages and channels empty = all."""

    change: float = 0.10
    name: str = ""
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True)
class OvertimeTo:
    """Overtime up to this share of the hours worked."""

    most_share: float = 0.15
    name: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoreClasses:
    """So many classes more at each site, in rooms of their own, where and when they help most."""

    classes: int = 1
    name: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Temporaries:
    """Temporary people may be hired with this lead time, besides those planned.

    Where the site has no temporary kind, its first kind is offered for `term_weeks`.
    """

    lead_weeks: int = 1
    term_weeks: int = 13
    name: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeaveLimit:
    """In each site's `weeks` busiest weeks at most this share of paid time is leave.

    What is not taken then is taken in the other weeks: nobody loses a day.
    """

    most_share: float = 0.02
    weeks: int = 6
    name: str = ""
    sites: tuple[str, ...] = ()


Lever = (
    HiringFreeze
    | LateClasses
    | MoreAttrition
    | MoreVolume
    | OvertimeTo
    | MoreClasses
    | Temporaries
    | LeaveLimit
)
KINDS: dict[str, type[Lever]] = {
    "freeze": HiringFreeze,
    "late_classes": LateClasses,
    "attrition": MoreAttrition,
    "volume": MoreVolume,
    "overtime": OvertimeTo,
    "more_classes": MoreClasses,
    "temporaries": Temporaries,
    "leave": LeaveLimit,
}
USUAL: tuple[Lever, ...] = (
    HiringFreeze(),
    LateClasses(),
    MoreAttrition(),
    MoreVolume(),
    MoreVolume(-0.10),
    OvertimeTo(),
    MoreClasses(),
    Temporaries(),
    LeaveLimit(),
)


def kind_of(lever: Lever) -> str:
    """The word for a lever in plan.yaml.

    >>> kind_of(LateClasses())
    'late_classes'
    """
    return next(kind for kind, type_ in KINDS.items() if isinstance(lever, type_))


def size_of(lever: Lever) -> float:
    """The number that a lever is about: weeks, points, a share or classes."""
    match lever:
        case HiringFreeze(weeks=size) | LateClasses(weeks=size) | MoreClasses(classes=size):
            return float(size)
        case MoreAttrition(points_per_month=size) | MoreVolume(change=size):
            return size
        case OvertimeTo(most_share=size) | LeaveLimit(most_share=size):
            return size
        case Temporaries(lead_weeks=size):
            return float(size)


def name_of(lever: Lever) -> str:
    """The planner's own name for a lever, else what it is.

    >>> name_of(MoreVolume(-0.1)), name_of(HiringFreeze(name="autumn"))
    ('volume -10 %', 'autumn')
    """
    where = f" at {', '.join(lever.sites)}" if lever.sites else ""
    return lever.name or f"{_said(lever)}{where}"


def _said(lever: Lever) -> str:
    match lever:
        case HiringFreeze(weeks=weeks):
            return f"hiring freeze of {_counted(weeks, 'week', 'weeks')}"
        case LateClasses(weeks=weeks):
            return f"classes {_counted(weeks, 'week', 'weeks')} late"
        case MoreAttrition(points_per_month=points):
            return f"attrition {100 * points:+g} points a month"
        case MoreVolume(change=change, languages=languages, channels=channels):
            return " ".join([f"volume {100 * change:+g} %", *languages, *channels])
        case OvertimeTo(most_share=share):
            return f"overtime up to {100 * share:g} %"
        case MoreClasses(classes=count):
            return f"{_counted(count, 'class', 'classes')} more a site"
        case Temporaries(lead_weeks=weeks):
            return f"temporaries within {_counted(weeks, 'week', 'weeks')}"
        case LeaveLimit(most_share=share, weeks=weeks):
            return f"leave up to {100 * share:g} % in {_counted(weeks, 'week', 'weeks')}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def touches(lever: Lever, site: str) -> bool:
    """Whether a lever is about the site."""
    return not lever.sites or site in lever.sites
