"""plan.yaml: what is wrong is named by its dotted path, all at once."""

from pathlib import Path

import pytest

from planner.config import load_plan, plan_from_text
from planner.domain.centre import QueueKey, ServiceLevel
from planner.domain.planned import Planned
from planner.domain.problems import InputError

SMALL = """
name: Small
sites:
  LIS: {country: PT, time_zone: Europe/Lisbon, hours: {all: "07:00-22:00"}, labour: pt,
        shrinkage: {planned: 0.14, planned_away: 0.09, unplanned: 0.08}}
labour: {pt: {daily_rest_h: 11}}
targets:
  voice: {service_levels: [{share: 0.8, within_s: 20}, {share: 0.9, within_s: 60}], max_abandonment: 0.05}
  email: {deadline: {share: 0.95, within_business_h: 8}}
handling: {voice: {aht_s: 325, patience_s: 200}, email: {aht_s: 330}}
queues:
  - {site: LIS, language: pt, channels: [voice, email], hours: {mon-fri: "09:00-19:00"}, customers: [PT]}
  - {site: LIS, language: no, channels: [voice], handling: {voice: {aht_s: 400}}}
contracts: {full: {weekly_hours: 40, days_per_week: 5, shift_h: [8]}}
shift_patterns: [{name: 8 h, paid_h: 8}]
"""


def problems_of(text: str) -> list[tuple[str | None, str]]:
    with pytest.raises(InputError) as error:
        plan_from_text(text)
    return [(p.column, p.note) for p in error.value.problems]


def test_a_queue_takes_what_it_does_not_say_from_its_channel_and_its_site() -> None:
    centre = plan_from_text(SMALL).centre
    voice = centre.queues[QueueKey("LIS", "pt", "voice")]
    assert voice.target.service_levels == (ServiceLevel(0.8, 20), ServiceLevel(0.9, 60))
    assert (voice.handling.aht_s, voice.handling.patience_s) == (325, 200)
    norwegian = centre.queues[QueueKey("LIS", "no", "voice")]
    assert (norwegian.handling.aht_s, norwegian.handling.patience_s) == (400, 200)
    assert norwegian.hours == centre.sites["LIS"].hours
    assert norwegian.customers == ("PT",)


def test_work_may_be_spread_over_a_dask_cluster() -> None:
    given = "name: Small\nsettings: {backend: dask, scheduler: 'tcp://10.0.0.5:8786', workers: 8}"
    settings = plan_from_text(SMALL.replace("name: Small", given, 1)).settings
    assert (settings.backend, settings.scheduler, settings.workers) == ("dask", "tcp://10.0.0.5:8786", 8)
    assert plan_from_text(SMALL).settings.backend == "loky"


