"""Which question a measure of a scenario answers."""

from __future__ import annotations

from typing import Literal

Group = Literal["volume", "work", "people", "cost", "service", "quality", "risk", "ai"]
BEGINS: tuple[tuple[Group, tuple[str, ...]], ...] = (  # the first that fits
    ("ai", ("ai_",)),
    ("volume", ("contacts", "channel_share", "level_after_")),
    ("work", ("work", "aht", "team_work", "team_busy")),
    ("people", ("fte_", "employed_", "hired", "left", "on_ramp", "move_hired", "move_free")),
    ("cost", ("cost",)),
    ("quality", ("quality_", "fcr_")),
    ("risk", ("short", "chance_", "weeks_at_risk", "move_chance")),
)
GROUPS: tuple[Group, ...] = ("volume", "work", "people", "cost", "service", "quality", "risk", "ai")


def group_of(measure: str) -> Group:
    """The group of a measure; what is named nowhere is of service.

    >>> group_of("fte_p50"), group_of("kept_abandonment"), group_of("reply_mean")
    ('people', 'service', 'service')
    """
    return next((group for group, begins in BEGINS if measure.startswith(begins)), "service")
