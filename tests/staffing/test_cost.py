"""The cost curve: dearer for more service, and at the contract's own share the requirement itself."""

import numpy as np
import pandas as pd

from planner.domain.tables import COST_CURVE
from staffing.cost import cost_curve, paid_hours
from staffing.requirement import requirement
from tests.staffing import small

SHARES = (0.5, 0.8, 0.95)


def test_the_curve() -> None:
    given, centre = small.forecast(14), small.centre()
    curve = cost_curve(given, centre, asked={"service_level": SHARES})
    COST_CURVE.check(curve)
    assert set(curve["week"]) == {pd.Timestamp("2026-10-19"), pd.Timestamp("2026-10-26")}
    rising = curve.pivot(index=["site", "week"], columns="share", values="paid_h")
    assert (np.diff(rising, axis=1) >= 0).all()
    assert (rising[0.95] > rising[0.8]).all()
    rate = curve["site"].map({"LIS": 17, "BOG": 9})
    assert np.allclose(curve["cost"], curve["paid_h"] * rate)


def test_at_the_contracts_share_it_is_the_requirement() -> None:
    given, centre = small.forecast(), small.centre()
    curve = cost_curve(given, centre, asked={"service_level": (0.8,)}).set_index("site")["paid_h"]
    table = requirement(given, centre)
    assert np.allclose(curve["BOG"], table.loc[table["site"] == "BOG", "agents_rostered"].sum() / 2)
    assert np.allclose(curve["LIS"], table.loc[table["site"] == "LIS", "agents_rostered"].sum() / 2)


def test_every_target_has_its_price() -> None:
    """More asked of any of them never costs less; at the contract all three are the requirement."""
    given, centre = small.forecast(3), small.centre()
    asked = {"service_level": (0.8,), "service_level_2": (0.9, 0.97), "abandonment": (0.05, 0.02)}
    curve = cost_curve(given, centre, asked=asked).set_index(["target", "share", "site"])["paid_h"]
    for site in ("BOG", "LIS"):
        first = curve["service_level", 0.8, site]
        assert first == curve["service_level_2", 0.9, site] == curve["abandonment", 0.05, site]
        assert curve["service_level_2", 0.97, site] > first
        assert curve["abandonment", 0.02, site] > first


def test_weeks_are_local() -> None:
    """Sunday 22:00 in Bogota is Monday in UTC, and still the old week."""
    rows = pd.DataFrame({"site": "BOG", "interval_start": pd.to_datetime(["2026-10-26T03:00Z", "2026-10-26T06:00Z"]), "interval_min": 30, "agents_rostered": [4.0, 6.0]})  # fmt: skip
    paid = paid_hours(rows, small.centre())
    assert paid["week"].tolist() == [pd.Timestamp("2026-10-19"), pd.Timestamp("2026-10-26")]
    assert paid["paid_h"].tolist() == [2.0, 3.0]
