"""Our forecast beside other programs on the same real series, by hand.

    python -m benchmarks.forecast_peers --peers-python PATH [--series na_bank] [--peers prophet mstl]

PATH is the interpreter of an environment that holds the peers (docs/forecast-peers.md says how it is
made); a program that is not in it is named as not installed. Origins and horizons are those of
`benchmarks.forecast`. Everybody is given what came before an origin and the moments that are scored; the
longest horizon is forecast, the shorter one is its beginning. CPU seconds are of one origin.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.forecast import DATA, Series, actuals, bank, kitchener, last_day, naive
from forecasting.accuracy import bias, cover, wape
from forecasting.forecast import Forecast, ForecastSettings, forecast

MODELS = Path(__file__).with_name("forecast_peer_models.py")
PEERS = {"prophet": "prophet", "auto_ets": "statsforecast", "mstl": "statsforecast", "lightgbm": "mlforecast"}
LEVELS = ("interval", "day", "total")
PATHS, ORIGINS = 500, 8


@dataclass(frozen=True)
class Run:
    """Forecasts of one program: rows by origin, level (interval, day, total) and start; CPU s an origin.

    A total's row is that of the days from the first up to and including its own.
    """

    name: str
    rows: pd.DataFrame
    cpu_s: float


def came(series: Series, origin: str, horizon: int) -> pd.DataFrame:
    """What came in a horizon: local start, local day, contacts."""
    first = date.fromisoformat(origin)
    return actuals(series, first, last_day(series, first, horizon))


def ours(series: Series) -> Run:
    """This project, as `benchmarks.forecast` runs it."""
    found, began = [], time.process_time()
    for origin in series.origins:
        first = date.fromisoformat(origin)
        days = (last_day(series, first, max(series.horizons)) - first).days + 1
        settings = ForecastSettings(PATHS, ORIGINS)
        made = forecast(series.volume, series.centre, first_day=first, days=days, seed=1, settings=settings)
        found.append(_rows_of(made, series, came(series, origin, max(series.horizons))).assign(origin=origin))
    return Run("planner", pd.concat(found), (time.process_time() - began) / len(series.origins))


def _rows_of(made: Forecast, series: Series, asked: pd.DataFrame) -> pd.DataFrame:
    zone = next(iter(series.centre.queues.values())).hours.zone
    starts = made.intervals["interval_start"].dt.tz_convert(zone).dt.tz_localize(None)
    cells = made.intervals.assign(ds=starts, level="interval")
    drawn = made.paths.pivot(index="day", columns="path", values="offered")
    expected = made.days[made.days["level"] == "day"].set_index("day")["offered"]
    days = pd.Index(asked["day"].unique())
    drawn, expected = drawn.loc[days], expected.loc[days]
    parts = [cells[["level", "ds", "offered", "p10", "p90"]].rename(columns={"offered": "mean"})]
    for level, paths, mean in (("day", drawn, expected), ("total", drawn.cumsum(), expected.cumsum())):
        low, high = np.quantile(paths, [0.1, 0.9], axis=1)
        parts.append(
            pd.DataFrame({"level": level, "ds": days, "mean": mean.to_numpy(), "p10": low, "p90": high})
        )
    return pd.concat(parts)


def seasonal_naive(series: Series) -> Run:
    """The same interval of the last known same weekday."""
    found, began = [], time.process_time()
    for origin in series.origins:
        asked = came(series, origin, max(series.horizons))
        mean = naive(series, asked, date.fromisoformat(origin))
        found.append(
            pd.DataFrame({"origin": origin, "level": "interval", "ds": asked["local"], "mean": mean})
        )
    rows = pd.concat(found).assign(p10=np.nan, p90=np.nan)
    return Run("seasonal_naive", rows, (time.process_time() - began) / len(series.origins))


def peers(series: Series, names: list[str], python: str) -> Iterator[Run]:
    """Each program in turn, in its own interpreter."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _write_task(series, folder)
        for name in names:
            answer = subprocess.run(
                [python, MODELS, folder, name], check=False, capture_output=True, text=True, cwd=folder
            )
            if answer.returncode:
                print(f"{name} failed:\n{answer.stderr[-1500:]}")
                continue
            rows = pd.read_csv(folder / f"{name}.csv", parse_dates=["ds"])
            yield Run(name, rows, float(rows.groupby("origin")["cpu_s"].first().mean()))


