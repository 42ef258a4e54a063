"""Labour rules come from the plan, from a pack of a country's law, or from both."""

import pytest

from planner.config import plan_from_text
from planner.config.labour import PACKS, pack, pack_names
from planner.domain.labour_rules import LabourRules, PausesDue, Rolling, ShiftPattern
from planner.domain.problems import InputError
from tests.planner.config.test_plan import SMALL

NAMED = "labour: {pt: {daily_rest_h: 11}}"


def rules(labour: str, site: str = "pt") -> LabourRules:
    text = SMALL.replace(NAMED, labour).replace("labour: pt,", f"labour: {site},")
    return plan_from_text(text).centre.sites["LIS"].labour


def problem(old: str, new: str) -> tuple[str | None, str]:
    assert old in SMALL
    with pytest.raises(InputError) as error:
        plan_from_text(SMALL.replace(old, new))
    (found,) = error.value.problems
    return found.column, found.note


def test_a_site_takes_a_pack_by_its_name() -> None:
    assert rules("labour: {}", "spain").daily_rest_h == 12
    assert rules("labour: {}", "germany").pauses_due == (PausesDue(6, 30), PausesDue(9, 45))


def test_numbers_written_beside_a_pack_replace_its_own() -> None:
    found = rules("labour: {madrid: {pack: spain, day_max_h: 8}}", "madrid")
    assert (found.day_max_h, found.daily_rest_h, found.weekly_rest_h) == (8, 12, 36)


def test_a_number_that_equals_the_programs_own_still_replaces_the_packs() -> None:
    assert rules("labour: {madrid: {pack: spain, daily_rest_h: 11}}", "madrid").daily_rest_h == 11


def test_rules_of_the_plan_go_before_a_pack_of_the_same_name() -> None:
    assert rules("labour: {spain: {daily_rest_h: 13}}", "spain").weekly_rest_h == 35


def test_an_unknown_pack_is_named_with_those_there_are() -> None:
    path, note = problem(NAMED, "labour: {pt: {pack: atlantis}}")
    assert path == "labour.pt.pack"
    assert "“atlantis”" in note
    assert "brazil, colombia, eu, germany, morocco, philippines, portugal, spain" in note
    path, note = problem("labour: pt,", "labour: atlantis,")
    assert (path, "spain" in note) == ("sites.LIS.labour", True)


@pytest.mark.parametrize("name", pack_names())
def test_every_number_of_a_pack_names_its_source_and_the_counsel(name: str) -> None:
    text = (PACKS / f"{name}.yaml").read_text(encoding="utf-8")
    assert "check with your counsel" in text
    numbers = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(" # " in line for line in numbers)
    assert pack(name).model_fields_set >= {
        "daily_rest_h",
        "weekly_rest_h",
        "day_max_h",
        "week_max_h",
        "night",
    }


def test_so_many_in_so_many_weeks_is_read_in_words() -> None:
    text = "labour: {pt: {free_weekends: 1 of 4, free_sundays: 2 in 8 weeks, nights_max: 10 in 4 weeks}}"
    found = rules(text)
    assert found.free_weekends == Rolling(1, 4)
    assert found.free_sundays == Rolling(2, 8)
    assert found.nights_max == Rolling(10, 4)


@pytest.mark.parametrize(
    ("labour", "path", "words"),
    [
        ("{free_weekends: 5 of 4}", "labour.pt", "there are not so many"),
        ("{free_weekends: often}", "labour.pt.free_weekends", "write 1 of 4"),
        ("{breaks_apart_min: [90, 60]}", "labour.pt", "[least, most]"),
        ("{night_max: 8}", "labour.pt.night_max", "not a key"),
    ],
)
def test_wrong_rules_are_named_by_their_path(labour: str, path: str, words: str) -> None:
    found, note = problem(NAMED, f"labour: {{pt: {labour}}}")
    assert found == path
    assert words in note


def patterns(line: str) -> tuple[ShiftPattern, ...]:
    text = SMALL.replace("shift_patterns: [{name: 8 h, paid_h: 8}]", f"shift_patterns: [{line}]")
    return plan_from_text(text).centre.shift_patterns


def test_a_pattern_may_list_its_starts() -> None:
    (found,) = patterns('{name: 8 h, paid_h: 8, starts: ["14:30", "07:00"]}')
    assert found.starts_min == (7 * 60, 14 * 60 + 30)


def test_starts_without_quotes_are_the_clock_times_they_look_like() -> None:
    (found,) = patterns("{name: 8 h, paid_h: 8, starts: [07:00, 14:30]}")
    assert found.starts_min == (7 * 60, 14 * 60 + 30)


@pytest.mark.parametrize(("start", "words"), [("25:00", "no time of day"), ("07:10", "interval of 30 min")])
def test_a_start_that_cannot_be_is_refused(start: str, words: str) -> None:
    line = f'shift_patterns: [{{name: 8 h, paid_h: 8, starts: ["{start}"]}}]'
    path, note = problem("shift_patterns: [{name: 8 h, paid_h: 8}]", line)
    assert path is not None
    assert path.startswith("shift_patterns.0.starts")
    assert words in note
