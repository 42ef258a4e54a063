"""Equal rows are answered once: plans repeat themselves, by far most of their rows are doubles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

Answer = Callable[[np.ndarray], np.ndarray]

BLOCK = 65_536  # rows asked at once: what they need besides the answers stays small


def answer_distinct(columns: Sequence[ArrayLike], answer: Answer) -> np.ndarray:
    """`answer` of the rows made of these columns, broadcast together and flattened; equal rows asked once.

    `answer` takes rows (row, column) as floats, a block at a time, and gives an array whose first axis is
    the row.

    >>> answer_distinct([[2.0, 3.0, 2.0], 10.0], lambda rows: rows[:, 0] * rows[:, 1]).tolist()
    [20.0, 30.0, 20.0]
    """
    together = np.broadcast_arrays(*columns)
    size = together[0].size
    fixed = np.array([cell.flat[0] if size else np.nan for cell in together], dtype=float)
    varying = {i: cell.ravel() for i, cell in enumerate(together) if not _constant(cell)}
    if not varying:
        return np.repeat(answer(fixed[None, :]), size, axis=0)
    cells = pd.DataFrame(varying, copy=False)
    if any(cells[i].is_unique for i in varying):
        return _in_blocks(cells, fixed, answer)
    which = cells.groupby(list(varying), sort=False, dropna=False).ngroup()
    return _in_blocks(cells[~which.duplicated()], fixed, answer)[which.to_numpy()]


def _in_blocks(cells: pd.DataFrame, fixed: np.ndarray, answer: Answer) -> np.ndarray:
    """The answers of rows that differ from the fixed one in some columns."""
    found = []
    for start in range(0, len(cells), BLOCK):
        block = cells.iloc[start : start + BLOCK]
        rows = np.tile(fixed, (len(block), 1))
        rows[:, block.columns.to_numpy()] = block.to_numpy()
        found.append(answer(rows))
    return np.concatenate(found)


def _constant(cell: np.ndarray) -> bool:
    if not any(cell.strides) or not cell.size:
        return True
    return bool((cell == cell.flat[0]).all() or np.isnan(cell).all())
