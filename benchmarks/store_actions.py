"""What a writer of the store does in the crash test, what must be seen of it, and what is seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

import pandas as pd

from planner.config import plan_from_text
from planner.domain.forecast_tables import OVERRIDES
from planner.domain.tables import CONTACTS, FORECAST, FORECAST_DAYS, VOLUME
from planner.pipeline.editing import Desk, add_override, withdraw_override
from planner.store import (
    PlanInfo,
    Store,
    add_contacts,
    add_history,
    current,
    plans,
    publish,
    read_history,
    read_plan,
)
from planner.store.contacts import Source

NOW = datetime(2026, 10, 4, tzinfo=UTC)
MONDAY = pd.Timestamp("2026-10-05T00:00Z")
HALF_HOUR = pd.Timedelta("30min")
QUEUE = {"site": "LIS", "language": "pt", "channel": "voice"}
CENTRE = plan_from_text("""
name: One queue
sites: {LIS: {country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-20:00"}}}
targets: {voice: {max_abandonment: 0.05}}
handling: {voice: {aht_s: 300}}
queues: [{site: LIS, language: pt, channels: [voice]}]
""").centre


@dataclass(frozen=True)
class State:
    """What a store holds: number by half-hour, number by contact, whether each override (by number) stands,
    plans (newest first), the current plan."""

    volume: tuple[tuple[int, int], ...] = ()
    contacts: tuple[tuple[str, int], ...] = ()
    overrides: tuple[tuple[int, bool], ...] = ()
    plans: tuple[int, ...] = ()
    current: int | None = None


@dataclass(frozen=True)
class Action:
    """Something a writer does, and the states that may be seen when it is killed, the first to the last."""

    name: str
    run: Callable[[], object]
    states: tuple[State, ...]


def next_action(number: int, before: State, store: Store, *, rng: Random) -> Action:
    """An import or a plan whose every row carries its number."""
    name = rng.choice(("volume", "contacts", "override", "plan"))
    if name == "plan":
        listed = replace(before, plans=(number, *before.plans))
        states = (before, listed, replace(listed, current=number))
        return Action(name, partial(publish_plan, store, number), states)
    if name == "volume":
        slots = sorted(rng.sample(range(24), rng.randrange(1, 12)))
        after = replace(before, volume=_updated(before.volume, slots, number))
        return Action(name, partial(import_volume, store, slots, number), (before, after))
    if name == "override":
        stand = [each for each, stands in before.overrides if stands]
        edited = rng.choice(stand) if stand and rng.random() < 0.5 else number
        after = replace(before, overrides=_updated(before.overrides, [edited], edited == number))
        edit = enter_override if edited == number else withdraw
        return Action(name, partial(edit, store, edited), (before, after))
    ids = [f"c{i:02d}" for i in rng.sample(range(40), rng.randrange(2, 12))]
    after = replace(before, contacts=_updated(before.contacts, ids, number))
    return Action(name, partial(import_contacts, store, ids, number), (before, after))


def _updated(rows: tuple, keys: list, number: int | bool) -> tuple:
    return tuple(sorted({**dict(rows), **dict.fromkeys(keys, number)}.items()))


def import_volume(store: Store, slots: list[int], number: int) -> None:
    """One row a half-hour."""
    starts = [MONDAY + HALF_HOUR * slot for slot in slots]
    rows = pd.DataFrame(QUEUE | {"interval_start": starts, "interval_min": 30, "offered": number})
    add_history(store, VOLUME, VOLUME.check(rows), source=f"{number}.csv", now=NOW)


def import_contacts(store: Store, ids: list[str], number: int) -> None:
    """Two pieces of a log."""
    log = CONTACTS.check(
        pd.DataFrame(
            QUEUE | {"contact_id": ids, "customer_id": "kim", "arrived_at": MONDAY, "talk_s": float(number)}
        )
    )
    source = Source(f"{number}.csv", f"digest {number}", NOW)
    add_contacts(store, [log[:1], log[1:]], source=source, judge=lambda _: None)


def enter_override(store: Store, number: int) -> None:
    """An override whose value is its number."""
    days = {"first_day": "2026-11-02", "last_day": "2026-11-03", "expires": "2026-12-31"}
    what = {"change": "contacts", "value": number, "author": "Ana", "reason": "crash test"}
    add_override(_desk(store, number), QUEUE | days | what)


def withdraw(store: Store, number: int) -> None:
    """Withdraw the override whose value is the number."""
    rows = read_history(store, OVERRIDES)
    override_id = rows.loc[rows["value"] == number, "override_id"].item()
    withdraw_override(_desk(store, number), override_id, author="Rui")


def _desk(store: Store, number: int) -> Desk:
    return Desk(store, CENTRE, NOW + timedelta(seconds=number))


def publish_plan(store: Store, number: int) -> None:
    """Two tables."""
    moments = [MONDAY + HALF_HOUR * slot for slot in range(number % 7 + 1)]
    intervals = pd.DataFrame(
        QUEUE | {"interval_start": moments, "interval_min": 30, "offered": float(number)}
    )
    quantiles = {name: float(number) for name in ("p05", "p10", "p25", "p50", "p75", "p90", "p95")}
    day = pd.DataFrame(
        [QUEUE | {"level": "day", "day": MONDAY.tz_localize(None), "offered": float(number)} | quantiles]
    )
    tables = {"FORECAST": FORECAST.check(intervals), "FORECAST_DAYS": FORECAST_DAYS.check(day)}
    now = NOW + timedelta(seconds=number)
    publish(store, tables, yaml_text=f"number: {number}\n", facts={"number": number}, seed=number, now=now)


def seen_in(store: Store) -> State:
    """The state as it is read; AssertionError when a plan or a part is not whole."""
    volume = read_history(store, VOLUME)
    contacts = read_history(store, CONTACTS)
    assert contacts["customer_id"].nunique() <= 1, "one customer has two hashes"
    slots = ((volume["interval_start"] - MONDAY) // HALF_HOUR).tolist()
    overrides = read_history(store, OVERRIDES).sort_values("value")
    stands = overrides.reindex(columns=["withdrawn_at"])["withdrawn_at"].isna().tolist()
    now = current(store)
    return State(
        tuple(zip(slots, volume["offered"].tolist())),
        tuple(zip(contacts["contact_id"].tolist(), contacts["talk_s"].astype(int).tolist())),
        tuple(zip(overrides["value"].astype(int).tolist(), stands)),
        tuple(_number_of(store, info) for info in plans(store)),
        None if now is None else _number_of(store, now),
    )


def _number_of(store: Store, info: PlanInfo) -> int:
    """The number of a plan that was found whole: every byte and every row are as published."""
    number = int(info.facts["number"])
    kept = json.loads((info.folder / "manifest.json").read_text())
    for name, table in kept["tables"].items():
        content = (info.folder / f"{name}.parquet").read_bytes()
        assert hashlib.sha256(content).hexdigest() == table["sha256"], f"{name} of plan {number}"
        offered = read_plan(store, info.plan_id, name)["offered"]
        assert len(offered) == table["rows"]
        assert (offered == number).all()
    assert info.yaml.read_text() == f"number: {number}\n"
    return number
