"""What is known of a plain history: its clock, its last day, and nothing from the cutoff on."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.importers.plain import read_plain
from planner.pipeline.plain.horizon import Length, origins_before
from planner.pipeline.plain.known import Known, Wish, known

FORTNIGHT = Length(14, "d")
HALF_HOURS = pd.date_range("2025-09-01", "2026-03-31 23:30", freq="30min")


def history(*, seed: int = 1) -> pd.DataFrame:
    """Half-hours Monday to Saturday 8 to 20; the night has no rows, Saturday afternoon zeros."""
    frame = pd.DataFrame({"time": HALF_HOURS})
    clock = frame["time"].dt
    rate = 20 + 10 * np.sin((clock.hour - 8) / 12 * np.pi)
    frame["calls"] = np.random.default_rng(seed).poisson(rate)
    afternoon = (clock.day_of_week == 5) & (clock.hour >= 13)
    frame.loc[afternoon, "calls"] = 0
    return frame[(clock.hour >= 8) & (clock.hour < 20) & (clock.day_of_week < 6)]


def read(folder: Path, frame: pd.DataFrame, wish: Wish) -> Known:
    path = folder / "history.parquet"
    frame.to_parquet(path, index=False)
    return known(read_plain(path), wish)


def hours(found: Known) -> dict[int, tuple[tuple[int, int], ...]]:
    (queue,) = found.centre.queues.values()
    return dict(queue.hours.weekdays)


def test_hours_interval_and_first_day_are_told_from_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, history(), Wish(FORTNIGHT))
    assert hours(found) == {**dict.fromkeys(range(5), ((480, 1200),)), 5: ((480, 780),)}
    assert (found.how.interval_min, found.first_day, found.days) == (30, date(2026, 4, 1), 14)


@pytest.mark.parametrize("poison", ["lost", "nights", "huge", "other steps", "copies"])
def test_nothing_from_the_cutoff_on_is_looked_at(tmp_path: Path, poison: str) -> None:
    cutoff = pd.Timestamp("2026-03-01")
    whole = history()
    past, future = whole[whole["time"] < cutoff], whole[whole["time"] >= cutoff]
    planted = {
        "lost": future.head(0),
        "nights": pd.DataFrame({"time": HALF_HOURS[cutoff <= HALF_HOURS], "calls": 1000}),
        "huge": future.assign(calls=10**7),
        "other steps": future.assign(time=future["time"] + pd.Timedelta(minutes=7)),
        "copies": pd.concat([future] * 3),
    }[poison]
    wish = Wish(FORTNIGHT, cutoff.date())
    one, other = read(tmp_path, whole, wish), read(tmp_path, pd.concat([past, planted]), wish)
    assert one.centre == other.centre
    assert (one.how, one.first_day) == (other.how, other.first_day)
    pd.testing.assert_frame_equal(one.volume, other.volume)


def test_rows_in_any_order_say_the_same(tmp_path: Path) -> None:
    shuffled = history().sample(frac=1, random_state=3)
    one, other = (read(tmp_path, frame, Wish(FORTNIGHT)) for frame in (history(), shuffled))
    assert one.centre == other.centre
    pd.testing.assert_frame_equal(one.volume, other.volume)


@pytest.mark.parametrize(("until", "first_day"), [("10:00", date(2026, 3, 31)), ("17:00", date(2026, 4, 1))])
def test_a_last_day_counts_from_half_of_its_usual_contacts_on(
    tmp_path: Path, until: str, first_day: date
) -> None:
    frame = history()
    found = read(tmp_path, frame[frame["time"] < f"2026-03-31 {until}"], Wish(FORTNIGHT))
    assert found.ended is not None
    assert (found.first_day, found.ended.until) == (first_day, until)


def test_five_minutes_add_up_to_the_half_hours_they_are_part_of(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    times = pd.date_range("2026-01-05", "2026-03-01 23:55", freq="5min")
    frame = pd.DataFrame({"time": times, "calls": rng.poisson(8, len(times))})
    found = read(tmp_path, frame, Wish(FORTNIGHT, interval_min=30))
    assert found.how.interval_min == 30
    by_hand = frame.groupby(frame["time"].dt.floor("30min"))["calls"].sum()
    assert (found.volume["offered"].to_numpy() == by_hand.to_numpy()).all()


def test_offsets_tell_the_zone_whose_clock_people_keep(tmp_path: Path) -> None:
    frame = history()
    zoned = frame["time"].dt.tz_localize("America/New_York", ambiguous="NaT", nonexistent="NaT")
    texts = zoned[zoned.notna()].map(lambda moment: moment.isoformat())
    path = tmp_path / "history.csv"
    frame.loc[texts.index].assign(time=texts).to_csv(path, index=False)
    found = known(read_plain(path), Wish(FORTNIGHT))
    assert found.how.clock.zone == "America/New_York"
    assert hours(found)[0] == ((480, 1200),)


def test_the_hour_a_clock_repeats_is_one_on_the_files_clock_and_two_in_its_zone(tmp_path: Path) -> None:
    moments = pd.date_range("2025-09-01", "2025-12-31 23:00", freq="h", tz="Europe/Lisbon")
    frame = pd.DataFrame({"time": moments.tz_localize(None), "calls": 10})
    for zone, rows in ((None, [20.0]), ("Europe/Lisbon", [10.0, 10.0])):
        found = read(tmp_path, frame, Wish(FORTNIGHT, zone=zone))
        local = found.volume["interval_start"].dt.tz_convert(found.how.clock.zone).dt.tz_localize(None)
        assert list(found.volume["offered"][local == "2025-10-26 01:00"]) == rows
        assert found.volume["offered"].sum() == 10 * len(frame)


def test_rows_of_zeros_after_the_last_contact_are_no_history(tmp_path: Path) -> None:
    frame = history()
    frame.loc[frame["time"] >= "2026-03-10", "calls"] = 0
    found = read(tmp_path, frame, Wish(FORTNIGHT))
    assert found.first_day == date(2026, 3, 10)


def test_no_contacts_and_rows_a_week_apart_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no contacts at all"):
        read(tmp_path, history().assign(calls=0), Wish(FORTNIGHT))
    weeks = pd.DataFrame({"time": pd.date_range("2024-01-01", periods=60, freq="7D"), "calls": 9})
    with pytest.raises(InputError, match="more than a day apart"):
        read(tmp_path, weeks, Wish(FORTNIGHT))


def test_origins_have_their_whole_horizon_behind_them_and_a_fortnight_before() -> None:
    first, begins = date(2026, 4, 1), date(2025, 9, 1)
    origins = origins_before(first, count=8, begins=begins, ahead=Length(28, "d"))
    assert len(origins) == 8
    assert origins[-1] == date(2026, 3, 4)
    assert {(b - a).days for a, b in itertools.pairwise(origins)} == {14}
    assert origins_before(first, count=8, begins=date(2026, 3, 1), ahead=Length(28, "d")) == ()
    few = origins_before(first, count=8, begins=date(2026, 1, 1), ahead=Length(28, "d"))
    assert {(b - a).days for a, b in itertools.pairwise(few)} == {7}
    assert all((day - date(2026, 1, 1)).days >= 14 for day in few)
