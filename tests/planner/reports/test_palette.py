"""Paper has the colours of the light screens."""

from __future__ import annotations

from dashboards.palette import LIGHT
from planner.reports import palette


def test_colours_mean_the_same_on_paper_and_on_screen() -> None:
    names = ("ink", "text", "muted", "faint", "line", "grid", "card", "nothing", "forecast", "under", "over")
    assert {name: getattr(palette, name.upper()) for name in names} == {
        name: getattr(LIGHT, name) for name in names
    }


def test_a_cell_of_a_met_target_is_plain_and_a_miss_darkens() -> None:
    assert palette.miss(0) == (palette.NOTHING, palette.MUTED)
    light, dark = (int(palette.miss(strength)[0][1:3], 16) for strength in (0.2, 0.9))
    assert dark < light
