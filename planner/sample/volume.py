"""VOLUME rows of one queue: drawn around the formulas, or summed from contacts in the weeks of the log."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.sample.need import within_s, work_of
from planner.sample.parameters import SLOT_MIN, SLOT_S, Parameters
from planner.sample.waiting import Service, service

LONGER_S = (120, 240, 480)  # further points of the wait's tail, for its mean
EVEN = 40.0  # how evenly a handle time splits into talk, hold and wrap: the Dirichlet's weight


class Intervals(NamedTuple):
    """Half-hours of a queue: rate of contacts, AHT alone, agents on duty; all of one length."""

    rates: np.ndarray
    aht_s: np.ndarray
    agents: np.ndarray


def met(parameters: Parameters, key: QueueKey, intervals: Intervals) -> Service:
    """What the formulas say of these half-hours; seconds: answer thresholds, longer ones, short abandon."""
    work = work_of(parameters, key, aht_s=intervals.aht_s)
    short = parameters.spec["targets"]["short_abandon_s"]
    seconds = [*within_s(parameters, key.channel), *LONGER_S, short]
    rate = np.maximum(intervals.rates, 1e-6) / SLOT_S
    return service(intervals.agents.astype(float), rate, work, within_s=seconds)


def drawn_rows(
    parameters: Parameters, key: QueueKey, intervals: Intervals, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Counts and sums of each half-hour, drawn around the formulas: one row per half-hour."""
    found = met(parameters, key, intervals)
    handling, thresholds = parameters.spec["handling"][key.channel], within_s(parameters, key.channel)
    offered = rng.poisson(intervals.rates)
    abandoned = rng.binomial(offered, np.clip(found.abandoned, 0, 1))
    short = rng.binomial(abandoned, _part(found.gone[-1], found.abandoned))
    hang_ups = rng.binomial(offered - abandoned, np.clip(found.waits * handling["short_abandon_share"], 0, 1))
    abandoned, short = abandoned + hang_ups, short + hang_ups
    answered = offered - abandoned
    delayed, late = _delays(answered, found, len(thresholds), rng=rng)
    waits = _waits(found, [0.0, *thresholds, *LONGER_S], parameters, key)
    reaction = handling.get("reaction_s", 0)
    wait_answered = np.maximum(rng.standard_gamma(delayed) * waits[0], late.T @ np.diff([0.0, *thresholds]))
    rows = pd.DataFrame(
        {"offered": offered, "answered": answered, "abandoned": abandoned, "abandoned_short": short}
    )
    for number, (_, seconds) in enumerate(parameters.spec["targets"][key.channel]["service_level"]):
        rows[f"answered_within_{seconds}_s"] = answered - late[number]
    handle = _sums(rng, answered, found.open_s, cv=handling["cv"])
    return rows.assign(
        **_parts(handle, answered, parameters, key.channel, rng=rng),
        wait_answered_s=(wait_answered + reaction * answered).round(1),
        wait_abandoned_s=(rng.standard_gamma(abandoned) * waits[1]).round(1),
        staffed_s=intervals.agents * SLOT_S,
    )


