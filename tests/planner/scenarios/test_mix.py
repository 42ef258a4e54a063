"""Another mix of channels: shares are reached, nobody is lost, and mail at night is chat by day."""

from __future__ import annotations

import numpy as np
import pytest

from planner.domain.scenario import Mix, When, Where
from planner.scenarios.demand import Demand
from planner.scenarios.mix import mixed
from tests.planner.scenarios.flows import contacts, flow, key, setting, work

DAY, ALWAYS = range(9, 21), range(24)
SHARES = {"voice": 0.32, "chat": 0.66, "email": 0.02}


def before() -> Demand:
    return {
        key("voice"): flow(DAY, 63, aht_s=300),
        key("chat"): flow(DAY, 20, aht_s=600),
        key("email"): flow(ALWAYS, 8.5, aht_s=400),
    }


def mix(when: When | None = None, *, each: float = 1.0) -> Mix:
    return Mix(Where(), when or When(), SHARES, {"chat": each})


def test_the_shares_are_those_asked_for_and_nobody_is_lost() -> None:
    after = mixed(before(), mix(), setting())
    assert contacts(after) == pytest.approx(contacts(before()))
    for channel, share in SHARES.items():
        assert contacts(after, channel) == pytest.approx(share * contacts(before()))


def test_a_contact_that_moves_is_handled_as_its_new_channel_handles() -> None:
    after = mixed(before(), mix(), setting())
    assert {at.channel: set(np.round(each.aht_s, 6)) for at, each in after.items()} == {
        "voice": {300.0}, "chat": {600.0}, "email": {400.0},
    }  # fmt: skip


def test_mail_at_night_is_chat_by_day_and_no_opening_hour_is_flooded() -> None:
    chat = mixed(before(), mix(), setting())[key("chat")]
    assert chat.offered == pytest.approx(np.full(len(chat.offered), chat.offered.mean()))


def test_paths_follow_the_contacts() -> None:
    for each in mixed(before(), mix(), setting()).values():
        assert each.paths[:, 1] == pytest.approx(each.by_day(each.offered))
        assert each.paths[:, 2] == pytest.approx(1.2 * each.by_day(each.offered))


def test_a_mix_that_grows_begins_with_the_old_one_and_ends_with_the_new() -> None:
    after = mixed(before(), mix(When(1, None, 1.0)), setting())
    whole = np.sum([each.by_day(each.offered) for each in after.values()], axis=0)
    voice = after[key("voice")]
    share = voice.by_day(voice.offered) / whole
    assert share[0] == pytest.approx(0.63 - (0.63 - 0.32) / 7, abs=0.01)
    assert share[-1] == pytest.approx(0.32, abs=0.01)
    assert (np.diff(share) < 0).all()


def test_the_present_mix_changes_nothing() -> None:
    now = {channel: contacts(before(), channel) / contacts(before()) for channel in SHARES}
    after = mixed(before(), Mix(Where(), When(), now), setting())
    for at, each in before().items():
        assert after[at].offered == pytest.approx(each.offered)


def test_what_becomes_more_contacts_becomes_more_work() -> None:
    one, more = (mixed(before(), mix(each=each), setting()) for each in (1.0, 1.2))
    moved = contacts(one, "chat") - contacts(before(), "chat")
    assert contacts(more, "chat") - contacts(one, "chat") == pytest.approx(0.2 * moved)
    assert work(more) - work(one) == pytest.approx(0.2 * moved * 600)


def test_who_finds_the_other_channel_closed_comes_when_it_opens() -> None:
    demand = {key("voice"): flow(DAY, 10, days=7), key("chat"): flow(DAY, 10, days=7)}
    chat = demand[key("chat")]
    weekdays = np.where(chat.day_of < 5, chat.offered, 0.0)
    demand[key("chat")] = chat.changed(weekdays, chat.aht_s)
    after = mixed(demand, Mix(Where(), When(), {"voice": 0.0, "chat": 1.0}), setting())
    left = after[key("voice")].by_day(after[key("voice")].offered)
    assert left[:5] == pytest.approx(np.zeros(5))
    assert left[5:] == pytest.approx(np.full(2, 120.0))  # no chat within reach: they stay on the telephone
    assert contacts(after) == pytest.approx(contacts(demand))


def test_channels_not_named_and_languages_not_meant_keep_theirs() -> None:
    demand = dict(before()) | {key("voice", "en"): flow(DAY, 5)}
    change = Mix(Where(languages=("es",)), When(), {"voice": 0.5, "chat": 0.5})
    after = mixed(demand, change, setting())
    assert after[key("voice", "en")] is demand[key("voice", "en")]
    assert after[key("email")] is demand[key("email")]
