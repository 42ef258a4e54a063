"""What the line refuses or leaves aside, before any work is done."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from planner.cli import main
from planner.config import plan_from_text
from planner.domain import tables as t
from planner.domain.problems import InputError
from planner.pipeline.history import TABLES, History, known_to, refuse_coarse
from planner.pipeline.horizon import last_local_day
from tests.planner.config.test_plan import SMALL


def volume(*starts: str, site: str = "LIS", interval_min: int = 30) -> pd.DataFrame:
    return t.VOLUME.check(
        pd.DataFrame(
            {"site": site, "language": "pt", "channel": "voice", "interval_start": starts,
             "interval_min": interval_min, "offered": 1}
        )
    )  # fmt: skip


def empty_history() -> History:
    return History(*(each.empty() for each in TABLES))


def test_history_of_queues_the_plan_lacks_is_left_aside_and_said() -> None:
    centre = plan_from_text(SMALL).centre
    both = pd.concat(
        [volume("2026-10-05T09:00Z"), volume("2026-10-05T09:00Z", site="OLD")], ignore_index=True
    )
    kept, notes = known_to(centre, replace(empty_history(), volume=both))
    assert list(kept.volume["site"]) == ["LIS"]
    assert notes == ["left aside: 1 rows of volume of queues or sites that plan.yaml lacks"]


def test_history_coarser_than_the_plan_is_refused() -> None:
    centre = plan_from_text("interval_min: 15\n" + SMALL).centre
    with pytest.raises(InputError, match="known by 30 minutes; write interval_min: 30"):
        refuse_coarse(volume("2026-10-05T09:00Z"), centre)
    refuse_coarse(volume("2026-10-05T09:00Z", interval_min=15), centre)


@pytest.mark.parametrize(
    ("last", "day"),
    [
        ("2026-10-04T17:30Z", date(2026, 10, 4)),
        ("2026-10-05T00:30Z", date(2026, 10, 4)),
        ("2026-10-05T14:00Z", date(2026, 10, 5)),
    ],
)
def test_a_day_just_begun_is_not_the_last_day_known(last: str, day: date) -> None:
    assert last_local_day(volume("2026-10-03T09:00Z", last), plan_from_text(SMALL).centre) == day


def test_weeks_that_are_not_forecast_cannot_be_scheduled() -> None:
    with pytest.raises(InputError, match="schedule_weeks 2 is more than forecast_weeks 1"):
        plan_from_text(SMALL + "horizon: {forecast_weeks: 1, schedule_weeks: 2}\n")


@pytest.mark.parametrize(
    "call",
    [
        ["sample", "new", "--scale", "0"],
        ["forecast", "v.csv", "--plan", "p", "--out", "f.csv", "--days", "-3"],
        ["simulate", "s.csv", "f.csv", "a.csv", "--plan", "p", "--out", "c.csv", "--replications", "0"],
        ["schedule", "r.csv", "a.csv", "--plan", "p", "--out", "s.csv", "--weeks", "-1"],
    ],
)
def test_impossible_numbers_are_a_wrong_call(call: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(call)
    assert refused.value.code == 2


def test_a_missing_output_folder_is_found_before_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", "f.csv", "--plan", "p.yaml", "--out", "nowhere/r.csv"]) == 1
    assert "its folder is missing" in capsys.readouterr().err
