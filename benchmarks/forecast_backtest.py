"""The whole forecast as of past days on real series, by hand: python -m benchmarks.forecast_backtest [DAYS]

WAPE, bias and cover at every level, beside seasonal naive and the hindsight floor. The series are those of
benchmarks/forecast.py, at the same origins; without them there is nothing to run.
"""

from __future__ import annotations

import sys
import time
from datetime import date

import pandas as pd

from benchmarks.forecast import DATA, Series, bank, kitchener
from forecasting.forecast import ForecastSettings
from forecasting.rolling import rolling_backtest

HEAD = "| series | level | forecast | seasonal naive | floor | bias | cover 80 | cover 95 | n |"
PER_CENT = ["wape", "bias", "cover80", "cover95"]


def table(series: Series, days: int) -> pd.DataFrame:
    """BACKTEST of a series, all days ahead together."""
    origins = [date.fromisoformat(text) for text in series.origins]
    found = rolling_backtest(
        series.volume, series.centre, origins=origins, days=days, seed=1, settings=ForecastSettings()
    )
    return found[found["bucket"] == "all"]


def lines(series: Series, found: pd.DataFrame) -> list[str]:
    """A line of Markdown per level, figures in % but for the number of cells."""
    result = []
    for level, rows in found.groupby("level", sort=False):
        of = rows.set_index("model")
        ours = 100 * of.loc["forecast", PER_CENT].astype(float)
        others = 100 * of.loc[["seasonal_naive", "hindsight"], "wape"]
        cells = [f"{value:.1f}" for value in (ours["wape"], *others, *ours[["bias", "cover80", "cover95"]])]
        result.append(f"| {series.name} | {level} | {' | '.join(cells)} | {of.loc['forecast', 'n']} |")
    return result


def main() -> int:
    """Print one table for both series; 0 also when there is no data, with the reason said."""
    if not DATA.is_dir():
        print(f"skipped: no {DATA.parent.name}/{DATA.name} with the real series beside the project")
        return 0
    days, began = int(sys.argv[1]) if len(sys.argv) > 1 else 28, time.process_time()
    print(HEAD, "|---" * HEAD.count("| ") + "|", sep="\n")
    for series in (bank(), kitchener()):
        print("\n".join(lines(series, table(series, days))))
    print(f"\n{days} days ahead, {time.process_time() - began:.0f} CPU s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
