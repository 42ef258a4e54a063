"""Contacts that come in pieces: repeats are counted over all pieces, and judged before anything is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.problems import InputError, Problem
from planner.domain.tables import CONTACTS
from planner.store import Added, Store, add_contacts, contact_files
from planner.store.contacts import Repeats, Source
from tests.planner.store.frames import MONDAY, NOW


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def log(*ids: str, talk_s: float = 60) -> pd.DataFrame:
    queue = {"site": "LIS", "language": "pt", "channel": "voice"}
    return CONTACTS.check(
        pd.DataFrame(queue | {"contact_id": list(ids), "arrived_at": MONDAY, "talk_s": talk_s})
    )


def add(store: Store, *pieces: pd.DataFrame, digest: str = "d", heard: list[Repeats] | None = None) -> Added:
    judge = (heard if heard is not None else []).append
    return add_contacts(store, pieces, source=Source("log.csv", digest, NOW), judge=judge)


def contacts(paths: list[Path]) -> dict[str, float]:
    frame = pd.concat(pd.read_parquet(path) for path in paths)
    assert frame["contact_id"].is_unique
    return dict(zip(frame["contact_id"], frame["talk_s"]))


def test_repeats_are_found_over_all_pieces(store: Store) -> None:
    """Witness: pandas over the whole log."""
    rng = np.random.default_rng(5)
    ids = pd.Series([f"c{i}" for i in rng.integers(0, 300, 400)])
    pieces = [log("x").loc[[0] * 150].assign(contact_id=ids[i : i + 150].to_numpy()) for i in (0, 150)]
    pieces.append(log("x").loc[[0] * 100].assign(contact_id=ids[300:].to_numpy()))
    heard: list[Repeats] = []

    def judge(repeats: Repeats) -> None:
        heard.append(repeats)
        raise InputError([Problem("duplicate_key", "as judged")])

    with pytest.raises(InputError, match="as judged"):
        add_contacts(store, pieces, source=Source("log.csv", "d", NOW), judge=judge)
    again = ids.duplicated()
    firsts = ids.map({contact: ids[ids == contact].index[0] for contact in ids})
    expected = tuple((place, int(firsts[place])) for place in np.flatnonzero(again)[:20])
    assert heard == [Repeats(expected, int(again.sum()), int(np.flatnonzero(again)[-1]))]
    assert contact_files(store) == []
    assert not list(store.folder.rglob("*.parquet"))


def test_a_log_without_repeats_is_kept(store: Store) -> None:
    heard: list[Repeats] = []
    assert add(store, log("a", "b"), log("c"), heard=heard) == Added(rows=3, new=3)
    assert heard == [Repeats((), 0, -1)]
    assert contacts(contact_files(store)) == {"a": 60, "b": 60, "c": 60}


def test_files_handed_out_stay_for_one_more_import(store: Store) -> None:
    add(store, log("a", "b"), digest="1")
    handed_out = contact_files(store)
    add(store, log("b", talk_s=90), digest="2")
    assert contacts(handed_out) == {"a": 60, "b": 60}
    assert contacts(contact_files(store)) == {"a": 60, "b": 90}


def test_the_digest_of_the_content_decides_whether_a_log_is_read_at_all(store: Store) -> None:
    def unread() -> object:
        raise AssertionError("the log was read")
        yield

    add(store, log("a"), digest="1")
    assert add_contacts(store, unread(), source=Source("log.csv", "1", NOW), judge=print).unchanged_file


def test_a_log_that_breaks_off_leaves_nothing(store: Store) -> None:
    def broken() -> object:
        yield log("a")
        raise InputError([Problem("x", "the file ends here")])

    with pytest.raises(InputError, match="the file ends here"):
        add_contacts(store, broken(), source=Source("log.csv", "1", NOW), judge=print)
    assert not list(store.folder.rglob("*.parquet"))
