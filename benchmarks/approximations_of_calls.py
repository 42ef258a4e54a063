"""Calls that are not what Erlang A assumes: patience, handle times, who leaves first, and blended work.

Every case is staffed by the requirement's own functions and simulated from an empty morning on; what is
printed is promise minus simulation. Run: python -m benchmarks.approximations patience (or handle_times,
leaving, blending).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from planner.domain.centre import Handling
from staffing.day import Stretch, modified_load, service, staffed
from staffing.least import Limits
from staffing.simulation.floor import Contacts, Duty, Groups, Queues, padded
from staffing.simulation.run import run
from staffing.simulation.single import MovingDay, simulate_day
from staffing.weibull_patience import effective_patience_s
from tests.staffing.two_humps import two_humps

AHT_S, PATIENCE_S, WITHIN_S, SEED = 300.0, 180.0, 20.0, 20261122
LOADS, SHAPES, CVS, AHT_MIN = (3, 10, 30, 100), (0.6, 0.8, 1.0, 1.5), (None, 0.5, 0.85, 1.2), (3, 6, 12)
LIMITS = Limits(((0.80, WITHIN_S),), max_abandonment=0.05)
HALF_HOURS, MINUTES = 24, 30
WHO_LEAVES: tuple[Literal["at_random", "idle_first"], ...] = ("at_random", "idle_first")
EMAIL_S, OPEN_S = 330.0, 12 * 3600.0


def patience() -> pd.DataFrame:
    """Weibull patience taken as exponential of its mean, and as the requirement takes it."""
    return pd.DataFrame(
        [
            {
                "load": load,
                "shape": shape,
                "taken_as": name,
                **compared(taken, replace(day, patience_shape=shape)),
            }
            for load in LOADS
            for shape in SHAPES
            for name, taken in (("mean", steady(load)), ("as many leave", fitted(steady(load), shape)))
            for day in [staffed_day(taken)]
        ]
    )


def fitted(stretch: Stretch, shape: float) -> Stretch:
    """The stretch with the exponential patience that the requirement puts in place of a Weibull."""
    demand = replace(stretch.holding, load=modified_load(stretch))
    return replace(stretch, patience_s=effective_patience_s(demand, shape=shape, limits=LIMITS))


def handle_times() -> pd.DataFrame:
    """Lognormal handle times taken as exponential: steady load, and the two-hump day."""
    cases = [(f"steady, {load} Erlang", steady(load)) for load in LOADS]
    cases += [(f"two humps, {minutes} min", humps(minutes)) for minutes in AHT_MIN]
    return pd.DataFrame(
        [
            {"case": name, "cv": cv, **compared(stretch, replace(staffed_day(stretch), aht_cv=cv))}
            for name, stretch in cases
            for cv in CVS
        ]
    )


def leaving() -> pd.DataFrame:
    """Idle agents sent home first, where the requirement takes those who leave by chance."""
    return pd.DataFrame(
        [
            {
                "aht_min": minutes,
                "leaving": who,
                **compared(stretch, replace(staffed_day(stretch), leaving=who)),
            }
            for minutes in AHT_MIN
            for stretch in [humps(minutes)]
            for who in WHO_LEAVES
        ]
    )


def steady(load: float) -> Stretch:
    """Twelve hours of the same load."""
    rates = np.full((HALF_HOURS, MINUTES), load / AHT_S)
    return _stretch(rates, AHT_S)


def humps(aht_min: float) -> Stretch:
    """The two-hump day of `benchmarks.two_humps` at a handle time."""
    return _stretch(two_humps().reshape(HALF_HOURS, MINUTES), aht_min * 60.0)


def _stretch(rates: np.ndarray, aht_s: float) -> Stretch:
    handling = Handling(aht_s, patience_s=PATIENCE_S)
    return Stretch(rates.sum(axis=1) * 60, 1800.0, np.full(HALF_HOURS, aht_s), handling, rates=rates)


def staffed_day(stretch: Stretch) -> MovingDay:
    """The day to simulate, with the agents required and all else exponential."""
    agents = staffed(stretch, LIMITS).least.agents
    return MovingDay(stretch.curve.ravel(), agents, stretch.handling.aht_s, WITHIN_S, PATIENCE_S)


def compared(stretch: Stretch, day: MovingDay) -> dict[str, float]:
    """Staff hours, service level and abandonment of the day, and its half-hours: promise minus simulation."""
    promised = service(stretch, day.agents, LIMITS)
    seen = simulate_day(day, replications=int(150 + 60_000 / stretch.offered.sum()), seed=SEED)
    weight = seen.offered / seen.offered.sum()
    level, lost = promised.levels[:, 0], promised.abandonment
    return {
        "staff_h": float(day.agents.sum() / 2),
        "simulated": float(weight @ seen.service_level.value),
        "error": float(weight @ (level - seen.service_level.value)),
        "worst_half_hour": float((level - seen.service_level.value).max()),
        "abandonment_error": float(weight @ (lost - seen.abandonment.value)),
    }


def blending() -> pd.DataFrame:
    """Voice of which some agents, once free, write e-mails that no call interrupts.

    As many as it takes for the e-mails to fill a share of the idle time; the requirement says calls do
    not notice.
    """
    return pd.DataFrame(
        [
            {"load": load, "idle_share": share, **_blended(load, idle_share=share)}
            for load in LOADS
            for share in (0.0, 0.3, 0.6)
        ]
    )


def _blended(load: float, *, idle_share: float) -> dict[str, float]:
    """What the fewest agents do who fill the share."""
    agents = int(staffed(steady(load), LIMITS).least.agents[-1])
    tried = (_with_blended(load, agents=agents, both=both) for both in range(agents + 1))
    return next(found for found in tried if found["of_idle_time_on_email"] >= idle_share)


def _with_blended(load: float, *, agents: int, both: int) -> dict[str, float]:
    """Twelve hours from empty, as often as gives 100,000 calls, with so many agents on calls and e-mails."""
    duty = Duty(
        np.append(np.zeros(agents), OPEN_S),
        np.append(np.arange(agents), -1),
        np.append(np.repeat([0, 1], [agents - both, both]), -1),
        np.ones(agents + 1, np.int64),
    )
    days = int(100_000 * AHT_S / load / OPEN_S)
    seen = [
        _blended_day(load, duty=duty, rng=np.random.default_rng([SEED, number])) for number in range(days)
    ]
    offered, in_time, lost, busy_s, email_s = np.sum(seen, axis=0)
    return {
        "agents": agents,
        "on_both": both,
        "service_level": in_time / offered,
        "abandonment": lost / offered,
        "of_idle_time_on_email": email_s / (agents * OPEN_S * days - busy_s),
    }


def _blended_day(load: float, *, duty: Duty, rng: np.random.Generator) -> tuple[float, ...]:
    """Calls, of them in time and lost; seconds on calls and on e-mails."""
    calls = rng.poisson(load / AHT_S * OPEN_S)
    emails = int(len(duty.at_s) * OPEN_S / EMAIL_S)
    contacts = Contacts(
        np.concatenate([np.zeros(emails), np.sort(rng.random(calls)) * OPEN_S]),
        np.repeat([1, 0], [emails, calls]),
        rng.exponential(size=emails + calls) * np.repeat([EMAIL_S, AHT_S], [emails, calls]),
        np.concatenate([np.full(emails, np.inf), rng.exponential(PATIENCE_S, size=calls)]),
    )
    outcome = run(
        contacts,
        queues=Queues(np.zeros(2), np.zeros(2, bool), padded([[0, 1], [1]]), np.array([1, 0])),
        groups=Groups(padded([[0], [0, 1]]), padded([[], []]), np.zeros(2)),
        duty=duty,
    )
    call = contacts.queue == 0
    wait_s = (outcome.answered_s - contacts.arrived_s)[call]
    begun = ~np.isnan(outcome.answered_s)
    spent_s = np.minimum(contacts.work_s, OPEN_S - outcome.answered_s)
    on_calls, on_emails = (float(spent_s[begun & (contacts.queue == queue)].sum()) for queue in (0, 1))
    return calls, float((wait_s <= WITHIN_S).sum()), float(np.isnan(wait_s).sum()), on_calls, on_emails
