"""Prices of agents, whole and in part, against a linear programme over what a cell can choose."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from staffing.scheduling.bound import mixes_of
from staffing.scheduling.cells import Bends, Held, bends_of, least_owed
from staffing.scheduling.mixing import Mixed, reprice
from staffing.scheduling.price import penalties
from staffing.scheduling.problem import Demand, Problem
from tests.staffing.scheduling.planted import centre_of, planted
from tests.staffing.scheduling.solving import case

PRICES = np.array([20.0, 40.0, 2.0, 6.0, 30.0])
MOST = 12  # agents tried
SHARES = [np.array([1.0, 0.5]), np.array([1.0, 2 / 3]), np.array([1.0, 1 / 3, 2 / 3])]


def cells(shares: np.ndarray, seed: int) -> tuple[Problem, Bends, np.ndarray]:
    """A few cells of random need, floor and cover (agents, and how many of them in part)."""
    rng = np.random.default_rng(seed)
    need = rng.choice([0.0, 0.4, 1.0, 2.5, 3.7, 6.0], (2, 5))
    floor = np.where(rng.random((2, 5)) < 0.3, 1.0, 0.0)
    demand = Demand(need, 0.1 * need, 0.25 * need, floor, PRICES, np.full(6, np.inf))
    known = case(planted(1, 3, centre=centre_of())).problem
    problem = known._replace(demand=demand, shifts=known.shifts._replace(shares=shares))
    parts = rng.uniform(0, 1.5, (2, 5))
    return problem, bends_of(problem), np.stack([rng.uniform(0, 7, (2, 5)) + parts, parts])


def choices(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """What a cell may choose: agents in all and agents in part, choice by choice; spare parts count whole."""
    mixes = mixes_of(problem.shifts.shares)
    whole = np.arange(MOST)[:, None]
    return (whole + mixes.agents).ravel(), (0 * whole + mixes.parts[:, 1:].sum(axis=1)).ravel()


def owed_in(problem: Problem, at: tuple[int, int]) -> np.ndarray:
    """The penalty of each choice in a cell, by the array form of the price."""
    demand, cover = problem.demand, choices(problem)[0]
    one = {name: getattr(demand, name)[at] for name in ("need", "tier_under", "tier_over", "floor")}
    return penalties(demand._replace(**one), cover)


@pytest.mark.parametrize("shares", SHARES)
def test_a_mean_of_agents_and_parts_costs_what_a_linear_programme_says(shares: np.ndarray) -> None:
    for seed in range(4):
        problem, bends, offered = cells(shares, seed)
        agents, parts = choices(problem)
        total = 0.0
        for at in np.ndindex(2, 5):
            rows = np.stack([agents, np.ones_like(agents)])
            mean = [offered[0][at], 1.0]
            # Parts beyond those chosen are there for nothing, counted with the agents.
            found = linprog(owed_in(problem, at), A_ub=[parts], b_ub=[offered[1][at]], A_eq=rows, b_eq=mean)
            total += found.fun
        free = Held(np.zeros((2, 2, 5)), np.full((2, 5), 1e9))
        assert least_owed(bends, free, offered) == pytest.approx(total, abs=0.3)
        assert least_owed(bends, free, offered) <= total + 1e-6


@pytest.mark.parametrize("shares", [*SHARES, np.ones(1)])
def test_prices_are_those_at_which_what_is_chosen_differs_from_what_is_offered_as_they_moved(
    shares: np.ndarray,
) -> None:
    """The price of a cell is the best of all prices: worth of choosing at it, less the square of the way."""
    problem, bends, offered = cells(shares, 7)
    kinds = min(len(shares), 2)
    held = Held(np.stack([np.full((2, 5), 4.0), np.full((2, 5), 0.5)])[:kinds], np.full((2, 5), 3.0))
    room = np.zeros((kinds, 1, 5), np.float32)
    price = np.zeros((len(shares), 2, 5))
    mixed = Mixed(
        room[:, None], np.zeros(1), offered[:kinds], price, held, room, np.zeros((5, 2), int), room[0]
    )
    reprice(problem, bends, mixed)
    agents, parts = choices(problem)
    for at in np.ndindex(2, 5):
        owed, extra = owed_in(problem, at), price[-1][at] - shares[-1] * price[0][at]

        def value(whole: float, part: float, at: tuple[int, ...] = at, owed: np.ndarray = owed) -> float:
            chosen = (owed + whole * agents + part * parts).min()
            away = (whole - 4.0) ** 2 + ((part - 0.5) ** 2 if kinds > 1 else 0.0)
            given = whole * offered[0][at] + (part * offered[1][at] if kinds > 1 else 0.0)
            return float(chosen - given - away / 6.0)

        here = value(price[0][at], extra if kinds > 1 else 0.0)
        wholes, extras = np.linspace(-6, 70, 381), np.linspace(0, 15, 76) if kinds > 1 else [0.0]
        assert here >= max(value(whole, part) for whole in wholes for part in extras) - 0.02
