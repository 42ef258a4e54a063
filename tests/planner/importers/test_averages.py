"""An average times its contacts is a sum; blank stays blank and a wrong cell stays as written."""

import numpy as np
import pandas as pd

from planner.importers.averages import sum_s


def test_averages_become_sums_in_seconds() -> None:
    sums = sum_s(pd.Series(["300000", "1500"]), pd.Series(["10", "3"]), per_second=1000)
    assert sums.tolist() == [3000, 4.5]
    assert sum_s(pd.Series([127]), pd.Series([103])).tolist() == [13081]


def test_blank_is_unknown_and_what_is_no_number_is_left_for_the_check() -> None:
    sums = sum_s(pd.Series(["", "5 min", "60"]), pd.Series(["2", "2", ""]))
    assert np.isnan(sums[0])
    assert sums[1] == "5 min"
    assert np.isnan(sums[2])
