"""Pauses in all by hours of work, and the work between two of them."""

from dataclasses import replace

import pandas as pd

from planner.domain.centre import Contract
from planner.domain.labour_rules import PausesDue
from tests.staffing.rules.hand import SPAIN, broken, centre, law, shift

GERMAN = (PausesDue(6, 30), PausesDue(9, 45))
LONG = Contract("full", 40, 5, (8, 10))


def with_pauses(start: str, *works: float, pause_min: int = 15) -> list[dict[str, object]]:
    """Stretches of work of so many hours with paid breaks between."""
    row = shift(start, 1, meal_after=None)[0]
    rest = {"activity": "break", "language": None, "channel": None}
    at, rows = row["start"], []
    for n, hours in enumerate(works):
        if n:
            rows.append(row | rest | {"start": at, "end": at + pd.Timedelta(minutes=pause_min)})
            at += pd.Timedelta(minutes=pause_min)
        rows.append(row | {"start": at, "end": at + pd.Timedelta(hours=hours)})
        at += pd.Timedelta(hours=hours)
    return rows


def test_ten_hours_call_for_45_minutes_and_eight_for_30() -> None:
    german = centre(labour=replace(SPAIN, day_max_h=10, pauses_due=GERMAN), full=LONG)
    ten = shift("2026-10-05 09:00", 10, meal_after=5)
    assert broken(ten, at=german) == [("pauses in all", "ana", "10-05")]
    assert broken(shift("2026-10-05 09:00", 8), at=german) == []
    assert broken(ten, at=centre(labour=replace(SPAIN, day_max_h=10), full=LONG)) == []


def test_pauses_too_short_to_count_are_no_part_of_it() -> None:
    german = law(pauses_due=GERMAN)
    assert broken(with_pauses("2026-10-05 09:00", 2, 3, 2.5), at=german) == []
    cut = with_pauses("2026-10-05 09:00", 2, 3, 2.5, pause_min=14)
    assert ("pauses in all", "ana", "10-05") in broken(cut, at=german)


def test_work_beside_a_pause_is_neither_too_short_nor_too_long() -> None:
    apart = law(breaks_apart_min=(60, 180))
    assert broken(with_pauses("2026-10-05 09:00", 1, 3, 1.5), at=apart) == []
    assert broken(with_pauses("2026-10-05 09:00", 0.5, 3, 2), at=apart) == [("breaks apart", "ana", "10-05")]
    assert broken(with_pauses("2026-10-05 09:00", 2, 3, 0.5), at=apart) == [("breaks apart", "ana", "10-05")]
    assert broken(with_pauses("2026-10-05 09:00", 1, 3.5, 1), at=apart) == [("breaks apart", "ana", "10-05")]
    assert broken(with_pauses("2026-10-05 09:00", 0.5, 3, 2)) == []


def test_a_shift_without_a_pause_is_left_to_the_rule_on_pauses() -> None:
    assert broken(shift("2026-10-05 09:00", 6, meal_after=None), at=law(breaks_apart_min=(60, 180))) == []
