"""A part of a roster as a problem of its own: some people over some days, all else as it is.

The days before say in which state people come in, the days after in which states they may leave; minutes,
weekends and caps are what the other days have left, the need what the other people have left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.rosters.automaton import STUCK
from staffing.rosters.pricing import Room
from staffing.rosters.problem import OFF
from staffing.rosters.tables import NEVER, OPENS, Tables


@dataclass(frozen=True)
class Part:
    """Some people, by their numbers, from a first day to the day before `end`."""

    people: np.ndarray
    first: int
    end: int

    @property
    def days(self) -> slice:
        return slice(self.first, self.end)


def tables_of_part(t: Tables, roster: np.ndarray, part: Part) -> Tables:
    """The tables of a part of a legal roster (people x days); its people count from 0, so do its days."""
    own, rows = t.machine[part.people], roster[part.people]
    entry, before = _walked(t, part.people, rows, range(part.first), t.start[own][:, None])
    ends = _ends(t, part, rows)
    least_after = np.where(ends > NEVER, ends, t.wish.shape[1]).min(axis=1)
    left = t.weekends[part.people] - before[:, 0] - least_after
    units = _units_elsewhere(t, part, rows)
    cap = t.cap[part.people] - _elsewhere(t, part, rows)
    most = (part.end - part.first) * t.units.max()
    return t._replace(
        first_arc=t.first_arc[own],
        arc_group=t.arc_group[own],
        arc_to=t.arc_to[own],
        step=t.step[own],
        worked=t.worked[own],
        start=entry[:, 0],
        states=t.states[own],
        weekend=t.weekend[part.days],
        machine=np.arange(len(own)),
        least=np.maximum(t.least[part.people] - units, 0),
        most=np.minimum(t.most[part.people] - units, most),
        weekends=np.minimum(left, 2 + (t.weekend[part.days] == OPENS).sum()),
        ends=np.where(ends > NEVER, ends - least_after[:, None], NEVER),
        cap=cap,
        allowed=t.allowed[part.people, part.days] & (cap > 0)[:, None, :],
        wish=t.wish[part.people, part.days],
        need=t.need[part.days] - _others(t, roster, part),
        under=t.under[part.days],
        over=t.over[part.days],
    )


def _walked(
    t: Tables, people: np.ndarray, rows: np.ndarray, days: range, q: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """States (people x any) after the days as in the rows, STUCK where they cannot be, and weekends begun."""
    m, begun = t.machine[people][:, None], np.zeros(q.shape, np.int64)
    for d in days:
        work = (rows[:, d] != OFF)[:, None]
        if t.weekend[d] > 0:
            begun += work & ((t.weekend[d] == OPENS) | ~t.worked[m, q])
        q = np.where(q == STUCK, STUCK, t.step[m, q, rows[:, d, None] + 1])
    return q, begun


def _ends(t: Tables, part: Part, rows: np.ndarray) -> np.ndarray:
    """By state at the end: weekends begun in the days after, NEVER where these cannot follow."""
    states = np.arange(t.step.shape[1])
    q = np.where(states < t.states[t.machine[part.people]][:, None], states, STUCK)
    q, begun = _walked(t, part.people, rows, range(part.end, t.wish.shape[1]), q)
    return np.where(q == STUCK, NEVER, begun)


def _elsewhere(t: Tables, part: Part, rows: np.ndarray) -> np.ndarray:
    """How often each person (by place in the part) works each shift outside it."""
    outside = rows.copy()
    outside[:, part.days] = OFF
    found = np.zeros((len(rows), t.cap.shape[1]), np.int64)
    people, days = np.nonzero(outside != OFF)
    np.add.at(found, (people, outside[people, days]), 1)
    return found


def _units_elsewhere(t: Tables, part: Part, rows: np.ndarray) -> np.ndarray:
    return np.asarray(_elsewhere(t, part, rows) @ t.units[t.group_of])


def _others(t: Tables, roster: np.ndarray, part: Part) -> np.ndarray:
    """Others at work on the days of a part (days x shifts)."""
    rows = np.delete(roster, part.people, axis=0)[:, part.days]
    here = np.zeros((part.end - part.first, t.cap.shape[1]), np.int64)
    _, days = np.nonzero(rows != OFF)
    np.add.at(here, (days, rows[rows != OFF]), 1)
    return here


def room_of_part(room: Room, part: Part) -> Room:
    """The room of a whole roster, as large as a part needs; what was broken of late is forgotten."""
    days = part.end - part.first
    tight = np.zeros((len(part.people), room.tight.shape[1]), np.bool_)
    return Room(room.value, room.best[:days], room.pick[:days], room.worth[:days], tight)
