"""The backlog card: flows of a local day are added, stocks are those at its end, and late is said."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.backlog_card import answer, backlog_days
from dashboards.filters import Scope

FLOWS, STOCKS = ("new", "returned", "worked", "done"), ("open", "pending", "on_hold")


@dataclass(frozen=True)
class Plan:
    """As much of a published plan as the card reads."""

    rows: pd.DataFrame

    def has(self, name: str) -> bool:
        return name == "BACKLOG" and len(self.rows) > 0

    def table(self, name: str) -> pd.DataFrame:
        return self.rows


def rows() -> pd.DataFrame:
    """Two e-mail queues of Lisbon, hour by hour from Monday to Tuesday; local time is an hour ahead of UTC."""
    starts = pd.date_range("2026-10-04 23:00", periods=48, freq="h", tz="UTC")
    parts = []
    for language, factor in (("pt", 1.0), ("de", 2.0)):
        part = pd.DataFrame(
            {"site": "LIS", "language": language, "channel": "email", "interval_start": starts}
        )
        part = part.assign(**dict.fromkeys(FLOWS, factor), **dict.fromkeys(STOCKS, factor * 10), late=0.0)
        part.loc[23, "open"] = factor * 100  # 23:00 on Monday
        part.loc[30, "late"] = factor * 4
        parts.append(part.assign(oldest_h=[None] * 47 + [factor * 3]))
    return pd.concat(parts, ignore_index=True)


def test_a_day_on_the_local_clock() -> None:
    days = backlog_days(Plan(rows()), Scope("LIS", None, "email"), zone="Europe/Lisbon")  # type: ignore[arg-type]
    assert days["day"].dt.date.tolist() == [date(2026, 10, 5), date(2026, 10, 6)]
    assert days["new"].tolist() == [72, 72]
    assert days["open"].tolist() == [300, 30]
    assert days["late"].tolist() == [0, 12]
    assert days["oldest_h"].isna().tolist() == [True, False]
    assert days["oldest_h"].iloc[1] == 6


def test_one_queue_alone_and_none() -> None:
    alone = backlog_days(Plan(rows()), Scope("LIS", "de", "email"), zone="Europe/Lisbon")  # type: ignore[arg-type]
    assert alone["open"].tolist() == [200, 20]
    none = backlog_days(Plan(rows().iloc[:0]), Scope("LIS", "de", "email"), zone="Europe/Lisbon")  # type: ignore[arg-type]
    assert none.empty
    voice = backlog_days(Plan(rows()), Scope("LIS", "pt", "voice"), zone="Europe/Lisbon")  # type: ignore[arg-type]
    assert voice.empty


def test_the_sentence_names_the_fullest_day_and_what_is_late() -> None:
    days = backlog_days(Plan(rows()), Scope(), zone="Europe/Lisbon")  # type: ignore[arg-type]
    words = answer(days, deadline="95 % in 8 business hours")
    assert "300 contacts are open" in words
    assert "Mon 5 Oct" in words
    assert "!!12 are late!! on Tue 6 Oct (95 % in 8 business hours)" in words
    assert "none is late" in answer(days[:1], deadline="95 % in 8 business hours")


SCRIPT = """
from datetime import date
from dashboards.backlog_card import backlog_card, backlog_days
from dashboards.filters import Scope
from tests.dashboards.test_backlog_card import Plan, rows
days = backlog_days(Plan(rows()), Scope("LIS", {language!r}, "email"), zone="Europe/Lisbon")
backlog_card(days, first=date(2026, 10, 5), deadline="95 % in 8 business hours")
"""


@pytest.mark.parametrize(
    ("language", "says"), [("pt", "100 contacts are open"), ("nl", "No deferred work here")]
)
def test_the_card_is_drawn(language: str, says: str) -> None:
    app = AppTest.from_string(SCRIPT.format(language=language), default_timeout=30).run()
    assert not app.exception
    assert any(says in element.proto.body.replace("<b>", "") for element in app.get("html"))
