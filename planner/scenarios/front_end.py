"""An AI in front of people: what it resolves, hands on, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.scenario import FrontEnd, Range, Reason
from planner.scenarios.demand import Demand, Flow
from planner.scenarios.setting import Setting

ABLE = (-1.0, 0.0, 1.0)  # levels of ability: low, likely, high
ABILITY = 7  # stream of random numbers for how able the AI is


@dataclass(frozen=True)
class Outcome:
    """Of one contact of a queue: to people as before, escalated, bounced back, resolved, given up.

    `work` is each part's handling as a multiple of the queue's AHT times its share.
    """

    direct: float
    escalated: float
    bounced: float
    resolved: float
    given_up: float
    direct_work: float
    escalated_work: float
    bounced_work: float

    @property
    def contacts(self) -> float:
        """Contacts that reach people, of one that comes."""
        return self.direct + self.escalated + self.bounced

    @property
    def work(self) -> float:
        """Handling time of people, of that without the front end."""
        return self.direct_work + self.escalated_work + self.bounced_work


def outcome(change: FrontEnd, language: str, *, level: float = 0.0) -> Outcome:
    """What becomes of a contact in a language; `level` -1 = resolved as low as may be, 0 likely, 1 high.

    Contacts of no reason named go to people as before: human volume = V (1 - e q) + returns.
    """
    skill = change.languages.get(language)
    rest = 1 - sum(reason.share for reason in change.reasons)
    work = 1 - sum(reason.share * reason.aht_multiple for reason in change.reasons)
    found = np.array([rest, 0, 0, 0, 0, work, 0, 0], dtype=float)
    for reason in change.reasons:
        found += _one_reason(reason, change, skill, level)
    return Outcome(*map(float, found))


def _one_reason(reason: Reason, change: FrontEnd, skill: float | None, level: float) -> np.ndarray:
    meets = reason.offered if skill is not None else 0.0
    able = between(reason.resolved, level)
    resolved = able * (skill or 0.0)
    escalated = reason.escalated + (able - resolved) + _less_resolved(reason, able)
    bounced, longer = reason.bounced, reason.aht_multiple
    given_up = max(1 - resolved - escalated - bounced, 0.0)
    parts = np.array([1 - meets, meets * escalated, meets * bounced, meets * resolved, meets * given_up])
    work = parts[:3] * longer * np.array([1.0, change.escalated_aht, change.bounced_aht])
    return reason.share * np.concatenate([parts, work])


def between(given: Range, level: float) -> float:
    """The number at a level from -1 (low) over 0 (likely) to 1 (high)."""
    return given.likely + (level * (given.high - given.likely if level > 0 else given.likely - given.low))


def _less_resolved(reason: Reason, able: float) -> float:
    """What it resolves less (or more) than likely is escalated more (or less)."""
    return max(reason.resolved.likely - able, -reason.escalated)


def behind_front_end(demand: Demand, change: FrontEnd, setting: Setting) -> dict[QueueKey, Flow]:
    """The queues meant as people see them behind the AI; how much it resolves differs by path.

    What is left for people is harder when the easy reasons are the ones it resolves. On a path the AI is
    as able in every queue.
    """
    found = dict(demand)
    for key in setting.meant(demand, change.where):
        flow, rng = demand[key], np.random.default_rng([setting.seed, ABILITY])
        levels = rng.triangular(-1.0, 0.0, 1.0, (flow.paths.shape[1],))
        part = setting.weights(flow, change.when)
        likely = _likely(flow, change, outcome(change, key[1]), part)
        drawn = np.array([outcome(change, key[1], level=level).contacts for level in levels])
        found[key] = _spread(likely, drawn / outcome(change, key[1]).contacts, _of_day(flow, part))
    return found


def as_able(change: FrontEnd, level: float) -> FrontEnd:
    """The front end known to be as able as `level`: -1 as little as may be, 0 as is likely, 1 as much."""
    return replace(change, reasons=tuple(_known(reason, level) for reason in change.reasons))


def _known(reason: Reason, level: float) -> Reason:
    able = between(reason.resolved, level)
    escalated = reason.escalated + _less_resolved(reason, able)
    return replace(reason, resolved=Range(able, able, able), escalated=escalated)


def _likely(flow: Flow, change: FrontEnd, likely: Outcome, part: np.ndarray) -> Flow:
    """The queue with an AI as able as is likely; bounced contacts come later."""
    later = _later(flow, flow.offered * part * likely.bounced, change.bounced_after_h)
    offered = flow.offered * (1 + part * (likely.direct + likely.escalated - 1)) + later
    at_once_s = flow.work_s * (1 + part * (likely.direct_work + likely.escalated_work - 1))
    each = likely.bounced_work / likely.bounced if likely.bounced > 0 else 0.0
    work_s = at_once_s + later * each * flow.aht_s
    return flow.changed(offered, np.divide(work_s, offered, out=flow.aht_s.copy(), where=offered > 0))


def _of_day(flow: Flow, part: np.ndarray) -> np.ndarray:
    """How much of the change holds on each day."""
    return flow.by_day(part) / np.bincount(flow.day_of, minlength=len(flow.days))


def _spread(flow: Flow, times: np.ndarray, part: np.ndarray) -> Flow:
    """Paths (days x paths) on which `times` (paths,) as many contacts are left as is likely."""
    return replace(flow, paths=flow.paths * (1 + part[:, None] * (times[None, :] - 1)))


def _later(flow: Flow, contacts: np.ndarray, after_h: float) -> np.ndarray:
    """Contacts that come back after some hours, in the first interval open then."""
    places = np.searchsorted(flow.start, flow.start + pd.Timedelta(hours=after_h))
    inside = places < len(flow.start)
    return np.bincount(places[inside], contacts[inside], len(flow.start))
