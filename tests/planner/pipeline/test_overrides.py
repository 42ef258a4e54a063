"""Overrides change what they name and nothing else, and every table says the same afterwards."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.forecast import ForecastSettings, forecast
from planner.domain.centre import Centre
from planner.domain.forecast_tables import FORECAST, FORECAST_DAYS, FORECAST_ROLLUP, OVERRIDES, QUANTILES
from planner.domain.override import Change, Override
from planner.pipeline.changed_days import Expectation
from planner.pipeline.overrides import Overridden, expired, in_force, overridden, overrides_in
from tests.forecasting import planted

FIRST, LAST, HORIZON = date(2026, 7, 6), date(2026, 10, 18), 21  # the clock goes back on 25 October
SALE = date(2026, 10, 26)
QUEUES = [
    planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon", days=range(6))),
    planted.queue("LIS", "de", "email", when=planted.hours("Europe/Berlin")),
    planted.queue("BOG", "es", "voice", when=planted.hours("America/Bogota", 0, 24)),
]
QUEUE = ["site", "language", "channel"]


@pytest.fixture(scope="module")
def centre() -> Centre:
    return planted.centre(QUEUES)


@pytest.fixture(scope="module")
def before(centre: Centre) -> Expectation:
    days = pd.date_range(FIRST, LAST)
    parts = [planted.volume(q, FIRST, planted.day_means(days), seed=k) for k, q in enumerate(QUEUES)]
    settings = ForecastSettings(paths=50, origins=3)
    made = forecast(
        pd.concat(parts), centre, first_day=date(2026, 10, 19), days=HORIZON, seed=1, settings=settings
    )
    return Expectation(made.intervals, made.days, made.paths, made.rollup)


def override(change: Change, value: float, *, name: str = "o", days: int = 1, **where: str) -> Override:
    last = date.fromordinal(SALE.toordinal() + days - 1)
    return Override(name, SALE, last, change, value, "Ana", "sale", **where)


def applied(before: Expectation, centre: Centre, *overrides: Override) -> Overridden:
    return overridden(before, overrides, centre)


def day_means(expected: Expectation, day: date = SALE) -> pd.Series:
    """The mean of a local day by queue, summed by hand from the intervals."""
    zones = {tuple(q.key): q.hours.zone for q in QUEUES}
    sums = {}
    for key, rows in expected.intervals.groupby(QUEUE):
        local = rows["interval_start"].dt.tz_convert(zones[key])
        sums[key] = rows.loc[local.dt.date == day, "offered"].sum()
    return pd.Series(sums)


def same(left: Expectation, right: Expectation) -> None:
    pd.testing.assert_frame_equal(left.intervals.drop(columns="base"), right.intervals, check_exact=True)
    for name in ("days", "paths", "rollup"):
        pd.testing.assert_frame_equal(getattr(left, name), getattr(right, name), check_exact=True)


def test_no_override_and_one_of_share_0_change_nothing(before: Expectation, centre: Centre) -> None:
    for done in (applied(before, centre), applied(before, centre, override("share", 0.0))):
        same(done.expected, before)
        assert (done.expected.intervals["base"] == before.intervals["offered"]).all()


def test_only_the_named_queues_and_days_move(before: Expectation, centre: Centre) -> None:
    after = applied(before, centre, override("share", 0.5, language="pt")).expected
    ratio = day_means(after) / day_means(before)
    assert ratio.to_dict() == pytest.approx(
        {("LIS", "pt", "voice"): 1.5, ("LIS", "de", "email"): 1, ("BOG", "es", "voice"): 1}
    )
    other = date(2026, 10, 27)
    pd.testing.assert_series_equal(day_means(after, other), day_means(before, other), check_exact=True)
    pd.testing.assert_series_equal(after.intervals["base"], before.intervals["offered"], check_names=False)


def test_a_share_multiplies_every_quantile_and_path(before: Expectation, centre: Centre) -> None:
    after = applied(before, centre, override("share", 0.25, days=HORIZON)).expected
    changed = before.paths["day"] >= pd.Timestamp(SALE)
    np.testing.assert_allclose(
        after.paths["offered"] / before.paths["offered"].where(changed), np.where(changed, 1.25, np.nan)
    )
    day = (before.days["level"] == "day") & (before.days["day"] >= pd.Timestamp(SALE))
    names = ["offered", *QUANTILES]
    np.testing.assert_allclose(after.days.loc[day, names], 1.25 * before.days.loc[day, names])


def test_contacts_are_added_to_each_queue_by_its_own_profile(before: Expectation, centre: Centre) -> None:
    after = applied(before, centre, override("contacts", 120, channel="voice")).expected
    gained = day_means(after) - day_means(before)
    assert gained.to_dict() == pytest.approx(
        {("LIS", "pt", "voice"): 120, ("LIS", "de", "email"): 0, ("BOG", "es", "voice"): 120}
    )
    moved = after.intervals["offered"] != before.intervals["offered"]
    ratio = (after.intervals["offered"] / before.intervals["offered"])[moved]
    by_queue = ratio.groupby([after.intervals.loc[moved, name] for name in QUEUE])
    assert (by_queue.max() / by_queue.min() - 1).max() < 1e-12
    shift = after.intervals.loc[moved, "offered"] - before.intervals.loc[moved, "offered"]
    np.testing.assert_allclose(after.intervals.loc[moved, "p90"] - before.intervals.loc[moved, "p90"], shift)


def test_exactly_keeps_the_relative_spread_of_the_paths(before: Expectation, centre: Centre) -> None:
    after = applied(before, centre, override("exactly", 1000, language="es")).expected
    assert day_means(after)["BOG", "es", "voice"] == pytest.approx(1000)
    here = (before.paths["language"] == "es") & (before.paths["day"] == pd.Timestamp(SALE))
    old, new = before.paths.loc[here, "offered"], after.paths.loc[here, "offered"]
    assert new.std() / new.mean() == pytest.approx(old.std() / old.mean())


def test_taking_away_more_than_there_is_leaves_nothing(before: Expectation, centre: Centre) -> None:
    after = applied(before, centre, override("contacts", -1e6)).expected
    assert (day_means(after) == 0).all()
    sums = after.days[(after.days["level"] == "day") & (after.days["day"] == pd.Timestamp(SALE))]
    assert (sums[["offered", *QUANTILES]] == 0).all(axis=None)


def test_a_day_of_nothing_may_be_given_contacts(before: Expectation, centre: Centre) -> None:
    nothing, some = override("exactly", 0, name="a"), override("exactly", 240, name="b", channel="voice")
    after = applied(before, centre, nothing, some).expected
    assert day_means(after)["LIS", "pt", "voice"] == pytest.approx(240)
    assert day_means(after)["LIS", "de", "email"] == 0


def test_two_overrides_compose_in_the_order_they_were_made(before: Expectation, centre: Centre) -> None:
    more, mailing = override("share", 0.5, name="a"), override("contacts", 60, name="b")
    queue = ("LIS", "pt", "voice")
    mean = day_means(before)[queue]
    assert day_means(applied(before, centre, more, mailing).expected)[queue] == pytest.approx(1.5 * mean + 60)
    assert day_means(applied(before, centre, mailing, more).expected)[queue] == pytest.approx(
        1.5 * (mean + 60)
    )
    once = applied(before, centre, override("share", 0.5, name="a"), override("share", 0.2, name="b"))
    np.testing.assert_allclose(
        once.expected.days[list(QUANTILES)],
        applied(before, centre, override("share", 0.8)).expected.days[list(QUANTILES)],
    )
    undone = applied(
        before, centre, override("contacts", -1e6, name="a"), override("contacts", 1e6, name="b")
    )
    np.testing.assert_allclose(undone.expected.intervals["offered"], before.intervals["offered"], atol=1e-6)


def test_the_parts_add_up_afterwards(before: Expectation, centre: Centre) -> None:
    after = applied(
        before,
        centre,
        override("share", 0.4, name="a", days=9, site="LIS"),
        override("contacts", 80, name="b", days=3),
        override("exactly", 500, name="c", language="es"),
    ).expected
    means = after.days[after.days["level"] == "day"]
    for offset in range(HORIZON):
        day = date.fromordinal(date(2026, 10, 19).toordinal() + offset)
        said = means[means["day"] == pd.Timestamp(day)].groupby(QUEUE)["offered"].sum()
        assert said.to_dict() == pytest.approx(day_means(after, day)[lambda s: s > 0].to_dict())
    for rows, scope in ((after.days, QUEUE), (after.rollup, [])):
        whole = rows if scope else rows[(rows[QUEUE] == "all").all(axis=1)]
        total = whole[whole["level"] == "total"].set_index(scope or "level")
        paths = after.paths.groupby([*scope, "path"])["offered"].sum()
        p90 = paths.groupby(scope).quantile(0.9) if scope else pd.Series({"total": paths.quantile(0.9)})
        np.testing.assert_allclose(total["p90"], p90.reindex(total.index))
    everything = after.rollup[(after.rollup[QUEUE] == "all").all(axis=1)]
    assert everything.loc[everything["level"] == "total", "offered"].item() == pytest.approx(
        after.intervals["offered"].sum()
    )
    weekly = everything.loc[everything["level"] == "week", "offered"].sum()
    assert weekly == pytest.approx(after.intervals["offered"].sum())


def test_tables_stay_as_declared_and_in_their_order(before: Expectation, centre: Centre) -> None:
    after = applied(before, centre, override("share", 0.4, days=9)).expected
    for table, made, old in (
        (FORECAST, after.intervals, before.intervals),
        (FORECAST_DAYS, after.days, before.days),
        (FORECAST_ROLLUP, after.rollup, before.rollup),
    ):
        assert len(table.check(made)) == len(old)
        key = list(table.grain)
        pd.testing.assert_frame_equal(made[key], old[key])


def test_what_names_no_open_queue_is_said(before: Expectation, centre: Centre) -> None:
    sunday = Override("s", date(2026, 10, 25), date(2026, 10, 25), "share", 0.1, "Ana", "mail", language="pt")
    done = applied(before, centre, sunday, override("share", 0.1, name="used"))
    assert done.applied == ("used",)
    assert done.notes == (
        "override s of Ana for 2026-10-25 to 2026-10-25 (mail) changed nothing: it names no queue that is open on these days",
    )


def entries(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {"site": "all", "language": "all", "channel": "all", "change": "share", "value": 0.1, "author": "Ana",
             "reason": "sale", "first_day": "2026-10-26", "last_day": "2026-10-30", "expires": "2026-10-20"}  # fmt: skip
    return OVERRIDES.check(pd.DataFrame([usual | row for row in rows]))


def test_only_what_is_in_force_and_in_the_horizon_applies() -> None:
    rows = entries(
        {"override_id": "late", "made_at": "2026-10-12T09:00Z"},
        {"override_id": "early", "made_at": "2026-10-11T09:00Z"},
        {"override_id": "unsaid"},
        {"override_id": "expired", "expires": "2026-10-18"},
        {"override_id": "withdrawn", "withdrawn_at": "2026-10-12T10:00Z", "withdrawn_by": "Rui"},
        {"override_id": "past", "first_day": "2026-10-01", "last_day": "2026-10-18"},
        {"override_id": "far", "first_day": "2026-11-09", "last_day": "2026-11-09"},
    )
    today, days = date(2026, 10, 19), (date(2026, 10, 19), date(2026, 11, 8))
    applying = overrides_in(in_force(rows, today=today, days=days))
    assert [each.override_id for each in applying] == ["unsaid", "early", "late"]
    (note,) = expired(rows, today=today, days=days)
    assert note.startswith("override expired of Ana")
    assert note.endswith("expired on 2026-10-18 and was left out")
