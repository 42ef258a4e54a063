"""Why not fewer: the sentence names what breaks and how far, and the slack has the right sign."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.formats import NO_BREAK
from dashboards.published import Published
from dashboards.requirement_expected import broken, measures, why_not_fewer
from planner.domain.centre import QueueKey, ServiceLevel, Target

TARGET = Target((ServiceLevel(0.8, 20), ServiceLevel(0.9, 60)), max_abandonment=0.05, max_asa_s=30)
ROW = pd.Series({
    "agents_on_contact": 7.0, "service_level": 0.83, "service_level_2": 0.93, "abandonment": 0.045,
    "occupancy": 0.8, "asa_s": 12.0, "fewer_service_level": 0.71, "fewer_service_level_2": 0.905,
    "fewer_abandonment": 0.061, "fewer_occupancy": 0.85, "fewer_asa_s": 21.0,
    "fewer_breaks": "80 % in 20 s; abandonment ≤ 5 %",
})  # fmt: skip


def said(row: pd.Series, target: Target = TARGET) -> str:
    return why_not_fewer(row, target).replace(NO_BREAK, " ")


def test_the_sentence_names_what_breaks_and_how_far() -> None:
    assert said(ROW) == "With 6, 80 % in 20 s falls to !!71.0 %!! and abandonment rises to !!6.1 %!!."


def test_without_the_last_agent_nobody_answers() -> None:
    assert said(ROW.replace({7.0: 1.0})) == "With nobody, !!no contact!! would be answered."


def test_a_wait_without_end_is_said_so() -> None:
    row = pd.concat([ROW.drop(["fewer_asa_s", "fewer_breaks"]), pd.Series({"fewer_asa_s": float("nan")})])
    row["fewer_breaks"] = "ASA ≤ 30 s"
    assert said(row) == "With 6, ASA !!grows without end!!."


def test_a_third_service_level_has_no_column_but_a_name() -> None:
    row = ROW.copy()
    row["fewer_breaks"] = "95 % in 120 s"
    assert said(row) == "With 6, 95 % in 120 s !!breaks!!."


def test_interval_by_interval_a_target_may_be_missed_as_it_is_or_have_room_for_one_fewer() -> None:
    missed, roomy = ROW.copy(), ROW.copy()
    missed["service_level"], roomy["fewer_breaks"] = 0.764, None
    assert said(missed) == "Even with 7, 80 % in 20 s comes to !!76.4 %!!."
    assert said(roomy) == "With 6, every target would still be met in this interval."


@pytest.mark.parametrize("agents", [7.0, 0.0])
def test_nothing_is_said_where_the_plan_does_not_know_or_nobody_is_needed(agents: float) -> None:
    row = ROW.drop([name for name in ROW.index if name.startswith("fewer_")])
    row["agents_on_contact"] = agents
    assert said(row) == ""


def test_a_miss_by_a_hair_is_not_rounded_into_the_target() -> None:
    level, _, abandonment, occupancy, asa = measures(TARGET)
    assert level.shown(0.79978).replace(NO_BREAK, " ") == "79.98 %"
    assert level.shown(0.8).replace(NO_BREAK, " ") == "80.0 %"
    assert abandonment.shown(0.0502).replace(NO_BREAK, " ") == "5.02 %"
    assert [level.missed(0.79978), level.missed(0.8), abandonment.missed(0.0502), asa.missed(30)] == [
        True, False, True, False,
    ]  # fmt: skip
    assert asa.missed(float("nan"))  # the wait grows for ever
    assert not abandonment.missed(float("nan"))
    assert occupancy.slack(0.99) is None
    assert not occupancy.missed(0.99)


def test_what_is_marked_as_missed_is_what_the_plan_says_breaks(plan: Published) -> None:
    key = QueueKey("LIS", "de", "voice")
    needed = plan.table("REQUIREMENT")
    mine = needed[(needed["language"] == "de") & (needed["channel"] == "voice")]
    target = plan.centre.queues[key].target
    assert len(mine) > 1000
    for _, row in mine.drop_duplicates("fewer_breaks").iterrows():
        known = [measure for measure in measures(target) if measure.limit is not None]
        marked = tuple(each.words for each in known if each.missed(row[f"fewer_{each.column}"]))
        assert marked == broken(row)
        assert not any(each.missed(row[each.column]) for each in known)
