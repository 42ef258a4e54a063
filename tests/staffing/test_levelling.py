"""The taut string stays between its curves, and no other curve between them has a smaller peak."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from staffing.levelling import taut_string

STEPS = st.lists(st.tuples(st.floats(0.1, 5), st.floats(0, 9), st.floats(0, 3)), min_size=1, max_size=12)


def curves(steps: list[tuple[float, float, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times, work due and work arrived: due trails arrivals by what each step leaves for later."""
    length, work, slack = np.array(steps).T
    arrived = np.cumsum(work)
    due = np.maximum.accumulate(np.maximum(arrived - slack * work.mean(), 0))
    return np.cumsum(length), due, arrived


@given(STEPS)
@settings(max_examples=150, deadline=None)
def test_between_the_curves_and_rising(steps: list[tuple[float, float, float]]) -> None:
    time, due, arrived = curves(steps)
    level = taut_string(time, due=due, arrived=arrived)
    assert (level >= due - 1e-9).all()
    assert (level <= arrived + 1e-9).all()
    assert (np.diff(level, prepend=0.0) >= -1e-9).all()
    assert abs(level[-1] - (due[-1] + arrived[-1]) / 2) < 1e-9


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_no_curve_has_a_smaller_peak(steps: list[tuple[float, float, float]]) -> None:
    """Against a linear programme: the least peak rate with the same end."""
    time, due, arrived = curves(steps)
    level = taut_string(time, due=due, arrived=arrived)
    length = np.diff(time, prepend=0.0)
    peak = (np.diff(level, prepend=0.0) / length).max()
    n = len(time)
    sums = np.hstack([np.tril(np.ones((n, n))), np.zeros((n, 1))])
    rates = np.hstack([np.eye(n), -length[:, None]])
    end = sums[-1:]
    best = linprog(
        [0.0] * n + [1.0], A_ub=np.vstack([sums, -sums, rates]), b_ub=np.concatenate([arrived, -due, np.zeros(n)]) + 1e-9,
        A_eq=end, b_eq=[level[-1]],
    )  # fmt: skip
    assert best.status == 0
    assert peak <= best.fun + 1e-6