def _write_task(series: Series, folder: Path) -> None:
    """What came before each origin and the moments asked for: nothing later is in the folder."""
    whole = actuals(series, date(1990, 1, 1), date(2200, 1, 1))
    site = next(iter(series.centre.sites.values()))
    task = {
        "origins": series.origins, "per_day": int(whole.groupby("day").size().max()),
        "days_a_week": int(whole["day"].dt.day_of_week.nunique()),
        "country": site.country, "subdivision": site.subdivision,
    }  # fmt: skip
    (folder / "task.json").write_text(json.dumps(task))
    for origin in series.origins:
        past = actuals(series, date(1990, 1, 1), date.fromisoformat(origin) - timedelta(days=1))
        past.rename(columns={"local": "ds"})[["ds", "y"]].to_csv(folder / f"past-{origin}.csv", index=False)
        asked = came(series, origin, max(series.horizons))
        asked.rename(columns={"local": "ds"})[["ds"]].to_csv(folder / f"ahead-{origin}.csv", index=False)


def scored(run: Run, series: Series, horizon: int) -> dict[str, float]:
    """WAPE and bias of the intervals in %, and cover of the 80 % intervals by level (NaN: it gives none)."""
    parts: dict[str, list[pd.DataFrame]] = {level: [] for level in LEVELS}
    for origin in series.origins:
        asked = came(series, origin, horizon)
        own = run.rows[run.rows["origin"] == origin]
        by_day = asked.groupby("day", as_index=False)["y"].sum().rename(columns={"day": "ds"})
        actual = {
            "interval": asked.rename(columns={"local": "ds"})[["ds", "y"]],
            "day": by_day,
            "total": by_day.assign(y=by_day["y"].cumsum())[-1:],
        }
        for level in LEVELS:
            here = own[own["level"] == level]
            parts[level].append(actual[level].merge(here[["ds", "mean", "p10", "p90"]], on="ds", how="left"))
    joined = {level: pd.concat(frames) for level, frames in parts.items()}
    y, mean = joined["interval"]["y"].to_numpy(), joined["interval"]["mean"].to_numpy()
    return {
        "wape": 100 * wape(y, mean),
        "bias": 100 * bias(y, mean),
        **{
            f"cover_{level}": cover(*(frame[name].to_numpy() for name in ("y", "p10", "p90")))
            for level, frame in joined.items()
        },
    }


def installed(python: str) -> list[str]:
    """The peers whose package is in that environment; of the others it is said that they are not."""
    names = []
    for name, package in PEERS.items():
        look = f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{package}') is None)"
        if subprocess.run([python, "-c", look], check=False).returncode == 0:
            names.append(name)
        else:
            print(f"{name}: peer not installed")
    return names


def report(run: Run, series: Series) -> None:
    """A row of the table per horizon."""
    for horizon in series.horizons:
        found = scored(run, series, horizon)
        covers = " | ".join(
            "–" if np.isnan(found[f"cover_{level}"]) else f"{100 * found[f'cover_{level}']:.0f}"
            for level in LEVELS
        )
        print(
            f"| {series.name} | {horizon} | {run.name} | {found['wape']:.2f} | {found['bias']:+.2f} "
            f"| {covers} | {run.cpu_s:.2f} |",
            flush=True,
        )


def main() -> int:
    """Print a table; 0 also when there is no data, with the reason said."""
    options = _options()
    if not DATA.is_dir():
        print(f"skipped: no {DATA.parent.name}/{DATA.name} with the real series beside the project")
        return 0
    names = [name for name in installed(options.peers_python) if name in options.peers]
    print("| series | days | program | WAPE % | bias % | 80 % cover: interval | day | total | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for series in (bank(), kitchener()):
        if series.name in options.series:
            for run in (ours(series), seasonal_naive(series)):
                report(run, series)
            for run in peers(series, names, options.peers_python):
                report(run, series)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peers-python", required=True, help="interpreter that has the peers")
    parser.add_argument("--series", nargs="+", default=["na_bank", "kitchener"])
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
