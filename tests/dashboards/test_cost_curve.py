"""Cost curves: where the contract stands, what the next step costs, and what is free."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from dashboards import formats
from dashboards.cost_curve import Curve, answer, cost_rows, curves
from dashboards.published import Published
from planner.domain.centre import QueueKey, ServiceLevel

SHARES = (0.70, 0.75, 0.80, 0.85, 0.90, 0.95)
EUROS = partial(formats.money, currency="EUR")


def curve(*hours: float, target: str = "service_level", asked: tuple[float, ...] = (0.8,)) -> Curve:
    """A curve at 20 a paid hour; the first hours are those of the easiest share."""
    shares = SHARES if target != "abandonment" else (0.10, 0.07, 0.05, 0.04, 0.03, 0.02)
    rows = pd.DataFrame({"share": shares, "paid_h": hours, "cost": [20 * each for each in hours]})
    seconds = {"service_level": (20.0,), "service_level_2": (60.0,), "abandonment": (0.0,)}[target]
    return Curve(target, rows, asked, seconds, 4, 4)


def said(*found: Curve) -> str:
    return answer(found, price=EUROS).replace(formats.NO_BREAK, " ")


def test_the_price_is_that_of_the_step_from_the_contract() -> None:
    text = said(curve(1000, 1010, 1030, 1071, 1150, 1300))
    assert text == "From 80 % to 85 % in 20 s costs **€ 820 a week**, 41 paid hours: € 164 a point."


def test_without_a_cost_per_hour_hours_are_said() -> None:
    text = answer([curve(1000, 1010, 1030, 1071, 1150, 1300)], price=None)
    assert "costs **41 paid hours a week**." in text


def test_a_flat_stretch_that_holds_the_contract_is_free_because_another_target_decides() -> None:
    second = curve(1030, 1030, 1030, 1030, 1030.2, 1090, target="service_level_2", asked=(0.9,))
    leaving = curve(1030, 1030, 1030, 1044, 1090, 1200, target="abandonment", asked=(0.05,))
    text = said(curve(1000, 1000, 1030, 1071, 1150, 1300), second, leaving)
    assert "Free, because another target decides: in 60 s up to 90 % and abandonment down to 5 %." in text
    assert "up to 75 %" not in text  # flat as well, but the contract asks more


def test_the_first_target_with_a_price_is_told_where_others_are_free() -> None:
    first = curve(1000, 1000, 1000, 1000, 1000, 1100)
    leaving = curve(900, 950, 1000, 1040, 1090, 1200, target="abandonment", asked=(0.05,))
    text = said(first, leaving)
    assert text.startswith(
        "Abandonment from 5 % to 4 % costs **€ 800 a week**, 40 paid hours: € 800 a point."
    )
    assert text.endswith("decides: in 20 s up to 90 %.")
    assert said(first).startswith("The next step costs **nothing more** in any voice target.")


def test_steps_that_all_have_their_price_are_not_free() -> None:
    assert curve(1000, 1010, 1030, 1071, 1150, 1300).free_until() is None


def test_at_the_end_of_the_curve_the_last_step_is_told() -> None:
    assert said(curve(1000, 1010, 1030, 1071, 1150, 1300, asked=(0.95,))).startswith("From 90 % to 95 %")


def test_a_contract_between_two_shares_lies_on_the_line_between_them() -> None:
    found = curve(1000, 1010, 1030, 1070, 1150, 1300, asked=(0.82,)).at_contract()
    assert found is not None
    assert found["paid_h"] == pytest.approx(1030 + 0.4 * 40)
    leaving = curve(1000, 1000, 1000, 1100, 1200, 1300, target="abandonment", asked=(0.045,)).at_contract()
    assert leaving is not None
    assert leaving["paid_h"] == pytest.approx(1050)
    assert curve(1, 2, 3, 4, 5, 6, asked=(0.99,)).at_contract() is None


def test_where_queues_differ_no_point_of_the_curve_is_the_contract() -> None:
    differs = curve(1000, 1010, 1030, 1071, 1150, 1300, asked=(0.8, 0.9))
    assert differs.at_contract() is None
    assert "Voice queues differ on answered within 20 s (80 % and 90 %)" in said(differs)


def test_all_sites_are_the_sum_of_the_sites(plan: Published) -> None:
    rows = cost_rows(plan)
    week = rows["week"].min()
    together = curves(rows, plan.centre, site=None, week=week)
    each = [curves(rows, plan.centre, site=site, week=week) for site in plan.centre.sites]
    assert [found.target for found in together] == ["service_level", "service_level_2", "abandonment"]
    for place, found in enumerate(together):
        parts = sum(site[place].rows["cost"] for site in each)
        assert found.rows["cost"].tolist() == pytest.approx(parts.tolist())
        assert found.rows["paid_h"].is_monotonic_increasing  # from the easiest to the hardest
        base, same = found.at_contract(), together[0].at_contract()
        assert base is not None
        assert same is not None
        assert base["paid_h"] == pytest.approx(same["paid_h"])  # the contract is one point on each curve
        assert found.queues == found.voice == 5


def test_the_contract_is_read_from_the_voice_queues(plan: Published) -> None:
    rows = cost_rows(plan)
    key = QueueKey("LIS", "de", "voice")
    queue = plan.centre.queues[key]
    stricter = replace(queue.target, service_levels=(ServiceLevel(0.9, 10),), max_abandonment=None)
    queues = {**plan.centre.queues, key: replace(queue, target=stricter)}
    centre = replace(plan.centre, queues=queues)
    first, second, leaving = curves(rows, centre, site="LIS", week=rows["week"].min())
    assert first.contract == (0.8, 0.9)
    assert (first.name, second.name) == ("First service level", "Answered within 60 s")
    assert (first.queues, second.queues, leaving.queues) == (2, 1, 1)
