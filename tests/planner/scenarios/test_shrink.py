"""More or fewer contacts, longer or shorter ones, and reasons that are gone."""

from __future__ import annotations

import numpy as np
import pytest

from planner.domain.scenario import Remove, Scale, When, Where
from planner.scenarios.shrink import removed, scaled
from tests.planner.scenarios.flows import contacts, flow, key, setting, work

DAY = range(9, 21)


def test_three_times_the_chats_are_three_times_their_work_and_nothing_else() -> None:
    demand = {key("chat"): flow(DAY, 10), key("voice"): flow(DAY, 5)}
    after = scaled(demand, Scale(Where(channels=("chat",)), When(), volume=3), setting())
    assert contacts(after, "chat") == pytest.approx(3 * contacts(demand, "chat"))
    assert after[key("chat")].paths == pytest.approx(3 * demand[key("chat")].paths)
    assert after[key("voice")] is demand[key("voice")]


def test_a_campaign_week_is_one_week() -> None:
    demand = {key("voice"): flow(DAY, 10, days=21)}
    after = scaled(demand, Scale(Where(), When(2, 3), volume=1.35), setting())[key("voice")]
    day = after.by_day(after.offered) / 120
    assert day == pytest.approx([1.0] * 7 + [1.35] * 7 + [1.0] * 7)


def test_half_the_share_gains_half_the_seconds() -> None:
    demand = {key("voice"): flow(DAY, 10, aht_s=300)}
    after = scaled(demand, Scale(Where(), When(), aht_less_s=40, share=0.5), setting())
    assert after[key("voice")].aht_s == pytest.approx(np.full(84, 280.0))


def test_a_reason_gone_at_the_source_takes_its_work_with_it() -> None:
    demand = {key("voice"): flow(DAY, 10, aht_s=300)}
    after = removed(demand, Remove(Where(), When(), share=0.5, reason_share=0.4, aht_multiple=0.5), setting())
    assert contacts(after) == pytest.approx(0.8 * contacts(demand))
    assert work(after) == pytest.approx(0.9 * work(demand))


@pytest.mark.parametrize("change", [Scale(Where(), When()), Remove(Where(), When(), share=0.0)])
def test_nothing_asked_is_nothing_changed(change: Scale | Remove) -> None:
    demand = {key("voice"): flow(DAY, 10)}
    after = (scaled if isinstance(change, Scale) else removed)(demand, change, setting())  # type: ignore[operator]
    assert after[key("voice")].offered == pytest.approx(demand[key("voice")].offered)
    assert after[key("voice")].aht_s == pytest.approx(demand[key("voice")].aht_s)
