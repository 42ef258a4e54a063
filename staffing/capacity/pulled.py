"""A lever pulled: the situation it makes, what of the plan's decisions is left, and what it frees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import singledispatch

import numpy as np
import pandas as pd

from planner.domain.capacity import Attrition, Capacity, Freeze, HiringKind, SiteCapacity
from planner.domain.capacity_levers import (
    HiringFreeze,
    LateClasses,
    LeaveLimit,
    Lever,
    MoreAttrition,
    MoreClasses,
    MoreVolume,
    OvertimeTo,
    Temporaries,
)
from planner.domain.capacity_tables import LEVELS
from staffing.capacity.held import NOTHING, Decisions, Freedom
from staffing.capacity.leave import weekly_leave
from staffing.capacity.people import Planning
from staffing.capacity.plan import Situation

More = Callable[[MoreVolume], Situation]  # the situation with other contacts: it takes the forecast
NEEDS = [f"need_{level}_h" for level in LEVELS]
MOST = 0.99  # a month in which everybody leaves


@singledispatch
def pulled(lever: Lever, now: Situation) -> Situation:
    """The situation with the lever pulled; TypeError for MoreVolume, which takes the forecast."""
    raise TypeError(f"{lever} is not pulled in the situation of {now.planning.first}")


@pulled.register
def _(lever: HiringFreeze, now: Situation) -> Situation:
    first = lever.first_day or now.planning.first
    freeze = Freeze(first, first + timedelta(days=7 * lever.weeks - 1), lever.sites)
    return _with(now, replace(now.planning.capacity, freezes=(*now.planning.capacity.freezes, freeze)))


@pulled.register
def _(lever: LateClasses, now: Situation) -> Situation:
    capacity, late = now.planning.capacity, timedelta(days=7 * lever.weeks)
    classes = tuple(replace(each, first_day=each.first_day + late) for each in capacity.classes)
    slower = _each_kind(capacity, lambda kind: replace(kind, lead_weeks=kind.lead_weeks + lever.weeks))
    return _with(now, replace(slower, classes=classes))


@pulled.register
def _(lever: MoreAttrition, now: Situation) -> Situation:
    points = lever.points_per_month
    return _with(
        now,
        _each_site(
            now.planning.capacity, lambda site: replace(site, attrition=_more(site.attrition, points))
        ),
    )


@pulled.register
def _(lever: OvertimeTo, now: Situation) -> Situation:
    return _with(now, replace(now.planning.capacity, overtime_share=lever.most_share))


@pulled.register
def _(lever: MoreClasses, now: Situation) -> Situation:
    def with_room(site: SiteCapacity) -> SiteCapacity:
        rooms = site.classrooms
        return replace(site, classrooms=None if rooms is None else rooms + lever.classes)

    return _with(now, _each_site(now.planning.capacity, with_room))


@pulled.register
def _(lever: Temporaries, now: Situation) -> Situation:
    return _with(
        now, _each_site(now.planning.capacity, lambda site: replace(site, kinds=_temporary(site, lever)))
    )


@pulled.register
def _(lever: LeaveLimit, now: Situation) -> Situation:
    parts = [
        _leave_moved(rows, str(site), lever, now.planning)
        for site, rows in now.need.groupby("site", sort=False)
    ]
    need = pd.concat(parts).sort_index()
    level = f"need_{now.planning.capacity.level}_h"
    by = ["site", "language", "week"]
    before, after = (rows.groupby(by)[level].sum() for rows in (now.need, need))
    change = (after / before).where(before > 0, 1.0)
    needed = {
        (site, language): hours.mul(change.loc[site, language].reindex(hours.index).fillna(1.0), axis=0)
        for (site, language), hours in now.needed.items()
    }
    return replace(now, need=need, needed=needed)


def kept(lever: Lever, decided: Decisions) -> Decisions:
    """What the plan decided, as the lever leaves it: late classes begin later."""
    return decided.later(lever.weeks) if isinstance(lever, LateClasses) else decided


def freed(lever: Lever, site: SiteCapacity) -> Freedom:
    """What may be decided besides where all else stands; `site` is that of the situation pulled."""
    if isinstance(lever, MoreClasses):
        return Freedom(more_classes=lever.classes)
    if isinstance(lever, Temporaries):
        return Freedom(frozenset(kind.name for kind in site.kinds if kind.term_weeks is not None))
    return NOTHING


def _with(now: Situation, capacity: Capacity) -> Situation:
    return replace(now, planning=replace(now.planning, capacity=capacity))


def _each_site(capacity: Capacity, change: Callable[[SiteCapacity], SiteCapacity]) -> Capacity:
    return replace(capacity, sites={code: change(site) for code, site in capacity.sites.items()})


def _each_kind(capacity: Capacity, change: Callable[[HiringKind], HiringKind]) -> Capacity:
    return _each_site(capacity, lambda site: replace(site, kinds=tuple(change(kind) for kind in site.kinds)))


def _more(attrition: Attrition, points: float) -> Attrition:
    now, early = attrition.per_month + points, attrition.early_per_month + points
    return replace(
        attrition, per_month=float(np.clip(now, 0, MOST)), early_per_month=float(np.clip(early, 0, MOST))
    )


def _temporary(site: SiteCapacity, lever: Temporaries) -> tuple[HiringKind, ...]:
    """The site's kinds with the lever's lead time on temporary ones; one more where it has none."""
    if any(kind.term_weeks is not None for kind in site.kinds):
        return tuple(
            kind if kind.term_weeks is None else replace(kind, lead_weeks=lever.lead_weeks)
            for kind in site.kinds
        )
    model = site.kinds[:1]
    return (
        *site.kinds,
        *(
            replace(
                kind,
                name=f"{kind.name} temporary",
                lead_weeks=lever.lead_weeks,
                term_weeks=lever.term_weeks,
            )
            for kind in model
        ),
    )


def _leave_moved(need: pd.DataFrame, site: str, lever: LeaveLimit, planning: Planning) -> pd.DataFrame:
    """CAPACITY_NEED of a site with less leave in its busiest weeks and the hours of it in the others.

    The same hours of leave are taken over the plan. Nothing moves where every week is a busiest one.
    """
    level = f"need_{planning.capacity.level}_h"
    weeks = need.groupby("week")[level].sum()
    busiest = need["week"].isin(weeks.nlargest(lever.weeks).index)
    if busiest.all():
        return need
    place = planning.centre.sites[site]
    usual = need["week"].map(
        {week: weekly_leave(week.date(), place, planning.capacity) for week in weeks.index}
    )
    least = usual.clip(upper=lever.most_share)
    moved = need.copy()
    for column in NEEDS:
        less = need[column] * (1 - usual) / (1 - least)
        freed_h = (need[column] * usual - less * least)[busiest].sum()
        others = need.loc[~busiest, column]
        more = others * (1 + freed_h / others.sum()) if others.sum() > 0 else others
        moved[column] = less.where(busiest, more.reindex(need.index))
    return moved
