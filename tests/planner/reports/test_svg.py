"""Charts drawn from numbers: what stands where."""

from __future__ import annotations

import re

import pytest

from planner.reports.palette import CARD, FAINT, OVER, UNDER
from planner.reports.svg import STRIP, Dot, Step, column, dots, spark, waterfall

NAN = float("nan")


def bars(drawing: str) -> list[tuple[float, float, str]]:
    """Left end, right end and colour of each bar."""
    found = re.findall(
        r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="[\d.]+" fill="([^"]+)"', drawing
    )
    return [(float(x), float(x) + float(width), colour) for x, width, colour in found]


def circles(drawing: str) -> list[tuple[float, str]]:
    return [(float(x), fill) for x, fill in re.findall(r'<circle cx="([\d.]+)"[^>]*fill="([^"]+)"', drawing)]


def test_a_waterfall_goes_from_plan_to_actual_without_a_gap() -> None:
    steps = [Step("volume", -0.029, "−2.9"), Step("schedule", 0.017, "+1.7")]
    rows = waterfall(0.821, steps, ends=(Step("Plan", 0, "82.1 %"), Step("Actual", 0, "80.9 %")), target=0.80)
    ((plan, _),) = circles(rows[0].drawing)
    ((actual, _),) = circles(rows[-1].drawing)
    ((left, right, first),) = bars(rows[1].drawing)
    ((left_2, right_2, second),) = bars(rows[2].drawing)
    assert (first, second) == (UNDER, OVER)
    assert right == pytest.approx(plan, abs=0.2)
    assert left == pytest.approx(left_2, abs=0.2)
    assert right_2 == pytest.approx(actual, abs=0.2)
    assert [row.name for row in rows] == ["Plan", "volume", "schedule", "Actual"]


def test_less_abandonment_helps() -> None:
    ends = (Step("Plan", 0, "4 %"), Step("Actual", 0, "3 %"))
    rows = waterfall(0.04, [Step("volume", -0.01, "−1.0")], ends=ends, target=None, better=-1.0)
    assert bars(rows[1].drawing)[0][2] == OVER


def test_too_few_evaluations_have_a_hollow_grey_dot_and_no_interval() -> None:
    many, few = dots([Dot("a", 0.8, 0.7, 0.9, "80 %"), Dot("b", NAN, NAN, NAN, "n = 9")], target=0.85)
    assert circles(few.drawing)[0][1] == CARD
    assert f'stroke="{FAINT}"' in few.drawing
    assert 'stroke-width="1.6"' in many.drawing
    assert 'stroke-width="1.6"' not in few.drawing


def test_everything_stays_inside_the_drawing() -> None:
    drawn = dots([Dot("a", 0.0, 0.0, 1.0, "x"), Dot("b", 1.0, 0.9, 1.0, "y")], target=0.5)
    for row in drawn:
        assert all(0 <= x <= STRIP for x, _ in circles(row.drawing))


def test_a_text_is_escaped() -> None:
    assert "<b>" not in column(3, top=4, words="<b>3</b>")
    assert "&lt;b&gt;" in column(3, top=4, words="<b>3</b>")


def test_a_single_week_has_no_line() -> None:
    assert spark([0.8], 0.9) == ""
    assert spark([0.8, NAN], None) == ""
    assert "polyline" in spark([0.8, NAN, 0.9], None)
