"""Surveys: sent after answered contacts, with the planted answers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.tables import SURVEYS
from planner.sample.check import Centre
from planner.sample.surveys import net_promoters
from planner.scorecards.surveys import surveys


@pytest.fixture(scope="module")
def asked(folder: Path) -> pd.DataFrame:
    return SURVEYS.check(pd.read_parquet(folder / "surveys.parquet"))


def test_each_survey_follows_an_answered_contact_of_a_known_customer(
    asked: pd.DataFrame, centre: Centre
) -> None:
    both = asked.merge(centre.contacts, on="contact_id", suffixes=("", "_of"), how="left")
    assert both["answered_at_of"].notna().all()
    assert both["customer_id"].notna().all()
    assert (both["sent_at"] > both["ended_at"]).all()
    assert (both["agent_id"] == both["agent_id_of"]).all()


def test_nobody_answers_after_the_history_ends(asked: pd.DataFrame, centre: Centre) -> None:
    assert asked["answered_at"].max() <= centre.contacts["arrived_at"].max()
    assert asked["csat"].notna().equals(asked["answered_at"].notna())


def test_the_planted_satisfaction_of_most_languages_lies_inside_its_interval(
    folder: Path, asked: pd.DataFrame, centre: Centre
) -> None:
    """13 intervals at 95 %: three or more misses have a probability of 2.5 %."""
    card = surveys(asked, load_plan(folder / "plan.yaml").centre)
    card = card[(card["period"] == "all") & (card["site"] == "all") & (card["channel"] == "all")]
    card = card.set_index(["measure", "language"])
    csat = centre.parameters.spec["truth"]["surveys"]["csat_by_language"]
    for measure, truth in (("csat", csat), ("nps", net_promoters(centre.parameters))):
        inside = [
            card.loc[(measure, tag), "low"] <= true <= card.loc[(measure, tag), "high"]
            for tag, true in truth.items()
        ]
        assert sum(inside) >= len(truth) - 2, measure


def test_most_do_not_answer(folder: Path, asked: pd.DataFrame, centre: Centre) -> None:
    truth = centre.parameters.spec["truth"]["surveys"]["response_share"]
    early = asked[asked["sent_at"] < asked["sent_at"].max() - pd.Timedelta(days=3)]
    found = early.groupby("channel")["answered_at"].agg(lambda times: times.notna().mean())
    for channel in ("voice", "chat"):
        assert found[channel] == pytest.approx(truth[channel], abs=0.03)
