"""A plan is published whole, never changes, and is read as it was."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.domain.tables import FORECAST, VOLUME
from planner.store import Store, StoreError, add_history, current, history_state, plans, publish, read_plan
from tests.planner.store.frames import MONDAY, NOW, volume


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def forecast(*offered: float, site: str = "LIS") -> pd.DataFrame:
    frame = volume(*(1 for _ in offered), site=site).assign(offered=list(offered), cutoff=MONDAY)
    return FORECAST.check(frame.drop(columns="interval_min").assign(interval_min=30))


def published(store: Store, *offered: float, now: datetime = NOW, **facts: object) -> str:
    tables = {"FORECAST": forecast(*offered)}
    return publish(store, tables, yaml_text="name: Café\n", facts=facts, seed=7, now=now)


def test_what_is_published_is_read_back_in_its_order(store: Store) -> None:
    frame = pd.concat([forecast(2.5, 1.25, site="SVQ"), forecast(0.1)], ignore_index=True)
    plan_id = publish(store, {"FORECAST": frame}, yaml_text="", facts={}, seed=1, now=NOW)
    pd.testing.assert_frame_equal(read_plan(store, plan_id, "FORECAST"), frame)
    some = read_plan(store, plan_id, "FORECAST", columns=["offered"], filters=[("site", "=", "SVQ")])
    assert some.to_dict("list") == {"offered": [2.5, 1.25]}


def test_a_plan_says_how_it_was_made(store: Store) -> None:
    add_history(store, VOLUME, volume(1, 2), source="volume.csv", now=NOW)
    published(store, 1.0, 2.0, agents=3, name="Café", nested={"rows": [1, 2]})
    info = current(store)
    assert info is not None
    assert (info.seed, info.made_at, info.cutoff) == (7, NOW, MONDAY.to_pydatetime())
    assert info.tables == {"FORECAST": 2}
    assert info.facts == {"agents": 3, "name": "Café", "nested": {"rows": [1, 2]}}
    assert info.inputs == history_state(store)
    assert info.yaml.read_text(encoding="utf-8") == "name: Café\n"
    assert info.program


def test_the_manifest_carries_the_digest_of_every_table(store: Store) -> None:
    published(store, 1.0)
    info = current(store)
    assert info is not None
    kept = json.loads((info.folder / "manifest.json").read_text())
    content = (info.folder / "FORECAST.parquet").read_bytes()
    assert kept["tables"]["FORECAST"]["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_state_of_history_changes_with_an_import_and_not_without(store: Store) -> None:
    add_history(store, VOLUME, volume(1, 2), source="a.csv", now=NOW)
    before = history_state(store)
    add_history(store, VOLUME, volume(1, 2), source="b.csv", now=NOW)
    assert history_state(store) == before
    add_history(store, VOLUME, volume(1, 3), source="c.csv", now=NOW)
    assert history_state(store) != before


def test_plans_come_newest_first_and_the_last_published_is_current(store: Store) -> None:
    ids = [published(store, 1.0, now=NOW + timedelta(minutes=m)) for m in (10, 30, 20)]
    assert [info.plan_id for info in plans(store)] == [ids[1], ids[2], ids[0]]
    info = current(store)
    assert info is not None
    assert info.plan_id == ids[2]


def test_an_empty_store_has_no_plan(store: Store) -> None:
    assert plans(store) == ()
    assert current(store) is None


def test_the_same_tables_at_the_same_moment_are_the_same_plan(store: Store) -> None:
    first, again, other = published(store, 1.0), published(store, 1.0), published(store, 2.0)
    assert first == again != other
    assert len(plans(store)) == 2


def test_an_undeclared_cell_is_refused_and_nothing_appears(store: Store) -> None:
    wrong = {"FORECAST": forecast(1.0).assign(offered=-1.0)}
    with pytest.raises(InputError, match=r"-1\.0 is below 0"):
        publish(store, wrong, yaml_text="", facts={}, seed=1, now=NOW)
    assert plans(store) == ()


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        published(store, 1.0, now=datetime(2026, 10, 4))


def test_a_moment_of_any_zone_is_kept_in_utc(store: Store) -> None:
    assert published(store, 1.0, now=datetime.fromisoformat("2026-10-05T00:30:00+02:00")).startswith(
        "20261004-2230"
    )
    assert plans(store)[0].made_at == datetime(2026, 10, 4, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("plan_id", ["../history", "20261004-123000-abcdef", "", "."])
def test_a_plan_that_is_not_there_is_named(store: Store, plan_id: str) -> None:
    published(store, 1.0)
    with pytest.raises(InputError, match="has no plan"):
        read_plan(store, plan_id, "FORECAST")


def test_a_table_that_the_plan_does_not_have_is_named(store: Store) -> None:
    with pytest.raises(InputError, match="has no table SCHEDULE"):
        read_plan(store, published(store, 1.0), "SCHEDULE")


@pytest.mark.parametrize("at", range(12))
def test_a_full_disk_while_publishing_leaves_no_half_plan(
    store: Store, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    old = published(store, 1.0)
    fsync, calls = os.fsync, iter(range(100))

    def full(handle: int) -> None:
        if next(calls) == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(handle)

    told = ""
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        try:
            published(store, 2.0, now=NOW + timedelta(minutes=1))
        except StoreError as error:
            told = str(error)
    assert ("No space left on device" in told) == (next(calls) > at)
    for info in plans(store):
        assert read_plan(store, info.plan_id, "FORECAST")["offered"].tolist() == [
            1.0 if info.plan_id == old else 2.0
        ]
    info = current(store)
    assert info is not None
    assert info.plan_id == old or not told or at >= 7  # the last two flushes are the pointer's
    assert not list(store.folder.rglob(".new-*"))
