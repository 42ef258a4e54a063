"""A scenario: named differences on a base plan, in its settings and in the contacts that come.

Shares are 0..1. A day is a date or the first day of a numbered week (1 = the first whole week planned).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from planner.domain.team import Team

Day = date | int


def day_of(day: Day, first_monday: date) -> date:
    """The date of a day given as such or as the Monday of a numbered week.

    >>> day_of(2, date(2026, 10, 5))
    datetime.date(2026, 10, 12)
    """
    return day if isinstance(day, date) else first_monday + timedelta(days=7 * (day - 1))


@dataclass(frozen=True)
class Where:
    """Queues meant: each empty part means all."""

    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()

    def holds(self, key: tuple[str, str, str], client: str | None) -> bool:
        """Whether the queue (site, language, channel) of a client is meant."""
        asked = zip((*key, client), (self.sites, self.languages, self.channels, self.clients), strict=True)
        return all(not wanted or value in wanted for value, wanted in asked)


@dataclass(frozen=True)
class When:
    """From a day, growing evenly over `over_weeks` to its full size, until (not including) a day.

    From `until` on it shrinks again over the same number of weeks. None = from the first day, for ever.
    """

    first: Day | None = None
    until: Day | None = None
    over_weeks: float = 0.0


@dataclass(frozen=True)
class Range:
    """A number that is not known: likely, and as low and high as may be (triangular)."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Scale:
    """Contacts times `volume`; AHT times `aht`, then less `aht_less_s` on `share` of the contacts."""

    where: Where
    when: When
    volume: float = 1.0
    aht: float = 1.0
    aht_less_s: float = 0.0
    share: float = 1.0


@dataclass(frozen=True)
class Mix:
    """Another mix of channels in each language of a site: `shares` of its contacts by channel, summing to 1.

    Channels not named keep their contacts and are no part of the mix. A contact that moves becomes
    `contacts_each` contacts of its new channel, handled as that channel's are.
    """

    where: Where
    when: When
    shares: Mapping[str, float]
    contacts_each: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """Some of a queue's contacts: their share, their AHT as a multiple of the queue's.

    Of them `offered` meet the AI first; it resolves `resolved` of those it meets, `escalated` go on to a
    person at once, `bounced` leave it and come back to a person later; the rest give up for good.
    """

    name: str
    share: float
    aht_multiple: float
    offered: float
    resolved: Range
    escalated: float
    bounced: float


@dataclass(frozen=True)
class FrontEnd:
    """An AI in front of people.

    `languages` multiplies what it resolves in a language (what it fails there is escalated); a language
    that is not named is not offered it. `escalated_aht` and `bounced_aht` multiply the AHT of contacts it
    did not resolve: they come later and longer. Bounced ones come back `bounced_after_h` later.
    """

    where: Where
    when: When
    reasons: tuple[Reason, ...]
    languages: Mapping[str, float]
    escalated_aht: float = 1.0
    bounced_aht: float = 1.0
    bounced_after_h: float = 24.0


@dataclass(frozen=True)
class Remove:
    """Contacts that no longer come: `share` of a reason that is `reason_share` of contacts.

    Its AHT is `aht_multiple` of the queue's, so what is left is longer or shorter on average.
    """

    where: Where
    when: When
    share: float
    reason_share: float = 1.0
    aht_multiple: float = 1.0


@dataclass(frozen=True)
class Move:
    """`share` of a language's contacts answered at another site, in the same channel."""

    where: Where
    when: When
    to: str
    share: float = 1.0


@dataclass(frozen=True)
class Flood:
    """An outage on one day: `contacts` times the day's contacts more, from `hour` on, halving each `half_h`.

    `bulk_share` of them are answered by one message to all: they wait for nobody, and take `bulk_s`
    seconds of somebody's time each. `aht` multiplies the AHT of the rest.
    """

    where: Where
    day: Day
    hour: float
    contacts: float
    half_h: float
    weekday: int = 0
    bulk_share: float = 0.0
    bulk_s: float = 0.0
    aht: float = 1.0


Change = Scale | Mix | FrontEnd | Remove | Move | Flood


@dataclass(frozen=True)
class Scenario:
    """A named, versioned difference on a base plan.

    `plan` is merged into the base plan's settings, `add` is appended to its lists, `changes` act on the
    contacts in turn; `names` says what each is called. `teams` are small teams whose reply times are
    reckoned. `weeks` None = as the plan's capacity section. An empty scenario is the base.
    """

    name: str
    title: str
    version: int = 1
    about: str = ""
    weeks: int | None = None
    plan: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    text: str = ""
    names: tuple[str, ...] = ()
    teams: tuple[Team, ...] = ()


BASE = Scenario("base", "As planned")
