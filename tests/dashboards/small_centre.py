"""A small invented centre with a plan of it: seeded, obviously synthetic, made in a second.

Three sites, five languages, ten queues; not computed by the planner, so that pages can be tested alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from planner.domain.tables import QUEUE, TABLES, VOLUME
from planner.domain.timegrid import intervals
from planner.store import Store, add_history, publish

TABLE = {table.name: table for table in TABLES}
FIRST_DAY = date(2026, 10, 5)
MADE_AT = datetime(2026, 10, 4, 21, 3, tzinfo=UTC)
FORECAST_DAYS, SCHEDULE_DAYS, HISTORY_WEEKS = 56, 14, 16
ZONES = {"LIS": "Europe/Lisbon", "CAI": "Africa/Cairo", "TYO": "Asia/Tokyo"}
QUEUES = [
    ("LIS", "pt", "voice", 900),
    ("LIS", "pt", "chat", 400),
    ("LIS", "pt", "email", 200),
    ("LIS", "de", "voice", 500),
    ("LIS", "de", "email", 150),
    ("CAI", "ar", "voice", 450),
    ("CAI", "ar", "chat", 250),
    ("CAI", "en", "voice", 700),
    ("TYO", "ja", "voice", 120),
    ("TYO", "ja", "chat", 60),
]
MISSING_80_20 = {("CAI", "ar", "voice"), ("LIS", "de", "voice")}  # planted: these queues miss last week
YAML = """
name: Small invented centre
synthetic: true
interval_min: 30
seed: 7
horizon: {first_day: 2026-10-05, forecast_weeks: 8, schedule_weeks: 2}
sites:
  LIS: {name: Lisbon, country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-20:00"}, cost_per_paid_hour: 17,
        shrinkage: {planned: 0.14, unplanned: 0.08, planned_away: 0.09}}
  CAI: {name: Cairo, country: EG, time_zone: Africa/Cairo, hours: {all: "08:00-20:00"}, cost_per_paid_hour: 8,
        shrinkage: {planned: 0.12, unplanned: 0.10, planned_away: 0.08}}
  TYO: {name: Tokyo, country: JP, time_zone: Asia/Tokyo, hours: {all: "08:00-20:00"}, cost_per_paid_hour: 21,
        shrinkage: {planned: 0.13, unplanned: 0.05, planned_away: 0.09}}
targets:
  voice: {service_levels: [{share: 0.8, within_s: 20}, {share: 0.9, within_s: 60}], max_abandonment: 0.05, max_occupancy: 0.9}
  chat: {service_levels: [{share: 0.8, within_s: 60}], max_abandonment: 0.05}
  email: {deadline: {share: 0.95, within_business_h: 8}}
handling:
  voice: {aht_s: 320, patience_s: 200}
  chat: {aht_s: 520, patience_s: 330, concurrency: 3, slow_down: 0.24, reaction_s: 9}
  email: {aht_s: 330}
queues:
  - {site: LIS, language: pt, channels: [voice, chat, email]}
  - {site: LIS, language: de, channels: [voice, email]}
  - {site: CAI, language: ar, channels: [voice, chat]}
  - {site: CAI, language: en, channels: [voice]}
  - {site: TYO, language: ja, channels: [voice, chat]}
contracts:
  full: {weekly_hours: 40, days_per_week: 5, shift_h: [8]}
shift_patterns:
  - {name: full 8 h, paid_h: 8}
events:
  - {name: Black Friday <week>, kind: campaign, first_day: 2026-11-23, last_day: 2026-11-27}
  - {name: Mid-season sale, kind: campaign, first_day: 2026-10-15, last_day: 2026-10-18, languages: [pt, de]}
"""


def queue_frame() -> pd.DataFrame:
    """Site, language, channel and contacts of a mean day."""
    return pd.DataFrame(QUEUES, columns=[*QUEUE, "daily"])


def open_intervals(site: str, first_day: date, days: int) -> pd.DataFrame:
    """Every half-hour from 08:00 to 20:00 of the site's clock: interval_start, day, share of the day."""
    starts = intervals(first_day, days, zone=ZONES[site], interval_min=30)
    local = starts.tz_convert(ZONES[site])
    frame = pd.DataFrame(
        {"interval_start": starts, "day": local.tz_localize(None).normalize(), "hour": local.hour}
    )
    frame = frame[frame["hour"].between(8, 19)]
    shape = 1 + 0.5 * np.sin((frame["hour"] - 8) / 12 * np.pi)
    weekend = np.where(frame["day"].dt.day_of_week >= 5, 0.6, 1.0)
    season = np.where(frame["day"] >= pd.Timestamp("2026-11-23"), 1.9, 1.0)
    return frame.assign(share=shape / 33 * weekend * season)


