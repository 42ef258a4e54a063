"""Events are read under the headings people keep them, and odd cells are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.domain.centre import Event
from planner.domain.problems import InputError
from planner.importers.plain import read_events


def read(folder: Path, text: str) -> tuple[Event, ...]:
    path = folder / "events.csv"
    path.write_text(text, "utf-8")
    return read_events(path)


def test_our_own_headings_and_other_people_s_mean_the_same(tmp_path: Path) -> None:
    ours = read(tmp_path, "name,kind,first_day,last_day,uplift,lead_days,lag_days\nSpring,mailing,2026-03-01,2026-03-07,0.2,1,3\n")  # fmt: skip
    theirs = read(tmp_path, "Campaign;Type;Start;End;Expected uplift;Lead;Lag\nSpring;mailing;01/03/2026;07/03/2026;+20 %;1;3\n")  # fmt: skip
    wanted = Event("Spring", "mailing", date(2026, 3, 1), date(2026, 3, 7), (), False, 0.2, 1, 3)
    assert ours == (wanted,)
    assert theirs == ours


def test_a_date_alone_is_an_event_of_one_day(tmp_path: Path) -> None:
    (event,) = read(tmp_path, "date,event\n2026-11-27,Black Friday\n")
    assert (event.first_day, event.last_day) == (date(2026, 11, 27),) * 2
    assert (event.name, event.kind, event.uplift) == ("Black Friday", "Black Friday", None)


def test_every_odd_cell_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, "start,end,kind,uplift\n2026-03-05,2026-03-01,sale,much\n2026-03-06,,sale,-2\n")
    told = str(error.value)
    assert "row 2, end: “2026-03-01” lies before the first day" in told
    assert "row 2, uplift: “much” is not a number" in told
    assert "row 3, uplift: “-2”" in told
