"""What forecasts missed by, summed: from cells to the BACKTEST table. Knows no model.

Counts and errors are added up first and divided last, so that scores of several origins or queues are
those of all their cells together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.forecast_tables import AHEAD, BACKTEST
from planner.domain.keys import QUEUE

WEEK = 7
STARTS = (0, 7, 28)  # days ahead at which week 1, weeks 2-4 and later begin
BANDS = ("p025", "p10", "p50", "p90", "p975")  # of our forecast, looked at in the scores
PINBALL = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
ENOUGH = 0.75  # of what was expected of a day, week or horizon must have a known outcome
OURS, NAIVE, HINDSIGHT = "forecast", "seasonal_naive", "hindsight"
SUMS = ("n", "actual", "error", "abs_error", "rivalled", "rival", "banded", "loss", "in80", "in95")


@dataclass(frozen=True)
class Cells:
    """Intervals, days, weeks or the total of one queue from one origin, side by side.

    `ahead` (cells,) is the day ahead on which each begins, `actual` (cells,) what came, NaN where unknown,
    `said` (cells,) by model, NaN where it had no word, `bands` (5 x cells) the quantiles of our forecast.
    """

    level: str
    ahead: np.ndarray
    actual: np.ndarray
    said: Mapping[str, np.ndarray]
    bands: np.ndarray


@dataclass(frozen=True)
class Outcome:
    """One queue forecast from one origin, and what came, by day ahead and local slot.

    `actual` (days x slots) is NaN where unknown or closed; `said` alike by model; `bands` (5 x days x
    slots) are quantiles of our intervals; `paths` (days x paths) the contacts of our days.
    """

    actual: np.ndarray
    said: Mapping[str, np.ndarray]
    bands: np.ndarray
    paths: np.ndarray

    @cached_property
    def known(self) -> np.ndarray:
        """Open intervals whose contacts are known (days x slots)."""
        return ~np.isnan(self.actual)

    @cached_property
    def expected(self) -> np.ndarray:
        """Contacts we expected of each day (days,), just above 0 where it was none."""
        result: np.ndarray = self.said[OURS].sum(axis=1) + 1e-9
        return result

    @cached_property
    def share_known(self) -> np.ndarray:
        """Share of the contacts we expected of each day that lies in known intervals (days,)."""
        whole = self.known.any(axis=1) * 1e-9
        return (np.where(self.known, self.said[OURS], 0).sum(axis=1) + whole) / self.expected

    def cells(self) -> Iterator[Cells]:
        """Known intervals, days, weeks of 7 days from the origin and the whole horizon."""
        row, slot = np.nonzero(self.known)
        said = {model: values[row, slot] for model, values in self.said.items()}
        yield Cells("interval", row, self.actual[row, slot], said, self.bands[:, row, slot])
        days = len(self.actual)
        yield self._runs("day", np.arange(days), length=1)
        yield self._runs("week", np.arange(0, days - WEEK + 1, WEEK), length=WEEK)
        yield self._runs("total", np.zeros(1, int), length=days)

    def _runs(self, level: str, firsts: np.ndarray, *, length: int) -> Cells:
        """Sums over runs of days; of a run with gaps the known part is compared, if it is most of it."""
        usable = self.share_known >= ENOUGH
        days = firsts[:, None] + np.arange(length)
        share = (self.expected * usable)[days].sum(axis=1) / self.expected[days].sum(axis=1)
        counts = usable[days].any(axis=1) & (share >= ENOUGH)
        known = self.known & usable[:, None]
        said = {model: _known_sums(values, known, days) for model, values in self.said.items()}
        drawn = (self.paths * (self.share_known * usable)[:, None])[days].sum(axis=1)
        bands = np.quantile(drawn, [float(f"0.{name[1:]}") for name in BANDS], axis=1)
        actual = np.where(counts, _known_sums(self.actual, known, days), np.nan)
        return Cells(level, firsts, actual, said, bands)


def _known_sums(values: np.ndarray, known: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Sums of the known intervals of runs of days (runs,); NaN where one of them is NaN."""
    result: np.ndarray = np.where(known, values, 0).sum(axis=1)[days].sum(axis=1)
    return result


