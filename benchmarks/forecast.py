"""Accuracy of the forecast on real series against seasonal naive, by hand: python benchmarks/forecast.py

Origins and figures to beat are those of the measurements the method was built on. The series lie beside
the project in ../shared/data and are not part of it; without them there is nothing to run.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from forecasting.accuracy import cover, wape
from forecasting.forecast import Forecast, ForecastSettings, forecast
from planner.domain.centre import Centre, Handling, Queue, QueueKey, Site, Target
from planner.domain.timegrid import OpeningHours, around_the_clock

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
BANK_CLOSED = ("2003-04-04", "2003-04-07", "2003-05-26", "2003-07-04", "2003-09-01", "2003-10-14")
BANK_ORIGINS = (
    "2003-06-04", "2003-06-18", "2003-07-02", "2003-07-17", "2003-07-31",
    "2003-08-14", "2003-08-28", "2003-09-12", "2003-09-26",
)  # fmt: skip
KITCHENER_ORIGINS = (
    "2021-02-20", "2021-06-14", "2021-10-06", "2022-01-29",
    "2022-05-23", "2022-09-15", "2023-01-07", "2023-05-02",
)  # fmt: skip


@dataclass(frozen=True)
class Series:
    """A real series as a centre of one queue, with the figures measured before (WAPE in %)."""

    name: str
    centre: Centre
    volume: pd.DataFrame
    origins: tuple[str, ...]
    horizons: dict[int, float]
    counts_open_days: bool


def bank() -> Series:
    """Half-hours of a North American bank, weekdays 07:00-21:00, six days closed."""
    raw = pd.read_parquet(DATA / "na_bank_30min.parquet")
    hours = OpeningHours(
        "America/New_York", dict.fromkeys(range(5), ((420, 1260),)), closed=frozenset(BANK_CLOSED)
    )
    volume = _volume(raw["ds"].dt.tz_localize("America/New_York"), raw["y"], interval_min=30)
    return Series("na_bank", _centre("US", None, hours, 30), volume, BANK_ORIGINS, {5: 5.65, 20: 5.29}, True)


def kitchener() -> Series:
    """Days of a city's contact centre in Ontario, open around the clock; 18 days are absent, 5 blank."""
    raw = pd.read_csv(DATA / "kitchener_daily.csv", parse_dates=["date"]).dropna(subset=["calls_presented"])
    hours = around_the_clock("America/Toronto")
    volume = _volume(raw["date"].dt.tz_localize("America/Toronto"), raw["calls_presented"], interval_min=1440)
    centre = _centre("CA", "ON", hours, 1440)
    return Series("kitchener", centre, volume, KITCHENER_ORIGINS, {28: 13.06, 90: 12.69}, False)


def _volume(starts: pd.Series, offered: pd.Series, *, interval_min: int) -> pd.DataFrame:
    frame = pd.DataFrame({"interval_start": starts.dt.tz_convert("UTC").dt.as_unit("us"), "offered": offered})
    return frame.assign(site="A", language="en", channel="voice", interval_min=interval_min)


def _centre(country: str, subdivision: str | None, hours: OpeningHours, interval_min: int) -> Centre:
    key = QueueKey("A", "en", "voice")
    site = Site("A", "A", country, hours.zone, hours, subdivision=subdivision)
    queue = Queue(key, "immediate", hours, Target(), Handling(180.0, 180.0))
    return Centre("benchmark", interval_min, {"A": site}, {key: queue}, {}, ())


def actuals(series: Series, first: date, last: date) -> pd.DataFrame:
    """What came from `first` to `last` (local days): local start, local day, contacts."""
    zone = next(iter(series.centre.queues.values())).hours.zone
    local = series.volume["interval_start"].dt.tz_convert(zone).dt.tz_localize(None)
    frame = pd.DataFrame(
        {"local": local, "day": local.dt.normalize(), "y": series.volume["offered"].astype(float)}
    )
    return frame[(frame["day"] >= pd.Timestamp(first)) & (frame["day"] <= pd.Timestamp(last))]


