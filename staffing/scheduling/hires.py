"""What one more agent would save: the best roster of every kind of agent at the bound's prices.

The worth of an agent is what that roster earns, exactly, over all weeks, less the contract hours it leaves
idle. With the agent no roster costs less than the bound less the worth, so that it is the most the agent
saves, but for the gap; prices fall as people come, and a what-if tells what is left of it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd

from planner.domain.language_names import LANGUAGE_NAMES
from planner.domain.schedule_tables import HIRES
from planner.domain.tables import ABSENCES, AGENTS, SCHEDULE
from staffing.labour import People
from staffing.scheduling.case import Case
from staffing.scheduling.price import Prices
from staffing.scheduling.priced import Priced, worths

MOST_LANGUAGES = 2


def hires(people: People, now: Priced, *, build: Callable[[People], Case], unit: Prices) -> pd.DataFrame:
    """HIRES of a site: every contract there with one or two of its languages, and its usual channels.

    `build` makes a case of people; `now` are the prices of the site's bound, its queues in the order of
    `people.queues`. Nobody saves more than there is to save.
    """
    wanted = profiles(people)
    if wanted.empty:
        return HIRES.empty()
    case = build(as_people(people, wanted))
    found = wanted.set_index("agent_id").loc[list(case.agents)].reset_index(drop=True)
    weeks, worth = len(case.problem.week_day) - 1, worths(case, now.prices)
    hours = {contract.name: contract.weekly_hours for contract in people.contracts}
    rows = found.assign(
        worth=worth,
        saved=np.minimum(worth, max(now.bound, 0.0)) / weeks,
        paid_h=found["contract"].map(hours).astype(float),
    )
    rows = rows.assign(saved_h=rows["saved"] / unit.under)
    rows = rows.assign(part=rows["saved_h"] / rows["paid_h"])
    notes = [_sentence(row.languages, row.contract, row.saved_h) for row in rows.itertuples(index=False)]
    order = ["worth", "contract", "languages"]
    return HIRES.check(rows.assign(note=notes).sort_values(order, ascending=[False, True, True]))


def profiles(people: People) -> pd.DataFrame:
    """Agents that could be hired, as rows of AGENTS: contract x one or two languages, one set of channels."""
    if people.agents.empty:
        return AGENTS.empty()
    usual = people.agents["channels"].map(_sorted).mode().iloc[0]
    served = {key.language for key in people.queues if key.channel in usual.split(";")}
    languages = sorted(served)
    sets = [";".join(some) for n in range(1, MOST_LANGUAGES + 1) for some in combinations(languages, n)]
    contracts = list(dict.fromkeys(contract.name for contract in people.contracts))
    rows = [
        {"site": people.site.code, "contract": contract, "languages": some, "channels": usual}
        for contract in contracts
        for some in sets
    ]
    return pd.DataFrame(rows).assign(agent_id=[f"hire {n}" for n in range(len(rows))])


def _sorted(cell: str) -> str:
    return ";".join(sorted(part.strip() for part in cell.split(";") if part.strip()))


def as_people(people: People, agents: pd.DataFrame) -> People:
    """Agents to be, in place of the people there: always there, with nothing behind them."""
    known = {contract.name: contract for contract in people.contracts}
    return People(
        AGENTS.check(agents),
        ABSENCES.empty(),
        people.site,
        tuple(known[name] for name in agents["contract"]),
        people.queues,
        people.first_day,
        people.days,
        SCHEDULE.empty(),
        SCHEDULE.empty(),
    )


def _sentence(languages: str, contract: str, saved_h: float) -> str:
    names = [LANGUAGE_NAMES.get(tag, (tag, tag))[1] for tag in languages.split(";")]
    who = f"one more agent of contract {contract} with {' and '.join(names)}"
    if saved_h <= 0:
        return f"{who} would save nothing"
    return f"{who} would save up to {saved_h:,.1f} agent-hours short a week"
