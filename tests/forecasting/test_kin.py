"""A queue borrows from its line when it, or the line's sites, are younger than a year."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.history import Axis, QueueHistory, histories
from forecasting.kin import kin_of, shares, summed
from planner.domain.centre import Queue, QueueKey
from tests.forecasting import planted

FIRST, LAST = date(2024, 10, 7), date(2026, 10, 5)
WHEN = planted.hours("Asia/Riyadh")


def q(site: str, language: str = "ar", customers: tuple[str, ...] = ("SA",)) -> Queue:
    return planted.queue(site, language, "voice", when=WHEN, customers=customers)


def known(*lives: tuple[Queue, date, date]) -> dict[QueueKey, QueueHistory]:
    rows = pd.concat(
        [
            planted.volume(one, first, np.full((last - first).days, 240.0), seed=None, interval_min=60)
            for one, first, last in lives
        ]
    )
    return histories(rows, planted.centre([one for one, _, _ in lives]), Axis.spanning(rows, LAST, days=28))


def test_a_queue_with_its_own_years_stands_alone() -> None:
    one, other = q("CAS"), q("CAI")
    found = known((one, FIRST, LAST), (other, FIRST, LAST))
    assert kin_of(one, found) is None


def test_a_language_that_moved_follows_its_line_over_both_sites() -> None:
    old, new = q("CAS"), q("CAI")
    moved = date(2026, 1, 5)
    found = known((old, FIRST, moved), (new, moved, LAST))
    kin = kin_of(new, found)
    assert kin is not None
    assert kin.reason == "line"
    assert set(kin.members) == {old.key, new.key}
    totals, _ = summed(found[key] for key in kin.members)
    assert np.nanmin(totals) == np.nanmax(totals)  # the line goes on as if nothing had moved


def test_a_site_that_lost_a_part_follows_the_line_too() -> None:
    stays, new = q("KRK", "en", ("GB",)), q("CAI", "en", ("GB",))
    found = known((stays, FIRST, LAST), (new, date(2026, 1, 5), LAST))
    assert kin_of(stays, found) is not None


def test_two_lines_of_one_language_are_told_apart_by_their_customers() -> None:
    europe, states = q("KRK", "en", ("GB",)), q("BOG", "en", ("US",))
    found = known((europe, FIRST, LAST), (states, date(2026, 1, 5), LAST))
    assert kin_of(europe, found) is None


def test_a_new_language_follows_the_like_market_at_its_site() -> None:
    swedish, polish, spanish = q("KRK", "sv", ("SE",)), q("KRK", "pl", ("PL",)), q("SVQ", "es", ("ES",))
    found = known((swedish, date(2026, 5, 4), LAST), (polish, FIRST, LAST), (spanish, FIRST, LAST))
    kin = kin_of(swedish, found)
    assert kin is not None
    assert kin.reason == "like market"
    assert kin.members == (polish.key,)


def test_a_lone_young_queue_has_nobody() -> None:
    alone = q("CAI")
    assert kin_of(alone, known((alone, date(2026, 5, 4), LAST))) is None


def test_shares_are_those_of_the_last_weeks() -> None:
    line, weekday = np.full(200, 100.0), np.arange(200) % 7
    own = np.where(np.arange(200) < 80, 90.0, 40.0)
    share = shares(own, line, weekday=weekday, cutoff=200)
    np.testing.assert_allclose(share, 0.4, atol=0.005)


def test_shares_of_all_sites_add_up_to_one() -> None:
    rng = np.random.default_rng(1)
    parts, weekday = rng.poisson(100, (3, 90)).astype(float), np.arange(90) % 7
    line = parts.sum(axis=0)
    total = sum(shares(part, line, weekday=weekday, cutoff=90) for part in parts)
    np.testing.assert_allclose(total, 1, atol=1e-3)


def test_a_weekday_of_its_own_shows_in_the_shares() -> None:
    weekday = np.arange(84) % 7
    own = np.where(weekday == 6, 0.0, 50.0)
    share = shares(own, np.full(84, 100.0), weekday=weekday, cutoff=84)
    assert share[6] < 0.5 * share[0]


def test_too_little_in_common_is_no_share() -> None:
    own = np.full(100, np.nan)
    own[-5:] = 10
    assert shares(own, np.full(100, 100.0), weekday=np.arange(100) % 7, cutoff=100) is None


@pytest.mark.parametrize("ends", [date(2026, 9, 20), date(2026, 10, 4)])
def test_a_line_is_unknown_while_a_living_member_is(ends: date) -> None:
    stays, late = q("KRK", "en", ("GB",)), q("CAI", "en", ("GB",))
    found = known((stays, FIRST, LAST), (late, FIRST, ends))
    totals, _ = summed(found.values())
    cutoff = found[stays.key].grid.axis.cutoff
    missing = (LAST - ends).days
    if missing > 14:  # it has ended: the line is what is left
        assert not np.isnan(totals[cutoff - missing : cutoff]).any()
    else:
        assert np.isnan(totals[cutoff - missing : cutoff]).all()