def test_shrinkage_at_work_makes_up_what_leave_does_not() -> None:
    shrinkage = plan_from_text(SMALL).centre.sites["LIS"].shrinkage
    assert (1 - shrinkage.planned_away) * (1 - shrinkage.planned_at_work) == pytest.approx(1 - 0.14)


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("hours: {all", "houres: {all", "sites.LIS.houres", "not a key"),
        ("aht_s: 325", "aht_s: -3", "handling.voice.aht_s", "greater than 0"),
        ("labour: pt,", "labour: xx,", "sites.LIS.labour", "known: pt"),
        ("Europe/Lisbon", "Europe/Lisboa", "sites.LIS.time_zone", "IANA"),
        ("{all:", "{everyday:", "sites.LIS.hours", "names no weekdays"),
        ("09:00-19:00", "9 to 7", "queues.0.hours", "no opening time"),
        ("language: pt", "language: Portuguese!", "queues.0.language", "BCP 47"),
        ("site: LIS, language: no", "site: LIX, language: no", "queues.1.site", "known: LIS"),
        ("channels: [voice, email]", "channels: [voice, fax]", "queues.0.channels", "no known channel"),
        ("language: no, channels: [voice]", "language: pt, channels: [voice]", "queues.1", "stands twice"),
        ("share: 0.8,", "share: 80,", "targets.voice.service_levels.0.share", "less than 1"),
        ("planned: 0.14", "planned: 1.4", "sites.LIS.shrinkage.planned", "less than 1"),
        ("planned_away: 0.09", "planned_away: 0.2", "sites.LIS.shrinkage.planned_away", "is a part of it"),
        ("shift_h: [8]", "shift_h: [7.5]", "contracts.full.shift_h", "no shift pattern"),
        ("shift_h: [8]", "shift_h: [8], overtime_h: 6", "contracts.full.overtime_h", "shortest is 8 h"),
        (
            "days_per_week: 5",
            "days_per_week: 4, overtime_h: 8",
            "contracts.full.overtime_h",
            "5 shifts of 8 h",
        ),
        ("days_per_week: 5", "days_per_week: 6", "contracts.full", "exceeds weekly_hours"),
        (
            "email: {deadline: {share: 0.95, within_business_h: 8}}",
            "email: {max_asa_s: 9}",
            "queues.0",
            "by a deadline",
        ),
        ("country: PT,", "country: PT, country: ES,", None, "stands twice"),
        ("name: Small", "name: Small\nsettings: {backend: spark}", "settings.backend", "'dask'"),
        ("name: Small", "name: Small\nsettings: {scheduler: 'tcp://a:1'}", "settings", "backend: dask"),
        ("name: Small", "name: [", None, "not valid YAML"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(old: str, new: str, path: str | None, words: str) -> None:
    assert old in SMALL
    found = problems_of(SMALL.replace(old, new, 1))
    assert any(column == path and words in note for column, note in found), found


def test_all_problems_come_at_once() -> None:
    text = (
        SMALL.replace("aht_s: 325", "aht_s: 0")
        .replace("Europe/Lisbon", "Mars")
        .replace("share: 0.9,", "share: 9,")
    )
    assert {path for path, _ in problems_of(text)} == {
        "handling.voice.aht_s", "sites.LIS.time_zone", "targets.voice.service_levels.1.share"}  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"- a\n- b", b"a: &a [*a, *a]", b"[" * 3000])
def test_a_file_that_is_no_plan_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        load_plan(path)
    assert "Traceback" not in str(error.value)


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        load_plan(tmp_path / "absent.yaml")


def test_an_event_may_say_what_is_expected_of_it() -> None:
    told = (
        "{name: Launch, kind: launch, first_day: 2026-12-01, last_day: 2026-12-03, uplift: 0.4, lag_days: 7}"
    )
    event = plan_from_text(SMALL + f"events: [{told}]\n").centre.events[0]
    assert (event.uplift, event.lead_days, event.lag_days, event.languages) == (0.4, 0, 7, ())


PLANNED = SMALL.replace(
    "handling: {voice: {aht_s: 400}}}",
    "handling: {voice: {aht_s: 400}}, first_day: 2026-11-02,\n"
    "     planned: {voice: {contacts_per_week: 1200, like: [LIS, pt, voice], ramp_weeks: 6, begins_at: 0.4}}}",
)


def test_a_new_queue_may_bring_a_planned_volume() -> None:
    queues = plan_from_text(PLANNED).centre.queues
    planned = queues[QueueKey("LIS", "no", "voice")].planned
    assert planned == Planned(1200, 0.3, ("LIS", "pt", "voice"), ramp_weeks=6, begins_at=0.4)
    assert queues[QueueKey("LIS", "pt", "voice")].planned is None


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("1200", "0", "queues.1.planned.voice.contacts_per_week", "greater than 0"),
        ("[LIS, pt, voice]", "[LIS, sv, voice]", "queues.1.planned.voice.like", "no queue of this plan"),
        ("[LIS, pt, voice]", "[LIS, no, voice]", "queues.1.planned.voice.like", "the queue itself"),
        ("{voice: {contacts", "{chat: {contacts", "queues.1.planned.chat", "not among this entry's channels"),
        ("first_day: 2026-11-02,", "", "queues.1.planned.voice.ramp_weeks", "first_day"),
    ],
)
def test_a_wrong_planned_volume_is_named_by_its_path(old: str, new: str, path: str, words: str) -> None:
    found = problems_of(PLANNED.replace(old, new))
    assert any(column == path and words in note for column, note in found), found
