"""The referee of `benchmarks.peers`: measures in 34 digits, and whether they keep the targets.

Needs mpmath and nothing of `staffing` or of the peers. Erlang A is `erlang_truth.Truth` (integrals over
the wait offered, Mandelbaum & Zeltyn 2007), Erlang C the recursion of Erlang B. Targets are read as the
decimals people write: 0.9 is nine tenths, so an occupancy of exactly 90 % keeps a maximum of 90 %.
"""

from __future__ import annotations

from collections.abc import Sequence

import mpmath as mp

from benchmarks.erlang_truth import Truth
from benchmarks.peer_lines import answer_lines
from benchmarks.peer_rows import HALF_HOUR_S, Situation

TIE = mp.mpf(10) ** -25  # equal but for the last of 34 digits


def measured(row: Situation) -> dict[str, mp.mpf]:
    """Service level (formula 3), abandonment and occupancy with `row.agents` agents."""
    agents = row.agents or 0
    load = mp.mpf(row.offered) * row.aht_s / HALF_HOUR_S
    level, lost = _patient(row, load, agents) if row.patience_s is None else _impatient(row, load, agents)
    busy = load * (1 - lost) / agents if agents else mp.mpf(1)
    return {"service_level": level, "abandonment": lost, "occupancy": min(busy, mp.mpf(1))}


def keeps(row: Situation, found: dict[str, mp.mpf]) -> bool:
    """Whether every target of the row is kept."""
    if not row.agents or found["service_level"] < mp.mpf(str(row.share)) - TIE:
        return False
    limits = {"abandonment": row.max_abandonment, "occupancy": row.max_occupancy}
    return all(found[name] <= mp.mpf(str(most)) + TIE for name, most in limits.items() if most is not None)


def judged(rows: Sequence[Situation]) -> list[dict[str, float]]:
    """The measures of every row, and whether it keeps its targets."""
    found = [measured(row) for row in rows]
    return [
        {**{name: float(v) for name, v in cells.items()}, "keeps": keeps(row, cells)}
        for row, cells in zip(rows, found, strict=True)
    ]


def _patient(row: Situation, load: mp.mpf, agents: int) -> tuple[mp.mpf, mp.mpf]:
    """Erlang C: service level and nobody lost; 0 where the queue grows for ever."""
    if agents <= load:
        return mp.mpf(0), mp.mpf(0)
    inverse = mp.mpf(1)
    for n in range(1, agents + 1):
        inverse = 1 + inverse * n / load
    wait = agents / (agents - load * (1 - 1 / inverse)) / inverse
    return 1 - wait * mp.exp(-(agents - load) * row.within_s / row.aht_s), mp.mpf(0)


def _impatient(row: Situation, load: mp.mpf, agents: int) -> tuple[mp.mpf, mp.mpf]:
    """Erlang A: service level and the share lost; without agents all are lost."""
    if not agents or row.patience_s is None:
        return mp.mpf(0), mp.mpf(1)
    queue = Truth(agents, load, row.aht_s, row.patience_s)
    late = queue.p_wait * queue.late(1, row.within_s)
    return 1 - queue.p_abandon - late, queue.p_abandon


if __name__ == "__main__":
    mp.mp.dps = 34
    answer_lines(judged)
