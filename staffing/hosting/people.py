"""Who speaks what at each site today, and who could be taught or hired: full-time people by languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.hosting import Hosting, LabourMarket, Lesson
from staffing.hosting.lines import Week
from staffing.hosting.teams import Agents, Skills

USUAL_WEEK_H = 40.0


@dataclass(frozen=True)
class Supply:
    """People of today by site and languages, lessons and markets by site; `week_h` is a full-time week."""

    today: Mapping[str, Mapping[Skills, float]]
    lessons: Mapping[str, tuple[Lesson, ...]]
    markets: Mapping[str, tuple[LabourMarket, ...]]
    week_h: float

    def speaks(self, site: str, language: str) -> bool:
        """Whether anybody who speaks the language is there or can be had."""
        return any(self.ways(site, (language,)))

    def can_have(self, site: str, agents: Agents) -> bool:
        """Whether people of all these skills are there or can be had, any number of them."""
        return all(any(self.ways(site, skills)) for skills, n in agents.items() if n.any())

    def ways(self, site: str, skills: Skills) -> Iterator[tuple[str, Skills | LabourMarket, Lesson | None]]:
        """How people who use these languages are found: stay, taught or hired, of whom, by which lesson."""
        wanted = set(skills)
        for spoken in self.today.get(site, {}):
            if wanted <= set(spoken):
                yield "stay", spoken, None
            for lesson in self.lessons.get(site, ()):
                learnt = {*spoken, lesson.adds}
                if (
                    lesson.language in spoken
                    and lesson.adds not in spoken
                    and lesson.adds in wanted <= learnt
                ):
                    yield "taught", spoken, lesson
        for market in self.markets.get(site, ()):
            if wanted <= set(market.languages):
                yield "hired", market, None


def supply_of(agents: pd.DataFrame, centre: Centre, *, hosting: Hosting, week: Week) -> Supply:
    """Supply from AGENTS who are employed in the week, and the settings.

    A site may hire people of each language that it serves today, any number at `hire_cost`, unless the
    settings speak of that language alone at that site.
    """
    contracts = {name: contract.weekly_hours for name, contract in centre.contracts.items()}
    hours = agents["contract"].map(contracts).astype(float).fillna(0.0)
    week_h = hosting.hours_a_week or (
        float(hours.mean()) if len(hours) and hours.mean() > 0 else USUAL_WEEK_H
    )
    there = agents.assign(fte=hours / week_h)[_employed(agents, week)]
    served = set(centre.languages)
    today: dict[str, dict[Skills, float]] = {}
    for site, languages, fte in zip(there["site"], there["languages"], there["fte"], strict=True):
        spoken = tuple(sorted({each.split(":")[0].strip() for each in str(languages).split(";")} & served))
        people = today.setdefault(str(site), {})
        people[spoken] = people.get(spoken, 0.0) + float(fte)
    lessons = {site: tuple(x for x in hosting.lessons if x.site == site) for site in centre.sites}
    return Supply(today, lessons, {site: _markets(site, centre, hosting) for site in centre.sites}, week_h)


def _employed(agents: pd.DataFrame, week: Week) -> pd.Series:
    """Who has begun by the week, or before today, and has not left."""
    day = week.first.tz_localize(None)
    employed = pd.Series(True, index=agents.index)
    if "hire_date" in agents:
        employed &= agents["hire_date"].isna() | (pd.to_datetime(agents["hire_date"]) <= day)
    if "leave_date" in agents:
        employed &= agents["leave_date"].isna() | (pd.to_datetime(agents["leave_date"]) >= day)
    return employed


def _markets(site: str, centre: Centre, hosting: Hosting) -> tuple[LabourMarket, ...]:
    given = tuple(market for market in hosting.markets if market.site == site)
    told = {market.languages for market in given}
    usual = dict.fromkeys((key.language,) for key in centre.queues if key.site == site)
    return given + tuple(
        LabourMarket(site, languages, None, hosting.hire_cost) for languages in usual if languages not in told
    )
