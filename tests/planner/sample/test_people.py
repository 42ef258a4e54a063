"""The people: as many as computed, each in their language, and the planted ones far below their group."""

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import ABSENCES, AGENTS
from planner.sample.leave import WEEKS, absences, planned_away
from planner.sample.parameters import read_parameters
from planner.sample.people import agents_table, employed, people, today, true_quality
from planner.sample.roster import groups, months

PARAMETERS = read_parameters()


@pytest.fixture(scope="module")
def everybody() -> pd.DataFrame:
    ones = {group: np.ones(len(months(PARAMETERS))) for group in groups(PARAMETERS)}
    return people(PARAMETERS, ones)


def test_the_roster_of_each_month_is_the_computed_one(everybody: pd.DataFrame) -> None:
    by_month = PARAMETERS.spec["people"]["on_roster_by_month"]["people"]
    ends = np.array([last for _, _, last in months(PARAMETERS)])
    for group in groups(PARAMETERS):
        here = employed(everybody[everybody["group"] == group], days=ends).sum(axis=1)
        assert np.abs(here[:-1] - by_month[group][: len(ends) - 1]).max() <= 1, group


def test_on_the_day_of_the_plan_the_language_sets_are_the_fixed_ones(everybody: pd.DataFrame) -> None:
    now = everybody[today(everybody, PARAMETERS)]
    assert len(now) == 560
    for group, sets in PARAMETERS.spec["people"]["sets_today"].items():
        spoken = now.loc[now["group"] == group, "languages"].str.replace(r":\w+", "", regex=True)
        assert spoken.value_counts().to_dict() == {";".join(ls): n for ls, n, _ in sets}, group


def test_a_group_has_its_planted_quality_but_for_the_agents_to_coach(everybody: pd.DataFrame) -> None:
    now = everybody[today(everybody, PARAMETERS)]
    assert now["planted"].sum() == everybody["planted"].sum() == 12
    for group, rows in now.groupby("group"):
        site, line = str(group).split("/")
        mean = true_quality(site, line, PARAMETERS)
        assert rows.loc[rows["planted"], "quality"].to_numpy() == pytest.approx(mean - 0.12)
        others = rows.loc[~rows["planted"], "quality"]
        assert others.mean() == pytest.approx(mean, abs=0.1 * rows["planted"].sum() / len(rows) + 1e-9)


def test_agents_and_leave_are_ordinary_tables(everybody: pd.DataFrame) -> None:
    agents = agents_table(everybody, PARAMETERS)
    leave = absences(PARAMETERS, agents)
    AGENTS.check(agents)
    ABSENCES.check(leave)
    assert leave["agent_id"].isin(agents["agent_id"]).all()


def test_leave_is_the_planned_share_of_each_site(everybody: pd.DataFrame) -> None:
    agents = agents_table(everybody, PARAMETERS)
    leave = absences(PARAMETERS, agents).merge(agents[["agent_id", "site"]])
    spells = pd.to_datetime(leave["last_day"]) - pd.to_datetime(leave["first_day"])
    days = (spells.dt.days + 1).groupby(leave["site"]).sum()
    thursdays = pd.date_range(
        pd.Timestamp(PARAMETERS.last_day) + pd.Timedelta(days=4), periods=WEEKS, freq="7D"
    )
    for site, rows in agents.groupby("site"):
        planned = np.mean([planned_away(PARAMETERS, str(site), day.month) for day in thursdays])
        assert days[site] / (len(rows) * WEEKS * 7) == pytest.approx(planned, rel=0.12), site
