"""What chance does to a line, and what was planted in it."""

from dataclasses import replace

import numpy as np
import pytest

from planner.sample.courses import courses, history_clock
from planner.sample.noise import happened, line_chance, outage, slot_rates, storm, through_the_storm, week_of
from planner.sample.parameters import read_parameters

PARAMETERS = read_parameters()
CLOCK = history_clock(PARAMETERS)


def test_the_counts_of_a_half_hour_spread_as_asked() -> None:
    rng = np.random.default_rng(1)
    contacts = np.full(40_000, 5.0)
    rates = slot_rates(rng, contacts, days=np.arange(40_000) // 20, added=1.6)
    counts = rng.poisson(rates)
    assert counts.mean() == pytest.approx(5, rel=0.02)
    assert counts.var() == pytest.approx(5 + 0.020 * 25 + 1.6 * 5 * 5 / 100, rel=0.04)


def test_a_planted_week_has_its_cause_in_the_planted_size() -> None:
    for code, cause in (("es", "volume"), ("fr", "aht"), ("it", "staffing")):
        plant = next(
            p
            for p in PARAMETERS.spec["staffing_history"]["planted_causes"]
            if p["line"] == code and p["cause"] == cause
        )
        line = PARAMETERS.lines[code]
        chance = line_chance(line, PARAMETERS, CLOCK)
        here = week_of(CLOCK, plant["week"], zone=line.hours.zone)
        grown = plant.get("actual_over_plan", 1.0)
        assert chance.volume[here].mean() == pytest.approx(grown if cause == "volume" else 1.0)
        assert chance.aht[here].mean() == pytest.approx(grown if cause == "aht" else 1.0)


def test_the_outage_touches_its_hours_and_the_storm_moves_french() -> None:
    lines = {code: PARAMETERS.lines[code] for code in ("fr", "de")}
    parameters = replace(PARAMETERS, lines=lines)
    expected = courses(parameters, CLOCK)
    volume, aht = outage(expected[0], parameters, CLOCK)
    assert (volume == 2.8).sum() == 12
    assert (aht == 0.75).sum() == 12
    chances = {code: line_chance(line, parameters, CLOCK) for code, line in lines.items()}
    before = [happened(c, chances[c.line], parameters, clock=CLOCK) for c in expected]
    after = through_the_storm(expected, before, parameters=parameters, clock=CLOCK)
    closed = storm(CLOCK, parameters)
    here = {c.key: each.contacts[closed].sum() for c, each in zip(expected, after)}
    assert here["LIS", "fr", "voice"] == 0
    assert here["LIS", "de", "voice"] > 0
    total = sum(each.contacts.sum() for each in before)
    assert sum(each.contacts.sum() for each in after) == pytest.approx(total)
