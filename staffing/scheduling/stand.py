"""A case in which something stands already: locked days, held days, a published roster to stay close to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.domain.problems import Infeasible
from planner.domain.problems import Problem as Note
from staffing.freed import only, without
from staffing.labour import People
from staffing.scheduling.case import Case, Start
from staffing.scheduling.held import HeldShift
from staffing.scheduling.known import MINUTE, known, settle
from staffing.scheduling.lawful import lawful
from staffing.scheduling.moving import price_of_moves
from staffing.scheduling.overtime import BIT
from staffing.scheduling.overtime_read import mark_overtime
from staffing.scheduling.problem import BEGIN, END, FLAGS, FORBIDDEN, WHICH, Roster
from staffing.standing import Standing

DAY = ["agent_id", "day"]
NOWHERE = -1


@dataclass(frozen=True)
class Places:
    """Which shift each agent must take on a day, as a place in the day's list: agent x day, NOWHERE for any.

    `off` are days on which no shift may begin.
    """

    held: np.ndarray
    whole: np.ndarray
    off: np.ndarray


def stood(people: People, standing: Standing, *, build: Callable[[People], Case]) -> Case:
    """The case that `build` makes of the people, with all that stands; Infeasible names impossible locks.

    Published days that the engine could not have written are held as they are, and whoever's standing days
    it cannot take together is left as published.
    """
    held = standing.segments
    case = build(replace(people, held=held))
    strange = _strange(case, without(standing.movable, held))
    if len(strange):
        held = pd.concat([held, only(standing.movable, strange)], ignore_index=True)
        case = build(replace(people, held=held))
    stuck = _stuck(case, standing, held)
    if len(stuck):
        rest = standing.movable[standing.movable["agent_id"].isin(stuck)]
        held = pd.concat([without(held, rest), rest], ignore_index=True)
        others = ~people.agents["agent_id"].isin(stuck)
        case = build(replace(people, held=held).of(others.to_numpy()))
    roster, places = _start(case, standing, held)
    price = standing.moves.queue * case.clock.interval_min / 60 if len(standing.published) else 0.0
    start = Start(roster, held, without(standing.published, held), price)
    return replace(_with(case, roster, places, standing), start=start)


def _strange(case: Case, rows: pd.DataFrame) -> pd.DataFrame:
    """Days that no shift of the engine fits, and all days of agents who are not in the case."""
    others = rows.loc[~rows["agent_id"].isin(case.agents), DAY].drop_duplicates()
    return pd.concat([known(case, rows).strange, others], ignore_index=True)


def _stuck(case: Case, standing: Standing, held: pd.DataFrame) -> list[str]:
    """Agents whose standing days cannot be taken together."""
    start, places = _start(case, standing, held)
    wanted = _worked(case, held)
    lost = (wanted & (places.held < 0)).any(axis=1) | ~lawful(case.problem, start)
    return [case.agents[a] for a in np.flatnonzero(lost)]


def _start(case: Case, standing: Standing, held: pd.DataFrame) -> tuple[Roster, Places]:
    """The roster that stands, and the places that must stay in it."""
    roster = known(case, without(standing.published, held)).roster
    places = _places(case, standing, held, roster)
    roster.shift[places.off] = NOWHERE
    new = (places.whole >= 0) & ~_same_edges(case, roster.shift, places.whole)
    for must in (np.where(new, places.whole, NOWHERE), places.held):
        a, d = np.nonzero(must >= 0)
        roster.shift[a, d] = must[a, d]
        for agent, day in zip(a, d):
            start = case.problem.shifts.starts[case.problem.staff.kind[agent], day, must[agent, day]]
            pauses = case.shifts[start[WHICH]].pauses
            roster.pause[agent, day] = 0
            roster.pause[agent, day, : len(pauses)] = [
                p.earliest_min // case.clock.interval_min for p in pauses
            ]
    mark_overtime(case, roster)
    roster.queue[:] = np.where(_on_duty(case, roster), roster.queue, NOWHERE)
    settle(case.problem, roster)
    return roster, places


def _places(case: Case, standing: Standing, held: pd.DataFrame, published: Roster) -> Places:
    """Where everything that is locked or held stands; Infeasible for a locked shift that nobody can work."""
    shape = published.shift.shape
    found = Places(np.full(shape, NOWHERE), np.full(shape, NOWHERE), np.zeros(shape, bool))
    for a, d, begin, end in _edges(case, held):
        found.held[a, d] = _place(case, (a, d), (begin, end), held=True)
    lost = []
    for a, d, begin, end in _edges(case, standing.shifts):
        found.whole[a, d] = _place(case, (a, d), (begin, end), held=False)
        if found.whole[a, d] < 0:
            lost.append(_no_such_shift(case, a, d, begin, end))
    if lost:
        raise Infeasible(lost)
    for a, d, _, _ in _edges(case, standing.days_off):
        found.off[a, d] = True
    return found


def _edges(case: Case, rows: pd.DataFrame) -> list[tuple[int, int, int, int]]:
    """Agent, day and the whole intervals from first to last of each agent's day that the case knows."""
    agent = {name: a for a, name in enumerate(case.agents)}
    days = (
        rows[rows["agent_id"].isin(agent)]
        .groupby(DAY, as_index=False)
        .agg(start=("start", "min"), end=("end", "max"))
    )
    zero, step = case.clock.midnights[0], case.clock.interval_min
    d = (days["day"] - case.clock.calendar[0]).dt.days
    begin = ((days["start"] - zero) / MINUTE).to_numpy() // step
    end = -(-((days["end"] - zero) / MINUTE).to_numpy() // step)
    inside = ((d >= 0) & (d < case.clock.days)).to_numpy()
    each = zip(days["agent_id"].map(agent), d, begin.astype(int), end.astype(int), inside)
    return [(int(a), int(n), int(b), int(e)) for a, n, b, e, known_day in each if known_day]


def _place(case: Case, at: tuple[int, int], edges: tuple[int, int], *, held: bool) -> int:
    """The place of a shift with these edges in the list of agent and day, NOWHERE if there is none."""
    c, d = case.problem.staff.kind[at[0]], at[1]
    listed = case.problem.shifts.starts[c, d, : case.problem.shifts.offered[c, d]]
    same = np.flatnonzero((listed[:, BEGIN] == edges[0]) & (listed[:, END] == edges[1]))
    kind = [i for i in same if isinstance(case.shifts[listed[i, WHICH]], HeldShift) == held]
    return int(kind[0]) if kind else NOWHERE


def _no_such_shift(case: Case, a: int, d: int, begin: int, end: int) -> Note:
    step = pd.Timedelta(minutes=case.clock.interval_min)
    first, last = ((case.clock.midnights[0] + n * step).tz_convert(case.clock.zone) for n in (begin, end))
    day = case.clock.calendar[d]
    note = (
        f"{case.agents[a]} on {day:%Y-%m-%d} is locked from {first:%H:%M} to {last:%H:%M}; "
        "no shift of the contract lies there: shift patterns, opening hours"
    )
    return Note("locked", note)


def _same_edges(case: Case, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Agent-days on which two arrays of places name shifts with the same edges."""
    agents, days = one.shape
    starts = case.problem.shifts.starts[case.problem.staff.kind]
    rows, columns = np.arange(agents)[:, None], np.arange(days)[None, :]
    edges = [starts[rows, columns, np.maximum(places, 0)][..., [BEGIN, END]] for places in (one, other)]
    return np.asarray((one >= 0) & (other >= 0) & (edges[0] == edges[1]).all(axis=-1))


def _on_duty(case: Case, roster: Roster) -> np.ndarray:
    """Agent x interval (with the tail): whether a shift of the engine's own is going on."""
    duty = np.zeros(roster.queue.shape, bool)
    for a, d in np.argwhere(roster.shift >= 0):
        start = case.problem.shifts.starts[case.problem.staff.kind[a], d, roster.shift[a, d]]
        duty[a, start[BEGIN] : start[END]] = True
    return duty


def _worked(case: Case, rows: pd.DataFrame) -> np.ndarray:
    """Agent x day: whether the rows hold a shift of the agent's on that day."""
    worked = np.zeros((len(case.agents), case.clock.days), bool)
    for a, d, _, _ in _edges(case, rows):
        worked[a, d] = True
    return worked


def _with(case: Case, start: Roster, places: Places, standing: Standing) -> Case:
    """The case with the prices of moves, and with every place forbidden that a lock leaves no room for."""
    staff, problem = case.problem.staff, case.problem
    published = np.isin(case.agents, standing.published["agent_id"].unique())
    moves = price_of_moves(case, start, moves=standing.moves, known=published)
    must = (places.held >= 0) | (places.whole >= 0)
    cost = staff.cost + moves.shift - moves.idle[..., None].astype(np.float32)
    listed = problem.shifts.starts[staff.kind]
    overtime = (listed[..., FLAGS] >> BIT & 1).astype(bool)
    if published.any():
        cost[_twins(case, start, published)] += standing.moves.pause * start.pause.shape[2]
    cost[must] = 0.0
    cost[(staff.cost >= FORBIDDEN) & (overtime | ~must[..., None])] = FORBIDDEN
    cost[_wrong(case, places)] = FORBIDDEN
    idle = np.where(must, 0.0, moves.idle)
    changed = staff._replace(
        cost=cost,
        must=staff.must | must,
        kept=np.where(published[:, None], start.shift, NOWHERE).astype(np.int16),
        kept_pause=start.pause.copy(),
    )
    taste = problem.taste._replace(pause=standing.moves.pause if published.any() else 0.0)
    return replace(
        case,
        problem=problem._replace(staff=changed, taste=taste),
        idle_base=case.idle_base + np.add.reduceat(idle, problem.week_day[:-1], axis=1),
    )


def _twins(case: Case, start: Roster, published: np.ndarray) -> np.ndarray:
    """Agent x day x place: the published shift marked otherwise, as overtime or as none.

    It costs what moving its pauses costs, for they could be moved with the mark.
    """
    listed = case.problem.shifts.starts[case.problem.staff.kind]
    other = np.arange(listed.shape[2]) != start.shift[..., None]
    worked = published[:, None, None] & (start.shift >= 0)[..., None]
    return worked & other & _listed_edges(listed, start.shift)


def _wrong(case: Case, places: Places) -> np.ndarray:
    """Agent x day x place: what locks and held days leave no room for."""
    listed = case.problem.shifts.starts[case.problem.staff.kind]
    ghost = np.array([isinstance(shift, HeldShift) for shift in case.shifts], bool)[listed[..., WHICH]]
    wrong = ghost | places.off[..., None]
    wrong |= (places.whole >= 0)[..., None] & ~_listed_edges(listed, places.whole)
    other = np.arange(listed.shape[2]) != places.held[..., None]
    return np.where((places.held >= 0)[..., None], other, wrong)


def _listed_edges(listed: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Agent x day x place: whether a listed shift has the edges of the one at `place`."""
    own = np.take_along_axis(listed, np.maximum(place, 0)[..., None, None], axis=2)
    return np.asarray((listed[..., [BEGIN, END]] == own[..., [BEGIN, END]]).all(axis=-1))
