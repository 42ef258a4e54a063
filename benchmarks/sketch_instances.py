"""The instances the method was sketched on, as the engine's arrays, and a check that knows only the sketch.

They are drawn by the generator of ../shared/prototypes/roster, which is not part of the project. Rules:
every agent works the days of the week it is given, no more and no less; 11 h between two shifts, six days
in a row, three weekends of four. There is no weekly rest, and preferences are off.
"""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from staffing.labour import Limits
from staffing.scheduling.clock import Clock
from staffing.scheduling.problem import BEGIN, FORBIDDEN, Demand, Problem, Roster, Staff, no_taste, no_wishes
from staffing.scheduling.shift_table import Cap, Kind, shift_table
from staffing.shifts import Pause, Shift

SKETCH = Path(__file__).resolve().parents[2] / "shared" / "prototypes" / "roster" / "core.py"
MONDAY = date(2026, 10, 5)
REST_H, IN_A_ROW, WEEKENDS_OF_FOUR = 11, 6, 3
PRICES = np.array([20.0, 40.0, 2.0, 6.0, 0.0])  # of half an hour, as in the sketch
IDLE = 500.0  # of a contract hour: no day of a contract is left idle
Instance = dict[str, Any]


def sketched(agents: int, languages: int, days: int, *, seed: int) -> Instance:
    """The raw instance of a seed in intervals of 30 min; FileNotFoundError without the sketch."""
    if not SKETCH.exists():
        raise FileNotFoundError(f"{SKETCH}: the sketch is not beside the project, nothing to compare with")
    spec = importlib.util.spec_from_file_location("sketch_core", SKETCH)
    assert spec is not None
    assert spec.loader is not None
    core = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(core)
    drawn: Instance = core.gen(agents, languages, days, 30, seed)
    return drawn


def problem_of(drawn: Instance) -> Problem:
    """The instance as the engine's arrays."""
    clock = Clock("UTC", 30, MONDAY, drawn["D"])
    caps = (Cap("weekend", WEEKENDS_OF_FOUR, 4, once=True),) if drawn["W"] == 4 else ()
    kinds = [Kind(_shifts(drawn, c), _limits(drawn), IDLE, caps=caps) for c in range(3)]
    table = shift_table(kinds, clock, np.arange(len(clock.intervals) + 1))
    need = drawn["R"].astype(float)
    tier = np.ceil(need / 10)
    return Problem(
        Demand(need, tier, tier, np.zeros_like(need), PRICES, np.full(len(clock.intervals) + 1, np.inf)),
        _staff(drawn, table.starts.shape[2]),
        table,
        no_taste(),
        clock.weeks(),
        clock.day_begin[: drawn["D"] + 1],
    )


def _limits(drawn: Instance) -> Limits:
    """Five days of one week never make seven in a row, so there is nothing to count in a single week."""
    in_a_row = IN_A_ROW if drawn["W"] > 1 else 366
    return Limits(week_days=5, rest_h=REST_H, consecutive_days=in_a_row)


def _shifts(drawn: Instance, contract: int) -> tuple[Shift, ...]:
    """The shifts of a contract; the offsets at which a pause may begin stand in a row."""
    found = []
    for kind, start, span, pauses, name in drawn["S"]:
        if kind == contract:
            meals = tuple(Pause("meal", 30 * n, 30 * offsets[0], 30 * offsets[-1]) for n, offsets in pauses)
            paid_min = 30 * span - sum(meal.minutes for meal in meals)
            found.append(Shift(name, 30 * start, paid_min, meals))
    return tuple(found)


def _staff(drawn: Instance, places: int) -> Staff:
    """The agents; a day they cannot work forbids the shifts that start on it, not the night before."""
    known = [list(languages) for languages, _ in drawn["agents"]]
    count = np.array([len(row) for row in known])
    queues = np.array([row + [-1] * (count.max() - len(row)) for row in known], np.int64)
    free = np.ones((drawn["A"], drawn["D"] + 1), bool)
    days = drawn["wd"].astype(np.int64)
    kind = np.array([contract for _, contract in drawn["agents"]], np.int64)
    staff = no_wishes(Staff(kind, queues, count, free, days, np.zeros_like(days)), places)
    staff.cost[~drawn["avail"]] = FORBIDDEN
    return staff


