"""Expected volume and need: the shares of the parameters, and the calibration as a witness."""

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from planner.sample.courses import courses, history_clock
from planner.sample.need import load_of, need
from planner.sample.parameters import Parameters, read_parameters

CALIBRATION = Path(__file__).resolve().parents[4] / "shared" / "design" / "sample" / "check.py"


def only(parameters: Parameters, *lines: str) -> Parameters:
    kept = {code: parameters.lines[code] for code in lines}
    spec = {**parameters.spec, "lines": {code: parameters.spec["lines"][code] for code in lines}}
    return replace(parameters, lines=kept, spec=spec)


@pytest.fixture(scope="module")
def calibration() -> ModuleType:
    if not CALIBRATION.exists():
        pytest.skip("the calibration of the sample centre is not beside the repository")
    spec = importlib.util.spec_from_file_location("calibration", CALIBRATION)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_year_has_the_shares_of_the_parameters() -> None:
    parameters = only(read_parameters(), "es", "de", "ar")
    clock = history_clock(parameters)
    found = courses(parameters, clock)
    first, last = parameters.reference
    year = slice(clock.slot(first), clock.slot(last) + 48)
    total = parameters.spec["volume"]["run_rate_contacts"]
    for code in ("es", "de", "ar"):
        line = parameters.lines[code]
        for channel, share in line.mix.items():
            contacts = sum(
                c.contacts[year].sum() for c in found if c.line == code and c.key.channel == channel
            )
            assert contacts == pytest.approx(total * line.share * share, rel=2e-3), (code, channel)


def test_scale_multiplies_volume_and_nothing_else() -> None:
    whole, small = (only(read_parameters(scale=s), "sv") for s in (1.0, 0.1))
    clock = history_clock(whole)
    for a, b in zip(courses(whole, clock), courses(small, clock)):
        assert b.contacts == pytest.approx(a.contacts * 0.1)
        assert (a.aht_s == b.aht_s).all()
        assert (a.is_open == b.is_open).all()


def test_nothing_is_expected_of_an_immediate_queue_while_it_is_closed() -> None:
    parameters = only(read_parameters(), "de", "ar")
    clock = history_clock(parameters)
    for course in courses(parameters, clock):
        if course.kind != "deferred":
            assert course.contacts[~course.is_open].sum() == 0
            assert (course.contacts[course.is_open] > 0).all()


def test_volume_and_need_are_those_of_the_calibration(calibration: ModuleType) -> None:
    parameters = only(read_parameters(), "pl", "sv")
    there = calibration.Centre(dict(parameters.spec))
    clock = history_clock(parameters)
    for course in courses(parameters, clock):
        other, mine = there.queues[tuple(course.key)], slice(48, clock.slots - 60)
        theirs = slice(0, clock.slots - 108)
        np.testing.assert_allclose(course.contacts[mine], other["volume"][theirs], atol=1e-9)
        if course.kind != "deferred":
            agents = need(parameters, course, load_of(course))
            np.testing.assert_array_equal(agents[mine], other["need"][theirs])
