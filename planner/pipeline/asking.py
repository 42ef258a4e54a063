"""The engine's cases of a plan, for questions about a schedule: one for each site, with any rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planner.config import Plan
from planner.pipeline import steps
from planner.pipeline.horizon import Horizon
from staffing.labour import People, Rule
from staffing.scheduling.case import Case, case_of
from staffing.scheduling.price import Prices
from staffing.scheduling.schedule import by_site


@dataclass(frozen=True)
class Asked:
    """What a schedule was made for: the plan, REQUIREMENT of its days, the people and the days."""

    plan: Plan
    needed: pd.DataFrame
    people: steps.People
    horizon: Horizon

    def sites(self) -> Iterator[tuple[People, Callable[[People, Sequence[Rule]], Case]]]:
        """The people of each site, and what makes a case of people and rules."""
        wishing = steps.wishing(self.plan, self.people.preferences, self.horizon)
        days = (self.horizon.first_day, self.horizon.schedule_days)
        centre = self.plan.centre
        for rows, people in by_site(self.needed, self.people.agents, centre, self.people.absences, days):

            def build(these: People, rules: Sequence[Rule], rows: pd.DataFrame = rows) -> Case:
                return case_of(rows, these, centre, rules=rules, prices=Prices(), wishing=wishing)

            yield replace(people, before=self.people.before), build
