"""Written contacts of one queue drawn one by one, and what a team's rules make of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.team import Rules, Team
from planner.scenarios.demand import Flow

LEAST_TOUCH_S = 15.0
NEVER = np.inf


@dataclass(frozen=True)
class Drawn:
    """Contacts of one draw (contacts,), by arrival, before any rule.

    `arrived_s` seconds since the first midnight planned, before it for the backlog; `first_s` and
    `again_s` handling of a touch; `away_s` how long it is away in between, infinite for ever. The marks
    are even random numbers 0..1: a rule takes the contacts whose mark is below its share.
    """

    arrived_s: np.ndarray
    first_s: np.ndarray
    again_s: np.ndarray
    away_s: np.ndarray
    duplicate: np.ndarray
    unanswered: np.ndarray
    merge_mark: np.ndarray
    template_mark: np.ndarray
    close_mark: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """Whether a contact's reply time counts: it came while planned and repeats no other."""
        result: np.ndarray = (self.arrived_s >= 0) & ~self.duplicate
        return result


def drawn_letters(
    team: Team, flow: Flow, path: int, *, old_s: np.ndarray, origin: pd.Timestamp, aht_cv: float, seed: int
) -> Drawn:
    """Contacts of a path of the forecast, Poisson in each interval, after the backlog that came at `old_s`.

    Handling is lognormal; all touches of a contact take the queue's AHT together.
    """
    rng = np.random.default_rng([seed, path])
    arrived_s, aht_s = _arrivals(flow, path, origin, rng)
    arrived_s = np.concatenate([np.sort(old_s), arrived_s])
    usual_s = float(aht_s.mean()) if len(aht_s) else float(flow.aht_s.mean())
    touch_s = np.concatenate([np.full(len(old_s), usual_s), aht_s]) / (1 + team.pending.share)
    count = len(arrived_s)
    sizes = _lognormal(aht_cv, (2, count), rng)
    marks = rng.random((6, count))
    away_s = np.where(marks[0] < team.pending.share, rng.exponential(team.pending.hours * 3600, count), NEVER)
    return Drawn(
        arrived_s,
        touch_s * sizes[0],
        touch_s * sizes[1],
        away_s,
        marks[1] < team.duplicates,
        marks[2] < team.pending.unanswered,
        *marks[3:],
    )


def _arrivals(
    flow: Flow, path: int, origin: pd.Timestamp, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Seconds since the origin and AHT of each contact, by arrival."""
    day = flow.by_day(flow.offered)
    drawn = flow.paths[:, path] if flow.paths.shape[1] else day
    factor = np.divide(drawn, day, out=np.zeros_like(day), where=day > 0)
    counts = rng.poisson(np.maximum(flow.offered * factor[flow.day_of], 0.0))
    of = np.repeat(np.arange(len(counts)), counts)
    start_s = np.asarray((flow.start - origin) / pd.Timedelta(seconds=1))
    arrived_s = start_s[of] + rng.random(len(of)) * flow.interval_min * 60
    order = np.argsort(arrived_s, kind="stable")
    return arrived_s[order], flow.aht_s[of][order]


def _lognormal(cv: float, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Lognormal sizes of mean 1."""
    variance = np.log1p(cv**2)
    result: np.ndarray = np.exp(rng.normal(-variance / 2, np.sqrt(variance), shape))
    return result


def under_rules(rules: Rules, drawn: Drawn, *, from_s: float) -> Drawn:
    """The contacts that come from a moment on as the rules leave them."""
    new = drawn.arrived_s >= from_s
    merged = new & drawn.duplicate & (drawn.merge_mark < rules.merged)
    template = new & ~merged & (drawn.template_mark < rules.templates)
    closed = new & drawn.unanswered & (drawn.close_mark < rules.auto_closed)
    shorter = np.maximum(drawn.first_s - rules.template_less_s, np.minimum(drawn.first_s, LEAST_TOUCH_S))
    first_s = np.where(merged, rules.merge_s, np.where(template, shorter, drawn.first_s))
    away_s = np.where(merged | closed, NEVER, drawn.away_s)
    return Drawn(
        drawn.arrived_s,
        first_s,
        drawn.again_s,
        away_s,
        drawn.duplicate,
        drawn.unanswered,
        drawn.merge_mark,
        drawn.template_mark,
        drawn.close_mark,
    )
