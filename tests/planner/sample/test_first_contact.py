"""The planted resolution of the sample centre is found by the scorecard, by both definitions."""

from __future__ import annotations

from pathlib import Path

from planner.config import load_plan
from planner.sample.check import Centre
from planner.scorecards.fcr import first_contact


def test_the_planted_truths_lie_inside_their_intervals(folder: Path, centre: Centre) -> None:
    """13 intervals at 95 %: three or more misses have a probability of 2.5 %."""
    plan = load_plan(folder / "plan.yaml")
    found = first_contact(plan.inputs.contacts, centre=plan.centre)
    card = found.scorecard[(found.scorecard["period"] == "all") & (found.scorecard["channel"] == "all")]
    card = card[card["site"] == "all"].set_index(["measure", "language"])
    truth = centre.parameters.spec["truth"]["fcr"]
    inside = [
        card.loc[("fcr_repeat_7d", tag), "low"] <= true <= card.loc[("fcr_repeat_7d", tag), "high"]
        for tag, true in truth["by_language"].items()
    ]
    assert sum(inside) >= len(inside) - 2
    kept = card.loc[("fcr_no_escalation", "all")]
    assert kept["low"] <= truth["no_escalation_share"] <= kept["high"]


def test_the_youngest_week_is_estimated_and_near_the_others(folder: Path, centre: Centre) -> None:
    plan = load_plan(folder / "plan.yaml")
    curve = first_contact(plan.inputs.contacts, centre=plan.centre).curve
    whole = curve[(curve["site"] == "all") & (curve["language"] == "all") & (curve["channel"] == "all")]
    weeks = whole[(whole["window_h"] == 168) & (whole["n"] >= 20)].sort_values("week")
    last = weeks.iloc[-1]
    assert last["open"] == last["n"]
    over = weeks[weeks["open"] == 0]["value"].mean()
    assert last["low"] <= over <= last["high"]
