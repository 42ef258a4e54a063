"""What was published is what the pages read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboards.filters import Scope
from dashboards.published import Paths, Published, actual_days, catalogue, open_plan, paths_of
from planner.domain.tables import VOLUME
from planner.store import Store, add_history, read_history, read_plan
from tests.dashboards.small_centre import MADE_AT, volume, write_store


@pytest.fixture
def paths(plan: Published) -> Paths:
    return paths_of(plan.folder, plan.plan_id)


def test_paths_keep_every_contact_of_the_table(plan: Published, paths: Paths) -> None:
    frame = read_plan(Store(Path(plan.folder)), plan.plan_id, "FORECAST_PATHS")
    assert paths.contacts.sum() == pytest.approx(frame["offered"].sum(), rel=1e-5)


def test_queues_are_summed_path_by_path(plan: Published, paths: Paths) -> None:
    parts = sum(paths.summed(Scope(site=site)) for site in plan.centre.sites)
    np.testing.assert_allclose(parts, paths.summed(Scope()), rtol=1e-5)


def test_a_single_path_has_no_spread_and_weeks_are_sums_of_days(paths: Paths) -> None:
    one = Paths(paths.queues, paths.days, paths.contacts[:, :, :1])
    days, weeks = one.by_day(Scope()), one.by_week(Scope())
    np.testing.assert_allclose(days["p10"], days["p90"])
    assert weeks["p50"].sum() == pytest.approx(days["p50"].sum(), rel=1e-6)
    assert weeks["days"].sum() == len(days)


def test_a_queue_alone_is_its_own_path(plan: Published, paths: Paths) -> None:
    key = next(iter(plan.centre.queues))
    np.testing.assert_allclose(paths.summed(Scope(*key)), paths.contacts[paths.queues.index(key)])


def test_actual_days_hold_the_history(plan: Published) -> None:
    history = read_history(Store(Path(plan.folder)), VOLUME)
    assert actual_days(plan.folder, plan.plan_id)["offered"].sum() == history["offered"].sum()


def test_a_plan_made_before_the_last_import_says_so(tmp_path: Path) -> None:
    plan_id = write_store(tmp_path)
    assert "history was imported since" not in open_plan(str(tmp_path), plan_id).origin()
    again = VOLUME.check(volume(np.random.default_rng(2)))
    add_history(Store(tmp_path), VOLUME, again, source="later", now=MADE_AT)
    assert "history was imported since" in open_plan(str(tmp_path), plan_id).origin()


def test_the_newest_plan_comes_first(tmp_path: Path) -> None:
    old = write_store(tmp_path)
    new = write_store(tmp_path, at=MADE_AT + pd.Timedelta(days=1))
    assert [plan_id for _, plan_id in catalogue((str(tmp_path),))] == [new, old]
