"""`planner forecast` and `planner backtest` on plain files: every interval has its row, on the file's clock."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.cli import main

QUANTILES = ["p025", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p975"]
HOURS = pd.date_range("2025-12-01", "2026-03-08 23:00", freq="h")

pytestmark = pytest.mark.xdist_group("forecast")  # its forecasts are made once


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen weeks of hours, Monday to Friday 9 to 17, in day-first dates and a decimal mess of order."""
    clock = HOURS[(HOURS.hour >= 9) & (HOURS.hour < 17) & (HOURS.day_of_week < 5)]
    rate = 30 + 20 * np.sin((clock.hour - 9) / 8 * np.pi) + 5 * (clock.day_of_week == 0)
    frame = pd.DataFrame({"When": clock, "Calls": np.random.default_rng(1).poisson(rate)})
    frame["When"] = frame["When"].dt.strftime("%d/%m/%Y %H:%M")
    path = tmp_path_factory.mktemp("plain") / "calls.csv"
    frame.sample(frac=1, random_state=1).to_csv(path, index=False, sep=";")
    return path


@pytest.fixture(scope="module")
def forecast(history: Path) -> pd.DataFrame:
    out, paths = history.with_name("f.csv"), history.with_name("p.parquet")
    levels = [word for level in ("day", "week", "total") for word in ("--level", level)]
    call = ["forecast", str(history), "--horizon", "2w", "--cutoff", "2026-02-18", "--out", str(out)]
    assert main([*call, *levels, "--paths", str(paths)]) == 0
    return pd.read_csv(out, parse_dates=["interval_start"])


def level(forecast: pd.DataFrame, name: str) -> pd.DataFrame:
    return forecast[forecast["level"] == name].reset_index(drop=True)


def test_every_hour_of_the_window_has_a_row_and_closed_ones_are_zero(forecast: pd.DataFrame) -> None:
    rows = level(forecast, "interval")
    days = pd.date_range("2026-02-18", periods=14)
    wanted = [day + pd.Timedelta(hours=hour) for day in days for hour in range(9, 17)]
    assert list(rows["interval_start"]) == wanted
    weekend = rows["interval_start"].dt.day_of_week >= 5
    assert (rows.loc[weekend, ["offered", *QUANTILES]] == 0).all().all()
    assert (rows.loc[~weekend, "offered"] > 10).all()


def test_quantiles_are_in_order_and_around_the_mean(forecast: pd.DataFrame) -> None:
    assert (np.diff(forecast[QUANTILES].to_numpy(), axis=1) >= 0).all()
    assert forecast["offered"].between(forecast["p025"], forecast["p975"]).all()


def test_sums_are_the_sums_of_their_parts(forecast: pd.DataFrame) -> None:
    rows, days, weeks = (level(forecast, name) for name in ("interval", "day", "week"))
    by_day = rows.groupby(rows["interval_start"].dt.normalize())["offered"].sum()
    assert np.allclose(days["offered"], by_day, atol=0.01)
    starts = ["2026-02-18", "2026-02-23", "2026-03-02"]
    assert [str(day.date()) for day in weeks["interval_start"]] == starts
    total = level(forecast, "total")
    assert np.isclose(total["offered"][0], weeks["offered"].sum(), atol=0.05)


def test_paths_have_the_rows_and_the_mean_of_the_forecast(history: Path, forecast: pd.DataFrame) -> None:
    paths = pd.read_parquet(history.with_name("p.parquet"))
    rows = level(forecast, "interval")
    assert len(paths) == 500 * len(rows)
    by_interval = paths.groupby("interval_start")["offered"]
    assert np.allclose(by_interval.mean().to_numpy(), rows["offered"], rtol=0.1, atol=1)
    assert np.allclose(by_interval.quantile(0.9).to_numpy(), rows["p90"], atol=0.51)
    totals = paths.groupby("path")["offered"].sum()
    assert np.isclose(totals.quantile(0.1), level(forecast, "total")["p10"][0], rtol=0.02)


