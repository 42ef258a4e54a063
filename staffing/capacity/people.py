"""AGENTS and the plan's settings -> the capacity problem of each site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from planner.domain.capacity import Capacity, HiringKind, PlannedClass, SiteCapacity
from planner.domain.centre import Centre
from staffing.capacity.cohorts import Curve, class_curve, staff_effect, staff_there
from staffing.capacity.full_time import full_time_h, weekly_hours
from staffing.capacity.problem import Heads, Hireable, Pool, Seats, SiteProblem, Skills, Teachable, nobody

NEVER = 10_000  # weeks; nobody's last day is known


@dataclass(frozen=True)
class Planning:
    """What is planned: the centre, its capacity section, and the first Monday."""

    centre: Centre
    capacity: Capacity
    first: date

    def week_of(self, day: date) -> int:
        """The week of the plan in which a day lies; negative before it."""
        return (day - self.first).days // 7

    def mondays(self) -> pd.DatetimeIndex:
        """The weeks of the plan."""
        return pd.date_range(self.first, periods=self.capacity.weeks, freq="7D", unit="us")


def site_problems(need: pd.DataFrame, agents: pd.DataFrame, planning: Planning) -> list[SiteProblem]:
    """The problem of each site that serves anything, from CAPACITY_NEED and AGENTS.

    People are pooled by the languages of their site that they speak; who speaks none of them is left out.
    """
    return [
        _problem(str(site), rows, agents[agents["site"] == site], planning)
        for site, rows in need.groupby("site", sort=False)
    ]


def _problem(site: str, need: pd.DataFrame, agents: pd.DataFrame, planning: Planning) -> SiteProblem:
    capacity, here = planning.capacity, planning.capacity.sites[site]
    hours = need.groupby(["language", "week"])[f"need_{capacity.level}_h"].sum().unstack(fill_value=0.0)
    hours = hours.reindex(columns=planning.mondays(), fill_value=0.0)
    need_h = {str(language): row.to_numpy(float) for language, row in hours.iterrows()}
    skills = agents["languages"].map(lambda text: spoken(text, need_h)).astype(object)  # also where nobody is
    sets = sorted(
        {*skills[skills.map(bool)], *((language,) for language in need_h), *_sought(site, planning)}
    )
    decided = [each for each in capacity.classes if each.site == site]
    pools = tuple(
        _with(_pool(which, agents[skills == which], planning, here), decided, planning, here)
        for which in sets
    )
    rate = planning.centre.sites[site].cost_per_paid_hour or 1.0
    return SiteProblem(
        site,
        capacity.weeks,
        rate,
        need_h,
        pools,
        tuple(_hireable(sets, site, planning, here)),
        tuple(_teachable(sets, pools, site, planning)),
        here.classrooms,
        rate * capacity.shortage_hours,
        capacity.overtime_share,
        _overtime_premium(site, planning),
        seats_of(site, need, agents, planning),
    )


def _overtime_premium(site: str, planning: Planning) -> float:
    """What the site pays on top of an hour of overtime; where `costs:` is silent, what every site pays."""
    said = planning.centre.rates.sites.get(site)
    return planning.capacity.overtime_premium if said is None else said.overtime_premium


def seats_of(site: str, need: pd.DataFrame, agents: pd.DataFrame, planning: Planning) -> Seats | None:
    """The seats of a site; None where it says of none, or nobody knows how many sit there at once."""
    place, here = planning.centre.sites[site], planning.capacity.sites[site]
    if place.seats is None:
        return None
    at_desks = 1 - place.remote_share
    if here.present_share is not None:
        usual = agents["contract"].map(weekly_hours(planning.centre)).mean()
        hours = full_time_h(planning.centre, planning.capacity) if np.isnan(usual) else float(usual)
        each = np.full(planning.capacity.weeks, here.present_share / hours)
        return Seats(place.seats, each * at_desks, here.training_seat)
    if "at_once" not in need or not need["at_once"].any():
        return None
    hours_h = f"need_{planning.capacity.level}_h"
    weeks = need.groupby("week")[["at_once", hours_h]].sum().reindex(planning.mondays(), fill_value=0.0)
    each = (weeks["at_once"] / weeks[hours_h]).where(weeks[hours_h] > 0, 0.0).to_numpy(float)
    return Seats(place.seats, each * at_desks, here.training_seat)


def spoken(languages: str, served: dict[str, np.ndarray]) -> Skills:
    """The languages of a cell such as pt:native;es:fluent that the site serves.

    >>> spoken("pt:native;es:fluent", {"es": np.zeros(1), "pt": np.zeros(1)})
    ('es', 'pt')
    """
    named = {each.split(":")[0].strip() for each in languages.split(";")}
    return tuple(sorted(named & set(served)))


def _sought(site: str, planning: Planning) -> Iterator[Skills]:
    """Sets of languages that only classes already decided, or courses, bring about."""
    yield from (each.languages for each in planning.capacity.classes if each.site == site)
    for course in planning.capacity.cross_training:
        if course.site == site:
            yield (course.language,)
            yield tuple(sorted((course.language, course.adds)))


def _pool(which: Skills, agents: pd.DataFrame, planning: Planning, here: SiteCapacity) -> Pool:
    """Today's people and those with a first day to come, as attrition leaves them, with classes decided."""
    capacity, first = planning.capacity, pd.Timestamp(planning.first)
    hours = agents["contract"].map(weekly_hours(planning.centre)).fillna(0.0).to_numpy(float)[:, None]
    since = -_weeks(agents.get("hire_date"), first, len(agents), unknown=-NEVER)
    leaves = _weeks(agents.get("leave_date"), first, len(agents), unknown=NEVER) + 1
    there = staff_there(since, leaves, here, weeks=capacity.weeks)
    effect = staff_effect(since, capacity)
    begins = (since[:, None] + np.arange(capacity.weeks)[None, :] == 0) & (since[:, None] < 0)
    heads = Heads(
        there.sum(axis=0),
        np.zeros(capacity.weeks),
        (there * (effect < 1)).sum(axis=0),
        (there * begins).sum(axis=0),
        (hours * there).sum(axis=0),
        (hours * there * effect).sum(axis=0),
        ((hours * effect) ** 2 * there * (1 - there)).sum(axis=0),
        np.zeros(capacity.weeks),
    )
    return Pool(which, heads)


