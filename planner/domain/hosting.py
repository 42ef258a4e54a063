"""What the hosting of languages is told: who may serve what where, at what price, and at what risk.

Shares are 0..1, money is the plan's currency, weeks begin on Monday (UTC).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.domain.centre import Centre

APART: Mapping[str, tuple[str, ...]] = {}  # channel groups of a plan that says nothing: each channel alone


@dataclass(frozen=True)
class LabourMarket:
    """People who can be hired at a site and speak all of `languages`; `most_people` None = any number."""

    site: str
    languages: tuple[str, ...]
    most_people: int | None = None
    cost: float = 0.0


@dataclass(frozen=True)
class Lesson:
    """People of a site who speak `language` can be taught `adds`, at most so many, at a cost each."""

    site: str
    language: str
    adds: str
    most_people: int | None = None
    cost: float = 0.0


@dataclass(frozen=True)
class Bound:
    """A language that may not go anywhere: these sites alone (empty: those of today), and why.

    `channels` empty = all of them.
    """

    language: str
    reason: str
    sites: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def allows(self, language: str, channel: str, site: str, *, today: frozenset[str]) -> bool:
        """Whether the site may serve the language on the channel, as far as this bound goes."""
        if language != self.language or (self.channels and channel not in self.channels):
            return True
        return site in (self.sites or today)


@dataclass(frozen=True)
class Risk:
    """How much may hang on one place.

    A language of `two_sites_from_fte` full-time people or more is served by at least two sites, none of
    which has more than `most_at_one_site` of its work; no country has more than `most_in_one_country` of all.
    """

    two_sites_from_fte: float | None = None
    most_at_one_site: float = 1.0
    most_in_one_country: float = 1.0


@dataclass(frozen=True)
class Pools:
    """How teams may mix languages: most languages in one, what it costs, and how few people are too few.

    `aht_multiple`: contacts answered by a team of several languages take so much longer.
    `pay_premium`: people who use two languages earn so much more. A site keeps at least `least_people`
    for each language that it serves.
    """

    most_languages: int = 3
    aht_multiple: float = 1.0
    pay_premium: float = 0.0
    least_people: int = 1


@dataclass(frozen=True)
class Hosting:
    """The `hosting:` section of plan.yaml.

    Of the first `weeks` of the forecast the week is taken that is as busy as `busy_share` of them (1 = the
    busiest), on days as busy as `level`. `channel_groups` are answered by the same people. A language may
    be divided between sites in `splits`; a part of the day is at least `part_least_h` long. What is paid once
    (hiring, lessons, leaving) is spread over `payback_weeks`. `seats_share`: most of a site's seats in use.
    """

    weeks: int = 13
    busy_share: float = 0.75
    level: str = "p50"
    channel_groups: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: APART)
    pools: Pools = Pools()
    risk: Risk = Risk()
    splits: tuple[float, ...] = (0.3, 0.5, 0.7)
    part_least_h: float = 4.0
    hours_a_week: float | None = None
    hire_cost: float = 0.0
    leave_cost: float = 0.0
    payback_weeks: int = 52
    seats_share: float = 1.0
    markets: tuple[LabourMarket, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    bounds: tuple[Bound, ...] = ()

    def groups(self, centre: Centre) -> Mapping[str, tuple[str, ...]]:
        """Channels answered together, by name; a channel that no group names is alone."""
        named = {channel for channels in self.channel_groups.values() for channel in channels}
        alone = dict.fromkeys(key.channel for key in centre.queues if key.channel not in named)
        return {**self.channel_groups, **{channel: (channel,) for channel in alone}}
