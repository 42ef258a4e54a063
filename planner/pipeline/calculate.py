"""SITUATIONS -> CALCULATION: the calculator's one arrow, for a table of situations and for a single one."""

from __future__ import annotations

import pandas as pd

from planner.domain.calculation import RESULT_COLUMNS, SITUATIONS
from staffing import calculator


def calculate(situations: pd.DataFrame, *, answerable: pd.Series | None = None) -> pd.DataFrame:
    """The results alone, one row each and in order; blank where `answerable` says that a row is not."""
    sound = situations if answerable is None else situations[answerable.to_numpy(dtype=bool)]
    names = [column.name for column in RESULT_COLUMNS]
    return calculator.calculation(sound)[names].set_axis(sound.index).reindex(situations.index)


def around(situation: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """One situation's CALCULATION, and a row for each agent count around it.

    InputError says what the situation lacks; patience is blank where nobody leaves.
    """
    sound = SITUATIONS.check(situation)
    return calculator.calculation(sound).iloc[0], calculator.curve(sound)
