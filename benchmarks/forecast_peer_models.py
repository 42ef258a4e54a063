"""One other forecasting program on one series, in an interpreter of its own.

    python benchmarks/forecast_peer_models.py FOLDER NAME

Started by `benchmarks.forecast_peers`; imports nothing of planner. FOLDER holds task.json and, for each
origin, what came before it and the moments asked for; what is found goes to FOLDER/NAME.csv. How each
program was set up is argued in docs/forecast-peers.md.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import holidays
import numpy as np
import pandas as pd

PATHS, SEED = 500, 1
SHARE_WEEKS = 8  # same weekdays whose mean shares make the profile where a program forecasts days
TENTHS = [0.1, 0.9]


@dataclass(frozen=True)
class Task:
    """A series before an origin (`ds` on its own clock, `y`), the moments asked for, and its calendar."""

    past: pd.DataFrame
    ahead: pd.Series
    per_day: int
    days_a_week: int
    country: str
    subdivision: str | None

    @property
    def week(self) -> int:
        """Intervals a week."""
        return self.per_day * self.days_a_week

    @property
    def first(self) -> pd.Timestamp:
        """The origin's first moment."""
        return pd.Timestamp(self.ahead.iloc[0])

    def holiday_names(self) -> pd.Series:
        """Names of the public holidays of past and horizon by day."""
        years = range(self.past["ds"].iloc[0].year, self.ahead.iloc[-1].year + 2)
        known = holidays.country_holidays(self.country, subdiv=self.subdivision, years=years)
        return pd.Series(known).rename(pd.Timestamp).sort_index()

    def grid(self) -> pd.DataFrame:
        """Every interval of every weekday that is worked, past and ahead; gaps take last week's value.

        `ds` and `y` (NaN ahead), in order: programs that count in steps need steps without holes.
        """
        whole = pd.concat([self.past["ds"], self.ahead])
        clock = np.unique(whole - whole.dt.normalize())
        days = pd.date_range(whole.iloc[0].normalize(), whole.iloc[-1].normalize())
        days = days[days.day_of_week.isin(whole.dt.day_of_week.unique())]
        grid = pd.DataFrame({"ds": (days.to_numpy()[:, None] + clock).ravel()})
        grid = grid.merge(self.past, on="ds", how="left")
        before = (grid["ds"] < self.first).to_numpy()
        grid.loc[before, "y"] = _filled(grid.loc[before, "y"], self.week)
        return grid


def _filled(values: pd.Series, week: int) -> pd.Series:
    for _ in range(4):
        values = values.fillna(values.shift(week))
    return values.fillna(values.shift(-week)).fillna(values.median())


def rows(
    level: str, starts: pd.Series, mean: np.ndarray, *, tenths: np.ndarray | None = None
) -> pd.DataFrame:
    """Rows of one level: start, mean, and the 10 and 90 % quantiles (n x 2) where there are any."""
    low, high = (np.nan, np.nan) if tenths is None else np.maximum(tenths, 0).T
    return pd.DataFrame(
        {"level": level, "ds": starts.to_numpy(), "mean": np.maximum(mean, 0), "p10": low, "p90": high}
    )


