"""Contacts of one queue in the intervals and days of another."""

from __future__ import annotations

import pytest

from planner.scenarios.joined import Leaving, arriving, within_reach
from tests.planner.scenarios.flows import flow

ALWAYS, DAY = range(24), range(9, 17)


def test_what_comes_at_night_comes_when_the_other_opens() -> None:
    mail, phone = flow(ALWAYS, 1), flow(DAY, 10)
    come = arriving(Leaving(mail, mail.offered * within_reach(mail, phone)), phone)
    by_day = phone.by_day(come.contacts)
    assert come.contacts[0] == pytest.approx(10)  # of midnight to nine, and nine's own
    assert by_day == pytest.approx([17, *[24] * 6])  # the last day's evening stays: nobody is there any more
    assert come.contacts.sum() == pytest.approx(within_reach(mail, phone).sum())


def test_paths_go_with_the_contacts_to_the_day_on_which_they_arrive() -> None:
    mail, phone = flow(ALWAYS, 1, days=3), flow(DAY, 10, days=3)
    leaving = Leaving(mail, mail.offered * within_reach(mail, phone))
    come = arriving(leaving, phone)
    assert come.paths.sum(axis=0) == pytest.approx(leaving.paths.sum(axis=0))
    assert come.paths[:, 1] == pytest.approx(phone.by_day(come.contacts))
    assert come.paths[:, 2] == pytest.approx(1.2 * come.paths[:, 1])


def test_several_contacts_for_one() -> None:
    mail, phone = flow(DAY, 1), flow(DAY, 10)
    come = arriving(Leaving(mail, mail.offered), phone, each=1.5)
    assert come.contacts == pytest.approx(1.5)
    assert come.paths[:, 0] == pytest.approx(1.5 * mail.paths[:, 0])


def test_nobody_waits_longer_than_a_long_weekend() -> None:
    mail, late = flow(DAY, 1, days=14), flow(DAY, 10, days=14)
    opens = late.start >= late.start[10 * len(DAY)]
    shut = type(late)(
        late.start[opens],
        60,
        late.days,
        late.day_of[opens],
        late.offered[opens],
        late.aht_s[opens],
        late.paths,
    )
    reach = within_reach(mail, shut).reshape(14, len(DAY))
    assert not reach[:5].any()
    assert reach[7:].all()
