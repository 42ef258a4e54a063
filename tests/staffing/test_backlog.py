"""Backlog and waiting states: by hand, balanced at every interval, and replayed contact by contact."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.backlog_table import BACKLOG
from planner.domain.centre import Blending, Centre, Deadline, Handling, Queue, Target
from planner.domain.problems import InputError
from planner.domain.timegrid import intervals
from staffing.backlog import backlog_states
from staffing.deferred_queues import deferred_rows, worked_queues
from tests.staffing import small
from tests.staffing.replay import replayed

MONDAY, ZONE = date(2026, 10, 5), "Europe/Lisbon"
USUAL = Deadline(0.95, 8)
NOBODY = pd.DataFrame(
    {"site": [], "language": [], "channel": [], "interval_start": pd.to_datetime([], utc=True)}
).assign(agents_on_contact=0.0, load_erlangs=0.0)


def email(deadline: Deadline = USUAL, backlog: float | None = None, **handling: float) -> Queue:
    """The e-mail queue of the small centre: weekdays 8 to 20, Saturday 10 to 14."""
    queue = small.centre().queues[small.EMAIL]
    return replace(
        queue, target=Target(deadline=deadline), handling=Handling(360, **handling), backlog=backlog
    )


def centre_of(queue: Queue) -> Centre:
    return replace(small.centre(), queues={queue.key: queue})


def planned(offered: np.ndarray | float, days: int = 21) -> pd.DataFrame:
    starts = intervals(MONDAY, days, zone=ZONE, interval_min=30)
    return pd.DataFrame(
        {
            "interval_start": starts,
            "interval_min": 30,
            "offered": np.resize(offered, len(starts)),
            "aht_s": 360.0,
        }
    ).assign(site="LIS", language="pt", channel="email")


def states(queue: Queue, rows: pd.DataFrame) -> pd.DataFrame:
    return backlog_states(rows, needed=NOBODY, centre=centre_of(queue))


def agents(queue: Queue, rows: pd.DataFrame) -> pd.Series:
    table = deferred_rows(rows, [queue], others=NOBODY, blending=Blending())
    return table.set_index("interval_start")["agents_on_contact"]


def clock(table: pd.DataFrame) -> pd.Series:
    return table["interval_start"].dt.tz_convert(ZONE)


def on(rows: pd.DataFrame, moment: str, contacts: float) -> pd.DataFrame:
    """The rows with so many contacts in the interval of that local moment."""
    at = rows["interval_start"] == pd.Timestamp(moment, tz=ZONE)
    return rows.assign(offered=rows["offered"].mask(at, contacts))


class TestByHand:
    def test_fridays_mail_is_due_on_monday(self) -> None:
        """40 e-mails of 6 minutes arrive on Friday 16 October 19:30 and 20:00; with eight business hours and
        Saturday's four, the last moments are Monday 12:00 and 12:00: nothing is late, all is done by then."""
        queue = email(Deadline(1.0, 8))
        rows = on(on(planned(0.0), "2026-10-16 19:30", 20.0), "2026-10-16 20:00", 20.0)
        table = states(queue, rows)
        local = clock(table)
        assert table.loc[local == "2026-10-16 20:00", "open"].tolist() == [pytest.approx(40)]
        assert table.loc[local >= "2026-10-19 11:30", "open"].max() == pytest.approx(0, abs=1e-6)
        assert (table["late"] == 0).all()
        assert table["done"].sum() == pytest.approx(40)
        sunday = table[local.dt.day == 18]
        assert sunday["worked"].sum() == 0

    def test_a_known_backlog_is_the_oldest_work(self) -> None:
        """200 contacts open on Monday morning and nothing new: those of the oldest business hour are due
        within the first, and all are done within eight, by whole agents (20 h of work at 92 %)."""
        table = states(email(Deadline(1.0, 8), backlog=200.0), planned(0.0))
        local = clock(table)
        eight = table[local == "2026-10-05 15:30"].iloc[0]
        assert table["open"].iloc[0] == pytest.approx(200)
        assert eight["open"] == pytest.approx(0, abs=1e-6)
        left = table.set_index(local)["open"].to_dict()
        for hours in range(1, 9):
            moment = pd.Timestamp("2026-10-05 07:30", tz=ZONE) + pd.Timedelta(hours=hours)
            assert left[moment] <= 200 * (1 - hours / 8) + 1e-6
        assert (table["late"] == 0).all()
        oldest_at_start = table["oldest_h"].iloc[0]
        assert 7 <= oldest_at_start <= 8

    def test_a_backlog_of_nothing_starts_empty(self) -> None:
        table = states(email(backlog=0.0), planned(2.0))
        assert table["open"].iloc[0] == pytest.approx(2.0)
        assert states(email(), planned(2.0))["open"].iloc[0] > 30  # Sunday's mail of the week before

    def test_half_come_back_once(self) -> None:
        """100 contacts, half wait for the customer: 150 touches of 4 minutes, the contact's 6 in all."""
        queue = email(Deadline(1.0, 8), backlog=0.0, pending_share=0.5, pending_h=3.0)
        rows = on(planned(0.0, days=28), "2026-10-12 08:00", 100.0)
        table = states(queue, rows)
        start = table["pending"].iloc[0]
        assert table["worked"].sum() == pytest.approx(150 + start, abs=1e-3)
        assert table["done"].sum() == pytest.approx(100 + start, abs=1e-3)
        _, worked = next(worked_queues(rows, [queue], others=NOBODY, blending=Blending()))
        hours = worked.placed.own_h[worked.axis.inside].sum()
        assert hours == pytest.approx((150 + start) * 240 / 3600, rel=1e-3)
        assert table.loc[table["open"] < 1e-9, "oldest_h"].isna().all()

    def test_more_than_all_cannot_wait(self) -> None:
        with pytest.raises(InputError, match=r"LIS · pt · email: pending_share and on_hold_share"):
            states(email(pending_share=0.7, on_hold_share=0.6), planned(1.0))


