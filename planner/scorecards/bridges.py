"""BRIDGES: a difference of quality between sites or languages, split into agents and raters.

Contacts scored in common link the raters of two sites. Then what the raters of one give more than those
of the other is known, and what is left of the difference is the agents'. It is assumed that a rater is as
lenient in one language as in another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from planner.domain.quality_tables import BRIDGES
from planner.scorecards.calibration import YEAR_DAYS, calibrations
from planner.scorecards.leniency import Lenient, lenient
from planner.scorecards.replications import drawn_again, ends

OTHERS = "others"
DIMENSIONS = ("site", "language")
COVERED = 0.95  # share of the evaluations whose raters must be linked, on either side
NO_SESSIONS = "no calibration sessions"
NOT_LINKED = "no chain of common contacts links their raters"
PARTLY_LINKED = "too few of their evaluations were scored by raters whom common contacts link"


@dataclass(frozen=True)
class Side:
    """One side of a difference: who scored how much of it, its mean and the mean's replications."""

    name: str
    raters: pd.Series
    mean: float
    drawn: np.ndarray
    agents: int


def bridges(scores: pd.DataFrame, *, now: pd.Timestamp, seed: int) -> pd.DataFrame:
    """BRIDGES of EVALUATION_SCORES: every pair of sites and of languages, and each against all others.

    The difference rests on the random stream's raw scores of the last year, the raters' part on
    calibration sessions; intervals by bootstrap over agents and over contacts.
    """
    recent = scores["evaluated_at"].between(now - pd.Timedelta(days=YEAR_DAYS), now)
    drawn = scores[recent & (scores["stream"] == "random") & scores["raw"].notna()]
    found = lenient(calibrations(scores, now=now), seed=seed)
    rows = [
        _split(found, a, b, dimension=dimension)
        for dimension in DIMENSIONS
        for a, b in _pairs(drawn, dimension, seed=seed + 1)
    ]
    return BRIDGES.check(pd.DataFrame(rows)) if rows else BRIDGES.empty()


def _pairs(drawn: pd.DataFrame, dimension: str, *, seed: int) -> Iterator[tuple[Side, Side]]:
    """All pairs of the dimension's subjects, and each subject against all others together."""
    names = sorted(drawn[dimension].unique())
    if len(names) < 2:
        return
    agent, agents = pd.factorize(drawn["agent_id"])
    weights = drawn_again(len(agents), seed=seed)

    def side(name: str, rows: np.ndarray) -> Side:
        sums = np.bincount(agent[rows], drawn["raw"].to_numpy()[rows], len(agents))
        counts = np.bincount(agent[rows], minlength=len(agents))
        shares = drawn["rater_id"][rows].value_counts(normalize=True)
        mean = float(sums.sum() / counts.sum())
        return Side(name, shares, mean, (weights @ sums) / (weights @ counts), int((counts > 0).sum()))

    subject = drawn[dimension].to_numpy()
    sides = {name: side(name, subject == name) for name in names}
    for a, b in combinations(names, 2):
        yield sides[a], sides[b]
    for name in names:
        yield sides[name], side(OTHERS, subject != name)


def _split(found: Lenient | None, a: Side, b: Side, *, dimension: str) -> dict[str, object]:
    row: dict[str, object] = {"dimension": dimension, "a": a.name, "b": b.name}
    row |= {"difference": a.mean - b.mean, "bridge": 0, "note": NO_SESSIONS}
    row |= dict.fromkeys(
        ("raters", "raters_low", "raters_high", "agents", "agents_low", "agents_high"), np.nan
    )
    if found is None:
        return row
    row |= {"bridge": _bridge(found, a, b), "note": _why_not(found, a, b)}
    return row if row["note"] else row | _parts(found, a, b)


def _parts(found: Lenient, a: Side, b: Side) -> dict[str, float]:
    """Raters' and agents' part with intervals; agents and contacts are drawn again independently."""
    group = _best(found, a, b)
    share = _shares(found, a, group) - _shares(found, b, group)
    known = np.nan_to_num(found.value)
    raters, drawn = float(share @ known), np.nan_to_num(found.drawn) @ share
    low, high = ends(drawn[:, None], n=len(found.given.scores))
    rest = a.drawn - b.drawn - drawn
    rest_low, rest_high = ends(rest[:, None], n=min(a.agents, b.agents))
    return {
        "raters": raters,
        "raters_low": float(low[0]),
        "raters_high": float(high[0]),
        "agents": a.mean - b.mean - raters,
        "agents_low": float(rest_low[0]),
        "agents_high": float(rest_high[0]),
    }


def _shares(found: Lenient, side: Side, group: int) -> np.ndarray:
    """What each rater of the group scored of the side's evaluations, of what the group scored of them."""
    shares = side.raters.reindex(found.raters).fillna(0.0).to_numpy()
    shares = np.where(found.given.group == group, shares, 0.0)
    return shares / max(shares.sum(), 1e-12)


def _covered(found: Lenient, side: Side) -> pd.Series:
    """By group of linked raters: the share of the side's evaluations that they scored."""
    return side.raters.groupby(found.group.reindex(side.raters.index)).sum()


def _best(found: Lenient, a: Side, b: Side) -> int:
    """The group of linked raters that scored most of both sides."""
    both = pd.concat([_covered(found, a), _covered(found, b)], axis=1).fillna(0.0).min(axis=1)
    return int(both.idxmax())


def _why_not(found: Lenient, a: Side, b: Side) -> str:
    """Why the difference cannot be split; blank when it can."""
    both = pd.concat([_covered(found, a), _covered(found, b)], axis=1).fillna(0.0).min(axis=1)
    if both.max() >= COVERED:
        return ""
    return PARTLY_LINKED if both.max() > 0 else NOT_LINKED


def _bridge(found: Lenient, a: Side, b: Side) -> int:
    """Contacts that a rater of one side and a rater of the other scored."""
    of_a, of_b = (found.raters.isin(side.raters.index) for side in (a, b))
    rated = found.given.rated
    return int((rated[:, of_a].any(axis=1) & rated[:, of_b].any(axis=1)).sum())
