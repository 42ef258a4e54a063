"""CPU seconds, wall time and peak memory of a forecast of many queues, by hand.

    python -m benchmarks.forecast_scale [--queues 200] [--workers 2] [--backend loky] [--profile]

Draws 3 years of half-hours per queue (200 queues: 10.5 million points) and forecasts 90 days with 8
origins and 500 paths. CPU seconds are those of this process and of every process it started; memory is
the largest sum of their own resident pages, with the shared ones of the largest, seen five times a
second; the table of volume itself is in it. Drawing the volume is not counted.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
import psutil

from forecasting.forecast import Forecast, ForecastSettings, forecast
from planner.domain.centre import CHANNEL_KINDS, Centre, Handling, Queue, QueueKey, Site, Target
from planner.domain.tables import VOLUME
from planner.domain.timegrid import OpeningHours, around_the_clock, intervals

FIRST, CUTOFF, DAYS = date(2023, 9, 30), date(2026, 9, 30), 90
SETTINGS = {"paths": 500, "origins": 8}
ZONES = {
    "LIS": ("PT", "Europe/Lisbon"), "SVQ": ("ES", "Europe/Madrid"), "KRK": ("PL", "Europe/Warsaw"),
    "ATH": ("GR", "Europe/Athens"), "BUH": ("RO", "Europe/Bucharest"), "BOG": ("CO", "America/Bogota"),
    "MNL": ("PH", "Asia/Manila"), "CAI": ("EG", "Africa/Cairo"), "DUB": ("IE", "Europe/Dublin"),
    "YUL": ("CA", "America/Toronto"),
}  # fmt: skip
LANGUAGES = {"en": ("GB", "US"), "de": ("DE", "AT"), "fr": ("FR",), "es": ("ES",), "it": ("IT",)}
CHANNELS = ("voice", "chat", "messaging", "email")
LARGEST, SMALLEST = 9000.0, 15.0  # contacts of a usual day
CURVE = ((0, 0.15), (6, 0.3), (8, 1.2), (10.5, 2.4), (13, 1.8), (15, 2.1), (18, 1.4), (21, 0.7), (24, 0.15))
EVERY_S = 0.2  # how often memory is looked at


def drawn(count: int, *, seed: int = 1) -> tuple[Centre, pd.DataFrame]:
    """A centre of `count` queues and its VOLUME: every half-hour has a row, closed ones hold 0."""
    keys = [QueueKey(s, lang, c) for c in CHANNELS for lang in LANGUAGES for s in ZONES][:count]
    rng = np.random.default_rng(seed)
    queues = {key: _queue(key, closes=bool(n % 3)) for n, key in enumerate(keys)}
    sites = {s: Site(s, s, land, zone, around_the_clock(zone)) for s, (land, zone) in ZONES.items()}
    sizes = np.geomspace(SMALLEST, LARGEST, count)[rng.permutation(count)]
    parts = [_drawn(queue, size, rng) for queue, size in zip(queues.values(), sizes)]
    return Centre("scale", 30, sites, queues, {}, ()), _volume(keys, parts)


def _queue(key: QueueKey, *, closes: bool) -> Queue:
    zone = ZONES[key.site][1]
    spans = dict.fromkeys(range(5), ((420, 1260),)) | {5: ((540, 1080),)}
    hours = OpeningHours(zone, spans, closed=frozenset({"12-25", "01-01"})) if closes else None
    customers = LANGUAGES[key.language]
    kind = CHANNEL_KINDS[key.channel]
    return Queue(key, kind, hours or around_the_clock(zone), Target(), Handling(300.0), customers)


def _drawn(queue: Queue, size: float, rng: np.random.Generator) -> pd.DataFrame:
    """One queue: growth x year x wandering level x weekday x day x curve of the day, gamma-Poisson."""
    count = (CUTOFF - FIRST).days
    starts = intervals(FIRST, count, zone=queue.hours.zone, interval_min=30)
    local = starts.tz_convert(queue.hours.zone).tz_localize(None)
    row = (local.normalize() - pd.Timestamp(FIRST)).days.to_numpy()
    days = np.arange(count)
    weekday = np.exp(rng.normal(0, 0.08, 7) + np.array([0.25, 0.12, 0.06, 0.02, 0, -0.6, -0.9]))
    log_day = rng.normal(0.06, 0.12) * days / 365.25
    log_day = log_day + rng.uniform(0, 0.25) * np.cos(2 * np.pi * (days - rng.uniform(0, 365)) / 365.25)
    log_day += np.cumsum(rng.normal(0, 0.008, count)) + rng.normal(0, 0.06, count)
    of_day = size * np.exp(log_day) * weekday[local[np.searchsorted(row, days)].day_of_week]
    hour = local.hour.to_numpy() + local.minute.to_numpy() / 60
    curve = np.interp(hour, *zip(*CURVE)) / (48 * 1.16)
    is_open = queue.hours.is_open(starts) if queue.kind != "deferred" else np.ones(len(starts), bool)
    mean = of_day[row] * curve * is_open
    offered = rng.poisson(mean * rng.gamma(25, 1 / 25, len(mean)))
    answered = rng.binomial(offered, 0.95)
    handle_s = answered * 300.0 * np.exp(rng.normal(0, 0.1, len(mean)))
    return pd.DataFrame(
        {"interval_start": starts, "offered": offered, "answered": answered, "handle_s": handle_s}
    )


def _volume(keys: list[QueueKey], parts: list[pd.DataFrame]) -> pd.DataFrame:
    lengths = [len(part) for part in parts]
    frame = pd.concat(parts, ignore_index=True).assign(interval_min=30)
    for name in QueueKey._fields:
        frame[name] = pd.Series([getattr(key, name) for key in keys], dtype="str").repeat(lengths).array
    names = VOLUME.present(frame)
    return frame[names].astype({name: VOLUME.column(name).dtype for name in names})


@dataclass
class Spent:
    """What a piece of work took: CPU seconds of all processes, wall seconds, most memory in GB."""

    cpu_s: float = 0.0
    wall_s: float = 0.0
    memory_gb: float = 0.0
    seen_s: dict[int, float] = field(default_factory=dict)

    def look(self, this: psutil.Process) -> None:
        """Note the CPU time so far and the memory now of a process and all below it."""
        own, shared = 0, 0
        for process in (this, *this.children(recursive=True)):
            try:
                times, memory = process.cpu_times(), process.memory_info()
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
            own, shared = own + memory.rss - memory.shared, max(shared, memory.shared)
            self.seen_s[process.pid] = times.user + times.system
        self.memory_gb = max(self.memory_gb, (own + shared) / 1e9)


@contextmanager
def measured() -> Iterator[Spent]:
    """Watches this process and its children while the block runs."""
    spent, this, done = Spent(), psutil.Process(), threading.Event()
    spent.look(this)
    before, began = dict(spent.seen_s), time.monotonic()

    def watch() -> None:
        while not done.wait(EVERY_S):
            spent.look(this)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    yield spent
    done.set()
    watcher.join()
    spent.look(this)
    spent.wall_s = time.monotonic() - began
    spent.cpu_s = sum(spent.seen_s.values()) - sum(before.values())


def made(centre: Centre, volume: pd.DataFrame, settings: ForecastSettings) -> Forecast:
    """The forecast that is measured."""
    return forecast(volume, centre, first_day=CUTOFF, days=DAYS, seed=1, settings=settings)


def main() -> int:
    """Print one line; with --profile also where the time went (use one worker)."""
    options = _options()
    centre, volume = drawn(options.queues)
    settings = ForecastSettings(**SETTINGS, workers=options.workers, backend=options.backend)
    size_gb = volume.memory_usage(deep=True).sum() / 1e9
    print(f"{len(centre.queues)} queues, {len(volume):,} points, {size_gb:.2f} GB")
    profile = cProfile.Profile()
    if options.profile:
        profile.enable()
    with measured() as spent:
        result = made(centre, volume, settings)
    profile.disable()
    print(
        f"{options.workers} workers, {options.backend}: {spent.cpu_s:.1f} CPU s, {spent.wall_s:.1f} s, "
        f"{spent.memory_gb:.2f} GB at most; {len(result.intervals):,} intervals and {len(result.paths):,} "
        f"path days of {len(result.days['site'].unique())} sites"
    )
    if options.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--queues", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--backend", default="loky")
    parser.add_argument("--profile", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
