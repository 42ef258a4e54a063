"""Busy days come from the paths' totals, queue by queue and by the queue's own clock."""

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import QUEUE
from staffing.day_level import day_factors
from staffing.requirement import Staffing, requirement
from tests.staffing import small


def paths(forecast: pd.DataFrame, *, totals: list[float]) -> pd.DataFrame:
    """The same totals, as multiples of the mean, on every local day of every queue."""
    zone = forecast["site"].map({"LIS": "Europe/Lisbon", "BOG": "America/Bogota"})
    local = [start.tz_convert(name) for start, name in zip(forecast["interval_start"], zone, strict=True)]
    day = pd.Series([moment.tz_localize(None).normalize() for moment in local], index=forecast.index)
    mean = forecast.assign(day=day).groupby([*QUEUE, "day"], as_index=False)["offered"].sum()
    each = pd.DataFrame({"path": np.arange(len(totals)), "factor": totals})
    rows = mean.merge(each, how="cross")
    return rows.assign(offered=rows["offered"] * rows["factor"]).drop(columns="factor")


def test_a_factor_is_the_quantile_of_the_days_total() -> None:
    given = small.forecast(2)
    found = day_factors(
        given, paths(given, totals=[0.8, 0.9, 1.0, 1.1, 1.6]), small.centre(), quantiles=["p50", "p75"]
    )
    assert np.allclose(found["p50"], 1.0)
    assert np.allclose(found["p75"], 1.1)
    assert found.index.equals(given.index)


def test_days_without_paths_and_without_contacts() -> None:
    given = small.forecast(2)
    known = paths(given, totals=[0.5, 1.5])
    first = known["day"].min()
    found = day_factors(given, known[known["day"] == first], small.centre(), quantiles=["p90"])
    assert found["p90"].isna().any()
    assert found["p90"].notna().any()
    nobody = given.assign(offered=0.0)
    assert (day_factors(nobody, known, small.centre(), quantiles=["p90"])["p90"] == 1).all()


def test_busy_days_need_more_and_the_mean_day_is_the_requirement() -> None:
    given = small.forecast(2)
    sure = paths(given, totals=[1.0, 1.0, 1.0])
    level = Staffing(levels=("p50", "p90"))
    same = requirement(given, small.centre(), paths=sure, staffing=level)
    assert (same["agents_p50"] == same["agents_on_contact"]).all()
    unsure = paths(given, totals=list(np.linspace(0.5, 1.5, 11)))
    found = requirement(given, small.centre(), paths=unsure, staffing=level)
    assert found["agents_on_contact"].equals(same["agents_on_contact"])
    assert found["agents_p90"].sum() > 1.2 * found["agents_on_contact"].sum()
    busy = requirement(given, small.centre(), paths=unsure, staffing=Staffing("p90"))
    assert busy["agents_on_contact"].tolist() == found["agents_p90"].tolist()
    assert busy["offered"].sum() == pytest.approx(1.4 * found["offered"].sum(), rel=0.02)