def asked(task: Task, grid: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The forecast of the moments asked for, from one of every step ahead."""
    steps = grid.loc[grid["y"].isna(), "ds"].reset_index(drop=True)
    return found.assign(ds=steps).set_index("ds").loc[task.ahead].reset_index()


def prophet(task: Task) -> pd.DataFrame:
    """Seasons of day, week and (its own rule) year; the holidays with the days beside them.

    Half-hours multiply and days add: of both ways the one that did better here.
    """
    from prophet import Prophet

    names = task.holiday_names()
    feasts = pd.DataFrame(
        {"ds": names.index, "holiday": names.to_numpy(), "lower_window": -1, "upper_window": 1}
    )
    mode = "multiplicative" if task.per_day > 1 else "additive"
    model = Prophet(seasonality_mode=mode, holidays=feasts, interval_width=0.8, uncertainty_samples=PATHS)
    np.random.seed(SEED)
    model.fit(task.past)
    future = pd.DataFrame({"ds": task.ahead.to_numpy()})
    mean = model.predict(future)["yhat"].to_numpy()
    drawn = np.maximum(model.predictive_samples(future)["yhat"], 0)
    return _of_paths(task, mean, drawn)


def _of_paths(task: Task, mean: np.ndarray, drawn: np.ndarray) -> pd.DataFrame:
    """All three levels from sample paths (intervals x paths), and first `n` days' totals for every n."""
    day = task.ahead.dt.normalize()
    by_day = pd.DataFrame(drawn).groupby(day.to_numpy()).sum()
    expected = pd.Series(np.maximum(mean, 0)).groupby(day.to_numpy()).sum()
    days = pd.Series(by_day.index)
    totals = np.quantile(by_day.cumsum(), TENTHS, axis=1).T
    return pd.concat(
        [
            rows("interval", task.ahead, mean, tenths=np.quantile(drawn, TENTHS, axis=1).T),
            rows("day", days, expected.to_numpy(), tenths=np.quantile(by_day, TENTHS, axis=1).T),
            rows("total", days, expected.cumsum().to_numpy(), tenths=totals),
        ]
    )


def auto_ets(task: Task) -> pd.DataFrame:
    """AutoETS of day totals with a season of a week; intervals by the mean shares of the last same weekdays.

    On half-hours it drops the season: it takes none above 24 steps.
    """
    from statsforecast.models import AutoETS

    grid = task.grid()
    day = grid["ds"].dt.normalize()
    totals = grid.groupby(day)["y"].sum(min_count=1)
    ahead = totals[totals.isna()].index
    found = AutoETS(season_length=task.days_a_week).forecast(
        totals.dropna().to_numpy(), h=len(ahead), level=[80]
    )
    tenths = pd.DataFrame({"mean": found["mean"], "p10": found["lo-80"], "p90": found["hi-80"]}, index=ahead)
    wanted = tenths.loc[task.ahead.dt.normalize().unique()]
    days = rows(
        "day", pd.Series(wanted.index), wanted["mean"].to_numpy(), tenths=wanted[["p10", "p90"]].to_numpy()
    )
    shares = _shares(grid[grid["y"].notna()], task)
    keys = pd.MultiIndex.from_arrays([task.ahead.dt.day_of_week, task.ahead - task.ahead.dt.normalize()])
    share, of_day = shares.loc[keys].to_numpy(), tenths.loc[task.ahead.dt.normalize()]
    if task.per_day == 1:
        own = of_day[["p10", "p90"]].to_numpy()
        return pd.concat([days, rows("interval", task.ahead, of_day["mean"].to_numpy(), tenths=own)])
    return pd.concat([days, rows("interval", task.ahead, of_day["mean"].to_numpy() * share)])


def _shares(past: pd.DataFrame, task: Task) -> pd.Series:
    """Mean share of its day that each interval had on the last same weekdays, by weekday and clock."""
    last = past[past["ds"] >= task.first - pd.Timedelta(weeks=SHARE_WEEKS)]
    keys = [last["ds"].dt.day_of_week, last["ds"] - last["ds"].dt.normalize()]
    by_cell = last["y"].groupby([key.rename(None) for key in keys]).sum()
    return by_cell / by_cell.groupby(level=0).transform("sum")


def mstl(task: Task) -> pd.DataFrame:
    """MSTL with seasons of day and week (of days: week and, from two years on, year); trend by AutoETS."""
    from statsforecast.models import MSTL, AutoETS

    grid = task.grid()
    past = grid["y"].dropna().to_numpy()
    year = round(365.25 / 7 * task.days_a_week)
    seasons = [task.per_day, task.week] if task.per_day > 1 else [task.week]
    if task.per_day == 1 and len(past) > 2 * year:
        seasons.append(year)
    model = MSTL(season_length=seasons, trend_forecaster=AutoETS(model="ZZN"))
    found = model.forecast(past, h=len(grid) - len(past), level=[80])
    wanted = asked(task, grid, pd.DataFrame({name: found[name] for name in ("mean", "lo-80", "hi-80")}))
    tenths = wanted[["lo-80", "hi-80"]].to_numpy()
    cells = rows("interval", task.ahead, wanted["mean"].to_numpy(), tenths=tenths)
    return cells if task.per_day > 1 else pd.concat([cells, cells.assign(level="day")])


def lightgbm(task: Task) -> pd.DataFrame:
    """LightGBM step by step: lags and means of weeks past, calendar, holidays; conformal intervals."""
    import lightgbm as lgb
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import RollingMean, SeasonalRollingMean
    from mlforecast.utils import PredictionIntervals

    grid = task.grid()
    table = pd.concat([grid, _calendar(grid["ds"], task)], axis=1)
    table = table.assign(unique_id="A", ds=np.arange(len(table)))
    past, ahead = table[table["y"].notna()], table[table["y"].isna()].drop(columns="y")
    weeks = [1, 2, 3, 4, 5] if task.per_day > 1 else [1, 2, 3, 4, 8, 52]
    week = SeasonalRollingMean(season_length=task.week, window_size=4)
    model = MLForecast(
        models={"lgb": lgb.LGBMRegressor(
            n_estimators=500, learning_rate=0.03, num_leaves=31, min_child_samples=20, subsample=0.8,
            subsample_freq=1, colsample_bytree=0.8, n_jobs=1, random_state=SEED, verbosity=-1,
        )},
        freq=1,
        lags=sorted({task.per_day, *(task.week * n for n in weeks)}),
        lag_transforms={1: [RollingMean(task.week), RollingMean(4 * task.week)], task.week: [week]},
    )  # fmt: skip
    windows = min(5, (len(past) - task.week * (weeks[-1] + 12)) // len(ahead))
    if windows >= 2:
        model.fit(
            past,
            static_features=[],
            prediction_intervals=PredictionIntervals(n_windows=windows, h=len(ahead)),
        )
        found = model.predict(h=len(ahead), X_df=ahead, level=[80])
        tenths = ["lgb-lo-80", "lgb-hi-80"]
    else:
        model.fit(past, static_features=[])
        found, tenths = model.predict(h=len(ahead), X_df=ahead), []
    wanted = asked(task, grid, found.drop(columns="ds"))
    bounds = wanted[tenths].to_numpy() if tenths else None
    cells = rows("interval", task.ahead, wanted["lgb"].to_numpy(), tenths=bounds)
    return cells if task.per_day > 1 else pd.concat([cells, cells.assign(level="day")])


def _calendar(ds: pd.Series, task: Task) -> pd.DataFrame:
    """What the clock and the calendar say of each step."""
    day = ds.dt.normalize()
    feasts = task.holiday_names().index
    near = {f"holiday{k:+d}": day.isin(feasts + pd.Timedelta(days=k)).astype(int) for k in (-1, 0, 1)}
    codes = {name: code for code, name in enumerate(sorted(set(task.holiday_names())))}
    which = day.map(task.holiday_names()).map(codes).fillna(-1)
    return pd.DataFrame(
        {
            "clock": ds.dt.hour * 60 + ds.dt.minute, "weekday": ds.dt.day_of_week, "day": ds.dt.day,
            "to_month_end": ds.dt.days_in_month - ds.dt.day, "day_of_year": ds.dt.day_of_year,
            "week": ds.dt.isocalendar().week.astype(int), "which": which, **near,
        }
    )  # fmt: skip


PROGRAMS: dict[str, Callable[[Task], pd.DataFrame]] = {
    "prophet": prophet, "auto_ets": auto_ets, "mstl": mstl, "lightgbm": lightgbm,
}  # fmt: skip


def spent_s() -> float:
    """CPU seconds of this process and of those it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main(folder: Path, name: str) -> int:
    """Forecast every origin, and say per origin what it took."""
    told: dict[str, Any] = json.loads((folder / "task.json").read_text())
    found = []
    for origin in told.pop("origins"):
        past = pd.read_csv(folder / f"past-{origin}.csv", parse_dates=["ds"])
        ahead = pd.read_csv(folder / f"ahead-{origin}.csv", parse_dates=["ds"])["ds"]
        began = spent_s()
        made = PROGRAMS[name](Task(past, ahead, **told))
        found.append(made.assign(origin=origin, cpu_s=spent_s() - began))
    pd.concat(found).to_csv(folder / f"{name}.csv", index=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