def last_day(series: Series, first: date, horizon: int) -> date:
    """The last day of a horizon that counts open days, or all days."""
    if not series.counts_open_days:
        return first + timedelta(days=horizon - 1)
    open_days = actuals(series, first, date.max.replace(year=2200))["day"].unique()
    return pd.Timestamp(open_days[horizon - 1]).date()


def naive(series: Series, came: pd.DataFrame, first: date) -> np.ndarray:
    """The same interval of the last known same weekday before `first`, for each row of `came`."""
    before = actuals(series, date(1990, 1, 1), first - timedelta(days=1))
    clock = before["local"] - before["day"]
    last = (
        before.assign(weekday=before["day"].dt.day_of_week, clock=clock)
        .groupby(["weekday", "clock"])["y"]
        .last()
    )
    wanted = pd.MultiIndex.from_arrays([came["day"].dt.day_of_week, came["local"] - came["day"]])
    return last.reindex(wanted).to_numpy()


def score(series: Series, horizon: int, *, origins: int) -> dict[str, float]:
    """WAPE of ours and of seasonal naive, and cover of the 80 % intervals, over all origins."""
    rows, days, totals = [], [], []
    for text in series.origins:
        first = date.fromisoformat(text)
        last = last_day(series, first, horizon)
        result = forecast(
            series.volume, series.centre, first_day=first, days=(last - first).days + 1, seed=1,
            settings=ForecastSettings(origins=origins),
        )  # fmt: skip
        came = actuals(series, first, last)
        rows.append(_joined(result, series, came).assign(naive=naive(series, came, first)))
        days.append(_days(result, came))
        totals.append((came["y"].sum(), *result.days.query("level == 'total'")[["p10", "p90"]].iloc[0]))
    cells, per_day, total = pd.concat(rows), pd.concat(days), np.array(totals)
    return {
        "ours": 100 * wape(cells["y"].to_numpy(), cells["offered"].to_numpy()),
        "naive": 100 * wape(cells["y"].to_numpy(), cells["naive"].to_numpy()),
        "cover_interval": cover(*(cells[c].to_numpy() for c in ("y", "p10", "p90"))),
        "cover_day": cover(*(per_day[c].to_numpy() for c in ("y", "p10", "p90"))),
        "cover_total": cover(total[:, 0], total[:, 1], total[:, 2]),
    }


def _joined(result: Forecast, series: Series, came: pd.DataFrame) -> pd.DataFrame:
    zone = next(iter(series.centre.queues.values())).hours.zone
    ours = result.intervals.assign(
        local=result.intervals["interval_start"].dt.tz_convert(zone).dt.tz_localize(None)
    )
    return came.merge(ours[["local", "offered", "p10", "p90"]], on="local", how="left", validate="one_to_one")


def _days(result: Forecast, came: pd.DataFrame) -> pd.DataFrame:
    ours = result.days.query("level == 'day'")
    return (
        came.groupby("day", as_index=False)["y"].sum().merge(ours[["day", "offered", "p10", "p90"]], on="day")
    )


def main() -> int:
    """Print a line per series and horizon; 0 also when there is no data, with the reason said."""
    if not DATA.is_dir():
        print(f"skipped: no {DATA.parent.name}/{DATA.name} with the real series beside the project")
        return 0
    print(
        f"{'series':10} {'days':>4} {'ours':>6} {'sketch':>6} {'naive':>6}   "
        "80 % cover: interval, day, total   CPU s"
    )
    for series in (bank(), kitchener()):
        for horizon, sketch in series.horizons.items():
            began = time.process_time()
            found = score(series, horizon, origins=int(sys.argv[1]) if len(sys.argv) > 1 else 8)
            covers = ", ".join(f"{found[f'cover_{level}']:.2f}" for level in ("interval", "day", "total"))
            spent = time.process_time() - began
            print(
                f"{series.name:10} {horizon:4} {found['ours']:6.2f} {sketch:6.2f} {found['naive']:6.2f}   "
                f"{covers:>32} {spent:7.1f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
