"""A language at another site: contacts, their handling and their paths go with it, and nobody is lost."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.config import plan_from_text
from planner.domain.centre import QueueKey
from planner.domain.scenario import Move, When, Where
from planner.scenarios.demand import Demand
from planner.scenarios.move import moved
from planner.scenarios.setting import Setting
from tests.planner.scenarios.flows import MONDAY, YAML, contacts, flow, key, work

ALWAYS, DAY = range(24), range(7, 19)  # 9 to 21 h in Seville
THERE = """  - {site: TIA, language: es, channels: [voice, email], hours: {%s}%s}
"""
TIRANA = "  TIA: {name: Tirana, country: AL, time_zone: Europe/Tirane, hours: {all: '06:00-24:00'}}\n"


def setting(hours: str = "all: '09:00-21:00'", first_day: str = "") -> Setting:
    """A centre with a second site that answers Spanish voice and e-mail."""
    text = YAML.replace("targets:", TIRANA + "targets:") + THERE % (hours, first_day)
    return Setting(plan_from_text(text, file="plan.yaml").centre, MONDAY, 7)


def before(days: int = 21) -> Demand:
    return {key("voice"): flow(DAY, 10, days=days), key("email"): flow(ALWAYS, 4, days=days, aht_s=400)}


def move(when: When | None = None, share: float = 1.0) -> Move:
    return Move(Where(channels=("voice", "email")), when or When(), "TIA", share)


def paths(demand: Demand) -> np.ndarray:
    return sum(each.paths.sum(axis=0) for each in demand.values())


@pytest.mark.parametrize("hours", ["all: '09:00-21:00'", "mon-fri: '10:00-16:00'", "sat: '08:00-12:00'"])
@pytest.mark.parametrize("when", [When(), When(2, None, 1.5), When(2, 3)])
def test_work_in_is_work_out_whatever_the_hours_there(hours: str, when: When) -> None:
    demand = before()
    after = moved(demand, move(when, 0.7), setting(hours))
    assert contacts(after) == pytest.approx(contacts(demand))
    assert work(after) == pytest.approx(work(demand))
    assert paths(after) == pytest.approx(paths(demand))
    assert all((each.offered >= 0).all() for each in after.values())


def test_all_of_a_language_leaves_nothing_behind() -> None:
    after = moved(before(), move(), setting())
    assert after[key("voice")].offered == pytest.approx(0.0)
    there = after[QueueKey("TIA", "es", "voice")]
    assert there.by_day(there.offered) == pytest.approx(120.0)
    assert there.aht_s[there.offered > 0] == pytest.approx(300.0)


def test_it_grows_week_by_week() -> None:
    after = moved(before(28), move(When(2, None, 2.0)), setting())[QueueKey("TIA", "es", "voice")]
    weekly = after.by_day(after.offered).reshape(4, 7).sum(axis=1) / 840
    assert weekly == pytest.approx([0, np.arange(1, 8).sum() / 98, np.arange(8, 15).sum() / 98, 1])


def test_mail_of_the_night_keeps_its_hour() -> None:
    after = moved(before(), move(), setting())[QueueKey("TIA", "es", "email")]
    assert after.by_day(after.offered)[1:-1] == pytest.approx(96.0)
    night = after.start.tz_convert("Europe/Madrid").hour == 3
    assert after.offered[night].sum() == pytest.approx(4 * 21)


def test_before_the_other_queue_opens_everything_stays() -> None:
    opens = pd.Timestamp(MONDAY) + pd.Timedelta(days=14)
    demand = before()
    after = moved(demand, move(), setting(first_day=f", first_day: {opens:%Y-%m-%d}"))
    stays = after[key("voice")]
    assert stays.by_day(stays.offered)[:10] == pytest.approx(120.0)
    assert contacts(after) == pytest.approx(contacts(demand))
    there = after[QueueKey("TIA", "es", "voice")]
    assert there.offered.max() <= 10 + 4 * 120  # at most a few days come at once, never weeks
