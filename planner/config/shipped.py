"""The scenarios that come with the program."""

from __future__ import annotations

from importlib.resources import files

from planner.config.scenario import scenario_from_text
from planner.domain.scenario import Scenario

FOLDER = files("planner.config") / "scenarios"


def shipped_scenarios() -> tuple[Scenario, ...]:
    """Every scenario of the program, by file name; they name queues of the demonstration centre."""
    found = sorted((each for each in FOLDER.iterdir() if each.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(scenario_from_text(each.read_text(encoding="utf-8"), file=each.name) for each in found)