def queue_intervals(first_day: date, days: int) -> pd.DataFrame:
    """The open half-hours of every queue with the contacts expected in each."""
    grids = {site: open_intervals(site, first_day, days) for site in ZONES}
    parts = [
        grids[q.site].assign(
            site=q.site, language=q.language, channel=q.channel, offered=grids[q.site]["share"] * q.daily
        )
        for q in queue_frame().itertuples()
    ]
    return pd.concat(parts, ignore_index=True).assign(interval_min=30)


def volume(rng: np.random.Generator) -> pd.DataFrame:
    """History: Poisson counts around the expected contacts."""
    first = (pd.Timestamp(FIRST_DAY) - pd.Timedelta(weeks=HISTORY_WEEKS)).date()
    grid = queue_intervals(first, HISTORY_WEEKS * 7)
    offered = rng.poisson(grid["offered"])
    abandoned = rng.binomial(offered, 0.04)
    return grid[[*QUEUE, "interval_start", "interval_min"]].assign(
        offered=offered, answered=offered - abandoned, abandoned=abandoned
    )


def paths(rng: np.random.Generator, count: int = 60) -> pd.DataFrame:
    """FORECAST_PATHS: one level a path, shared by the queues."""
    grid = queue_intervals(FIRST_DAY, FORECAST_DAYS)
    days = grid.groupby([*QUEUE, "day"], as_index=False)["offered"].sum()
    level = pd.DataFrame({"path": np.arange(count), "level": rng.lognormal(-0.005, 0.1, count)})
    crossed = days.merge(level, how="cross")
    noise = rng.lognormal(-0.001, 0.05, len(crossed))
    return crossed.assign(offered=crossed["offered"] * crossed["level"] * noise)[
        [*QUEUE, "day", "path", "offered"]
    ]


def accuracy() -> pd.DataFrame:
    """ACCURACY: two models combined, three buckets; the first model carries every queue."""
    models = pd.DataFrame({
        "model": ["combined", "season_and_growth", "seasonal_naive"], "wape": [0.08, 0.09, 0.14],
        "weight": [np.nan, 0.7, 0.3], "chosen": [True, False, False],
    })  # fmt: skip
    buckets = pd.DataFrame({"bucket": ["week 1", "weeks 2-4", "later"], "more": [0.0, 0.02, 0.05]})
    rows = queue_frame().merge(models, how="cross").merge(buckets, how="cross")
    small = np.where(rows["daily"] < 130, 0.06, 0.0)
    return rows.assign(wape=rows["wape"] + rows["more"] + small, bias=0.011, cover80=0.81, origins=8, n=56)[
        [*QUEUE, "model", "bucket", "origins", "n", "wape", "bias", "cover80", "weight", "chosen"]
    ]


def requirement() -> pd.DataFrame:
    """REQUIREMENT: a square-root rule in place of queueing; 90/60 decides the small intervals."""
    rows = queue_intervals(FIRST_DAY, FORECAST_DAYS)
    aht = rows["channel"].map({"voice": 320.0, "chat": 520.0, "email": 330.0})
    load = rows["offered"] * aht / 1800
    first, second = np.ceil(load + 1.0 * np.sqrt(load)), np.ceil(load + 0.8 * np.sqrt(load) + 0.6)
    written = rows["channel"] == "email"
    contact = np.where(written, load / 0.92, np.maximum(first, second))
    binding = np.where(first >= second, "80 % in 20 s", "90 % in 60 s")
    at_work = contact / (1 - 0.055) / (1 - 0.08)
    rows = one_fewer(rows, breaks=[first == contact, second == contact], written=written)
    return rows.assign(
        aht_s=aht,
        load_erlangs=load,
        agents_on_contact=contact,
        agents_scheduled=at_work,
        agents_rostered=at_work / 0.91,
        binding=np.where(written, "95 % in 8 business hours", binding),
        needs_service_level=np.where(written, np.nan, first),
        needs_service_level_2=np.where(written, np.nan, second),
        needs_abandonment=np.where(written, np.nan, first - 1),
        needs_occupancy=np.where(written, np.nan, load / 0.9),
        service_level=np.where(written, np.nan, 0.83),
        service_level_2=np.where(written, np.nan, 0.91),
        abandonment=np.where(written, np.nan, 0.031),
        occupancy=0.72,
        asa_s=np.where(written, np.nan, 14.0),
        agents_p50=contact,
        agents_p75=np.where(written, 1.07 * contact, np.ceil(1.07 * contact)),
        agents_p90=np.where(written, 1.15 * contact, np.ceil(1.15 * contact)),
    ).drop(columns=["day", "hour", "share"])


