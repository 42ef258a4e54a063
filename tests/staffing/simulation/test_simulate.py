"""The service check tells, for each queue and day, what the schedule would bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Blending, Handling, QueueKey, ServiceLevel, Shrinkage, Target
from planner.domain.problems import InputError
from planner.domain.tables import SCHEDULE, SERVICE_CHECK
from planner.domain.timegrid import OpeningHours, midnight
from staffing.simulation.simulate import SimulationSettings, simulate
from tests.staffing.simulation.centres import (
    EMAIL,
    MONDAY,
    ZONE,
    agents_of,
    around_the_clock_schedule,
    centre,
    forecast,
    no_paths,
    paths,
    queue,
    with_handling,
)
from tests.staffing.simulation.steady import many_servers

VOICE_KEY = QueueKey("LIS", "pt", "voice")
EMAIL_KEY = QueueKey("LIS", "pt", "email")
CHAT_KEY = QueueKey("LIS", "pt", "chat")
SETTINGS = SimulationSettings(replications=8, seed=11)


def check(
    key, target_queue, *, agents, offered, days=3, settings=SETTINGS, shrinkage=None, sample_paths=None
):
    """SERVICE_CHECK of one queue with agents around the clock."""
    schedule = around_the_clock_schedule(key, agents=agents, days=days)
    found = simulate(
        schedule,
        forecast([key], offered=offered, days=days),
        no_paths() if sample_paths is None else sample_paths,
        agents_of(schedule),
        centre(target_queue, shrinkage=shrinkage),
        settings=settings,
    )
    return SERVICE_CHECK.check(found)


def single(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of single queues."""
    return frame[(frame[["site", "language", "channel"]] != "all").all(axis=1)]