def test_a_poisoned_future_changes_no_bit(history: Path, tmp_path: Path) -> None:
    rows = history.read_text().splitlines()
    later = [row for row in rows[1:] if row[3:10] in ("02/2026", "03/2026") and row[:6] >= "18/02/"]
    poisoned = [f"{row.split(';')[0]};99999" if row in later or row[3:5] == "03" else row for row in rows]
    path = tmp_path / "calls.csv"
    path.write_text("\n".join([*poisoned, "01/03/2026 03:00;77"]))
    call = ["--horizon", "1w", "--cutoff", "2026-02-18"]
    for name, file in (("a.csv", history), ("b.csv", path)):
        assert main(["forecast", str(file), *call, "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_what_was_recognised_is_said(
    history: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forecast", str(history), "--horizon", "3d", "--out", str(tmp_path / "f.csv")]) == 0
    said = capsys.readouterr().err
    assert "hours; Mon-Fri 09:00-17:00, closed Sat, Sun" in said
    assert "no zone, so times stay on the file's clock" in said
    assert "no --country: public holidays unknown" in said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--country", "XX"], "“XX” is no country"),
        (["--country", "CA", "--subdivision", "XX"], "“XX” is no part of CA"),
        (["--interval", "45min"], "intervals of 45 min cannot be summed"),
        (["--volume-column", "Anrufe"], "there is no column “Anrufe”; found: Calls"),
        (["--cutoff", "2025-12-04"], "the history has 3 days before 2025-12-04"),
        (["--cutoff", "2020-01-01"], "no contacts at all before 2020-01-01"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    history: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    out = tmp_path / "f.csv"
    assert main(["forecast", str(history), "--horizon", "3d", "--out", str(out), *options]) == 1
    assert told in capsys.readouterr().err
    assert not out.exists()


def test_series_keep_their_column_and_clock(tmp_path: Path) -> None:
    days = pd.date_range("2025-12-01", periods=90, tz="UTC").strftime("%Y-%m-%dT%H:%M:%SZ")
    one = pd.DataFrame({"unique_id": "north", "ds": days, "y": 40 + np.arange(90) % 7})
    path, out = tmp_path / "panel.csv", tmp_path / "f.parquet"
    pd.concat([one, one.assign(unique_id="south", y=one["y"] * 2)]).to_csv(path, index=False)
    assert main(["forecast", str(path), "--horizon", "7d", "--workers", "1", "--out", str(out)]) == 0
    made = pd.read_parquet(out)
    assert list(made.columns[:2]) == ["unique_id", "interval_start"]
    assert str(made["interval_start"].dt.tz) == "UTC"
    north, south = (made.loc[made["unique_id"] == name, "offered"].to_numpy() for name in ("north", "south"))
    assert np.allclose(north, one["y"].to_numpy()[83:90], rtol=0.05)
    assert np.allclose(south, 2 * north, rtol=0.05)


def test_a_backtest_names_level_and_model_and_beats_nothing_it_should_not(
    history: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "scores.csv"
    assert main(["backtest", str(history), "--horizon", "7d", "--origins", "2", "--out", str(out)]) == 0
    scores = pd.read_csv(out)
    assert set(scores["level"]) == {"interval", "day", "week", "total"}
    ours = scores[(scores["model"] == "forecast") & (scores["bucket"] == "all")].set_index("level")
    assert list(ours.loc[["interval", "day"], "n"]) == [2 * 5 * 8, 2 * 5]
    noise = np.sqrt(2 / np.pi / 43)  # mean |error| / mean of a Poisson count of 43, the best anybody can do
    assert noise * 0.75 < ours.loc["interval", "wape"] < noise * 1.5
    assert "seasonal_naive" in capsys.readouterr().out


def test_options_of_plain_files_are_refused_beside_a_plan(
    history: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["forecast", str(history), "--plan", "plan.yaml", "--out", str(tmp_path / "f.csv")]
    assert main([*call, "--level", "day", "--country", "CA"]) == 1
    said = capsys.readouterr().err
    assert "no --level; use --days-out" in said
    assert "no --country; use what the plan says" in said
