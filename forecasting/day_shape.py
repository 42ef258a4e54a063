"""What the month, the season, days beside holidays and the last weeks do to the shape of the day.

How past days differed from the profile of their weekday is reduced to a few typical shapes (principal
components of root shares). Each shape's strength follows the calendar as far as four-week blocks can be
predicted from the others, so that it switches itself off where there is nothing; what is left of the
last days is carried on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.design import yearly
from forecasting.level import level_ahead
from forecasting.past import Calendar

SHAPES = 5
FADE = 400.0  # days in which a day's weight halves
FEWEST = 30  # days
BLOCK, CAUTION = 28, 0.3  # days predicted from the others; standard errors taken off the strength
RIDGE = 4.0  # days' worth of "nothing" in an effect
OUTLIER = 8  # spreads: the first days of a month may stand far out
CARRIED = 0.5  # of what the last days say is believed
HARMONICS, FULL_YEAR = 3, 330
LEAST_KEPT = 0.3  # of an interval's share is left, whatever the shift


@dataclass(frozen=True)
class Marks:
    """What a day's shape may depend on (days x columns); those `of_year` need a year of history."""

    values: np.ndarray
    of_year: np.ndarray

    def known_since(self, days: int) -> np.ndarray:
        """The columns a history of that many days can teach."""
        return self.values if days >= FULL_YEAR else self.values[:, ~self.of_year]


@dataclass(frozen=True)
class Seen:
    """Past days that teach: row on the axis (n,), contacts and expected share of each slot (n x slots)."""

    rows: np.ndarray
    contacts: np.ndarray
    expected: np.ndarray


def marks(calendar: Calendar) -> Marks:
    """Place in the month, days beside holidays, season of the year."""
    day, left = calendar.day_of_month, calendar.days_in_month - calendar.day_of_month
    parts = [day <= 2, (day > 2) & (day <= 6), (day >= 14) & (day <= 17), left <= 1, (left > 1) & (left <= 5)]
    angle = 2 * np.pi * np.outer((day - 0.5) / calendar.days_in_month, [1, 2])
    season = yearly(calendar.day_of_year, HARMONICS)
    usual = np.column_stack([*parts, np.sin(angle), np.cos(angle), calendar.special.beside])
    of_year = np.r_[np.zeros(usual.shape[1], bool), np.ones(season.shape[1], bool)]
    return Marks(np.hstack([usual, season]).astype(float), of_year)


def shifted(shares: np.ndarray, seen: Seen, columns: np.ndarray, *, is_open: np.ndarray) -> np.ndarray:
    """Shares of the days ahead (days ahead x slots, adding up to 1), moved to the shape they will have.

    `columns` and `is_open` cover past and coming days; the days ahead are the last.
    """
    cutoff = len(is_open) - len(shares)
    if len(seen.rows) < FEWEST or shares.shape[1] == 1:
        return shares
    weights = 0.5 ** ((cutoff - 1 - seen.rows) / FADE)
    shapes, scores = _main_shapes(seen, weights)
    effects = _effects(columns[seen.rows], scores, weights, blocks=seen.rows // BLOCK)
    by_calendar = np.einsum("na,ak->nk", columns, effects)
    left = np.full((cutoff, scores.shape[1]), np.nan)
    left[seen.rows] = scores - by_calendar[seen.rows]
    ahead = by_calendar[cutoff:] + CARRIED * _carried(left, is_open)
    moved = np.maximum(shares + np.sqrt(shares) * (ahead @ shapes), LEAST_KEPT * shares)
    result: np.ndarray = moved / np.maximum(moved.sum(axis=1, keepdims=True), 1e-12)
    return result


def _main_shapes(seen: Seen, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The main shapes (shapes x slots) and how much of each every day had (n x shapes), outliers drawn in."""
    totals = seen.contacts.sum(axis=1)
    root = np.sqrt(np.maximum(seen.expected, 1e-6))
    surprise = (seen.contacts / np.maximum(totals, 1)[:, None] - seen.expected) / root * (seen.expected > 0)
    trust = weights * np.minimum(totals / max(totals.mean(), 1e-9), 2)
    _, vectors = np.linalg.eigh(np.einsum("n,na,nb->ab", trust, surprise, surprise))
    shapes = vectors[:, ::-1][:, :SHAPES].T
    scores = np.einsum("ns,ks->nk", surprise, shapes)
    reach = OUTLIER * _spread(scores)
    return shapes, np.clip(scores, -reach, reach)


def _carried(left: np.ndarray, is_open: np.ndarray) -> np.ndarray:
    """Where each score stands apart from the calendar, on the days ahead (days ahead x shapes)."""
    cutoff = len(left)
    past = np.flatnonzero(is_open[:cutoff])
    steps = np.maximum(np.cumsum(is_open[cutoff:]), 1)
    return np.stack([level_ahead(score[past], steps=steps) for score in left.T], axis=1)


def _effects(here: np.ndarray, scores: np.ndarray, weights: np.ndarray, *, blocks: np.ndarray) -> np.ndarray:
    """Effect of each column on each score (columns x shapes), as strong as it has proved itself."""
    ridge = RIDGE * np.eye(here.shape[1])
    normal, moment = _sums(here, scores, weights)
    order, place = np.unique(blocks, return_inverse=True)
    own = [_sums(here[blocks == block], scores[blocks == block], weights[blocks == block]) for block in order]
    without = np.linalg.solve(
        normal + ridge - np.array([each for each, _ in own]), moment - np.array([each for _, each in own])
    )
    predicted = np.einsum("na,nak->nk", here, without[place])
    power = np.maximum((weights[:, None] * predicted**2).sum(axis=0), 1e-12)
    slope = (weights[:, None] * predicted * scores).sum(axis=0) / power
    strength = np.clip(slope - CAUTION * _spread(scores) / np.sqrt(power), 0, 1)
    return np.asarray(np.linalg.solve(normal + ridge, moment) * strength)


def _sums(here: np.ndarray, scores: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """X'WX and X'Wy, without waking up BLAS threads."""
    return np.einsum("n,na,nb->ab", weights, here, here), np.einsum("n,na,nk->ak", weights, here, scores)


def _spread(scores: np.ndarray) -> np.ndarray:
    result: np.ndarray = 1.4826 * np.median(np.abs(scores - np.median(scores, axis=0)), axis=0) + 1e-9
    return result
