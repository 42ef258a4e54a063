"""Equal rows are answered once: plans repeat themselves, by far most of their rows are doubles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

Answer = Callable[[np.ndarray], np.ndarray]


def answer_distinct(columns: Sequence[np.ndarray], answer: Answer) -> np.ndarray:
    """`answer` of the rows made of these columns of one length, asked only once of equal rows.

    `answer` takes rows (row, column) as floats and gives an array whose first axis is the row.

    >>> answer_distinct([np.array([2.0, 3.0, 2.0])], lambda rows: rows[:, 0] ** 2).tolist()
    [4.0, 9.0, 4.0]
    """
    cells = pd.DataFrame(dict(enumerate(columns)))
    varying = [i for i in cells if not _constant(cells[i].to_numpy())]
    if not varying:
        return np.repeat(answer(_floats(cells[:1])), len(cells), axis=0)[: len(cells)]
    if any(cells[i].is_unique for i in varying):
        return answer(_floats(cells))
    which = cells.groupby(varying, sort=False, dropna=False).ngroup().to_numpy()
    return answer(_floats(cells[~cells.duplicated(varying)]))[which]


def _floats(cells: pd.DataFrame) -> np.ndarray:
    return np.ascontiguousarray(cells.to_numpy(dtype=float))


def _constant(values: np.ndarray) -> bool:
    return not len(values) or bool((values == values[0]).all() or np.isnan(values).all())
