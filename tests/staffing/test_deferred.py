"""Deferred work: the deadline holds, nothing is done before it arrives, whole agents in blocks of two hours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.centre import Deadline
from staffing.deferred import Backlog, Placed, place

STEP_H = 0.5
DAY = 48
RATE = 0.92


def backlog(
    arriving_h: np.ndarray,
    *,
    opens: int = 16,
    closes: int = 40,
    busy: np.ndarray | None = None,
    idle_h: float = 0.0,
) -> Backlog:
    """Days that open and close at the same half-hour."""
    n = len(arriving_h)
    hour, day = np.arange(n) % DAY, np.arange(n) // DAY
    is_open = (hour >= opens) & (hour < closes)
    return Backlog(
        arriving_h, is_open, day, np.zeros(n) if busy is None else busy, np.full(n, idle_h) * is_open
    )


def late_share(work: Backlog, placed: Placed, deadline: Deadline) -> np.ndarray:
    """Of each interval's work, the share not done within the deadline when the oldest goes first."""
    done, arrived = np.cumsum(placed.own_h + placed.idle_h), np.cumsum(work.arriving_h)
    clock = np.cumsum(work.is_open) * STEP_H
    result = np.zeros(len(arrived))
    for i in np.flatnonzero(work.arriving_h):
        by_then = np.searchsorted(clock, clock[i] + deadline.within_business_h - 1e-9)
        if by_then < len(clock):
            in_time = done[by_then] - (arrived[i] - work.arriving_h[i])
            result[i] = 1 - np.clip(in_time / work.arriving_h[i], 0, 1)
    return result


def shifts_of(agents: np.ndarray) -> list[int]:
    """Lengths of the agents' stretches when whoever came first goes first."""
    began: list[int] = []
    lengths = []
    for i, count in enumerate(np.append(agents, 0).astype(int)):
        while len(began) > count:
            lengths.append(i - began.pop(0))
        began += [i] * (count - len(began))
    return lengths


WORK = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).gamma(0.7, np.random.default_rng(seed).uniform(0.02, 4), DAY * 9)
)
DEADLINES = st.builds(Deadline, st.sampled_from([0.8, 0.95, 1.0]), st.sampled_from([2.0, 8.0, 24.0, 30.0]))


@given(WORK, DEADLINES, st.sampled_from([0.0, 0.4, 5.0]))
@settings(max_examples=120, deadline=None)
def test_the_promises(arriving_h: np.ndarray, deadline: Deadline, idle_h: float) -> None:
    work = backlog(arriving_h, idle_h=idle_h)
    placed = place(work, deadline=deadline, step_h=STEP_H, working_share=RATE)
    worked = placed.own_h + placed.idle_h
    assert (late_share(work, placed, deadline) <= 1 - deadline.share + 1e-6).all()
    assert (np.cumsum(worked) <= np.cumsum(arriving_h) + 1e-9).all()
    assert (placed.agents[~work.is_open] == 0).all()
    assert (placed.agents % 1 == 0).all()
    assert (placed.own_h <= placed.agents * STEP_H * RATE + 1e-9).all()
    assert (placed.idle_h <= work.idle_h + 1e-9).all()
    assert min(shifts_of(placed.agents), default=4) >= 4


@given(WORK)
@settings(max_examples=30, deadline=None)
def test_no_more_people_than_the_work_takes(arriving_h: np.ndarray) -> None:
    """With a day's deadline people on duty are busy: at most a block a day is not fully used."""
    work = backlog(arriving_h)
    placed = place(work, deadline=Deadline(0.95, 12), step_h=STEP_H, working_share=RATE)
    unused = placed.agents.sum() * STEP_H * RATE - placed.own_h.sum()
    assert unused <= 9 * 2.0 * RATE + 1e-6


def test_idle_time_comes_first() -> None:
    arriving_h = np.where(np.arange(DAY * 8) % DAY < 40, 0.2, 0.0)
    alone, helped = (
        place(backlog(arriving_h, idle_h=idle), deadline=Deadline(0.95, 8), step_h=STEP_H, working_share=RATE)
        for idle in (0.0, 0.2)
    )
    assert alone.agents.sum() * STEP_H > 0.8 * arriving_h.sum()
    assert helped.agents.sum() * STEP_H < 0.6 * alone.agents.sum() * STEP_H
    plenty = place(
        backlog(arriving_h, idle_h=5.0), deadline=Deadline(0.95, 8), step_h=STEP_H, working_share=RATE
    )
    assert plenty.agents.sum() == 0


def test_work_goes_where_the_site_is_quiet() -> None:
    """Busy until 14:00 and after 18:00: the work that can wait lies between."""
    hour = np.arange(DAY * 6) % DAY / 2
    busy = np.where((hour >= 14) & (hour < 18), 2.0, 12.0)
    arriving_h = np.where(hour < 14, 0.5, 0.0)
    placed = place(
        backlog(arriving_h, busy=busy), deadline=Deadline(0.95, 12), step_h=STEP_H, working_share=RATE
    )
    between = (hour >= 14) & (hour < 18)
    assert placed.agents[between].sum() >= 0.8 * placed.agents.sum()


def test_a_weekends_mail_is_done_on_monday() -> None:
    """Closed from Friday evening to Monday: eight business hours run from Monday's opening."""
    n = DAY * 9
    day = np.arange(n) // DAY
    hour = np.arange(n) % DAY / 2
    is_open = (hour >= 9) & (hour < 18) & (day % 7 < 5)
    arriving_h = np.where(np.isin(day, [5, 6]), 0.25, 0.0)
    work = Backlog(arriving_h, is_open, day, np.zeros(n), np.zeros(n))
    placed = place(work, deadline=Deadline(1.0, 8), step_h=STEP_H, working_share=1.0)
    monday = day == 7
    assert placed.own_h[monday & (hour < 17)].sum() == pytest.approx(24)
    assert placed.agents[~monday].sum() == 0


def test_nothing_arrives_or_never_open() -> None:
    nothing = backlog(np.zeros(DAY * 2))
    never = backlog(np.ones(DAY * 2), opens=40, closes=40)
    for work in (nothing, never):
        placed = place(work, deadline=Deadline(0.95, 8), step_h=STEP_H, working_share=RATE)
        assert placed.agents.sum() == placed.own_h.sum() == placed.idle_h.sum() == 0