SHARES = st.sampled_from([(0.0, 0.0), (0.3, 0.0), (0.2, 0.15), (0.5, 0.5)])
BACKLOGS = st.sampled_from([None, 0.0, 37.5, 900.0])
DEADLINES = st.builds(Deadline, st.sampled_from([0.8, 0.95, 1.0]), st.sampled_from([2.0, 8.0, 24.0, 40.0]))


class TestBalance:
    @given(SHARES, BACKLOGS, DEADLINES, st.integers(0, 2**32 - 1))
    @settings(max_examples=25, deadline=None)
    def test_work_in_is_work_out_and_stock(
        self, shares: tuple[float, float], backlog: float | None, deadline: Deadline, seed: int
    ) -> None:
        queue = email(deadline, backlog, pending_share=shares[0], on_hold_share=shares[1], pending_h=20.0)
        offered = np.random.default_rng(seed).gamma(0.7, 3, 21 * 48)
        table = states(queue, planned(offered))
        BACKLOG.check(table)
        stock = table["open"] + table["pending"] + table["on_hold"]
        came, went = table["new"] + table["returned"], table["worked"]
        assert np.allclose(np.diff(table["open"]), (came - went)[1:], atol=1e-6)
        assert np.allclose(np.diff(stock), (table["new"] - table["done"])[1:], atol=1e-6)
        assert (table["late"] <= table["open"] + 1e-9).all()

    @given(SHARES, BACKLOGS, DEADLINES, st.integers(0, 2**32 - 1))
    @settings(max_examples=25, deadline=None)
    def test_the_deadline_is_kept(
        self, shares: tuple[float, float], backlog: float | None, deadline: Deadline, seed: int
    ) -> None:
        """Late are never more than the share that may be, of the contacts that came in an interval."""
        queue = email(deadline, backlog, pending_share=shares[0], on_hold_share=shares[1])
        offered = np.random.default_rng(seed).gamma(0.7, 3, 21 * 48)
        table = states(queue, planned(offered))
        most = max(offered.max(), (backlog or 0.0) / (deadline.within_business_h * 2))
        assert table["late"].max() <= (1 - deadline.share) * most + 1e-5

    def test_no_waiting_is_as_if_there_were_no_such_states(self) -> None:
        rows = planned(np.tile(np.r_[np.zeros(16), np.full(24, 5.0), np.zeros(8)], 21))
        plain = agents(email(), rows)
        pd.testing.assert_series_equal(plain, agents(email(pending_h=3.0, on_hold_h=9.0), rows))
        table = states(email(), rows)
        assert table[["returned", "pending", "on_hold"]].eq(0).all().all()
        assert np.allclose(table["worked"], table["done"])

    def test_waiting_moves_work_but_makes_none(self) -> None:
        """The same hours of work over steady weeks; what is away is Little's law."""
        rows = planned(4.0, days=56)
        waiting = email(pending_share=0.25, pending_h=30.0, on_hold_share=0.1, on_hold_h=60.0)
        plain, later = agents(email(), rows).sum(), agents(waiting, rows).sum()
        assert later == pytest.approx(plain, rel=0.03)
        table = states(waiting, rows)
        weeks = clock(table).dt.isocalendar().week.to_numpy()
        for name, away in (("pending", 0.25 * 8 * 30.0), ("on_hold", 0.1 * 8 * 60.0)):
            means = table[name].groupby(weeks).mean()
            assert np.allclose(means, away, rtol=0.05)

    def test_a_week_is_like_the_next_when_nothing_is_known(self) -> None:
        waiting = email(pending_share=0.3, on_hold_share=0.1)
        table = states(waiting, planned(4.0, days=28))
        week = np.arange(len(table)) // (48 * 7)
        worked = table["worked"].groupby(week).sum()
        assert worked.iloc[0] == pytest.approx(worked.iloc[1], rel=0.05)


class TestReplay:
    @pytest.mark.parametrize(("shares", "backlog"), [((0.0, 0.0), None), ((0.25, 0.1), None), ((0.25, 0.1), 400.0), ((0.0, 0.0), 400.0)])  # fmt: skip
    def test_contacts_one_by_one_are_in_time(
        self, shares: tuple[float, float], backlog: float | None
    ) -> None:
        """Drawn contacts, worked oldest first in the hours that were placed: the promised share is in time."""
        queue = email(Deadline(0.95, 8), backlog, pending_share=shares[0], on_hold_share=shares[1])
        hour = np.arange(21 * 48) % 48 / 2
        rows = planned(40 * np.exp(-(((hour - 13) / 5) ** 2)))
        _, worked = next(worked_queues(rows, [queue], others=NOBODY, blending=Blending()))
        table = states(queue, rows)
        found = replayed(worked, rng=np.random.default_rng(4))
        assert found.judged > 0.85 * table["new"].sum()
        assert found.in_time >= 0.95
        assert found.open_at_end == pytest.approx(table["open"].iloc[-1], abs=0.2 * table["new"].sum() / 21)
        assert found.away_at_end == pytest.approx(
            (table["pending"] + table["on_hold"]).iloc[-1], rel=0.2, abs=1
        )
