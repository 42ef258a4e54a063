"""The gap between planned and actual service is split without a remainder, and the planted cause is found."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from planner.config.plan import plan_from_text
from planner.domain.centre import Centre, Handling, QueueKey
from planner.domain.quality_tables import FACTORS
from planner.domain.tables import EXPLAINED, INTRADAY, QUEUE, VOLUME
from planner.pipeline.explained import explained
from planner.sample.clock import Clock
from planner.sample.courses import courses, history_clock
from planner.sample.history import Past, pasts
from planner.sample.intraday import intraday
from planner.sample.parameters import Parameters, read_parameters
from planner.sample.plan_file import plan_text
from planner.sample.volume import Intervals, drawn_rows, with_key
from staffing.erlang import Demand, service_level
from tests.planner.scorecards.centres import centre as centre_of

PARTS = [f"by_{name}" for name in FACTORS]
VOICE, CHAT, MAIL = (QueueKey("LIS", "pt", channel) for channel in ("voice", "chat", "email"))
SPANISH = QueueKey("BOG", "es", "voice")
KEY = [*QUEUE, "interval_start"]


def centre(*keys: QueueKey) -> Centre:
    made = centre_of(*keys)
    handling = {"voice": Handling(300, patience_s=180), "email": Handling(300)}
    chat = Handling(500, patience_s=330, concurrency=3, slow_down=0.25, reaction_s=9)
    queues = {key: replace(made.queues[key], handling=handling.get(key.channel, chat)) for key in keys}
    return replace(made, queues=queues)


def planned(*keys: QueueKey, days: int = 9, contacts: float = 40.0, agents: float = 10.0) -> pd.DataFrame:
    """INTRADAY: 20 half-hours a day, 8 % absence and 93 % adherence expected and, until changed, seen."""
    starts = pd.Timestamp("2026-09-07T08:00Z") + pd.to_timedelta(
        [24 * 60 * day + 30 * slot for day in range(days) for slot in range(20)], unit="min"
    )
    staffed = agents * 1800.0
    roster = staffed / 0.92 / 0.93
    rows = pd.DataFrame({"interval_start": starts, "interval_min": 30}).assign(
        planned_offered=contacts, planned_aht_s=300.0, planned_staffed_s=staffed, scheduled_s=roster,
        planned_absent_s=0.08 * roster, absent_s=0.08 * roster,
        planned_away_s=0.92 * 0.07 * roster, away_s=0.92 * 0.07 * roster,
    )  # fmt: skip
    return INTRADAY.check(pd.concat([rows.assign(**key._asdict()) for key in keys], ignore_index=True))


def lived(
    plan: pd.DataFrame, *, contacts: float = 1.0, aht: float = 1.0, answered: float = 0.9
) -> pd.DataFrame:
    """VOLUME of the plan's intervals: so many times the contacts and handle time, the staff INTRADAY tells."""
    offered = (plan["planned_offered"] * contacts).round()
    taken = (offered * answered).round()
    handle = taken * plan["planned_aht_s"] * aht
    return VOLUME.check(
        plan[[*KEY, "interval_min"]].assign(
            offered=offered, answered=taken, abandoned=offered - taken,
            answered_within_20_s=(taken * 0.9).round(), answered_within_60_s=(taken * 0.95).round(),
            handle_s=handle, staffed_s=plan["scheduled_s"] - plan["absent_s"] - plan["away_s"],
        )
    )  # fmt: skip


