"""The requirement is a declared table, true to the chain, complete over the open hours, and balanced."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Blending, Queue, ServiceLevel, Target
from planner.domain.problems import InputError
from planner.domain.tables import REQUIREMENT
from staffing.immediate import target_words
from staffing.requirement import Staffing, requirement
from tests.staffing import chain, small

KEY = ["site", "language", "channel", "interval_start"]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return requirement(small.forecast(), small.centre())


@pytest.fixture(scope="module")
def steady() -> pd.DataFrame:
    """Demand that does not move: by the evening the queues have forgotten the morning."""
    given = small.forecast(1).assign(offered=24.0)
    return requirement(given, small.centre(), staffing=Staffing(method="sipp"))


def of(table: pd.DataFrame, key: tuple[str, str, str]) -> pd.DataFrame:
    return table[(table[KEY[:3]] == list(key)).all(axis=1)]


class TestTheTable:
    def test_is_declared(self, table: pd.DataFrame) -> None:
        checked = REQUIREMENT.check(table)
        assert list(checked.columns) == [column.name for column in REQUIREMENT.columns]

    def test_has_every_open_interval_once(self, table: pd.DataFrame) -> None:
        """Five days of 12 hours and a Saturday of four, in the clock of each queue, also when it changes."""
        counts = table.groupby(["site", "channel"]).size()
        assert counts.to_dict() == dict.fromkeys(
            [("BOG", "voice"), ("LIS", "chat"), ("LIS", "email"), ("LIS", "voice")], 128
        )
        local = of(table, small.VOICE)["interval_start"].dt.tz_convert("Europe/Lisbon")
        assert local[local.dt.day_of_week < 5].dt.hour.between(8, 19).all()
        after = requirement(small.forecast(14), small.centre())
        assert (after.groupby(["site", "channel"]).size() == 256).all()

    def test_rows_in_another_order_give_the_same(self, table: pd.DataFrame) -> None:
        shuffled = small.forecast().sample(frac=1, random_state=3)
        again = requirement(shuffled, small.centre())
        pd.testing.assert_frame_equal(
            again.sort_values(KEY, ignore_index=True), table.sort_values(KEY, ignore_index=True)
        )

    def test_a_queue_has_rows_only_in_its_life(self) -> None:
        centre = small.centre()
        ends = replace(
            centre.queues[small.VOICE],
            first_day=small.FIRST + timedelta(1),
            last_day=small.FIRST + timedelta(2),
        )
        short = requirement(small.forecast(), replace(centre, queues={**centre.queues, small.VOICE: ends}))
        days = of(short, small.VOICE)["interval_start"].dt.tz_convert("Europe/Lisbon").dt.date
        assert set(days) == {date(2026, 10, 20), date(2026, 10, 21)}


class TestImmediate:
    def test_steady_demand_gets_what_the_chain_gives(self, steady: pd.DataFrame) -> None:
        """By the chain solved state by state, in the evening of a day that does not move."""
        row = next(of(steady, small.VOICE).iloc[[-1]].itertuples())
        here = chain.voice(int(row.agents_on_contact), load=row.load_erlangs, aht_s=300, patience_s=180)
        assert row.service_level == pytest.approx(here.answered_within(20), abs=1e-9)
        assert row.service_level_2 == pytest.approx(here.answered_within(60), abs=1e-9)
        assert row.abandonment == pytest.approx(here.p_abandon, abs=1e-9)
        assert row.asa_s == pytest.approx(here.asa_s(), rel=1e-7)

    def test_one_fewer_agent_breaks_what_binds(self, table: pd.DataFrame) -> None:
        rows = of(table, small.VOICE)
        rows = rows[rows["agents_on_contact"] > 0]
        misses = {
            "80 % in 20 s": rows["fewer_service_level"] < 0.8,
            "90 % in 60 s": rows["fewer_service_level_2"] < 0.9,
            "abandonment ≤ 5 %": rows["fewer_abandonment"] > 0.05,
            "occupancy ≤ 90 %": rows["fewer_occupancy"] > 0.9,
        }
        for words, missed in misses.items():
            assert (rows["fewer_breaks"].str.contains(words) == missed).all()
            assert missed[rows["binding"] == words].all()

    def test_chat_waits_for_a_slot_and_the_reaction(self, steady: pd.DataFrame) -> None:
        row = of(steady, small.CHAT).iloc[-1]
        truth = chain.chat(int(row["agents_on_contact"]), load=row["load_erlangs"], aht_s=500, patience_s=300, slots=3, slow_down=0.25)  # fmt: skip
        assert row["service_level"] == pytest.approx(truth.answered_within(50), abs=1e-9)
        assert row["asa_s"] == pytest.approx(truth.asa_s() + 10, rel=1e-7)

    def test_every_interval_holds_every_target(self, table: pd.DataFrame) -> None:
        rows = of(table, small.VOICE)
        rows = rows[rows["agents_on_contact"] > 0]
        assert (rows["service_level"] >= 0.8 - 1e-9).all()
        assert (rows["service_level_2"] >= 0.9 - 1e-9).all()
        assert (rows["abandonment"] <= 0.05 + 1e-9).all()
        assert rows["fewer_breaks"].notna().all()

    def test_it_needs_no_more_than_steady_methods_at_the_start_of_a_day(self, table: pd.DataFrame) -> None:
        """An empty start serves better than the same demand held for ever."""
        alone = of(
            requirement(small.forecast(), small.centre(), staffing=Staffing(method="sipp")), small.VOICE
        )
        both = alone.merge(of(table, small.VOICE), on=KEY, suffixes=("", "_moving"))
        first = both.groupby(both["interval_start"].dt.date).head(1)
        assert len(first) == 6
        assert (first["agents_on_contact_moving"] <= first["agents_on_contact"]).all()

    def test_voice_is_one_at_a_time(self, table: pd.DataFrame) -> None:
        """Concurrency, slow-down and reaction mean nothing on the telephone."""
        centre = small.centre()
        voice = centre.queues[small.VOICE]
        odd = replace(voice, handling=replace(voice.handling, concurrency=3, slow_down=0.2, reaction_s=9))
        rows = requirement(small.forecast(), replace(centre, queues={small.VOICE: odd}))
        plain = of(table, small.VOICE)
        assert (rows["agents_on_contact"].to_numpy() == plain["agents_on_contact"].to_numpy()).all()
        assert np.array_equal(rows["asa_s"], plain["asa_s"], equal_nan=True)

    def test_what_each_target_needs(self, table: pd.DataFrame) -> None:
        rows = of(table, small.VOICE)
        needs = rows[["needs_service_level", "needs_service_level_2", "needs_abandonment", "needs_occupancy"]]
        assert (needs.max(axis=1) == rows["agents_on_contact"]).all()
        assert rows["needs_asa"].isna().all()

    def test_load_and_aht(self) -> None:
        """The forecast's AHT where it gives one, else the queue's."""
        given = small.forecast(1)
        given["aht_s"] = np.where(np.arange(len(given)) % 2, 400.0, np.nan)
        rows = of(requirement(given, small.centre()), small.VOICE)
        assert set(rows["aht_s"]) == {300.0, 400.0}
        assert np.allclose(rows["load_erlangs"], rows["offered"] * rows["aht_s"] / 1800)

    def test_nothing_offered_needs_nobody(self) -> None:
        rows = of(requirement(small.forecast(1, offered=0.0), small.centre()), small.VOICE)
        assert (rows["agents_on_contact"] == 0).all()
        assert rows[["binding", "service_level", "abandonment"]].isna().all().all()

    def test_a_target_nobody_can_meet_is_said_with_its_queue(self) -> None:
        """The first reply within five seconds from agents who take ten."""
        centre = small.centre()
        hasty = replace(centre.queues[small.CHAT], target=Target((ServiceLevel(0.8, 5),)))
        with pytest.raises(InputError, match=r"LIS · pt · chat: .* reaction time"):
            requirement(small.forecast(1), replace(centre, queues={small.CHAT: hasty}))

    def test_the_words_of_what_binds(self) -> None:
        assert target_words(small.TARGET["voice"]) == ["80 % in 20 s", "90 % in 60 s", "abandonment ≤ 5 %", "occupancy ≤ 90 %", None]  # fmt: skip


class TestDeferred:
    def test_work_in_is_work_out(self) -> None:
        """Over steady weeks the contacts worked are those that arrive, at the AHT they arrive with."""
        given = small.forecast(28)
        rows = of(requirement(given, small.centre()), small.EMAIL)
        arrived = given.loc[given["channel"] == "email", "offered"].sum()
        assert rows["offered"].sum() == pytest.approx(arrived, rel=0.02)
        assert np.allclose(rows["aht_s"], 360)
        assert (rows["load_erlangs"] <= rows["agents_on_contact"] * 0.92 + 1e-9).all()
        assert rows["agents_on_contact"].sum() <= 1.12 * rows["load_erlangs"].sum() / 0.92
        assert set(rows["binding"].dropna()) == {"95 % in 8 business hours"}

    def test_monday_begins_with_the_weekends_mail(self, table: pd.DataFrame) -> None:
        """The first week works like the second: the plan does not start with an empty tray."""
        rows = of(requirement(small.forecast(14), small.centre()), small.EMAIL)
        week = (rows["interval_start"] - pd.Timestamp("2026-10-19", tz="Europe/Lisbon")).dt.days // 7
        first, second = rows.groupby(week)["offered"].sum().tolist()[:2]
        assert first == pytest.approx(second, rel=0.05)

    def test_idle_voice_time_takes_its_share(self) -> None:
        given = small.forecast(14)
        alone = of(requirement(given, small.centre()), small.EMAIL)
        blended = of(requirement(given, small.centre(Blending(("pt",), 0.3))), small.EMAIL)
        elsewhere = of(requirement(given, small.centre(Blending(("nl",), 0.3))), small.EMAIL)
        assert blended["offered"].sum() == pytest.approx(alone["offered"].sum(), rel=0.03)
        saved_h = (alone["agents_on_contact"].sum() - blended["agents_on_contact"].sum()) / 2
        voice = of(requirement(given, small.centre()), small.VOICE)
        idle_h = 0.3 * (voice["agents_on_contact"] - voice["load_erlangs"]).sum() / 2
        assert 0.5 * idle_h < saved_h <= 1.2 * idle_h
        pd.testing.assert_frame_equal(alone, elsewhere)


class TestPeople:
    def test_fractions_of_the_sites_shrinkage(self, table: pd.DataFrame) -> None:
        lisbon, bogota = table[table["site"] == "LIS"], table[table["site"] == "BOG"]
        at_work = lisbon["agents_on_contact"] / (0.8 / 0.9) / 0.9
        assert np.allclose(lisbon["agents_scheduled"], at_work)
        assert np.allclose(lisbon["agents_rostered"], lisbon["agents_on_contact"] / 0.8 / 0.9)
        assert np.allclose(bogota["agents_rostered"], bogota["agents_on_contact"] / 0.7)

    def test_a_higher_quantile_never_needs_fewer(self, table: pd.DataFrame) -> None:
        careful = requirement(small.forecast(), small.centre(), staffing=Staffing("p75"))
        immediate = table["channel"] != "email"
        assert (careful["agents_on_contact"] >= table["agents_on_contact"])[immediate].all()
        assert careful["agents_on_contact"].sum() > table["agents_on_contact"].sum()

    def test_a_missing_quantile_is_said(self) -> None:
        with pytest.raises(InputError, match="p90"):
            requirement(small.forecast(1), small.centre(), staffing=Staffing("p90"))


def test_other_queues_change_nothing() -> None:
    """The voice requirement is the same with and without the other queues."""
    centre, given = small.centre(), small.forecast(2)
    only: dict[object, Queue] = {small.VOICE: centre.queues[small.VOICE]}
    alone = requirement(given, replace(centre, queues=only))  # type: ignore[arg-type]
    full = of(requirement(given, centre), small.VOICE)
    pd.testing.assert_frame_equal(alone.reset_index(drop=True), full.reset_index(drop=True))
