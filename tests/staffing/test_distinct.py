"""Equal rows are asked once and answered alike; no row is mistaken for another."""

import numpy as np

from staffing.distinct import BLOCK, answer_distinct


def summed(rows: np.ndarray) -> np.ndarray:
    return np.nansum(rows, axis=1)


def test_as_if_each_row_was_asked() -> None:
    rng = np.random.default_rng(3)
    columns = [
        rng.choice([0.0, 1.5, np.nan, np.inf], 400),
        rng.integers(0, 5, 400).astype(float),
        np.full(400, 7.0),
    ]
    assert answer_distinct(columns, summed).tolist() == summed(np.array(columns).T).tolist()


def test_equal_rows_are_asked_once() -> None:
    asked: list[int] = []

    def counted(rows: np.ndarray) -> np.ndarray:
        asked.append(len(rows))
        return summed(rows)

    answer_distinct([np.tile([1.0, 2.0, np.nan], 50), np.zeros(150)], counted)
    answer_distinct([np.ones(150), np.full(150, np.nan)], counted)
    answer_distinct([np.arange(150.0)], counted)
    assert asked == [3, 1, 150]


def test_many_rows_are_asked_in_blocks() -> None:
    values = np.arange(3.0 * BLOCK // 2)
    asked: list[int] = []

    def counted(rows: np.ndarray) -> np.ndarray:
        asked.append(len(rows))
        return summed(rows)

    assert (answer_distinct([values, 1.0], counted) == values + 1).all()
    assert asked == [BLOCK, BLOCK // 2]


def test_columns_broadcast_together() -> None:
    assert answer_distinct([[[1.0], [2.0]], [10.0, 20.0]], summed).tolist() == [11, 21, 12, 22]


def test_no_rows() -> None:
    assert answer_distinct([np.empty(0), np.empty(0)], summed).shape == (0,)