def one(frame: pd.DataFrame, measure: str, level: str = "total") -> pd.Series:
    """The only row of that measure and level of a single queue."""
    frame = single(frame)
    rows = frame[(frame["measure"] == measure) & (frame["level"] == level)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_levels_measures_and_periods_are_all_there() -> None:
    found = check(VOICE_KEY, queue(VOICE_KEY), agents=10, offered=50)
    counts = single(found).groupby(["level", "measure"]).size().unstack("level")
    assert set(counts.index) == {
        "service_level", "service_level_2", "abandonment", "asa_s", "occupancy", "all_targets",
    }  # fmt: skip
    assert (counts["interval"] == 3 * 48).all()
    assert (counts["day"] == 3).all()
    assert (counts[["week", "total"]] == 1).all(axis=None)
    days = single(found).query("level == 'day' and measure == 'asa_s'")["interval_start"]
    assert list(days) == [midnight(MONDAY + pd.Timedelta(days=i), ZONE) for i in range(3)]
    assert one(found, "service_level")["target"] == 0.8
    assert one(found, "service_level")["seed"] == 11
    assert np.isnan(one(found, "asa_s")["target"])
    assert np.isnan(one(found, "asa_s")["p_meets"])


def test_a_loss_system_comes_out_as_erlang_b_whatever_the_spread_of_handle_times() -> None:
    """Erlang B is insensitive, so the simulation's lognormal times must give it: 15 Erlang, 15 agents."""
    impatient = with_handling(queue(VOICE_KEY), patience_s=1e-6, aht_cv=1.3)
    settings = SimulationSettings(replications=12, seed=5)
    found = check(VOICE_KEY, impatient, agents=15, offered=90, days=8, settings=settings)
    days = single(found).query("measure == 'abandonment' and level == 'day'").iloc[1:]
    theory = many_servers(15, offered_per_s=0.05, aht_s=300, patience_s=1e-9, within_s=20)
    assert (days["low"] < theory.abandonment).all()
    assert (theory.abandonment < days["high"]).all()
    assert days["value"].mean() == pytest.approx(theory.abandonment, abs=0.006)


def test_one_agent_waits_as_pollaczek_and_khinchine_say() -> None:
    """M/G/1: mean wait = offered E(S^2) / (2 (1 - load)), here with cv 0.5 and load 0.6."""
    patient = with_handling(queue(VOICE_KEY), patience_s=None, aht_cv=0.5)
    settings = SimulationSettings(replications=30, seed=8)
    found = check(VOICE_KEY, patient, agents=1, offered=3.6, days=20, settings=settings)
    theory_s = (3.6 / 1800) * 300**2 * (1 + 0.5**2) / (2 * (1 - 0.6))
    assert one(found, "asa_s")["value"] == pytest.approx(theory_s, rel=0.04)
    assert one(found, "occupancy")["value"] == pytest.approx(0.6, abs=0.01)
    assert one(found, "abandonment")["value"] == 0


def test_the_same_seed_gives_the_same_check_and_another_seed_another() -> None:
    first = check(VOICE_KEY, queue(VOICE_KEY), agents=9, offered=50)
    again = check(VOICE_KEY, queue(VOICE_KEY), agents=9, offered=50)
    other = check(
        VOICE_KEY,
        queue(VOICE_KEY),
        agents=9,
        offered=50,
        settings=SimulationSettings(replications=8, seed=12),
    )
    pd.testing.assert_frame_equal(first, again)
    assert one(first, "asa_s")["value"] != one(other, "asa_s")["value"]


def test_workers_do_not_change_the_result() -> None:
    keys = [VOICE_KEY, QueueKey("BRA", "pt", "voice")]
    schedule = pd.concat([around_the_clock_schedule(key, agents=9, days=2) for key in keys])
    arguments = (
        schedule,
        forecast(keys, offered=50, days=2),
        no_paths(),
        agents_of(schedule),
        centre(*map(queue, keys)),
    )
    alone = simulate(*arguments, settings=SimulationSettings(replications=4, seed=1, workers=1))
    shared = simulate(*arguments, settings=SimulationSettings(replications=4, seed=1, workers=2))
    pd.testing.assert_frame_equal(alone, shared)


def test_more_agents_are_never_worse_in_the_mean() -> None:
    """Common random numbers: the same contacts meet 8, 9, ... 13 agents."""
    settings = SimulationSettings(replications=12, seed=2)
    shrinkage = Shrinkage(planned=0.1, unplanned=0.08)
    found = [
        check(VOICE_KEY, queue(VOICE_KEY), agents=n, offered=50, settings=settings, shrinkage=shrinkage)
        for n in range(8, 14)
    ]
    levels = [one(frame, "service_level")["value"] for frame in found]
    assert levels == sorted(levels)
    assert len({one(frame, "service_level")["offered"] for frame in found}) == 1


def test_the_days_volume_comes_from_the_sample_path() -> None:
    """Two paths, a quiet and a busy one, the same number of replications on each."""
    totals = np.array([[1000.0, 500.0], [3000.0, 1500.0]])
    found = check(
        VOICE_KEY,
        queue(VOICE_KEY),
        agents=30,
        offered=40,
        days=2,
        sample_paths=paths([VOICE_KEY], totals=totals),
    )
    days = single(found).query("level == 'day' and measure == 'abandonment'")
    assert list(days["offered"]) == [2000.0, 1000.0]
    assert one(found, "occupancy")["low"] == pytest.approx(1500 * 300 / (30 * 86400 * 2), rel=0.1)
    assert one(found, "occupancy")["high"] == pytest.approx(4500 * 300 / (30 * 86400 * 2), rel=0.1)


def test_p_meets_is_the_share_of_replications_that_meet_the_target() -> None:
    """Half the replications are quiet and meet 80/20, half are hopeless."""
    totals = np.array([[400.0, 400.0], [6000.0, 6000.0]])
    found = check(
        VOICE_KEY,
        queue(VOICE_KEY),
        agents=10,
        offered=40,
        days=2,
        sample_paths=paths([VOICE_KEY], totals=totals),
    )
    assert one(found, "service_level")["p_meets"] == 0.5
    assert one(found, "abandonment")["p_meets"] == 0.5
    pooled = one(found, "service_level")["value"]
    assert pooled < 0.5  # counts are pooled: the busy days weigh fifteen times as much


def test_shrinkage_takes_the_right_share_of_people_off_the_queue() -> None:
    """Seconds on duty = scheduled x (1 - unplanned) x (1 - planned at work); occupancy shows it."""
    shrinkage = Shrinkage(planned=0.20, unplanned=0.10)
    settings = SimulationSettings(replications=30, seed=4)
    quick = with_handling(queue(VOICE_KEY), patience_s=None)
    found = check(VOICE_KEY, quick, agents=40, offered=60, days=5, settings=settings, shrinkage=shrinkage)
    on_duty = 40 * 0.8 * 0.9
    assert one(found, "occupancy")["value"] == pytest.approx(60 / 1800 * 300 / on_duty, rel=0.01)


def test_training_on_the_schedule_counts_towards_planned_shrinkage() -> None:
    """A fifth of the time is scheduled training already: nothing more is taken off."""
    schedule = around_the_clock_schedule(VOICE_KEY, agents=20, days=5)
    trained = schedule["agent_id"].str[-1].isin(["0", "5"])
    schedule = schedule.assign(
        activity=schedule["activity"].mask(trained, "training"),
        language=schedule["language"].mask(trained),
        channel=schedule["channel"].mask(trained),
    )
    found = simulate(
        schedule,
        forecast([VOICE_KEY], offered=60, days=5),
        no_paths(),
        agents_of(schedule),
        centre(with_handling(queue(VOICE_KEY), patience_s=None), shrinkage=Shrinkage(planned=0.2)),
        settings=SimulationSettings(replications=20, seed=4),
    )
    assert one(found, "occupancy")["value"] == pytest.approx(10 / 16, rel=0.01)


def test_a_first_reply_waits_for_a_slot_and_for_the_agent_to_react() -> None:
    """Slots for all, reaction 61 s: every first reply takes 61 s, none comes within 60 s."""
    target = Target((ServiceLevel(0.8, 60), ServiceLevel(0.8, 61)))
    handling = Handling(530, patience_s=330, concurrency=3, slow_down=0.24, reaction_s=61)
    found = check(CHAT_KEY, queue(CHAT_KEY, target=target, handling=handling), agents=20, offered=2)
    assert one(found, "asa_s")["value"] == pytest.approx(61)
    assert one(found, "service_level")["value"] == 0
    assert one(found, "service_level_2")["value"] == 1


def test_an_agents_own_limit_on_chats_overrides_the_channels() -> None:
    """Eight chat-hours an hour on four agents: three at once is ample, one at once is hopeless."""
    handling = Handling(600, patience_s=300, concurrency=3, slow_down=0.0)
    chat = queue(CHAT_KEY, target=Target((ServiceLevel(0.8, 60),)), handling=handling)
    schedule = around_the_clock_schedule(CHAT_KEY, agents=4, days=2)
    expected = forecast([CHAT_KEY], offered=24, days=2)
    levels = [
        one(
            simulate(
                schedule,
                expected,
                no_paths(),
                agents_of(schedule).assign(max_chats=limit),
                centre(chat),
                settings=SETTINGS,
            ),
            "service_level",
        )["value"]
        for limit in (np.nan, 1.0)
    ]
    assert levels[0] > 0.8
    assert levels[1] < 0.4


def test_email_arriving_at_night_is_judged_on_opening_hours() -> None:
    """Mail comes round the clock, 9.6 h of work a day; two agents work 9 to 17. Mail of the night waits
    up to 9 hours on the wall clock, but its deadline of 8 business hours starts at 9.
    """
    hours = OpeningHours(ZONE, dict.fromkeys(range(5), ((540, 1020),)))
    mail = queue(EMAIL_KEY, target=EMAIL, handling=Handling(360), hours=hours)
    schedule = around_the_clock_schedule(EMAIL_KEY, agents=2, days=5)
    day = schedule["start"].dt.tz_convert(ZONE).dt.normalize()
    schedule = schedule.assign(
        start=(day + pd.Timedelta(hours=9)).dt.tz_convert("UTC"),
        end=(day + pd.Timedelta(hours=17)).dt.tz_convert("UTC"),
    )
    found = simulate(
        schedule,
        forecast([EMAIL_KEY], offered=2, days=5),
        no_paths(),
        agents_of(schedule),
        centre(mail),
        settings=SETTINGS,
    )
    met = single(found).query("measure == 'met_deadline' and level == 'day'")
    assert list(met["value"][:4]) == [1.0] * 4
    assert set(found["measure"]) == {"met_deadline", "occupancy", "all_targets"}


def test_backlog_that_cannot_be_worked_off_misses_its_deadline() -> None:
    """One agent works 8 hours a day and gets 16 hours of mail: half is worked, and ever later."""
    mail = queue(EMAIL_KEY, target=EMAIL, handling=Handling(600))
    found = check(EMAIL_KEY, mail, agents=1, offered=6, days=5)
    assert one(found, "met_deadline")["value"] < 0.3
    assert one(found, "met_deadline")["p_meets"] == 0
    assert one(found, "occupancy")["value"] > 0.99


def test_idle_voice_agents_do_the_mail_of_a_blended_language() -> None:
    """No one is scheduled for mail: it gets done only where the language is blended."""
    queues = (queue(VOICE_KEY), queue(EMAIL_KEY, target=EMAIL, handling=Handling(300)))
    schedule = around_the_clock_schedule(VOICE_KEY, agents=20, days=4)
    expected = forecast([VOICE_KEY, EMAIL_KEY], offered=6, days=4)
    met = {
        languages: one(
            simulate(
                schedule,
                expected,
                no_paths(),
                agents_of(schedule),
                centre(*queues, blending=Blending(languages, 0.3)),
                settings=SETTINGS,
            ),
            "met_deadline",
        )["value"]
        for languages in ((), ("pt",))
    }
    assert met == {(): 0.0, ("pt",): 1.0}


def test_a_closed_queue_has_no_row() -> None:
    """No contact is expected before 8: those half-hours are closed, not perfect."""
    expected = forecast([VOICE_KEY], offered=40, days=2)
    open_hours = expected["interval_start"].dt.tz_convert(ZONE).dt.hour >= 8
    schedule = around_the_clock_schedule(VOICE_KEY, agents=10, days=2)
    found = simulate(
        schedule,
        expected[open_hours],
        no_paths(),
        agents_of(schedule),
        centre(queue(VOICE_KEY)),
        settings=SETTINGS,
    )
    rows = found[(found["level"] == "interval") & (found["measure"] == "asa_s")]
    assert len(rows) == 2 * 32
    assert rows["interval_start"].dt.tz_convert(ZONE).dt.hour.min() == 8


@pytest.mark.parametrize(("first_day", "hours"), [(date(2026, 10, 24), 25), (date(2026, 3, 28), 23)])
def test_a_day_of_clock_change_has_its_own_length(first_day: date, hours: int) -> None:
    schedule = around_the_clock_schedule(VOICE_KEY, agents=10, days=2, first_day=first_day)
    found = simulate(
        schedule,
        forecast([VOICE_KEY], offered=40, days=2, first_day=first_day),
        no_paths(),
        agents_of(schedule),
        centre(queue(VOICE_KEY)),
        settings=SETTINGS,
    )
    days = single(found).query("level == 'day' and measure == 'asa_s'")
    assert list(days["offered"]) == pytest.approx([48 * 40, hours * 2 * 40], rel=0.03)
    assert list(days["interval_start"].diff().dropna()) == [pd.Timedelta(hours=24)]


def test_a_segment_for_a_queue_that_does_not_exist_is_refused_by_name() -> None:
    schedule = around_the_clock_schedule(QueueKey("LIS", "de", "voice"), agents=1, days=1)
    with pytest.raises(InputError, match="LIS are for de voice"):
        simulate(
            schedule,
            forecast([VOICE_KEY], offered=4, days=1),
            no_paths(),
            agents_of(schedule),
            centre(queue(VOICE_KEY)),
            settings=SETTINGS,
        )


def test_a_queue_that_nobody_is_scheduled_for_loses_everyone() -> None:
    other = QueueKey("LIS", "es", "voice")
    schedule = around_the_clock_schedule(VOICE_KEY, agents=10, days=2)
    found = simulate(
        schedule,
        forecast([VOICE_KEY, other], offered=20, days=2),
        no_paths(),
        agents_of(schedule),
        centre(queue(VOICE_KEY), queue(other)),
        settings=SETTINGS,
    )
    lost = single(found)[single(found)["language"] == "es"]
    assert one(lost, "service_level")["value"] == 0
    assert one(lost, "service_level")["p_meets"] == 0
    assert one(lost, "abandonment")["value"] == pytest.approx(1, abs=0.01)
    assert np.isnan(one(lost, "asa_s")["value"])
    assert np.isnan(one(lost, "occupancy")["value"])


def test_days_and_sites_on_which_nobody_works_are_simulated_with_nobody_there() -> None:
    """Lisbon has agents on the first of two days, Porto has none at all: who calls there gives up."""
    porto = QueueKey("OPO", "pt", "voice")
    schedule = around_the_clock_schedule(VOICE_KEY, agents=20, days=1)
    found = simulate(
        schedule,
        forecast([VOICE_KEY, porto], offered=30, days=3),
        no_paths(),
        agents_of(schedule),
        centre(queue(VOICE_KEY), queue(porto)),
        settings=SimulationSettings(replications=4, seed=2, first_day=MONDAY, days=2),
    )
    daily = single(SERVICE_CHECK.check(found)).query("level == 'day'")
    level = daily[daily["measure"] == "service_level"].set_index(["site", "interval_start"])["value"]
    days = [midnight(MONDAY + timedelta(days=n), ZONE) for n in range(2)]
    assert len(level) == 4
    assert level["LIS", days[0]] > 0.9
    assert [level["LIS", days[1]], level["OPO", days[0]], level["OPO", days[1]]] == [0, 0, 0]
    lost = daily[(daily["measure"] == "abandonment") & (daily["site"] == "OPO")]["value"]
    assert (lost > 0.9).all()


def test_an_empty_schedule_is_simulated_only_over_days_that_were_asked_for() -> None:
    empty = SCHEDULE.empty()
    tables = (forecast([VOICE_KEY], offered=30, days=1), no_paths(), agents_of(empty))
    settings = SimulationSettings(replications=2, seed=2)
    assert simulate(empty, *tables, centre(queue(VOICE_KEY)), settings=settings).empty
    asked = replace(settings, first_day=MONDAY, days=1)
    found = simulate(empty, *tables, centre(queue(VOICE_KEY)), settings=asked)
    assert one(found, "service_level")["value"] == 0
