"""The design's own computation of the sample centre's need, in other formulas and other code, agrees."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import yaml

from staffing.erlang import Demand
from staffing.least import Limits, least_agents

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "design" / "sample"
pytestmark = pytest.mark.skipif(
    not (SAMPLE / "check.py").exists(), reason="the shared design folder is not here"
)


@pytest.fixture(scope="module")
def check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_check", SAMPLE / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["es", "de", "sv"])
@pytest.mark.parametrize("channel", ["voice", "chat", "messaging"])
def test_the_same_agents(check: ModuleType, language: str, channel: str) -> None:
    sample = yaml.safe_load((SAMPLE / "sample.yaml").read_text())
    base, target = sample["handling"][channel], sample["targets"][channel]
    factor = sample["handling"]["by_language"][language]
    aht_s = base.get("aht_s", base.get("aht_solo_s")) * factor["aht"]
    patience_s = base["patience_s"] * factor["patience"]
    how = "voice" if channel == "voice" else "chat"
    largest = check.largest_loads(how, aht_s, patience_s, target, base, most=70)
    loads = 10 ** np.random.default_rng(5).uniform(-2, np.log10(55), 400)
    levels = tuple((share, seconds - base.get("reaction_s", 0)) for share, seconds in target["service_level"])
    limits = Limits(levels, target["abandonment_max"], target["occupancy_max"])
    demand = Demand(loads, aht_s, patience_s, base.get("concurrency", 1), base.get("slow_down", 0.0))
    assert (least_agents(demand, limits).agents == np.searchsorted(largest, loads) + 1).all()
