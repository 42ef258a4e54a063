"""Control charts against the handbook's examples and the alarms they promise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import SCORECARD
from planner.scorecards.control_limits import BEYOND, ONE_SIDE, Limits, balanced, p_chart, signals, xmr
from planner.scorecards.trends import trends

FLOW = np.array([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])


def test_the_handbooks_individuals_chart() -> None:
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: 50.81, 45.8159 and 55.8041."""
    limits = xmr(FLOW, setting=np.ones(10, bool))
    assert (limits.centre[0], limits.lower[0], limits.upper[0]) == pytest.approx(
        (50.81, 45.8159, 55.8041), abs=1e-3
    )
    assert set(signals(FLOW, limits, two_sided=np.ones(10, bool))) == {""}


def test_many_evaluations_give_the_usual_three_standard_errors() -> None:
    n, share = np.full(5, 100_000.0), np.full(5, 0.9)
    limits = p_chart(share, n=n, setting=np.ones(5, bool))
    assert limits.lower[0] == pytest.approx(0.9 - 3 * np.sqrt(0.09 / 1e5), abs=2e-5)


def test_a_sound_process_of_rare_errors_seldom_alarms() -> None:
    """60 evaluations a week, 2 % errors: at most .27 % of weeks beyond, and no runs of errorless weeks."""
    rng = np.random.default_rng(3)
    n = np.full(20_000, 60.0)
    values = 1 - rng.binomial(60, 0.02, 20_000) / 60
    limits = p_chart(values, n=n, setting=np.ones(20_000, bool))
    found = signals(values, limits, two_sided=balanced(n, limits))
    assert (found == BEYOND).mean() < 0.0045
    assert (found == ONE_SIDE).sum() == 0


def test_the_eighth_week_on_one_side_tells_and_a_gap_begins_anew() -> None:
    limits = Limits(*(np.full(20, each) for each in (0.0, -9.0, 9.0)))
    both = np.ones(20, bool)
    values = np.r_[-1, np.ones(9), -np.ones(10)]
    assert np.flatnonzero(signals(values, limits, two_sided=both) == ONE_SIDE).tolist() == [8, 9, 17, 18, 19]
    values[5] = np.nan
    assert np.flatnonzero(signals(values, limits, two_sided=both) == ONE_SIDE).tolist() == [17, 18, 19]


def card(values: list[float], *, n: int = 200) -> pd.DataFrame:
    weeks = pd.date_range("2026-03-02", periods=len(values), freq="7D")
    frame = pd.DataFrame({"period_start": weeks, "value": values})
    return SCORECARD.check(frame.assign(measure="quality_score", site="all", language="all", channel="all",
                                        period="week", low=0, high=1, n=n, definition="-"))  # fmt: skip


def test_the_newest_weeks_do_not_set_the_limits_by_which_they_are_judged() -> None:
    sound = [0.9, 0.91, 0.89, 0.9, 0.92, 0.9, 0.89, 0.91, 0.9, 0.9, 0.91, 0.89, 0.9, 0.9]
    table = trends(card([*sound, 0.8, 0.8, 0.8, 0.8]), now=pd.Timestamp("2026-07-06", tz="UTC"))
    assert table["centre"].iloc[0] == pytest.approx(np.mean(sound))
    assert (table["signal"].tail(4) == BEYOND).all()
    assert table["signal"].head(14).isna().all()


def test_a_week_that_is_not_over_is_not_judged() -> None:
    table = trends(card([0.9] * 14), now=pd.Timestamp("2026-06-04", tz="UTC"))
    assert table["week"].max() == pd.Timestamp("2026-05-25")


def test_few_weeks_get_no_limits() -> None:
    assert trends(card([0.9] * 10), now=pd.Timestamp("2026-07-06", tz="UTC"))["centre"].isna().all()