def one_fewer(rows: pd.DataFrame, *, breaks: list[np.ndarray], written: np.ndarray) -> pd.DataFrame:
    """Rows with what one agent fewer gives: the service levels that `breaks` marks are missed."""
    first, second = breaks
    words = np.select([first & second, first], ["80 % in 20 s; 90 % in 60 s", "80 % in 20 s"], "90 % in 60 s")
    fewer = {
        "service_level": np.where(first, 0.784, 0.812),
        "service_level_2": np.where(second, 0.887, 0.902),
        "abandonment": 0.038,
        "occupancy": 0.76,
        "asa_s": 19.0,
    }
    columns = {f"fewer_{name}": np.where(written, np.nan, value) for name, value in fewer.items()}
    return rows.assign(**columns, fewer_breaks=np.where(written, None, words))


def backlog(needed: pd.DataFrame) -> pd.DataFrame:
    """BACKLOG of the e-mail queues: what arrives in an hour is done in the next; none is ever late."""
    rows = needed[needed["channel"] == "email"]
    waiting = rows["offered"] * 2
    return rows[[*QUEUE, "interval_start", "interval_min"]].assign(
        new=rows["offered"], returned=0.0, worked=rows["offered"], done=rows["offered"],
        open=waiting, pending=0.0, on_hold=0.0, late=0.0, oldest_h=1.0,
    )  # fmt: skip


