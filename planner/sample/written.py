"""E-mail and back office: work that waits its turn, contact by contact over the whole history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numba import njit

from planner.domain.centre import QueueKey
from planner.sample.chance import generator
from planner.sample.parameters import SLOT_S, Parameters
from planner.sample.reasons import draw_reasons, draw_work, reasons
from planner.sample.volume import Intervals

SLOT = 1800.0


@dataclass(frozen=True)
class Desk:
    """A deferred queue over the history: half-hours, when it is open, and who works there from a moment on.

    `who` gives people to draw from for each local day of the log (`day` per half-hour, -1 before the log).
    """

    intervals: Intervals
    is_open: np.ndarray
    day: np.ndarray
    who: dict[int, np.ndarray]
    pace: np.ndarray


def written_contacts(parameters: Parameters, key: QueueKey, desk: Desk) -> pd.DataFrame:
    """The contacts in order of arrival, in the columns of the live ones, and whether the deadline was met."""
    rng = generator(parameters.seed, "contacts", *key)
    why, handling = reasons(parameters), parameters.spec["handling"][key.channel]
    counts = rng.poisson(desk.intervals.rates)
    slot = np.repeat(np.arange(len(counts)), counts)
    arrived_s = np.sort(np.floor((slot + rng.random(len(slot))) * SLOT_S * 1000) / 1000)
    reason = draw_reasons(rng, why, size=len(slot))
    who = _who(desk, slot, rng)
    pace = np.where(who >= 0, desk.pace[who], 1.0)
    work = draw_work(rng, why, cv=handling["cv"], size=len(slot)) * why.work[reason] * pace
    work_s = work * desk.intervals.aht_s[slot]
    begun_s, ended_s = _in_turn(arrived_s, work_s, desk.intervals.agents)
    return (
        _frame(parameters, key, desk, times=(arrived_s, begun_s, ended_s))
        .assign(who=np.where(np.isnan(ended_s), -1, who), reason=reason, work_ms=np.rint(work_s * 1000))
        .pipe(_as_live)
    )


def _who(desk: Desk, slot: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Somebody trained and employed on the day, for each contact of the log; -1 before."""
    day, luck = desk.day[slot], rng.random(len(slot))
    who = np.full(len(slot), -1)
    for number, people in desk.who.items():
        here = day == number
        who[here] = people[(luck[here] * len(people)).astype(int)]
    return who


def _frame(
    parameters: Parameters, key: QueueKey, desk: Desk, *, times: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> pd.DataFrame:
    arrived, begun, ended = (
        np.floor(np.nan_to_num(t, nan=-1.0) * 1000 + 1e-6).astype(np.int64) for t in times
    )
    business_h = np.concatenate([[0.0], np.cumsum(desk.is_open) * SLOT_S / 3600])
    edges = np.arange(len(business_h)) * SLOT_S
    passed = np.interp(times[2], edges, business_h) - np.interp(times[0], edges, business_h)
    answered = ~np.isnan(times[2])
    limit = parameters.spec["targets"][key.channel]["within_business_h"]
    return pd.DataFrame(
        {
            "slot": arrived // round(SLOT_S * 1000),
            "arrived_ms": arrived,
            "wait_ms": np.where(answered, np.maximum(begun, arrived) - arrived, 0),
            "ended_ms": np.where(answered, ended, arrived),
            "answered": answered,
            "met_deadline": answered & (passed <= limit),
        }
    )


def _as_live(contacts: pd.DataFrame) -> pd.DataFrame:
    """The columns that live contacts also have."""
    talk = contacts["work_ms"].where(contacts["answered"], 0.0)
    return contacts.drop(columns="work_ms").assign(
        talk_ms=talk, hold_ms=0.0, wrap_ms=0.0, parent=-1, origin=0, open_mean=np.nan
    )


@njit(cache=True)
def _in_turn(arrived_s: np.ndarray, work_s: np.ndarray, agents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """When each contact was taken up and done, first come, first served; NaN if not before the history ends.

    The agents of a half-hour, a fraction too, work off the pile together; one contact takes one agent at
    least its handle time.
    """
    begun, ended = np.full(len(arrived_s), np.nan), np.full(len(arrived_s), np.nan)
    now = 0.0
    for i in range(len(arrived_s)):
        now = max(now, arrived_s[i])
        begin, left = -1.0, work_s[i]
        while left > 0:
            interval = int(now // SLOT)
            if interval >= len(agents):
                return begun, ended
            edge = (interval + 1) * SLOT
            room = (edge - now) * agents[interval]
            if room > 0 and begin < 0:
                begin = now
            if room >= left:
                now += left / agents[interval]
                left = 0.0
            else:
                left -= room
                now = edge
        begun[i] = begin
        ended[i] = max(now, begin + work_s[i])
    return begun, ended


def summed_written(contacts: pd.DataFrame, *, slots: np.ndarray, agents: np.ndarray) -> pd.DataFrame:
    """The contacts summed to these half-hours by arrival: received, handled by now, in time, work."""
    place = np.searchsorted(slots, contacts["slot"].to_numpy())
    answered = contacts["answered"].to_numpy()

    def count(which: np.ndarray) -> np.ndarray:
        return np.bincount(place[which], minlength=len(slots))

    talk = np.bincount(place, contacts["talk_ms"].to_numpy(), minlength=len(slots)) / 1000
    return pd.DataFrame(
        {
            "offered": count(np.ones(len(place), bool)),
            "answered": count(answered),
            "met_deadline": count(contacts["met_deadline"].to_numpy()),
            "talk_s": talk.round(3),
            "hold_s": 0.0,
            "wrap_s": 0.0,
            "staffed_s": agents * SLOT_S,
        }
    )
