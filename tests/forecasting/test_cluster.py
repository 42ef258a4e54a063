"""The same forecast wherever it is worked out: in this process, in others, on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pandas as pd
import pytest
from distributed import Client, LocalCluster

from forecasting.forecast import Forecast, ForecastSettings, forecast
from tests.forecasting import planted

FIRST, CUTOFF = date(2024, 9, 2), date(2026, 9, 28)
LISBON = planted.hours("Europe/Lisbon")
VOICE = planted.queue("LIS", "pt", "voice", when=LISBON, customers=("PT",))
NEW = planted.queue("OPO", "pt", "voice", when=LISBON, customers=("PT",))  # follows its line
EMAIL = planted.queue("LIS", "pt", "email", when=LISBON, customers=("PT",))
CENTRE = planted.centre([VOICE, NEW, EMAIL])
SETTINGS = ForecastSettings(paths=60, origins=3, paths_by="interval")


@pytest.fixture(scope="module")
def volume() -> pd.DataFrame:
    days = pd.date_range(FIRST, CUTOFF, inclusive="left")
    parts = [
        planted.volume(q, first, planted.day_means(days[days >= pd.Timestamp(first)]), seed=seed)
        for seed, (q, first) in enumerate([(VOICE, FIRST), (NEW, date(2026, 7, 1)), (EMAIL, FIRST)])
    ]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Client]:
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local,
        Client(local) as client,
    ):
        yield client


def made(volume: pd.DataFrame, backend: str, workers: int) -> Forecast:
    settings = replace(SETTINGS, backend=backend, workers=workers)
    return forecast(volume, CENTRE, first_day=CUTOFF, days=28, seed=7, settings=settings)


def test_a_dask_cluster_gives_the_same_tables_bit_for_bit(volume: pd.DataFrame, cluster: Client) -> None:
    alone, processes, spread = (
        made(volume, backend, workers) for backend, workers in (("loky", 1), ("loky", 2), ("dask", 2))
    )
    assert len(cluster.scheduler_info()["workers"]) == 2
    assert len(alone.intervals["site"].unique()) == 2
    for other in (processes, spread):
        for name in (field.name for field in fields(Forecast)):
            ours, theirs = getattr(alone, name), getattr(other, name)
            if isinstance(ours, pd.DataFrame):
                pd.testing.assert_frame_equal(ours, theirs, check_exact=True)
            elif name == "drawn":
                assert [(d.key, d.contacts.tobytes()) for d in ours] == [
                    (d.key, d.contacts.tobytes()) for d in theirs
                ]
            else:
                assert ours == theirs