def coverage(needed: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """COVERAGE of the first two weeks: too few in the evening, too many after lunch."""
    end = pd.Timestamp(FIRST_DAY, tz="UTC") + pd.Timedelta(days=SCHEDULE_DAYS)
    rows = needed[needed["interval_start"] < end]
    hour = np.concatenate(
        [
            part["interval_start"].dt.tz_convert(ZONES[str(site)]).dt.hour
            for site, part in rows.groupby("site", sort=False)
        ]
    )
    lean = np.select([hour >= 18, (hour >= 13) & (hour < 16)], [-1.6, 1.8], 0.2)
    scheduled = (rows["agents_scheduled"] + lean + rng.normal(0, 0.6, len(rows))).clip(lower=0).round()
    return rows[[*QUEUE, "interval_start", "interval_min"]].assign(
        needed=rows["agents_scheduled"], scheduled=scheduled, gap=scheduled - rows["agents_scheduled"]
    )


def agents() -> pd.DataFrame:
    """AGENTS: twelve a site, the second half of Cairo speaks Arabic only; one name tries HTML."""
    spoken = {
        "LIS": ["pt:native;de:fluent", "de:native"],
        "CAI": ["en:fluent;ar:native", "ar:native"],
        "TYO": ["ja:native"],
    }
    rows = [
        {
            "agent_id": f"{site}-{n:02d}",
            "name": "Eva <b>Bold</b>" if (site, n) == ("LIS", 0) else f"{site.title()} Person {n:02d}",
            "site": site,
            "contract": "full",
            "languages": spoken[site][n % len(spoken[site])],
            "channels": "voice;chat;email",
        }
        for site in ZONES
        for n in range(12)
    ]
    return pd.DataFrame(rows)


def schedule(people: pd.DataFrame) -> pd.DataFrame:
    """SCHEDULE: eight hours with a break and a meal, five days of seven."""
    days = pd.date_range(FIRST_DAY, periods=SCHEDULE_DAYS)
    rows = people.reset_index(names="number").merge(pd.DataFrame({"day": days}), how="cross")
    rows = rows[(rows["number"] + rows["day"].dt.day) % 7 < 5]
    zone = rows["site"].map(ZONES)
    begin = 8 + (rows["number"] % 8) * 0.5
    language = rows["languages"].str.partition(":")[0]
    pieces = [
        ("contact", 0, 2),
        ("break", 2, 2.25),
        ("contact", 2.25, 4),
        ("meal", 4, 4.5),
        ("training", 4.5, 5),
        ("contact", 5, 8.5),
    ]
    parts = []
    for activity, start, end in pieces:
        contact = activity == "contact"
        parts.append(
            rows[["agent_id", "site", "day"]].assign(
                shift="full 8 h",
                start=_utc(rows["day"], begin + start, zone),
                end=_utc(rows["day"], begin + end, zone),
                activity=activity,
                language=language if contact else None,
                channel="voice" if contact else None,
            )
        )
    return pd.concat(parts, ignore_index=True)


def _utc(day: pd.Series, hours: pd.Series, zone: pd.Series) -> pd.Series:
    clock = day + pd.to_timedelta(hours, unit="h")
    parts = [clock[zone == name].dt.tz_localize(name).dt.tz_convert("UTC") for name in zone.unique()]
    return pd.concat(parts).reindex(day.index)


def schedule_report() -> pd.DataFrame:
    """SCHEDULE_REPORT: a row a site and week."""
    weeks = pd.DataFrame({"week": pd.date_range(FIRST_DAY, periods=2, freq="7D")})
    return (
        pd.DataFrame({"site": list(ZONES)})
        .merge(weeks, how="cross")
        .assign(
            agents=12,
            required_h=430.0,
            scheduled_h=421.5,
            under_h=31.2,
            over_h=22.7,
            cost=1240.0,
            bound=1187.0,
            gap=(1240 - 1187) / 1240,
            paid_h=480.0,
            seconds=4.2,
            stopped="gap small",
            seed=7,
        )
    )


def cost_curve() -> pd.DataFrame:
    """COST_CURVE: dearer the more is promised; the first service level decides at the contract."""
    weeks = pd.DataFrame({"week": pd.date_range(FIRST_DAY, periods=2, freq="7D")})
    levels = pd.DataFrame({"share": [0.70, 0.75, 0.80, 0.85, 0.90, 0.95]})
    leaving = pd.DataFrame({"share": [0.02, 0.03, 0.04, 0.05, 0.07, 0.10], "target": "abandonment"})
    named = [levels.assign(target=name) for name in ("service_level", "service_level_2")]
    shares = pd.concat([*named, leaving])
    rows = (
        pd.DataFrame({"site": list(ZONES), "rate": [17, 8, 21]})
        .merge(weeks, how="cross")
        .merge(shares, how="cross")
    )
    first, leaving = rows["target"] == "service_level", rows["target"] == "abandonment"
    asked = np.select([first, leaving], [rows["share"], 0.88 - 2 * rows["share"]], rows["share"] - 0.12)
    hours = 400 + 12 * np.exp((np.maximum(asked, np.where(first, 0.78, 0.80)) - 0.7) * 9)
    return rows.assign(paid_h=hours, cost=hours * rows["rate"]).drop(columns="rate")


def violations() -> pd.DataFrame:
    """VIOLATIONS: none."""
    return pd.DataFrame({"agent_id": [], "rule": [], "day": pd.to_datetime([]), "note": []}).astype(
        {"agent_id": "str", "rule": "str", "note": "str"}
    )


def facts(with_schedule: bool) -> dict[str, Any]:
    """What the pipeline writes beside the tables."""
    return {
        "name": "Small invented centre", "synthetic": True, "currency": "EUR", "interval_min": 30,
        "first_day": FIRST_DAY.isoformat(), "forecast_days": FORECAST_DAYS,
        "schedule_days": SCHEDULE_DAYS if with_schedule else 0, "quantile": "offered", "staffing": "sequential",
        "replications": 40,
        "history_to": "2026-10-04T18:30:00+00:00", "agents": 36,
    }  # fmt: skip


def simulation(rng: np.random.Generator) -> pd.DataFrame:
    """SERVICE_CHECK by day, week and total; Arabic voice is planted to fail."""
    starts = pd.date_range(FIRST_DAY, periods=SCHEDULE_DAYS)
    levels = pd.concat(
        [
            pd.DataFrame({"level": "day", "day": starts}),
            pd.DataFrame({"level": "week", "day": starts[::7]}),
            pd.DataFrame({"level": "total", "day": starts[:1]}),
        ]
    )
    rows = queue_frame().merge(levels, how="cross")
    rows["interval_start"] = _utc(rows["day"], pd.Series(0.0, index=rows.index), rows["site"].map(ZONES))
    poor = (rows["language"] == "ar") & (rows["channel"] == "voice")
    parts = [
        _measured(rows[rows["channel"] != "email"], "service_level", 0.80, poor, rng),
        _measured(rows[rows["channel"] == "voice"], "service_level_2", 0.90, poor, rng),
        _measured(rows[rows["channel"] != "email"], "abandonment", 0.05, poor, rng),
        _measured(rows[rows["channel"] == "email"], "met_deadline", 0.95, poor, rng),
    ]
    return pd.concat(parts, ignore_index=True).assign(replications=40, seed=7)


def _measured(
    rows: pd.DataFrame, measure: str, target: float, poor: pd.Series, rng: np.random.Generator
) -> pd.DataFrame:
    worse = poor.reindex(rows.index).to_numpy()
    inside = np.where(worse, -0.06, 0.04) + rng.normal(0, 0.015, len(rows))
    sign = -1 if measure == "abandonment" else 1
    value = np.clip(target + sign * inside * (0.3 if sign < 0 else 1), 0.001, 0.999)
    chance = np.clip(0.5 + inside * 9, 0, 1)
    return rows[[*QUEUE, "level", "interval_start"]].assign(
        measure=measure,
        value=value,
        low=np.clip(value - 0.05, 0, 1),
        high=np.clip(value + 0.04, 0, 1),
        target=target,
        p_meets=chance,
        offered=rows["daily"],
    )


def tables() -> dict[str, pd.DataFrame]:
    """Every table the pages read, typed by its declaration."""
    from tests.dashboards import small_forecast, small_raters, small_schedule, small_service
    from tests.dashboards.small_scores import scorecard

    rng = np.random.default_rng(20261004)
    needed, people = requirement(), agents()
    made = {
        "FORECAST": small_forecast.forecast(),
        "OVERRIDES": small_forecast.overrides(),
        "LAST_FORECAST": small_forecast.last_forecast(),
        "LAST_FORECAST_DAYS": small_forecast.last_days(),
        "FORECAST_ERRORS": small_forecast.errors(),
        "EFFECTS": small_forecast.effects(),
        "FINDINGS": small_forecast.findings(),
        "FORECAST_PATHS": paths(rng),
        "ACCURACY": accuracy(),
        "REQUIREMENT": needed,
        "BACKLOG": backlog(needed),
        "COVERAGE": coverage(needed, rng),
        "AGENTS": people,
        "SCHEDULE": schedule(people),
        "SCHEDULE_REPORT": schedule_report(),
        "VIOLATIONS": violations(),
        "SERVICE_CHECK": simulation(rng),
        "COST_CURVE": cost_curve(),
        "SCORECARD": scorecard(rng),
        "EXPLAINED": small_service.explained(),
        **small_schedule.tables(people),
        **small_raters.tables(),
    }
    return {name: TABLE[name].check(frame) for name, frame in made.items()}


def write_store(
    folder: Path,
    *,
    without: tuple[str, ...] = (),
    more: Mapping[str, pd.DataFrame] = MappingProxyType({}),
    at: datetime = MADE_AT,
) -> str:
    """A store with the centre's history and one published plan of it, with `more` tables; the plan's id."""
    store = Store(folder)
    made = {name: frame for name, frame in (tables() | dict(more)).items() if name not in without}
    add_history(store, VOLUME, VOLUME.check(volume(np.random.default_rng(1))), source="invented", now=MADE_AT)
    return publish(store, made, yaml_text=YAML, facts=facts("SCHEDULE" in made), seed=7, now=at)
