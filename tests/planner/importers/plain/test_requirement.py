"""People needed are read under any headings, long or wide, and whatever cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.centre import QueueKey
from planner.domain.problems import InputError
from planner.importers.plain import Asked, read_requirement
from planner.pipeline.plain.needed import Needed, needed
from planner.pipeline.plain.queues import queues_as_told

MADRID = {"site": "Europe/Madrid"}


def understood(tmp_path: Path, text: str, **asked: str) -> Needed:
    path = tmp_path / "n.csv"
    path.write_text(text, "utf-8")
    return needed(read_requirement(path, asked=Asked(**asked)), queues_as_told, MADRID)  # type: ignore[arg-type]


def told(need: Needed) -> list[tuple[str, str, str, float]]:
    """Language, channel, UTC time and people of every row."""
    rows = need.rows
    return [
        (a, b, f"{c:%m-%d %H:%M}", d)
        for a, b, c, d in zip(
            rows["language"], rows["channel"], rows["interval_start"], rows["agents_scheduled"]
        )
    ]


SAME = [
    ("es", "voice", "10-05 07:00", 2.0),
    ("es", "voice", "10-05 07:30", 3.5),
    ("pt", "voice", "10-05 07:00", 1.0),
    ("pt", "voice", "10-05 07:30", 0.0),
]


@pytest.mark.parametrize(
    "text",
    [
        "language,interval_start,agents\nes,2026-10-05 09:00,2\nes,2026-10-05 09:30,3.5\npt,2026-10-05 09:00,1\npt,2026-10-05 09:30,0\n",
        "Skill;Date;Time;Required FTE;AHT\nSpanish;5/10/2026;09:00;2;300\nSpanish;5/10/2026;09:30;3,5;300\nPT;5/10/2026;09:00;1;300\nPT;5/10/2026;09:30;0;300\n",
        "time,Español,Portuguese,Total\n2026-10-05T09:00+02:00,2,1,3\n2026-10-05T07:30Z,3.5,0,3.5\n",
        "A title above\n\nStart,es voice,phone - pt\n2026-10-05 09:00,2,1\n2026-10-05 09:30,3.5,0\n",
        "site,language,channel,interval_start,interval_min,offered,agents_on_contact,agents_scheduled\n"
        "site,es,voice,2026-10-05T07:00Z,30,9,1,2\nsite,es,voice,2026-10-05T07:30Z,30,9,2,3.5\nsite,pt,voice,2026-10-05T07:00Z,30,9,1,1\nsite,pt,voice,2026-10-05T07:30Z,30,0,0,0\n",
    ],
    ids=["long", "other headings", "wide with offsets", "wide with channels", "our own"],
)  # fmt: skip
def test_the_same_need_is_read_from_any_shape(tmp_path: Path, text: str) -> None:
    orders = {"order": "day first"} if "5/10" in text else {}
    need = understood(tmp_path, text, **orders)
    assert told(need) == SAME
    assert need.interval_min == 30


def test_quarters_stay_quarters_and_an_hour_is_needed_through_both_halves(tmp_path: Path) -> None:
    quarters = understood(tmp_path, "t,es\n2026-10-05 09:00,1\n2026-10-05 09:15,2\n")
    assert (quarters.interval_min, len(quarters.rows)) == (15, 2)
    hours = understood(tmp_path, "t,es\n2026-10-05 09:00,1\n2026-10-05 10:00,2\n")
    assert [row[3] for row in told(hours)] == [1, 1, 2, 2]
    assert hours.interval_min == 30


def test_one_row_for_the_hour_that_happens_twice_holds_for_both_and_two_rows_for_one_each(
    tmp_path: Path,
) -> None:
    head = "t,es\n2026-10-25 01:30,1\n2026-10-25 02:00,2\n2026-10-25 02:30,3\n"
    once = understood(tmp_path, head + "2026-10-25 03:00,4\n")
    assert [row[2:] for row in told(once)] == [
        ("10-24 23:30", 1), ("10-25 00:00", 2), ("10-25 00:30", 3), ("10-25 01:00", 2), ("10-25 01:30", 3), ("10-25 02:00", 4),
    ]  # fmt: skip
    twice = understood(tmp_path, head + "2026-10-25 02:00,7\n2026-10-25 02:30,8\n2026-10-25 03:00,4\n")
    assert [row[3] for row in told(twice)] == [1, 2, 3, 7, 8, 4]


def test_an_hour_that_never_comes_is_left_out_and_said(tmp_path: Path) -> None:
    need = understood(
        tmp_path, "t,es\n2027-03-28 01:30,1\n2027-03-28 02:00,2\n2027-03-28 02:30,3\n2027-03-28 03:00,4\n"
    )
    assert [row[2:] for row in told(need)] == [("03-28 00:30", 1), ("03-28 01:00", 4)]
    assert "2 rows left out" in " ".join(need.notices)


def test_a_table_of_one_number_is_for_everybody(tmp_path: Path) -> None:
    need = understood(tmp_path, "when,staff\n2026-10-05 09:00,2\n2026-10-05 09:30,2\n")
    assert {QueueKey(*key) for key in need.rows[["site", "language", "channel"]].itertuples(index=False)} == {
        QueueKey("site", "all", "voice")
    }


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "language,time,agents\nes,2026-10-05 09:00,two\nes,2026-10-05 09:30,-1\nes,noon,1\nes,2026-10-05 10:00,1\nes,2026-10-05 10:30,1\n"
            + "".join(f"es,2026-10-06 {h:02}:00,1\n" for h in range(8, 20)),
            ["n.csv, row 4, time: “noon”", "n.csv, row 2, agents: “two”", "n.csv, row 3, agents: “-1”"],
        ),
        ("language,time,agents\nes,2026-10-05 09:00,1\nes,2026-10-05 09:30,1\nes,2026-10-05 09:00,2\n", ["n.csv, row 4, agents: site · es · voice at 2026-10-05 09:00 stands in an earlier row too"]),
        ("language,day,agents\nes,2026-10-05,1\nes,2026-10-06,1\n", ["has rows with one time a day"]),
        ("language,time,agents\nes,2026-10-05 09:00,1\nes,2026-10-05 09:10,1\n", ["every 10 min"]),
        ("language,time,first,second\nes,2026-10-05 09:00,1,2\n", ["several columns could be the people needed: first, second; say which with --agents-column"]),
        ("language,time\nes,2026-10-05 09:00\n", ["no column holds the people needed"]),
    ],
    ids=["cells", "twice", "days", "ten minutes", "which", "none"],
)  # fmt: skip
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, problems: list[str]) -> None:
    with pytest.raises(InputError) as error:
        understood(tmp_path, text)
    assert [part for part in problems if part not in str(error.value)] == []
    assert len(error.value.problems) == len(problems)


def test_a_column_can_be_asked_for(tmp_path: Path) -> None:
    need = understood(
        tmp_path,
        "language,time,first,second\nes,2026-10-05 09:00,1,2\nes,2026-10-05 09:30,1,2\n",
        volume_column="Second",
    )
    assert [row[3] for row in told(need)] == [2, 2]
