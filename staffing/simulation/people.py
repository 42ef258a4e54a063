"""Who is there: the schedule's people, less those who are absent or called off the queue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Shrinkage, Site
from staffing.simulation.floor import Duty
from staffing.simulation.horizon import Horizon

BLOCK_S = 1800.0  # training, coaching and meetings take people off the queue for half an hour


@dataclass(frozen=True)
class Roster:
    """Contact segments of one site, cut at the half-hours; each array has one entry a piece.

    `off_queue` is the share of the piece's time spent in training and meetings; `day` the day on which
    the shift began; `absent` has, for each day, the chance that an agent falls out.
    """

    agent: np.ndarray
    day: np.ndarray
    block: np.ndarray
    group: np.ndarray
    slots: np.ndarray
    start_s: np.ndarray
    end_s: np.ndarray
    off_queue: np.ndarray
    absent: np.ndarray
    agents: int
    groups: int


@dataclass(frozen=True)
class Segments:
    """SCHEDULE rows of one site with the group (-1 outside contact) and conversations at once of each."""

    schedule: pd.DataFrame
    group: np.ndarray
    slots: np.ndarray


def roster(segments: Segments, *, agent_ids: np.ndarray, site: Site, horizon: Horizon) -> Roster:
    """The contact segments of a site; `agent_ids` are all its people, sorted."""
    contact = segments.group >= 0
    rows = segments.schedule[contact]
    end_s = np.minimum(horizon.seconds(rows["end"]), horizon.end_s)
    row, block, start_s, end_s = _pieces(horizon.seconds(rows["start"]), end_s)
    return Roster(
        agent=np.searchsorted(agent_ids, rows["agent_id"].to_numpy(object))[row],
        day=horizon.days.get_indexer(rows["day"])[row],
        block=block,
        group=segments.group[contact][row],
        slots=segments.slots[contact][row],
        start_s=start_s,
        end_s=end_s,
        off_queue=_off_queue(segments.schedule, site)[contact][row],
        absent=np.array([_on(site, day).unplanned for day in horizon.days]),
        agents=len(agent_ids),
        groups=int(segments.group.max(initial=-1)) + 1,
    )


def _pieces(start_s: np.ndarray, end_s: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Segments cut at the half-hours: the segment's row, the half-hour, start and end of each piece."""
    first, last = np.floor(start_s / BLOCK_S).astype(int), np.ceil(end_s / BLOCK_S).astype(int)
    count = np.maximum(last - first, 0)
    row = np.repeat(np.arange(len(count)), count)
    block = first[row] + np.arange(len(row)) - (np.cumsum(count) - count)[row]
    begin, end = np.maximum(start_s[row], block * BLOCK_S), np.minimum(end_s[row], (block + 1) * BLOCK_S)
    kept = end > begin
    return row[kept], block[kept], begin[kept], end[kept]


def _off_queue(schedule: pd.DataFrame, site: Site) -> np.ndarray:
    """Share of each row's time that training and meetings still take, beyond what the schedule shows."""
    hours = (schedule["end"] - schedule["start"]) / pd.Timedelta(hours=1)
    trained = hours[schedule["activity"] == "training"].sum()
    contact = hours[schedule["activity"] == "contact"].sum()
    day = schedule["day"]
    asked = day.map({each: _on(site, each).planned_at_work for each in day.unique()}).to_numpy(float)
    return np.clip((asked * (contact + trained) - trained) / max(contact, 1e-9), 0.0, 1.0)


def _on(site: Site, day: pd.Timestamp) -> Shrinkage:
    return site.shrinkage_on(day.month, day.day_of_week)


def draw_duty(roster: Roster, *, rng: np.random.Generator, horizon: Horizon) -> Duty:
    """Who is on contact duty when, in one replication: absences and off-queue blocks taken out.

    An agent's luck of a day or half-hour is the same in every schedule (common random numbers).
    """
    luck = rng.random((roster.agents, len(horizon.days)))
    sick = (luck < roster.absent)[roster.agent, roster.day]
    kept = ~sick & ~_called_off(roster, rng=rng)
    order = np.lexsort((roster.start_s[kept], roster.agent[kept]))
    pieces = (roster.agent, roster.group, roster.slots, roster.start_s, roster.end_s)
    return _changes(*(piece[kept][order] for piece in pieces), horizon=horizon)


def _called_off(roster: Roster, *, rng: np.random.Generator) -> np.ndarray:
    """Pieces lost to training and meetings.

    In each half-hour and group it hits the right share of people, spread as evenly as a supervisor
    would (systematic sampling); who they are is decided by lot.
    """
    blocks = int(roster.block.max(initial=0)) + 1
    lot = rng.random((roster.agents, blocks))[roster.agent, roster.block]
    cell = roster.block * roster.groups + roster.group
    start = rng.random(blocks * max(1, roster.groups))
    order = np.argsort(cell + lot, kind="stable")
    upto = np.cumsum(roster.off_queue[order])
    first = np.unique(cell[order], return_index=True)[1]
    before = np.repeat((upto - roster.off_queue[order])[first], np.diff(np.append(first, len(order))))
    upto = upto - before + start[cell[order]]
    called = np.empty(len(order), bool)
    called[order] = np.floor(upto) > np.floor(upto - roster.off_queue[order])
    return called


def _changes(
    agent: np.ndarray,
    group: np.ndarray,
    slots: np.ndarray,
    start_s: np.ndarray,
    end_s: np.ndarray,
    *,
    horizon: Horizon,
) -> Duty:
    """Pieces in order of agent and start as comings and goings, with the end of every interval."""
    meets = np.zeros(len(agent) + 1, bool)  # the piece follows the one before it without a pause
    meets[1:-1] = (agent[1:] == agent[:-1]) & (start_s[1:] == end_s[:-1])
    same = np.zeros(len(agent), bool)
    same[1:] = (group[1:] == group[:-1]) & (slots[1:] == slots[:-1])
    comes, goes = ~(meets[:-1] & same), ~meets[1:]
    ticks = horizon.interval_s * np.arange(1, len(horizon.starts) + 1)
    off = np.full(int(goes.sum()) + len(ticks), -1)
    duty = Duty(
        at_s=np.concatenate([start_s[comes], end_s[goes], ticks]),
        agent=np.concatenate([agent[comes], agent[goes], np.full(len(ticks), -1)]),
        group=np.concatenate([group[comes], off]),
        slots=np.concatenate([slots[comes], np.ones(len(off), np.int64)]),
    )
    order = np.argsort(duty.at_s, kind="stable")
    return Duty(*(column[order] for column in duty))