def missed(outcome: Outcome) -> pd.DataFrame:
    """Sums over the cells of one queue and origin: one row per model, level and bucket of days ahead."""
    rows = [
        {"model": model, "level": cells.level, "bucket": bucket, **_sums(cells, model, here)}
        for cells in outcome.cells()
        for bucket, here in _buckets(cells)
        for model in cells.said
    ]
    found = pd.DataFrame(rows)
    return found[found["n"] > 0]


def _buckets(cells: Cells) -> Iterator[tuple[str, np.ndarray]]:
    """The cells of each bucket of days ahead; a total belongs to all of them."""
    bucket = np.digitize(cells.ahead, STARTS[1:])
    if cells.level != "total":
        for b in np.unique(bucket):
            yield AHEAD[b], bucket == b
    yield AHEAD[-1], np.ones(len(bucket), bool)


def _sums(cells: Cells, model: str, here: np.ndarray) -> dict[str, float]:
    here = here & ~np.isnan(cells.actual) & ~np.isnan(cells.said[model])
    actual, error = cells.actual[here], (cells.said[model] - cells.actual)[here]
    rival = np.abs(cells.said[NAIVE] - cells.actual)[here]
    bands = cells.bands[:, here] if model == OURS else np.full((len(BANDS), here.sum()), np.nan)
    quantile = dict(zip(BANDS, bands))
    return {
        "n": here.sum(),
        "actual": actual.sum(),
        "error": error.sum(),
        "abs_error": np.abs(error).sum(),
        "rivalled": np.abs(error)[~np.isnan(rival)].sum(),
        "rival": np.nansum(rival),
        "banded": (~np.isnan(bands).any(axis=0)).sum(),
        "loss": np.nansum(_losses(actual, quantile)),
        "in80": ((actual >= quantile["p10"]) & (actual <= quantile["p90"])).sum(),
        "in95": ((actual >= quantile["p025"]) & (actual <= quantile["p975"])).sum(),
    }


def _losses(actual: np.ndarray, quantile: Mapping[str, np.ndarray]) -> np.ndarray:
    """Pinball loss of each cell, the mean of its quantiles'."""
    misses = [(share, actual - quantile[name]) for name, share in PINBALL.items()]
    losses: np.ndarray = np.mean([np.maximum(q * miss, (q - 1) * miss) for q, miss in misses], axis=0)
    return losses


def scores(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """BACKTEST from the sums of queues and origins (`missed` with the queue's key and `origin`).

    Several queues also have their sum, as site, language and channel "all".
    """
    found = pd.concat(list(parts), ignore_index=True)
    if len(found[list(QUEUE)].drop_duplicates()) > 1:
        found = pd.concat([found, found.assign(**dict.fromkeys(QUEUE, "all"))], ignore_index=True)
    by = found.groupby(list(BACKTEST.grain), sort=False, observed=True)
    total = by[list(SUMS)].sum()
    total["origins"] = by["origin"].nunique()
    return _ratios(total.reset_index())


def _ratios(total: pd.DataFrame) -> pd.DataFrame:
    actual, n = total["actual"].where(total["actual"] > 0), total["banded"].where(total["banded"] > 0)
    found = total.assign(
        wape=total["abs_error"] / actual,
        bias=total["error"] / actual,
        mase=total["rivalled"] / total["rival"].where(total["rival"] > 0),
        pinball=total["loss"] / n,
        cover80=total["in80"] / n,
        cover95=total["in95"] / n,
    )
    names = [column.name for column in BACKTEST.columns]
    return found[names].astype({name: BACKTEST.column(name).dtype for name in names})