def scattered(plan: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A plan and days that differ from it in everything, without any order."""
    rng = np.random.default_rng(3)
    size = len(plan)
    told = plan.assign(
        absent_s=plan["absent_s"] * rng.uniform(0.3, 3, size),
        away_s=plan["away_s"] * rng.uniform(0.5, 2, size),
    )
    told["scheduled_s"] = plan["scheduled_s"] * rng.uniform(0.9, 1.1, size)
    volume = lived(told)
    volume["offered"] = rng.poisson(42, size)
    volume["answered"] = rng.binomial(volume["offered"], 0.93)
    volume["abandoned"] = volume["offered"] - volume["answered"]
    volume["answered_within_20_s"] = rng.binomial(volume["answered"], 0.85)
    volume["answered_within_60_s"] = volume["answered"]
    volume["handle_s"] = volume["answered"] * rng.uniform(280, 340, size)
    return VOLUME.check(volume), told


def test_the_parts_add_up_to_the_gap_in_every_row() -> None:
    keys = (VOICE, SPANISH, CHAT)
    volume, told = scattered(planned(*keys))
    found = explained(volume, told, centre(*keys))
    gap = found["actual"] - found["planned"]
    np.testing.assert_allclose(found[PARTS].sum(axis=1), gap, atol=1e-9)
    assert (found[PARTS].abs() > 1e-6).all(axis=1).mean() > 0.5
    assert EXPLAINED.check(found) is not None


def test_parts_of_queues_and_days_are_those_of_the_whole_by_their_contacts() -> None:
    keys = (VOICE, SPANISH)
    volume, told = scattered(planned(*keys))
    found = explained(volume, told, centre(*keys))
    found = found[found["measure"] == "service_level"]
    queues = found[(found["period"] == "day") & (found[[*QUEUE]] != "all").all(axis=1)]
    whole = found[(found["period"] == "week") & (found[["site", "language"]] == "all").all(axis=1)]
    whole = whole[whole["channel"] == "all"].set_index("period_start")
    monday = queues["period_start"] - pd.to_timedelta(queues["period_start"].dt.day_of_week, unit="D")
    for name in ("planned", "actual", *PARTS):
        sums = (queues[name] * queues["offered"]).groupby(monday).sum() / queues["offered"].groupby(
            monday
        ).sum()
        np.testing.assert_allclose(whole[name].to_numpy(), sums.to_numpy(), atol=1e-9)


def test_a_cause_that_was_as_planned_has_no_part() -> None:
    plan = planned(VOICE)
    found = explained(lived(plan, contacts=1.2), plan, centre(VOICE))
    assert (found["by_volume"].where(found["measure"] != "abandonment", -1) < -0.02).all()
    np.testing.assert_allclose(found[["by_aht", "by_schedule", "by_shrinkage", "by_adherence"]], 0, atol=1e-9)
    longer = explained(lived(plan, aht=1.1), plan, centre(VOICE))
    np.testing.assert_allclose(longer["by_volume"], 0, atol=1e-9)
    assert (longer.loc[longer["measure"] == "service_level", "by_aht"] < -0.02).all()


@pytest.mark.parametrize(
    ("column", "part"),
    [("absent_s", "by_shrinkage"), ("away_s", "by_adherence"), ("scheduled_s", "by_schedule")],
)
def test_each_loss_of_staff_is_named(column: str, part: str) -> None:
    """1,500 s an interval are lost, to one cause; its part is all the staff explains, but for the mixture."""
    plan = planned(VOICE)
    told = plan.assign(**{column: plan[column] + (-1500 if column == "scheduled_s" else 1500)})
    if column == "scheduled_s":  # the same shares of a smaller roster
        factor = told["scheduled_s"] / plan["scheduled_s"]
        told = told.assign(absent_s=plan["absent_s"] * factor, away_s=plan["away_s"] * factor)
    found = explained(lived(told), told, centre(VOICE))
    level = found[found["measure"] == "service_level"]
    others = [name for name in PARTS if name not in (part, "by_rest", "by_adherence")]
    assert (level[part] < -0.02).all()
    assert (level[others].abs() < 1e-9).all(axis=None)


def test_one_interval_by_hand_over_every_order() -> None:
    """Volume 40 -> 50, handle time 300 -> 330, roster 21,000 s of which 3,000 absent; 16,740 s left on duty."""
    plan = planned(VOICE, days=1).head(1)
    told = plan.assign(scheduled_s=21_000.0, absent_s=3000.0, away_s=1260.0)
    volume = lived(told, contacts=1.25, aht=1.1)
    row = explained(volume, told, centre(VOICE)).query("measure == 'service_level' and site != 'all'").iloc[0]

    def level(now: frozenset[str]) -> float:
        contacts = 50 if "volume" in now else 40
        aht = 330 if "aht" in now else 300
        roster = 21_000 if "schedule" in now else 18_000 / 0.92 / 0.93
        absence = 1 / 7 if "shrinkage" in now else 0.08
        agents = roster * (1 - absence) * 0.93 / 1800  # adherence is 93 % in both
        demand = Demand(contacts * aht / 1800, aht, 180)
        below, above = (float(service_level(demand, agents=int(agents) + n, within_s=20)) for n in (0, 1))
        return below + (agents - int(agents)) * (above - below)

    causes = ["volume", "aht", "schedule", "shrinkage"]
    parts = dict.fromkeys(causes, 0.0)
    for order in permutations(causes):
        for place, cause in enumerate(order):
            parts[cause] += level(frozenset(order[: place + 1])) - level(frozenset(order[:place]))
    for cause in causes:
        assert row[f"by_{cause}"] == pytest.approx(parts[cause] / 24, abs=1e-9), cause
    assert row["planned"] == pytest.approx(level(frozenset()))
    assert row["by_rest"] == pytest.approx(row["actual"] - level(frozenset(causes)))


def test_with_agents_for_everything_the_plan_is_all_but_certain() -> None:
    plan = planned(VOICE, agents=60.0)
    found = explained(lived(plan, contacts=1.2, answered=1.0), plan, centre(VOICE))
    level = found[found["measure"] == "service_level"]
    np.testing.assert_allclose(level["planned"], 1, atol=1e-6)
    np.testing.assert_allclose(level[[*PARTS[:-1]]], 0, atol=1e-6)
    np.testing.assert_allclose(level["by_rest"], level["actual"] - 1, atol=1e-6)


def test_chance_alone_is_no_cause() -> None:
    """90 days of Poisson counts around the plan: volume explains less than a point on average."""
    plan = planned(VOICE, days=90, contacts=9.0, agents=3.0)
    volume = lived(plan)
    volume["offered"] = np.random.default_rng(8).poisson(9, len(plan))
    volume["answered"] = volume[["answered_within_20_s", "answered_within_60_s"]].max(axis=1)
    volume = volume.assign(
        answered=volume["offered"], abandoned=0, answered_within_20_s=0, answered_within_60_s=0
    )
    volume = VOLUME.check(volume.assign(handle_s=volume["answered"] * 300.0))
    found = explained(volume, plan, centre(VOICE)).query("measure == 'service_level' and period == 'week'")
    assert found["by_volume"].mean() == pytest.approx(0, abs=0.008)


def test_what_the_plan_did_not_tell_is_blank_and_lies_in_the_schedule() -> None:
    """A published plan knows nothing of absence and adherence."""
    plan = planned(VOICE)
    bare = plan[[*KEY, "interval_min", "planned_offered", "planned_aht_s", "planned_staffed_s"]]
    volume = lived(plan.assign(absent_s=plan["absent_s"] + 1800))
    found = explained(volume, INTRADAY.check(bare), centre(VOICE))
    assert found[["by_shrinkage", "by_adherence", "absence", "adherence"]].isna().all(axis=None)
    assert (found.loc[found["measure"] == "service_level", "by_schedule"] < -0.02).all()
    np.testing.assert_allclose(found[PARTS].sum(axis=1), found["actual"] - found["planned"], atol=1e-9)


def test_a_finer_history_is_added_up_to_the_plans_half_hours() -> None:
    plan = planned(VOICE)
    whole = lived(plan, contacts=1.2)
    counts = [name for name in whole.columns if name not in (*KEY, "interval_min")]
    halves = whole.assign(interval_min=15, **{name: whole[name] / 2 for name in counts})
    later = halves.assign(interval_start=halves["interval_start"] + pd.Timedelta(minutes=15))
    fine = pd.concat([halves, later], ignore_index=True)
    pd.testing.assert_frame_equal(
        explained(fine, plan, centre(VOICE)), explained(whole, plan, centre(VOICE)), check_exact=False
    )


def test_mail_has_no_wait_to_be_explained() -> None:
    plan = planned(MAIL)
    assert explained(lived(plan), plan, centre(MAIL)).empty
    assert explained(VOLUME.empty(), plan, centre(MAIL)).empty
    assert explained(lived(plan), INTRADAY.empty(), centre(MAIL)).empty


PLANTED = (
    ("es", "SVQ", "2025-12-08", "volume"),
    ("fr", "CAS", "2026-01-12", "aht"),
    ("it", "SVQ", "2026-07-06", "shrinkage"),
    ("de", "LIS", "2026-09-14", "volume"),
)


@pytest.fixture(scope="module")
def four_lines() -> tuple[pd.DataFrame, pd.DataFrame, Centre]:
    """VOLUME and INTRADAY of the voice queues of four lines at full scale, drawn by the sample's own model."""
    whole = read_parameters()
    lines = {
        code: replace(line, mix={"voice": line.mix["voice"]})
        for code, line in whole.lines.items()
        if code in {language for language, *_ in PLANTED}
    }
    some = replace(whole, lines=lines)
    clock = history_clock(some)
    history = pasts(some, courses(some, clock), clock)
    volume = pd.concat([_drawn(past, some, clock) for past in history], ignore_index=True)
    made = plan_from_text(plan_text(whole, inputs={})).centre
    return VOLUME.check(volume), intraday(some, history, clock), made


def _drawn(past: Past, parameters: Parameters, clock: Clock) -> pd.DataFrame:
    slots = np.flatnonzero(past.course.is_open)
    intervals = Intervals(*(values[slots] for values in past.intervals))
    rows = drawn_rows(parameters, past.course.key, intervals, rng=np.random.default_rng(1))
    return with_key(rows, past.course.key, clock.starts[slots])


def test_the_planted_causes_of_the_samples_bad_weeks_are_found(
    four_lines: tuple[pd.DataFrame, pd.DataFrame, Centre],
) -> None:
    """Each week has one known cause (staffing_history of sample.yaml): it is the largest part."""
    found = explained(*four_lines)
    weeks = found[(found["measure"] == "service_level") & (found["period"] == "week")]
    by_week = weeks.set_index(["language", "site", "channel", "period_start"])
    for language, site, monday, cause in PLANTED:
        row = by_week.loc[(language, site, "voice", pd.Timestamp(monday))]
        assert row[PARTS].astype(float).abs().idxmax() == f"by_{cause}", row[PARTS]
        assert row[f"by_{cause}"] < -0.03
