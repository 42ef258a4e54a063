"""What `benchmarks.peers` asks: sizes such that the slowest peer is done in a few minutes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.peer_rows import Choices, Situation, draw

TURNS = 4
VOICE = Choices(
    (0.5, 60),
    patience_s=(60, 120, 180, 300),
    max_abandonment=(0.03, 0.05, 0.08),
    max_occupancy=(0.85, 0.9, 1.0),
)
PATIENT = Choices((0.5, 60), max_occupancy=(0.85, 0.9, 1.0), shrinkage=(0.1, 0.2, 0.3, 0.35))
PATIENT_LONG = Choices((0.5, 60), ((0.8, 300), (0.9, 1800), (0.8, 1800)))
ERLANG_C = Choices((2, 60), shrinkage=(0.1, 0.2, 0.3))
ERLANG_A = Choices((2, 60), patience_s=(60, 180, 300), shrinkage=(0.1, 0.2, 0.3))
LONG = Choices((5, 60), ((0.8, 1800), (0.9, 3600), (0.8, 3600)), patience_s=(600, 1800))
BELOW = Choices((50, 200), ((0.7, 30), (0.6, 20)), patience_s=(45, 60, 90))
NAMED_BELOW = Situation(1200, 300, 0.7, 30, 60)  # 200 Erlang, 70/30, patience 60 s
NAMED_SHRINKAGE = Situation(100, 300, 0.8, 20, shrinkage=0.3)  # 21 agents, 30 rostered
ALL = ("pyworkforce", "call-center-tools", "CallCenterDim", "pyqueueing")
MEASURED = tuple(
    Situation(round(load * 6), 300, 0.8, within_s, patience_s, agents=agents)
    for load, agents, patience_s, within_s in [
        (10, 10, 180, 20),
        (40, 40, 180, 600),
        (40, 40, 600, 3600),
        (10, 8, 300, 14400),
        (100, 95, 600, 3600),
        (300, 290, 180, 600),
    ]
)


@dataclass(frozen=True)
class Case:
    """Rows that the named peers can answer; a grid is asked whole, the rest in turns."""

    name: str
    peers: tuple[str, ...]
    situations: tuple[Situation, ...]
    turns: int = TURNS


def cases(rng: random.Random) -> list[Case]:
    """The rows of every comparison."""
    large = replace(VOICE, loads=(300, 300))
    mine, two = ALL[:1], (ALL[0], ALL[3])
    return [
        Case(
            "Erlang C, 0.5-60 Erlang: service level, occupancy",
            mine,
            (NAMED_SHRINKAGE, *draw(rng, PATIENT, rows=9_999)),
        ),
        Case("Erlang C, 2-60 Erlang: service level", ALL, draw(rng, ERLANG_C, rows=20_000)),
        Case("Erlang C, answers within 5 to 30 min", mine, draw(rng, PATIENT_LONG, rows=2000)),
        Case("Erlang A, 0.5-60 Erlang: three targets", mine, draw(rng, VOICE, rows=200)),
        Case("Erlang A, 2-60 Erlang: service level", two, draw(rng, ERLANG_A, rows=100)),
        Case("Erlang A, 300 Erlang: three targets", mine, draw(rng, large, rows=8)),
        Case("Erlang A, answers within 30 or 60 min", mine, draw(rng, LONG, rows=12)),
        Case("Erlang A, staff below the load", mine, (NAMED_BELOW, *draw(rng, BELOW, rows=11))),
        Case("Erlang A, a grid of 80, three targets", ("pyworkforce MultiErlangA",), _grid(), turns=1),
    ]


def many(rng: random.Random) -> tuple[Situation, ...]:
    """100,000 rows like the small three-target ones, for planner alone."""
    return draw(rng, VOICE, rows=100_000)


def _grid(offered: Sequence[int] = (10, 40, 90, 150, 220)) -> tuple[Situation, ...]:
    return tuple(
        Situation(volume, aht_s, share, within_s, patience_s, 0.05, 0.9)
        for volume in offered
        for aht_s in (240, 300)
        for patience_s in (60, 180)
        for share, within_s in VOICE.promises
    )
