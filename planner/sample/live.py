"""Contacts of an immediate or concurrent queue in the weeks of the log, simulated one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.sample.chance import generator
from planner.sample.floor import Draws, Log, Staff, simulate
from planner.sample.need import work_of
from planner.sample.parameters import SLOT_S, Parameters
from planner.sample.reasons import draw_reasons, draw_work, reasons
from planner.sample.volume import Intervals, met, split

SPARE_CONTACTS = 500  # room for those who come back, beside half of the fresh ones
RECONNECT_MEAN_S = 150.0
SHORTEST_PAUSE_S = 15.0


@dataclass(frozen=True)
class Window:
    """The half-hours of the log for one queue: first of them on the clock, and who sits where."""

    first_slot: int
    intervals: Intervals
    who: np.ndarray
    pace: np.ndarray


def live_contacts(parameters: Parameters, key: QueueKey, window: Window) -> pd.DataFrame:
    """The contacts of a queue, one row each, in order of their number in the queue.

    Times are milliseconds since the clock's first half-hour. `parent` is the row of the contact that came
    before in the same story (redial, reconnect), -1 if none; `who` the row of the agent, -1 if abandoned.
    """
    rng = generator(parameters.seed, "contacts", *key)
    draws = _draws(parameters, key, window, rng)
    log = simulate(draws, _staff(parameters, key, window))
    return _frame(parameters, key, log, window, rng=rng)


def _draws(parameters: Parameters, key: QueueKey, window: Window, rng: np.random.Generator) -> Draws:
    handling, redial = parameters.spec["handling"], parameters.spec["handling"]["redial"]
    again, lost = (
        (redial["after_abandon"], redial["reconnect_after_answer"]) if key.channel == "voice" else (0, 0)
    )
    fresh = _fresh(parameters, key, window, rng=rng, coming_back=(again, lost))
    most, why = len(fresh) + len(fresh) // 2 + SPARE_CONTACTS, reasons(parameters)
    patience = rng.exponential(work_of(parameters, key, aht_s=1.0).patience_s, most)
    hurried = rng.random(most) < handling[key.channel]["short_abandon_share"]
    patience[hurried] = rng.uniform(0, parameters.spec["targets"]["short_abandon_s"], hurried.sum())
    return Draws(
        fresh_s=fresh,
        patience_s=patience,
        work=draw_work(rng, why, cv=handling[key.channel]["cv"], size=most),
        reason=draw_reasons(rng, why, size=most),
        luck=rng.random(most),
        pause_s=rng.uniform(SHORTEST_PAUSE_S, 60 * redial["within_min"], most),
        redial_share=float(again),
        reconnect_share=lost * why.repeat,
        reason_work=why.work,
    )


def _fresh(
    parameters: Parameters,
    key: QueueKey,
    window: Window,
    *,
    rng: np.random.Generator,
    coming_back: tuple[float, float],
) -> np.ndarray:
    """Arrivals, in seconds, of those who come for the first time.

    The half-hour's rate counts everybody offered; those who come back are taken out at the fixed point
    fresh = rate (1 - redial P(abandon) - reconnect P(answer)).
    """
    intervals, (again, lost) = window.intervals, coming_back
    open_now = intervals.agents > 0
    fresh = np.zeros(len(open_now))
    opened = Intervals(*(values[open_now] for values in intervals))
    leave = met(parameters, key, opened).abandoned
    fresh[open_now] = opened.rates * (1 - again * leave - lost * (1 - leave))
    counts = rng.poisson(fresh)
    starts = np.repeat(np.arange(len(counts)), counts) * SLOT_S
    return np.sort(np.floor((starts + rng.random(len(starts)) * SLOT_S) * 1000) / 1000)


def _staff(parameters: Parameters, key: QueueKey, window: Window) -> Staff:
    handling = parameters.spec["handling"][key.channel]
    return Staff(
        seats=window.intervals.agents.astype(np.int64),
        who=window.who,
        pace=window.pace,
        aht_s=window.intervals.aht_s,
        slots=handling.get("concurrency", 1),
        slow_down=float(handling.get("slow_down", 0.0)),
        reaction_s=float(handling.get("reaction_s", 0.0)),
    )


def _frame(
    parameters: Parameters, key: QueueKey, log: Log, window: Window, *, rng: np.random.Generator
) -> pd.DataFrame:
    reaction = parameters.spec["handling"][key.channel].get("reaction_s", 0.0)
    begin_ms = round(window.first_slot * SLOT_S * 1000)
    arrived, first, ended = (_ms(values) for values in (log.arrived_s, log.answered_s, log.ended_s))
    answered = log.agent >= 0
    first = np.where(answered, first, ended)
    handle = np.where(answered, ended - first + round(reaction * 1000), 0)
    shares = split(rng, parameters, key.channel, weight=np.ones(len(handle)))
    open_for = np.where(answered, log.ended_s - log.answered_s + reaction, 1.0)
    hold, wrap = np.rint(handle * shares["hold"]), np.rint(handle * shares["wrap"])
    return pd.DataFrame(
        {
            "slot": window.first_slot + arrived // round(SLOT_S * 1000),
            "arrived_ms": begin_ms + arrived,
            "wait_ms": first - arrived,
            "ended_ms": begin_ms + np.maximum(ended, first),
            "answered": answered,
            "talk_ms": handle - hold - wrap,
            "hold_ms": hold,
            "wrap_ms": wrap,
            "who": log.agent,
            "reason": log.reason,
            "parent": log.parent,
            "origin": log.origin,
            "open_mean": np.where(answered, log.open_s / open_for, np.nan),
        }
    )


def _ms(seconds: np.ndarray) -> np.ndarray:
    """Whole milliseconds; -1 where it never came to that."""
    return np.where(np.isnan(seconds), -1, np.floor(np.nan_to_num(seconds) * 1000 + 1e-6)).astype(np.int64)