def _part(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole within 0..1; 0 where there is no whole."""
    return np.clip(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0), 0, 1)


def _delays(
    answered: np.ndarray, found: Service, thresholds: int, *, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Of the answered: who waited at all, and who waited longer than each threshold (one row each)."""
    waited = found.waits - found.abandoned
    delayed = rng.binomial(answered, _part(waited, 1 - found.abandoned))
    late, before, chance = [], delayed, waited
    for share in found.late[:thresholds]:
        before, chance = rng.binomial(before, _part(share, chance)), share
        late.append(before)
    return delayed, np.array(late)


def _waits(
    found: Service, thresholds: list[float], parameters: Parameters, key: QueueKey
) -> tuple[np.ndarray, ...]:
    """Mean wait of the answered who waited, and of the abandoned, in seconds.

    The tail of the wait is taken as exponential between the thresholds, and beyond them as in the last
    piece; all waits together are P(abandon) x patience (Mandelbaum & Zeltyn 2007).
    """
    tails = [np.maximum(found.waits - found.abandoned, 1e-12), *np.maximum(found.late[:-1], 1e-15)]
    total, scale = np.zeros_like(tails[0]), np.ones_like(tails[0])
    for upper, lower, width in zip(tails, tails[1:], np.diff(thresholds)):
        scale = width / np.log(np.maximum(upper / lower, 1.0001))
        total += (upper - lower) * scale
    total += tails[-1] * scale
    patience = work_of(parameters, key, aht_s=1.0).patience_s
    left = np.clip(found.abandoned * patience - total, 0.05 * found.abandoned * patience, None)
    return total / tails[0], left / np.maximum(found.abandoned, 1e-12)


def _sums(rng: np.random.Generator, count: np.ndarray, mean: np.ndarray, *, cv: float) -> np.ndarray:
    """Sums of `count` handle times with this mean and coefficient of variation."""
    return rng.standard_gamma(count / cv**2) * mean * cv**2


def _parts(
    handle: np.ndarray, count: np.ndarray, parameters: Parameters, channel: str, *, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Handle time split into talk, hold and wrap where the channel has parts, else all of it talk."""
    shares = split(rng, parameters, channel, weight=np.maximum(count, 1))
    return {f"{name}_s": (handle * share).round(1) for name, share in shares.items()}


def split(
    rng: np.random.Generator, parameters: Parameters, channel: str, *, weight: np.ndarray
) -> dict[str, np.ndarray]:
    """Shares of talk, hold and wrap: Dirichlet around the channel's parts, more even for more contacts."""
    parts = parameters.spec["handling"][channel].get("parts")
    if parts is None:
        return {"talk": np.ones(len(weight)), "hold": np.zeros(len(weight)), "wrap": np.zeros(len(weight))}
    drawn = {name: rng.standard_gamma(share * EVEN * weight) for name, share in parts.items()}
    total = np.sum(list(drawn.values()), axis=0)
    return {name: values / total for name, values in drawn.items()}


def summed_rows(
    parameters: Parameters, key: QueueKey, contacts: pd.DataFrame, *, slots: np.ndarray, agents: np.ndarray
) -> pd.DataFrame:
    """The contacts of a log summed to these half-hours, by arrival; one row per half-hour.

    `contacts` has `slot`, `wait_ms`, `answered`, and talk, hold and wrap in milliseconds.
    """
    place = np.searchsorted(slots, contacts["slot"].to_numpy())
    answered, wait = contacts["answered"].to_numpy(), contacts["wait_ms"].to_numpy()

    def count(which: np.ndarray) -> np.ndarray:
        return np.bincount(place[which], minlength=len(slots))

    def total(values: np.ndarray, which: np.ndarray) -> np.ndarray:
        sums = np.bincount(place[which], values[which], minlength=len(slots))
        return (sums / 1000).round(3)

    short = parameters.spec["targets"]["short_abandon_s"] * 1000
    rows = pd.DataFrame({"offered": count(np.ones(len(place), bool)), "answered": count(answered)})
    rows["abandoned"], rows["abandoned_short"] = count(~answered), count(~answered & (wait <= short))
    for _, seconds in parameters.spec["targets"][key.channel]["service_level"]:
        rows[f"answered_within_{seconds}_s"] = count(answered & (wait <= seconds * 1000))
    for part in ("talk", "hold", "wrap"):
        rows[f"{part}_s"] = total(contacts[f"{part}_ms"].to_numpy(), answered)
    rows["wait_answered_s"], rows["wait_abandoned_s"] = total(wait, answered), total(wait, ~answered)
    return rows.assign(staffed_s=agents * SLOT_S)


def with_key(rows: pd.DataFrame, key: QueueKey, starts: pd.DatetimeIndex) -> pd.DataFrame:
    """The rows with the key columns of VOLUME before them."""
    names = pd.DataFrame({"interval_start": starts, "interval_min": SLOT_MIN})
    for place, (column, value) in enumerate(key._asdict().items()):
        names.insert(place, column, value)
    return pd.concat([names, rows.reset_index(drop=True)], axis=1)