def _weeks(days: pd.Series | None, first: pd.Timestamp, count: int, *, unknown: int) -> np.ndarray:
    """Weeks from the first Monday to each day, rounded down."""
    if days is None:
        return np.full(count, unknown)
    weeks = (pd.to_datetime(days) - first).dt.days // 7
    return weeks.fillna(unknown).to_numpy(int)


def _with(pool: Pool, decided: list[PlannedClass], planning: Planning, here: SiteCapacity) -> Pool:
    heads = pool.heads
    for each in decided:
        if each.languages == pool.skills:
            heads = heads.and_also(_decided(each, planning, here))
    return Pool(pool.skills, heads)


def _decided(each: PlannedClass, planning: Planning, here: SiteCapacity) -> Heads:
    """The people of a class that is already decided."""
    kind = next(kind for kind in here.kinds if kind.name == each.kind)
    curve = class_curve(kind, here, planning.capacity)
    hours = planning.centre.contracts[kind.contract].weekly_hours
    # days before the first Monday are planned, too: a class of these days is in its first week then
    return of_class(curve, each.people, hours=hours, begun=max(planning.week_of(each.first_day), 0))


def of_class(curve: Curve, people: float, *, hours: float, begun: int) -> Heads:
    """What a class that begins in a week adds; one that begins after the plan adds nobody."""
    heads, weeks = nobody(len(curve.there)), len(curve.there)
    if begun >= weeks:
        return heads
    there = people * curve.there[: weeks - begun]
    effect = curve.effect[: weeks - begun]
    inside = np.arange(weeks - begun) < curve.training_weeks
    for whole, part in (
        (heads.employed, there),
        (heads.in_training, there * inside),
        (heads.on_ramp, there * (~inside & (effect < 1))),
        (heads.paid_h, there * hours),
        (heads.work_h, there * hours * effect),
        (heads.chance_h2, (hours * effect) ** 2 * there * (1 - curve.there[: weeks - begun])),
        (heads.training_h, there * hours * inside),
    ):
        whole[begun:] += part
    heads.joined[begun] += people
    return heads


def _hireable(sets: list[Skills], site: str, planning: Planning, here: SiteCapacity) -> Iterator[Hireable]:
    """Each kind of hiring for each single language that is served."""
    for place, which in enumerate(sets):
        for kind in here.kinds if len(which) == 1 else ():
            hours = planning.centre.contracts[kind.contract].weekly_hours
            curve = class_curve(kind, here, planning.capacity)
            yield Hireable(place, kind, curve, hours, _may_begin(kind, site, planning))


def _may_begin(kind: HiringKind, site: str, planning: Planning) -> np.ndarray:
    """Weeks in which a class may begin: after the lead time, outside freezes, early enough to be of use."""
    weeks = np.arange(planning.capacity.weeks)
    frozen = np.array(
        [
            any(
                freeze.holds(site, planning.first + timedelta(days=7 * int(week)))
                for freeze in planning.capacity.freezes
            )
            for week in weeks
        ]
    )
    useful = weeks + kind.training_weeks < planning.capacity.weeks
    return (weeks >= kind.lead_weeks) & ~frozen & useful


def _teachable(
    sets: list[Skills], pools: tuple[Pool, ...], site: str, planning: Planning
) -> Iterator[Teachable]:
    """Courses that add a language to people who speak one, at the mean contract of those people."""
    here = planning.capacity.sites[site]
    stay = here.attrition.stay(here.attrition.early_weeks)
    for course in planning.capacity.cross_training:
        if course.site != site:
            continue
        pool = sets.index((course.language,))
        becomes = sets.index(tuple(sorted((course.language, course.adds))))
        heads = pools[pool].heads
        hours = float(heads.paid_h.sum() / heads.employed.sum()) if heads.employed.sum() else 0.0
        yield Teachable(course, pool, becomes, hours, stay ** np.arange(planning.capacity.weeks))
