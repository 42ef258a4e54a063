"""Settings of handling that are to come from data."""

import pytest

from planner.config import FromData, plan_from_text, with_measured
from planner.domain.centre import QueueKey
from tests.planner.config.test_plan import SMALL, problems_of

PT, NO = QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "no", "voice")
OLD = "voice: {aht_s: 325, patience_s: 200}"


def written(handling: str) -> str:
    assert OLD in SMALL
    return SMALL.replace(OLD, f"voice: {{{handling}}}")


def test_each_setting_keeps_the_path_where_plan_yaml_says_so() -> None:
    plan = plan_from_text(written("aht_s: 325, aht_cv: from data, patience_s: from data"))
    told = {(each.queue, each.setting): each.path for each in plan.from_data}
    assert told == {
        (PT, "aht_cv"): "handling.voice.aht_cv",
        (PT, "patience_s"): "handling.voice.patience_s",
        (NO, "aht_cv"): "handling.voice.aht_cv",
        (NO, "patience_s"): "handling.voice.patience_s",
    }


def test_the_queues_own_entry_wins_in_both_directions() -> None:
    plan = plan_from_text(written("aht_s: from data, patience_s: 200"))
    assert plan.from_data == (FromData(PT, "aht_s", "handling.voice.aht_s"),)
    assert plan.centre.queues[NO].handling.aht_s == 400
    other = plan_from_text(SMALL.replace("{voice: {aht_s: 400}}", "{voice: {patience_s: from data}}"))
    assert other.from_data == (FromData(NO, "patience_s", "queues.1.handling.voice.patience_s"),)
    assert other.centre.queues[PT].handling.patience_s == 200


def test_a_measured_plan_waits_for_nothing() -> None:
    plan = plan_from_text(written("aht_s: 325, patience_s: from data, patience_shape: from data"))
    measured = {key: {"patience_s": 170.0, "patience_shape": 1.2} for key in (PT, NO)}
    done = with_measured(plan, measured)
    assert done.from_data == ()
    assert done.centre.queues[PT].handling.patience_s == 170
    assert done.centre.queues[PT].handling.patience_shape == 1.2
    half = with_measured(plan, {PT: measured[PT]})
    assert {each.queue for each in half.from_data} == {NO}


@pytest.mark.parametrize(
    ("handling", "path", "words"),
    [
        ("aht_s: 325, concurrency: from data", "handling.voice.concurrency", "integer"),
        ("aht_s: 325, patience_s: from the data", "handling.voice.patience_s", "number"),
        ("aht_s: 325, patience_s: from data, patience_shape: 1.3", "handling.voice.patience_s", "there too"),
        (
            "aht_s: 325, patience_s: 90, patience_shape: from data",
            "handling.voice.patience_shape",
            "there too",
        ),
    ],
)
def test_what_cannot_be_measured_is_named(handling: str, path: str, words: str) -> None:
    problems = problems_of(written(handling))
    assert [column for column, _ in problems] == [path]
    assert words in problems[0][1]


def test_nobody_waits_for_deferred_work() -> None:
    old = "email: {aht_s: 330}"
    assert old in SMALL
    problems = problems_of(SMALL.replace(old, "email: {aht_s: 330, patience_s: from data}"))
    assert problems == [
        ("handling.email.patience_s", "nobody waits in a deferred channel, so that no log tells patience")
    ]
