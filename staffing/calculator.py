"""The calculator: situations in, measures or least agents out, one row each, whatever the order.

Erlang C and A and chat are one model here: patience without end, patience, several conversations at once.
Erlang B stands apart, for nobody waits in it. Where nobody is needed the measures are blank.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from planner.domain.calculation import LEVELS, LOST_TARGETS, RESULT_COLUMNS, cells, load_erlangs
from staffing.blocking import agents_for_blocking, agents_for_occupancy
from staffing.erlang import (
    Demand,
    abandoned_within,
    erlang_b,
    measures,
    service_level,
    service_level_excluding_short,
)
from staffing.least import Limits, least_agents
from staffing.payroll import rostered_exactly

SHORT_ABANDON_S = 5.0
WAITING_TARGETS = (*(share for share, _ in LEVELS), "max_abandonment", "max_occupancy", "max_asa_s")
MEASURES = tuple(column.name for column in RESULT_COLUMNS[3:])
MOST_POINTS = 160  # of a curve


def calculation(situations: pd.DataFrame) -> pd.DataFrame:
    """CALCULATION: the rows of SITUATIONS as they are, in their order, with the results behind them.

    Patience may be infinite (never leaves). Rows are taken as checked.

    >>> asked = {"model": ["erlang-c"], "offered_per_h": 200.0, "aht_s": 180.0, "answer_within_s": 20.0}
    >>> found = calculation(pd.DataFrame({**asked, "target_service_level": 0.8, "planned_shrinkage": 0.3}))
    >>> found[["agents_on_contact", "binding"]].to_numpy().tolist(), found["service_level"].round(6).tolist()
    ([[14.0, 'target_service_level']], [0.88835])
    """
    rows = situations.reset_index(drop=True)
    lost = (rows["model"] == "erlang-b").to_numpy(dtype=bool)
    found = pd.concat([_with_waiting(rows[~lost]), _without_waiting(rows[lost])]).sort_index()
    found["agents_rostered"] = rostered_exactly(
        found["agents_on_contact"],
        planned=_or(rows, "planned_shrinkage", usual=0.0),
        unplanned=_or(rows, "unplanned_shrinkage", usual=0.0),
    )
    nobody = (found["agents_on_contact"] == 0) & (rows["offered_per_h"] == 0)
    numbers = found[list(MEASURES)].where(np.isfinite(found[list(MEASURES)])).mask(nobody)
    results = found.assign(**{name: numbers[name] for name in MEASURES})
    return pd.concat([rows, results[[column.name for column in RESULT_COLUMNS]]], axis=1)


def curve(situation: pd.DataFrame) -> pd.DataFrame:
    """CALCULATION of one situation at agents around its own, one row an agent count, its own among them.

    `binding` is blank in all of them, for the agents are given.
    """
    own = int(calculation(situation)["agents_on_contact"].iloc[0])
    reach = math.ceil(1.5 * math.sqrt(own)) + 3
    step = max(1, 2 * reach // MOST_POINTS)
    far = np.arange(max(own - reach, 1), own + reach + 1, step)
    counts = np.union1d(far, [n for n in range(own - 3, own + 4) if n > 0])
    return calculation(situation.loc[situation.index.repeat(len(counts))].assign(agents=counts.astype(float)))


def _with_waiting(rows: pd.DataFrame) -> pd.DataFrame:
    """Agents, binding target and measures of Erlang C, Erlang A and chat."""
    demand, short_s = _demand(rows), _or(rows, "short_abandon_s", usual=SHORT_ABANDON_S)
    agents, binding = _given_or_least(rows, _needs_with_waiting(rows), WAITING_TARGETS)
    steady, levels = measures(demand, agents=agents), _levels(rows, demand, agents)
    within = _or(rows, "answer_within_s", usual=0.0)
    counted = service_level_excluding_short(demand, agents=agents, within_s=within, short_abandon_s=short_s)
    return pd.DataFrame(
        {
            "agents_on_contact": agents,
            "binding": binding,
            "p_wait": steady.p_wait,
            "p_abandon": steady.p_abandon,
            "p_abandon_short": abandoned_within(demand, agents=agents, within_s=short_s),
            "service_level": levels[0],
            "service_level_excluding_short": np.where(np.isnan(levels[0]), np.nan, counted),
            "mean_wait_s": steady.mean_wait_s,
            "asa_s": steady.asa_s,
            "occupancy": steady.occupancy,
            "blocking": 0.0,
            "service_level_2": levels[1],
        },
        index=rows.index,
    )


def _without_waiting(rows: pd.DataFrame) -> pd.DataFrame:
    """Agents, binding target and measures of Erlang B: answered at once or lost, nobody waits or leaves."""
    load = load_erlangs(rows)
    agents, binding = _given_or_least(rows, _needs_without_waiting(rows), LOST_TARGETS)
    blocked = erlang_b(load, agents=agents)
    levels = [np.where(np.isnan(cells(rows, seconds)), np.nan, 1 - blocked) for _, seconds in LEVELS]
    waits = np.where(agents > 0, 0.0, np.nan)
    busy = np.divide(load * (1 - blocked), agents, out=np.zeros_like(load), where=agents > 0)
    return pd.DataFrame(
        {
            "agents_on_contact": agents,
            "binding": binding,
            "p_wait": 0.0,
            "p_abandon": 0.0,
            "p_abandon_short": 0.0,
            "service_level": levels[0],
            "service_level_excluding_short": levels[0],
            "mean_wait_s": 0.0,
            "asa_s": waits,
            "occupancy": busy,
            "blocking": blocked,
            "service_level_2": levels[1],
        },
        index=rows.index,
    )


def _given_or_least(
    rows: pd.DataFrame, needs: np.ndarray, targets: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """The agents given, else the most that any target needs, and then the name of the first such target."""
    given = cells(rows, "agents")
    most = np.where(np.isnan(needs), -1.0, needs).max(axis=1, initial=-1.0)
    place = (needs == most[:, None]).argmax(axis=1)
    first = np.take(np.array(targets, dtype=object), place)
    decided = np.isnan(given) & (most > 0)
    binding = pd.Series(first, dtype="str").where(decided).to_numpy()
    return np.where(np.isnan(given), np.maximum(most, 0.0), given), binding


def _needs_with_waiting(rows: pd.DataFrame) -> np.ndarray:
    """The agents each target alone needs, row x target; NaN where there is none or agents are given."""
    needs = np.full((len(rows), len(WAITING_TARGETS)), np.nan)
    asked = np.isnan(cells(rows, "agents"))
    if asked.any():
        demand = _demand(rows[asked])
        needs[asked] = least_agents(demand, _limits(rows[asked], demand)).needs
    return needs


def _needs_without_waiting(rows: pd.DataFrame) -> np.ndarray:
    """The same for Erlang B: a service level there is the share that is not blocked."""
    load, given = load_erlangs(rows), ~np.isnan(cells(rows, "agents"))
    allowed = [1 - cells(rows, share) for share, _ in LEVELS] + [cells(rows, "max_blocking")]
    first, second, most = (agents_for_blocking(load, most=np.where(given, np.nan, each)) for each in allowed)
    busy = agents_for_occupancy(load, most=np.where(given, np.nan, cells(rows, "max_occupancy")))
    return np.stack([first, second, busy, most], axis=1)


def _demand(rows: pd.DataFrame) -> Demand:
    """The demand of each row as its model reads it: Erlang C has no patience, only chat has concurrency."""
    chat, endless = (rows["model"] == name for name in ("chat", "erlang-c"))
    patience = np.where(endless, np.inf, _or(rows, "patience_s", usual=np.inf))
    slots = np.where(chat, _or(rows, "concurrency", usual=1.0), 1.0)
    slow_down = np.where(chat, _or(rows, "slowdown", usual=0.0), 0.0)
    return Demand(load_erlangs(rows), cells(rows, "aht_s"), patience, slots, slow_down)


def _limits(rows: pd.DataFrame, demand: Demand) -> Limits:
    """The targets of each row; where nobody leaves, abandonment is none."""
    assert demand.patience_s is not None
    return Limits(
        tuple((cells(rows, share), cells(rows, seconds)) for share, seconds in LEVELS),
        np.where(np.isinf(demand.patience_s), np.nan, cells(rows, "max_abandonment")),
        cells(rows, "max_occupancy"),
        cells(rows, "max_asa_s"),
    )


def _levels(rows: pd.DataFrame, demand: Demand, agents: np.ndarray) -> list[np.ndarray]:
    """Both service levels, NaN where no seconds are given."""
    found = []
    for _, seconds in LEVELS:
        level = service_level(demand, agents=agents, within_s=_or(rows, seconds, usual=0.0))
        found.append(np.where(np.isnan(cells(rows, seconds)), np.nan, level))
    return found


def _or(rows: pd.DataFrame, name: str, *, usual: float) -> np.ndarray:
    given = cells(rows, name)
    return np.where(np.isnan(given), usual, given)