def idle_base(drawn: Instance) -> float:
    """What leaving every contract idle would cost: taken off cost and bound, only the penalty is left."""
    hours = np.array([8, 6, 4])[[contract for _, contract in drawn["agents"]]]
    return float(IDLE * (hours[:, None] * drawn["wd"]).sum())


def broken_and_penalty(drawn: Instance, problem: Problem, roster: Roster) -> tuple[dict[str, int], float]:
    """How often each rule is broken, and the penalty, from the raw instance and the roster's shifts alone."""
    agent, day = np.nonzero(roster.shift >= 0)
    kind = np.array([contract for _, contract in drawn["agents"]])[agent]
    begin = problem.shifts.starts[kind, day, roster.shift[agent, day], BEGIN]
    named = {(c, start): s for s, (c, start, *_) in enumerate(drawn["S"])}
    which = np.array([named[c, b - d * drawn["n"]] for c, b, d in zip(kind, begin, day)], np.int64)
    span = np.array([span for _, _, span, _, _ in drawn["S"]])[which]
    busy, pauses = _on_contact(drawn, roster, (agent, day, which, begin))
    queue = np.asarray(roster.queue[:, : busy.shape[1]], np.int64)
    broken = {
        "a day the agent cannot work": int((~drawn["avail"][agent, day]).sum()),
        "less than the daily rest": _short_rests(agent, begin, begin + span, REST_H * drawn["ih"]),
        "a pause outside its window": pauses,
        "idle or without a language": int(((queue >= 0) != busy).sum()),
        "a language not spoken": _not_spoken(drawn, queue),
    } | _days_broken(drawn, roster.shift >= 0)
    return broken, _penalty(drawn, queue)


def _on_contact(drawn: Instance, roster: Roster, worked: tuple[np.ndarray, ...]) -> tuple[np.ndarray, int]:
    """Intervals each agent is on contact, and the number of pauses outside their windows."""
    last = min(roster.queue.shape[1], (drawn["D"] + 2) * drawn["n"])
    busy, outside = np.zeros((drawn["A"], last), bool), 0
    for a, d, s, begin in zip(*worked):
        _, _, span, pauses, _ = drawn["S"][s]
        busy[a, begin : begin + span] = True
        for (length, offsets), offset in zip(pauses, roster.pause[a, d]):
            outside += int(offset not in offsets)
            busy[a, begin + offset : begin + offset + length] = False
    return busy, outside


def _short_rests(agent: np.ndarray, begin: np.ndarray, end: np.ndarray, rest: int) -> int:
    same = agent[1:] == agent[:-1]
    return int((begin[1:] - end[:-1] < rest)[same].sum())


def _not_spoken(drawn: Instance, queue: np.ndarray) -> int:
    speaks = np.zeros((drawn["A"], drawn["L"]), bool)
    for a, (languages, _) in enumerate(drawn["agents"]):
        speaks[a, list(languages)] = True
    agent, interval = np.nonzero(queue >= 0)
    return int((~speaks[agent, queue[agent, interval]]).sum())


def _days_broken(drawn: Instance, worked: np.ndarray) -> dict[str, int]:
    """Rules on days worked: those of each week, days in a row, weekends."""
    weeks = worked.reshape(len(worked), drawn["W"], 7)
    row = np.lib.stride_tricks.sliding_window_view(worked, IN_A_ROW + 1, axis=1).all(axis=2)
    weekends = weeks[..., 5:].any(axis=2).sum(axis=1)
    return {
        "other than the days of the week": int((weeks.sum(axis=2) != drawn["wd"]).sum()),
        "too many days in a row": int(row.sum()),
        "too many weekends": int((weekends > WEEKENDS_OF_FOUR).sum()) if drawn["W"] == 4 else 0,
    }


def _penalty(drawn: Instance, queue: np.ndarray) -> float:
    """The sketch's penalty: 20 and 40 for each half-hour short, 2 and 6 for each too many."""
    need = drawn["R"]
    cover = np.stack([(queue[:, : need.shape[1]] == language).sum(axis=0) for language in range(drawn["L"])])
    tier, short, over = -(-need // 10), np.maximum(need - cover, 0), np.maximum(cover - need, 0)
    cheap, little = np.minimum(short, tier), np.minimum(over, tier)
    return float((20 * cheap + 40 * (short - cheap) + 2 * little + 6 * (over - little)).sum())
