"""Scores, worked out by hand and by loops that share nothing with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.scores import BANDS, Outcome, missed, scores
from planner.domain.forecast_tables import BACKTEST

UNKNOWN = np.nan
KEY = {"site": "LIS", "language": "pt", "channel": "voice"}


def outcome(actual: list[list[float]], ours: list[list[float]], naive: list[list[float]]) -> Outcome:
    """Bands 20 % and 50 % around each interval; two paths per day, a fifth below and above."""
    came, said = np.array(actual), np.array(ours)
    bands = said * np.array([0.5, 0.8, 1.0, 1.2, 1.5])[:, None, None]
    paths = said.sum(axis=1)[:, None] * np.array([0.8, 1.2])
    return Outcome(came, {"forecast": said, "seasonal_naive": np.array(naive)}, bands, paths)


def table(*outcomes: Outcome) -> pd.DataFrame:
    parts = [
        missed(each).assign(**KEY, origin=pd.Timestamp(date(2026, 1, 5 + k)))
        for k, each in enumerate(outcomes)
    ]
    return scores(parts)


def row(found: pd.DataFrame, model: str, level: str, bucket: str = "all") -> pd.Series:
    here = (found["model"] == model) & (found["level"] == level) & (found["bucket"] == bucket)
    assert here.sum() == 1
    return found[here].iloc[0]


# Two slots; the second day lacks its small slot, the third all but its smallest.
ACTUAL = [[10.0, 30.0], [44.0, UNKNOWN], [UNKNOWN, 1.0]]
OURS = [[12.0, 28.0], [40.0, 5.0], [18.0, 2.0]]
NAIVE = [[20.0, 30.0], [40.0, 9.0], [18.0, UNKNOWN]]


def test_intervals_by_hand() -> None:
    found = row(table(outcome(ACTUAL, OURS, NAIVE)), "forecast", "interval")
    # errors +2, -2, -4, +1 on 85 contacts; inside +-20 %: 10 of 9.6-14.4, 30 of 22.4-33.6, 44 of 32-48; 1 of 1.6-2.4 not
    assert found["n"] == 4
    assert found["actual"] == 85
    assert found["wape"] == pytest.approx(9 / 85)
    assert found["bias"] == pytest.approx(-3 / 85)
    assert found["cover80"] == pytest.approx(3 / 4)
    assert found["cover95"] == pytest.approx(1)
    # seasonal naive is silent in the last: 10, 0 and 4 against our 2, 2 and 4
    assert found["mase"] == pytest.approx(8 / 14)
    # 10 % quantiles 9.6, 22.4, 32, 1.6: 0.1 of what lies above, 0.9 of what lies below
    tenth = 0.1 * (0.4 + 7.6 + 12) + 0.9 * 0.6
    half = 0.5 * (2 + 2 + 4 + 1)
    ninetieth = 0.1 * (4.4 + 3.6 + 4 + 1.4)
    assert found["pinball"] == pytest.approx((tenth + half + ninetieth) / 3 / 4)


def test_seasonal_naive_is_its_own_yardstick_and_has_no_bands() -> None:
    found = row(table(outcome(ACTUAL, OURS, NAIVE)), "seasonal_naive", "interval")
    assert found["n"] == 3
    assert found["wape"] == pytest.approx(14 / 84)
    assert found["mase"] == pytest.approx(1)
    assert np.isnan(found[["pinball", "cover80", "cover95"]].to_numpy(float)).all()


def test_a_day_is_judged_by_its_known_part_if_that_is_most_of_it() -> None:
    found = row(table(outcome(ACTUAL, OURS, NAIVE)), "forecast", "day")
    # day 1: 40 of 40; day 2: 44 came where 40 of its 45 were expected; of day 3 a tenth is known
    assert found["n"] == 2
    assert found["wape"] == pytest.approx(4 / 84)
    # paths of the known part: 32 and 48, so from 33.6 to 46.4 lie eight cases of ten
    assert found["cover80"] == pytest.approx(1)


def test_weeks_run_from_the_origin_and_broken_ones_are_left_out() -> None:
    days = [[10.0]] * 16  # two weeks and two days
    days[8] = [UNKNOWN]  # six of seven known: judged by these
    found = table(outcome(days, [[11.0]] * 16, [[10.0]] * 16))
    week = row(found, "forecast", "week")
    assert week["n"] == 2
    assert week["actual"] == 130
    assert week["wape"] == pytest.approx(0.1)
    assert row(found, "forecast", "week", "week 1")["actual"] == 70
    assert row(found, "forecast", "total")["n"] == 1
    assert set(found.loc[found["level"] == "total", "bucket"]) == {"all"}
    few = table(outcome([[10.0]] * 3 + [[UNKNOWN]] * 4, [[11.0]] * 7, [[10.0]] * 7))
    assert "week" not in set(few["level"])


def test_scores_are_those_of_loops_over_all_cells() -> None:
    rng = np.random.default_rng(3)
    drawn = [rng.poisson(rng.gamma(5, 5, (35, 6))).astype(float) for _ in range(4)]
    ours = [rng.gamma(50, 0.5, (35, 6)) for _ in range(4)]
    outcomes = [
        replace(outcome(d.tolist(), o.tolist(), d[::-1].tolist()), paths=rng.gamma(50, 3, (35, 41)))
        for d, o in zip(drawn, ours)
    ]
    found = table(*outcomes)
    for bucket, first, end in (("week 1", 0, 7), ("weeks 2-4", 7, 28), ("later", 28, 35), ("all", 0, 35)):
        errors, came, inside = [], [], []
        for each, said in zip(outcomes, ours):
            for day in range(first, end):
                total = sum(each.actual[day])
                errors.append(sum(said[day]) - total)
                came.append(total)
                inside.append(
                    np.percentile(each.paths[day], 10) <= total <= np.percentile(each.paths[day], 90)
                )
        scored = row(found, "forecast", "day", bucket)
        assert scored["wape"] == pytest.approx(sum(abs(e) for e in errors) / sum(came))
        assert scored["bias"] == pytest.approx(sum(errors) / sum(came))
        assert scored["cover80"] == pytest.approx(np.mean(inside))
        assert (scored["origins"], scored["n"]) == (4, len(came))


def test_the_sum_of_queues_adds_errors_before_it_divides() -> None:
    small, large = outcome([[1.0]], [[3.0]], [[1.0]]), outcome([[99.0]], [[99.0]], [[90.0]])
    parts = [
        missed(each).assign(site="LIS", language=language, channel="voice", origin=pd.Timestamp("2026-01-05"))
        for each, language in ((small, "de"), (large, "pt"))
    ]
    found = scores(parts)
    pd.testing.assert_frame_equal(BACKTEST.check(found), found)
    both = row(found[found["language"] == "all"], "forecast", "day")
    assert both["wape"] == pytest.approx(2 / 100)
    assert both["origins"] == 1
    assert "all" not in set(scores(parts[:1])["site"])


def test_nothing_known_has_no_rows() -> None:
    assert missed(outcome([[UNKNOWN, UNKNOWN]], [[3.0, 4.0]], [[3.0, 4.0]])).empty


def test_the_bands_are_those_of_the_forecast_table() -> None:
    assert BANDS == ("p025", "p10", "p50", "p90", "p975")
