"""Reply times of the small teams that a scenario names, without its changes and rules and with them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Queue, QueueKey, Site
from planner.domain.scenario import Scenario, day_of
from planner.domain.scenario_tables import SCENARIO_REPLY
from planner.domain.tables import QUEUE
from planner.domain.team import Rules, Team
from planner.scenarios.demand import HOUR_S, Demand, Flow
from planner.scenarios.letters import Drawn, drawn_letters, under_rules
from planner.scenarios.setting import Setting
from planner.scenarios.team_clock import TeamClock, clock_of, presence, windows
from staffing.deferred import WORKING_SHARE
from staffing.deferred_queues import deadline_of
from staffing.reply import NEVER, Letters, Walked, Windows, open_at, walked

DRAWS = 30
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Walk:
    """One draw of a team: its contacts as drawn, how they were walked, and its people's time at work."""

    letters: Drawn
    walked: Walked
    open_at_ends: np.ndarray
    reply_h: np.ndarray
    work_h: float
    there_h: float


@dataclass(frozen=True)
class Replied:
    """A team's replies in one case, draw by draw."""

    queue: Queue
    clock: TeamClock
    days: pd.DatetimeIndex
    draws: Sequence[Walk]

    @property
    def reply_h(self) -> list[np.ndarray]:
        """Open hours from arrival to reply of the contacts that count, by draw."""
        return [draw.reply_h[draw.letters.counts] for draw in self.draws]

    @property
    def elapsed_h(self) -> list[np.ndarray]:
        """The same in hours by the clock on the wall."""
        return [
            (draw.walked.replied_s - draw.letters.arrived_s)[draw.letters.counts] / HOUR_S
            for draw in self.draws
        ]


@dataclass(frozen=True)
class Desk:
    """A team with its queue, site and clock."""

    team: Team
    queue: Queue
    site: Site
    clock: TeamClock
    seed: int

    @property
    def slower(self) -> float:
        """Time at work that a second of handling takes: training, coaching and the reserve on top."""
        most = self.queue.target.max_occupancy or WORKING_SHARE
        return 1 / (1 - self.site.shrinkage.planned_at_work) / most

    @property
    def backlog_s(self) -> np.ndarray:
        """When the backlog came: evenly over the open hours of one deadline before the plan."""
        count = round(self.team.backlog)
        since_h = deadline_of(self.queue).within_business_h * (np.arange(count) + 0.5) / max(count, 1)
        return np.minimum(self.clock.moment_of(-since_h), -1.0)


def desk_of(team: Team, flow: Flow, centre: Centre, *, seed: int) -> Desk:
    """A team at the queue and site it is of."""
    key = QueueKey(*team.queue)
    queue, site = centre.queues[key], centre.sites[key.site]
    own = zlib.crc32(str(key).encode())
    return Desk(team, queue, site, clock_of(team, queue, site, days=flow.days), seed ^ own)


def replies_of(
    scenario: Scenario, base: Demand, demand: Demand, setting: Setting
) -> list[tuple[Replied, Replied]]:
    """For each team its replies without the scenario and with it, on the same draws and the same days off."""
    found = []
    for team in scenario.teams:
        key = QueueKey(*team.queue)
        flow, before = demand[key], base.get(key, demand[key])
        desk = desk_of(team, flow, setting.centre, seed=setting.seed)
        from_s = _from_s(team.rules, desk, setting)
        found.append((replied(desk, before, from_s=NEVER), replied(desk, flow, from_s=from_s)))
    return found


def _from_s(rules: Rules, desk: Desk, setting: Setting) -> float:
    """When the rules begin to hold; without a day they hold for the backlog too."""
    if rules.first is None:
        return -NEVER
    return desk.clock.second_of(day_of(rules.first, setting.first_monday), desk.site.time_zone)


def replied(desk: Desk, flow: Flow, *, from_s: float) -> Replied:
    """The team's replies to a queue's contacts; its rules hold for those that come from a moment on."""
    count = min(DRAWS, flow.paths.shape[1]) or 1
    return Replied(
        desk.queue, desk.clock, flow.days, [_walk(desk, flow, draw, from_s) for draw in range(count)]
    )


def _walk(desk: Desk, flow: Flow, draw: int, from_s: float) -> Walk:
    clock, cv = desk.clock, desk.queue.handling.aht_cv
    drawn = drawn_letters(
        desk.team, flow, draw, old_s=desk.backlog_s, origin=clock.origin, aht_cv=cv, seed=desk.seed
    )
    ruled = under_rules(desk.team.rules, drawn, from_s=from_s)
    letters = Letters(ruled.arrived_s, ruled.first_s * desk.slower, ruled.again_s * desk.slower, ruled.away_s)
    people = _people(desk, draw)
    done = walked(letters, people)
    reply_h = np.where(
        done.replied_s < NEVER, clock.open_hours(ruled.arrived_s, np.minimum(done.replied_s, 1e12)), NEVER
    )
    until = clock.ends_s[-1]
    again = (done.again_s < until) & (ruled.away_s < NEVER)
    work_s = ruled.first_s[done.begun_s < until].sum() + ruled.again_s[again].sum()
    there_s = sum(float((np.minimum(each.ends_s, until) - each.begins_s).clip(0).sum()) for each in people)
    return Walk(
        ruled,
        done,
        open_at(clock.ends_s, letters, done),
        reply_h,
        float(work_s) / HOUR_S,
        there_s / HOUR_S,
    )


def _people(desk: Desk, draw: int) -> list[Windows]:
    rng = np.random.default_rng([desk.seed, draw, desk.team.people])
    there = presence(desk.clock, desk.site, desk.team.people, rng=rng)
    turns = np.repeat(np.arange(len(desk.team.turns)), [turn.people for turn in desk.team.turns])
    return [Windows(*windows(desk.clock, int(turn), mine)) for turn, mine in zip(turns, there, strict=True)]


def reply_table(found: Sequence[tuple[Replied, Replied]]) -> pd.DataFrame:
    """SCENARIO_REPLY of all teams."""
    parts = [
        _by_day(replied, case)
        for both in found
        for case, replied in zip(("without", "with"), both, strict=True)
    ]
    return SCENARIO_REPLY.check(pd.concat(parts, ignore_index=True)) if parts else SCENARIO_REPLY.empty()


def _by_day(replied: Replied, case: str) -> pd.DataFrame:
    """Flows are means over draws, what is open is the middle draw's; by local day."""
    clock, count = replied.clock, len(replied.draws)
    bins = np.append(0.0, clock.ends_s)
    came, reply_h = (
        np.concatenate([draw.letters.arrived_s[draw.letters.counts] for draw in replied.draws]),
        np.concatenate(replied.reply_h),
    )
    new = np.histogram(came, bins)[0]
    total_h = np.histogram(came, bins, weights=reply_h)[0]
    begun = [np.concatenate([draw.walked.begun_s, draw.walked.again_s]) for draw in replied.draws]
    touches = sum(np.histogram(each[each < NEVER], bins)[0] for each in begun)
    waiting = np.array([draw.open_at_ends for draw in replied.draws])
    low, middle, high = np.quantile(waiting, [LOW, 0.5, HIGH], axis=0)
    rows = {
        "case": case,
        "day": replied.days,
        "new": new / count,
        "touches": touches / count,
        "open": middle,
        "open_low": low,
        "open_high": high,
        "reply_h": np.divide(total_h, new, out=np.full(len(new), np.nan), where=new > 0),
    }
    return pd.DataFrame({**dict(zip(QUEUE, replied.queue.key, strict=True)), **rows})
