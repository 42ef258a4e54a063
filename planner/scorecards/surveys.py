"""What customers say when asked: satisfaction, recommendation, and how many answer at all."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from planner.domain.centre import Centre
from planner.domain.measures import Quotient
from planner.domain.tables import QUEUE, SCORECARD
from planner.scorecards.proportions import CONFIDENCE, Interval, wilson
from planner.scorecards.rollups import Period, period_start, rolled_up, with_local_day

PERIODS: tuple[Period, ...] = ("week", "month", "all")
SATISFIED, DISSATISFIED = 4, 2  # of 1 to 5 points: from, and up to
PROMOTES, DETRACTS = 9, 6  # of 0 to 10 points: from, and up to
ANSWERS = "; of those who answered, see “Surveys answered”"
SHARES = {
    "csat": ("satisfied", "n_csat", "answers of 4 and 5 points of 5 / answers" + ANSWERS),
    "dsat": ("dissatisfied", "n_csat", "answers of 1 and 2 points of 5 / answers" + ANSWERS),
    "survey_response": ("answered", "sent", "surveys answered / surveys sent"),
}
NPS_WORDS = "(answers of 9 and 10 - answers of 0 to 6) / answers, -1 to 1" + ANSWERS
MEAN_WORDS = "mean of the points, 1 to 5" + ANSWERS
SUMS = [
    *("sent", "answered", "n_csat", "satisfied", "dissatisfied", "points", "squares"),
    *("n_nps", "promoters", "detractors"),
]


def surveys(asked: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """SCORECARD rows of SURVEYS by week, month and in all, for each queue and every roll-up.

    Measures: csat, dsat, survey_response (shares), csat_mean (points), nps (-1 to 1). A survey counts in
    the period in which it was sent, so that every figure and its response rest on the same surveys.
    """
    if asked.empty:
        return SCORECARD.empty()
    counted = _counted(with_local_day(asked, centre, moment="sent_at"))
    parts = []
    for period in PERIODS:
        rows = counted.assign(period_start=period_start(counted["day"], period))
        rolled = rolled_up(rows, by=["period_start"], sums=SUMS)
        shares = [_share(rolled, measure) for measure in SHARES]
        parts += [part.assign(period=period) for part in (*shares, _mean(rolled), _nps(rolled))]
    return pd.concat(parts, ignore_index=True)


def _counted(asked: pd.DataFrame) -> pd.DataFrame:
    """One row per queue and local day with the sums that every measure rests on."""
    blank = pd.Series(np.nan, index=asked.index)
    csat, nps = (asked.get(name, blank).astype(float) for name in ("csat", "nps"))
    answered = asked.get("answered_at", pd.Series(pd.NaT, index=asked.index)).notna()
    counts = {
        "sent": 1,
        "answered": answered,
        "n_csat": csat.notna(),
        "satisfied": csat >= SATISFIED,
        "dissatisfied": csat <= DISSATISFIED,
        "points": csat.fillna(0),
        "squares": csat.fillna(0) ** 2,
        "n_nps": nps.notna(),
        "promoters": nps >= PROMOTES,
        "detractors": nps <= DETRACTS,
    }
    rows = asked[[*QUEUE, "day"]].assign(**counts)
    return (
        rows.groupby([*QUEUE, "day"], as_index=False, sort=False)[SUMS]
        .sum()
        .astype(dict.fromkeys(SUMS, float))
    )


def _row(rows: pd.DataFrame, n: str, *, measure: str, words: str) -> pd.DataFrame:
    return rows[[*QUEUE, "period_start"]].assign(measure=measure, n=rows[n], definition=words)


def _share(rolled: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A share with Wilson's interval, where anybody could answer."""
    yes, n, words = SHARES[measure]
    rows = rolled[rolled[n] > 0]
    ends = wilson(rows[yes], rows[n])
    value = Quotient(rows[yes], rows[n]).value
    return _row(rows, n, measure=measure, words=words).assign(value=value, low=ends.low, high=ends.high)


def _mean(rolled: pd.DataFrame) -> pd.DataFrame:
    """Mean points with Student's interval, blank below two answers."""
    rows = rolled[rolled["n_csat"] > 0]
    n, mean = rows["n_csat"], rows["points"] / rows["n_csat"]
    spread = np.sqrt((rows["squares"] / n - mean**2).clip(lower=0) / (n - 1).where(n > 1))
    half = spread * stats.t.ppf(0.5 + CONFIDENCE / 2, (n - 1).clip(lower=1))
    told = _row(rows, "n_csat", measure="csat_mean", words=MEAN_WORDS)
    return told.assign(value=mean, low=(mean - half).clip(lower=1), high=(mean + half).clip(upper=5))


def _nps(rolled: pd.DataFrame) -> pd.DataFrame:
    rows = rolled[rolled["n_nps"] > 0]
    n = rows["n_nps"].to_numpy()
    ends = net_share(rows["promoters"].to_numpy(), rows["detractors"].to_numpy(), n=n)
    value = (rows["promoters"] - rows["detractors"]) / n
    return _row(rows, "n_nps", measure="nps", words=NPS_WORDS).assign(
        value=value, low=ends.low, high=ends.high
    )


def net_share(plus: np.ndarray, minus: np.ndarray, *, n: np.ndarray) -> Interval:
    """95 % interval of (plus - minus) / n, two cells of one multinomial; inside -1..1.

    Wilson's intervals of the two shares, squared and added with the correlation that cells of one
    multinomial have (Newcombe 1998, method 10; Zou and Donner 2008, eq. 4). Plain Wald intervals cover
    too little below some hundred answers.
    """
    p, q = plus / n, minus / n
    a, b = wilson(plus, n), wilson(minus, n)
    with np.errstate(invalid="ignore", divide="ignore"):
        together = -np.sqrt(p * q / ((1 - p) * (1 - q)))
    together = np.nan_to_num(together, nan=0.0, neginf=0.0)
    below = (p - a.low) ** 2 - 2 * together * (p - a.low) * (b.high - q) + (b.high - q) ** 2
    above = (a.high - p) ** 2 - 2 * together * (a.high - p) * (q - b.low) + (q - b.low) ** 2
    low, high = p - q - np.sqrt(below), p - q + np.sqrt(above)
    return Interval(np.maximum(low, -1.0), np.minimum(high, 1.0))
