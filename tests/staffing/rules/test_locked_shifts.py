"""What is locked stays: days off, whole shifts, segments."""

import pandas as pd

from planner.domain.change_tables import LOCKED
from tests.staffing.rules.hand import broken, shift

SHIFT = shift("2026-10-06 09:00")
WHOLE = {
    "agent_id": "ana", "site": "SVQ", "day": SHIFT[0]["day"], "start": SHIFT[0]["start"], "end": SHIFT[-1]["end"],
    "activity": "shift",
}  # fmt: skip


def locked(*rows: dict[str, object]) -> pd.DataFrame:
    return LOCKED.check(pd.DataFrame(rows))


def test_a_locked_shift_stands_with_its_start_and_its_end() -> None:
    assert broken(SHIFT, locked=locked(WHOLE)) == []
    assert broken(shift("2026-10-06 10:00"), locked=locked(WHOLE)) == [("locked shifts", "ana", "10-06")]
    assert broken(shift("2026-10-07 09:00"), locked=locked(WHOLE)) == [("locked shifts", "ana", "10-06")]


def test_a_locked_day_off_is_not_worked() -> None:
    midnight = pd.Timestamp("2026-10-06", tz="Europe/Madrid").tz_convert("UTC")
    off = WHOLE | {"activity": "off", "start": midnight, "end": midnight + pd.Timedelta(days=1)}
    assert broken(SHIFT, locked=locked(off)) == [("locked shifts", "ana", "10-06")]
    assert broken(shift("2026-10-07 09:00"), locked=locked(off)) == []


def test_locked_segments_keep_their_times_and_their_queue() -> None:
    assert broken(SHIFT, locked=locked(*SHIFT)) == []
    moved = shift("2026-10-06 09:00", meal_after=5)
    assert broken(moved, locked=locked(*SHIFT)) == [("locked shifts", "ana", "10-06")]
    chat = [row | ({"channel": "chat"} if row["activity"] == "contact" else {}) for row in SHIFT]
    assert broken(chat, locked=locked(*SHIFT)) == [("locked shifts", "ana", "10-06")]


def test_what_is_locked_before_the_horizon_is_the_pasts_affair() -> None:
    past = WHOLE | {"day": pd.Timestamp("2026-10-04")}
    assert broken(shift("2026-10-07 09:00"), locked=locked(past)) == []
