"""An AI in front of people: a contact is in one place only, and the work left is that of the hand calculation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.scenario import FrontEnd, Range, Reason, When, Where
from planner.scenarios.front_end import ABLE, as_able, behind_front_end, outcome
from tests.planner.scenarios.flows import contacts, flow, key, setting, work

DAY = range(9, 21)


def sure(share: float) -> Range:
    return Range(share, share, share)


def front_end(*reasons: Reason, when: When | None = None, **languages: float) -> FrontEnd:
    return FrontEnd(Where(), when or When(), reasons, languages or {"es": 1.0, "en": 1.0})


EASY = Reason("easy", 0.5, 0.5, 1.0, Range(0.3, 0.4, 0.5), 0.5, 0.06)
HARD = Reason("hard", 0.5, 1.5, 0.5, Range(0.0, 0.1, 0.2), 0.8, 0.1)


def test_a_fifth_of_contacts_at_half_the_aht_is_a_tenth_of_the_work() -> None:
    change = front_end(Reason("status", 0.2, 0.5, 1.0, sure(1.0), 0.0, 0.0))
    found = outcome(change, "es")
    assert found.contacts == pytest.approx(0.8)
    assert found.work == pytest.approx(0.9)
    demand = {key("chat"): flow(DAY, 10, aht_s=400)}
    after = behind_front_end(demand, change, setting())
    assert contacts(after) == pytest.approx(0.8 * contacts(demand))
    assert work(after) == pytest.approx(0.9 * work(demand))
    assert after[key("chat")].aht_s == pytest.approx(np.full(84, 400 * 0.9 / 0.8))  # what is left is harder


def test_every_contact_is_in_one_place() -> None:
    for level in np.linspace(-1, 1, 9):
        for language in ("es", "en", "pt"):
            found = outcome(front_end(EASY, HARD, es=1.0, en=0.6), language, level=float(level))
            parts = [found.direct, found.escalated, found.bounced, found.resolved, found.given_up]
            assert sum(parts) == pytest.approx(1.0)
            assert min(parts) >= 0


def test_a_language_it_does_not_speak_goes_to_people_as_before() -> None:
    change = front_end(EASY, HARD, es=1.0)
    assert outcome(change, "en").direct == pytest.approx(1.0)
    demand = {key("chat", "en"): flow(DAY, 10)}
    after = behind_front_end(demand, change, setting())
    assert after[key("chat", "en")].offered == pytest.approx(demand[key("chat", "en")].offered)
    assert after[key("chat", "en")].paths == pytest.approx(demand[key("chat", "en")].paths)


def test_what_it_fails_in_a_language_is_escalated() -> None:
    change = front_end(EASY, es=1.0, en=0.5)
    best, half = outcome(change, "es"), outcome(change, "en")
    assert half.resolved == pytest.approx(0.5 * best.resolved)
    assert half.escalated - best.escalated == pytest.approx(best.resolved - half.resolved)
    assert half.given_up == pytest.approx(best.given_up)


def test_a_worse_ai_leaves_more_for_people() -> None:
    change = replace(front_end(EASY, HARD), escalated_aht=1.2)
    low, likely, high = (outcome(change, "es", level=level) for level in ABLE)
    assert low.contacts > likely.contacts > high.contacts
    assert low.work > likely.work > high.work


def test_bounced_contacts_come_back_after_their_hours_and_take_longer() -> None:
    change = replace(
        front_end(Reason("all", 1.0, 1.0, 1.0, sure(0.5), 0.3, 0.2)), bounced_aht=1.5, bounced_after_h=24
    )
    demand = {key("chat"): flow(DAY, 10, days=3, aht_s=400)}
    after = behind_front_end(demand, change, setting())[key("chat")]
    assert after.by_day(after.offered) == pytest.approx(
        [36, 60, 60]
    )  # 0.3 of 120, then 0.2 of the day before
    assert after.by_day(after.work_s) == pytest.approx([36 * 400, *[36 * 400 + 24 * 600] * 2])


def test_known_to_be_able_is_the_outcome_at_that_level() -> None:
    change = front_end(EASY, HARD)
    for level in ABLE:
        known, asked = outcome(as_able(change, level), "es"), outcome(change, "es", level=level)
        assert vars(known) == pytest.approx(vars(asked))


def test_paths_spread_by_what_the_ai_may_be_able_to_and_no_further() -> None:
    change = front_end(EASY, HARD)
    demand = {key("chat"): replace(flow(DAY, 10), paths=np.full((7, 400), 120.0))}
    paths = behind_front_end(demand, change, setting())[key("chat")].paths[-1]
    least, most = (120 * outcome(change, "es", level=level).contacts for level in (1.0, -1.0))
    assert least <= paths.min() < paths.max() <= most
    assert np.ptp(paths) > 0.5 * (most - least)


def test_taken_back_it_is_as_if_it_had_never_been() -> None:
    change = front_end(EASY, HARD, when=When(2, 3))
    demand = {key("chat"): flow(DAY, 10, days=28)}
    after = behind_front_end(demand, change, setting())[key("chat")]
    day = after.by_day(after.offered)
    assert day[:7] == pytest.approx(np.full(7, 120.0))
    assert (day[7:14] < 110).all()
    assert day[15:] == pytest.approx(np.full(13, 120.0))  # those bounced on its last day come on the next


def test_seven_hundred_agents_lie_between_what_the_claim_leaves_open() -> None:
    """2.3 million conversations in a month: resolved share, agent minutes each, productive hours a month."""
    low, middle, high = (
        2.3e6 * resolved * minutes / 60 / hours
        for resolved, minutes, hours in ((0.5, 2.2, 130), (0.66, 3.1, 115), (0.75, 4.4, 105))
    )
    assert (round(low, -1), round(middle, -1), round(high, -1)) == (320, 680, 1200)
