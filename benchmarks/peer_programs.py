"""One program answering situations, in an interpreter of its own: python -m benchmarks.peer_programs NAME

Started by `benchmarks.peers`, which talks to it in lines (`benchmarks.peer_lines`). Nothing of one
program is imported by another; loading planner includes a first call, in which compiled kernels are
fetched from the cache.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.peer_lines import answer_lines
from benchmarks.peer_rows import HALF_HOUR_S, Answer, Situation

Solver = Callable[[Sequence[Situation]], list[Answer]]
MINUTES = HALF_HOUR_S // 60
FIRST = Situation(40, 300, 0.8, 20, 180, 0.05, 0.9)


def planner() -> Solver:
    """This project: all rows in one call."""
    import numpy as np

    from planner.domain.centre import Shrinkage
    from staffing.erlang import Demand, service_level
    from staffing.least import Limits, least_agents
    from staffing.shrinkage import people

    def columns(rows: Sequence[Situation], *names: str) -> list[np.ndarray]:
        return [np.array([getattr(row, name) for row in rows], dtype=float) for name in names]

    def solve(rows: Sequence[Situation]) -> list[Answer]:
        load, aht, patience = columns(rows, "load", "aht_s", "patience_s")
        demand = Demand(load, aht, np.where(np.isnan(patience), np.inf, patience))
        if rows[0].agents is not None:
            agents, within = columns(rows, "agents", "within_s")
            return [
                Answer(service_level=float(s)) for s in service_level(demand, agents=agents, within_s=within)
            ]
        share, within, lost, busy = columns(rows, "share", "within_s", "max_abandonment", "max_occupancy")
        least = least_agents(demand, Limits(((share, within),), lost, busy)).agents
        rates = {row.shrinkage for row in rows}
        whole = {rate: people(least, Shrinkage(planned=rate)) for rate in rates}
        return [Answer(int(n), int(whole[row.shrinkage][i])) for i, (row, n) in enumerate(zip(rows, least))]

    solve([FIRST])
    return solve


def pyworkforce() -> Solver:
    """pyworkforce's ErlangA and ErlangC, one object a row as its guide shows; minutes throughout."""
    from pyworkforce.queuing import ErlangA, ErlangC

    def one(row: Situation) -> Answer:
        plain = {"transactions": row.offered, "aht": row.aht_s / 60, "asa": row.within_s / 60}
        common = {**plain, "interval": MINUTES, "shrinkage": row.shrinkage}
        busy = 1.0 if row.max_occupancy is None else row.max_occupancy
        if row.patience_s is None:
            return _positions(ErlangC(**common).required_positions(row.share, max_occupancy=busy))
        queue = ErlangA(**common, patience=row.patience_s / 60)
        if row.agents is not None:
            return Answer(service_level=queue.service_level(row.agents))
        lost = 1.0 if row.max_abandonment is None else row.max_abandonment
        return _positions(queue.required_positions(row.share, max_occupancy=busy, max_abandonment=lost))

    return _row_by_row(one)


def pyworkforce_grid() -> Solver:
    """pyworkforce's MultiErlangA on one job: situations must be a full grid without shrinkage."""
    from pyworkforce.queuing import MultiErlangA

    def solve(rows: Sequence[Situation]) -> list[Answer]:
        found: dict[tuple[float, ...], Answer] = {}
        for share, within_s in sorted({(row.share, row.within_s) for row in rows}):
            queues = {
                "transactions": sorted({row.offered for row in rows}),
                "aht": sorted({row.aht_s / 60 for row in rows}),
                "patience": sorted({row.patience_s / 60 for row in rows if row.patience_s}),
                "interval": [MINUTES],
                "asa": [within_s / 60],
            }
            asked = MultiErlangA(param_grid=queues, n_jobs=1)
            answers = asked.required_positions(
                {
                    "service_level": [share],
                    "max_abandonment": [rows[0].max_abandonment],
                    "max_occupancy": [rows[0].max_occupancy],
                }
            )
            for (queue, _), answer in zip(asked.required_positions_params, answers):
                key = (queue["transactions"], queue["aht"], queue["patience"], share, within_s)
                found[key] = _positions(answer)
        return [
            found[row.offered, row.aht_s / 60, (row.patience_s or 0) / 60, row.share, row.within_s]
            for row in rows
        ]

    return solve


def call_center_tools() -> Solver:
    """call-center-tools: Erlang C, one service level; its default of 85 % occupancy is put to 100 %."""
    from call_center_tools.staffing import calc_staffing

    def one(row: Situation) -> Answer:
        found = calc_staffing(
            row.offered * 3600 / HALF_HOUR_S,
            row.aht_s,
            max_occupancy=1 if row.max_occupancy is None else row.max_occupancy,
            target_answer_time=row.within_s,
            target_service_level=row.share,
            shrinkage=row.shrinkage,
        )
        return Answer(found.agents, found.agents_with_shrinkage or found.agents)

    return _row_by_row(one)


def callcenterdim() -> Solver:
    """CallCenterDim: Erlang C, one service level."""
    from callcenterdim.Dimensionamento import AgentsFTE, AgentsReq

    def one(row: Situation) -> Answer:
        asked = (row.offered, MINUTES, row.aht_s, row.share, row.within_s)
        return Answer(AgentsReq(*asked), AgentsFTE(*asked, row.shrinkage))

    return _row_by_row(one)


def pyqueueing() -> Solver:
    """pyqueueing's CallCenterPlanner: one service level, Erlang C or A; seconds throughout."""
    from pyqueueing.planner import CallCenterPlanner

    def one(row: Situation) -> Answer:
        leave = None if row.patience_s is None else 1 / row.patience_s
        asked = CallCenterPlanner(row.offered / HALF_HOUR_S, 1 / row.aht_s, leave)
        found = asked.required_agents(target_service_level=(row.within_s, row.share))
        return Answer(found["erlang_c" if leave is None else "erlang_a"])

    return _row_by_row(one)


PROGRAMS: dict[str, Callable[[], Solver]] = {
    "planner": planner,
    "pyworkforce": pyworkforce,
    "pyworkforce MultiErlangA": pyworkforce_grid,
    "call-center-tools": call_center_tools,
    "CallCenterDim": callcenterdim,
    "pyqueueing": pyqueueing,
}


def _positions(found: dict[str, float]) -> Answer:
    return Answer(int(found["raw_positions"]), int(found["positions"]))


def _row_by_row(one: Callable[[Situation], Answer]) -> Solver:
    def tried(row: Situation) -> Answer:
        try:
            answer = one(row)
        except (ArithmeticError, ValueError, KeyError) as error:  # what the peers raise instead of answering
            return Answer(failed=f"{type(error).__name__}: {error}")
        numbers = (answer.agents, answer.service_level)
        return answer if any(n is not None and math.isfinite(n) for n in numbers) else Answer(failed="nan")

    return lambda rows: [tried(row) for row in rows]


def _said(solve: Solver) -> Callable[[Sequence[Situation]], list[dict[str, Any]]]:
    return lambda rows: [asdict(answer) for answer in solve(rows)]


if __name__ == "__main__":
    answer_lines(_said(PROGRAMS[sys.argv[1]]()))
