"""What is locked against the rules, before anything is solved: who, when, and which rule.

The checking faces of the rules look at the locked rows alone. Whoever is locked into a shift that is whole,
its pauses left open, is judged by its hours; by its pauses only where they are locked too.
"""

from __future__ import annotations

from math import ceil

import pandas as pd

from planner.domain.centre import Centre, Contract, LabourRules
from planner.domain.change_tables import OFF, WHOLE_SHIFT
from planner.domain.problems import Infeasible, Problem
from planner.domain.tables import SCHEDULE
from staffing.labour import People, Rule, Worked, every_rule

DAY = ["agent_id", "day"]
MINUTE = pd.Timedelta(minutes=1)
INSIDE = {"breaks apart", "pauses", "pauses in all"}  # law on what lies inside a shift
OWN_CHOICE = {"locked shifts", "meal window", "shift patterns", "shift starts"}  # what is locked may differ
OPEN = "training"  # stands for work of a whole shift whose queues are still open


def refuse_contradictions(locked: pd.DataFrame, people: People, centre: Centre) -> None:
    """Infeasible with every contradiction; nothing where there is none."""
    found = contradictions(locked, people, centre)
    if found:
        raise Infeasible(found)


def contradictions(locked: pd.DataFrame, people: People, centre: Centre) -> tuple[Problem, ...]:
    """Every rule that LOCKED rows break among themselves, with absences, and with the weeks before.

    Days that are locked off contradict nothing: need is soft. In the order of days and agents.
    """
    theirs = locked[locked["agent_id"].isin(people.agents["agent_id"])]
    days = theirs[(theirs["activity"] != OFF) & (theirs["day"] >= pd.Timestamp(people.first_day))]
    if days.empty:
        return ()
    whole = days.loc[days["activity"] == WHOLE_SHIFT, DAY].drop_duplicates()
    worked = _worked(_segments(days, people, centre), people, centre)
    found = pd.concat([_broken(rule, worked, whole) for rule in every_rule() if rule.name not in OWN_CHOICE])
    found = found.drop_duplicates([*DAY, "rule"]).sort_values(["day", "agent_id", "rule"])
    return tuple(
        Problem("contradiction", f"{agent} on {day:%a %Y-%m-%d}, which is locked: {note} ({rule})")
        for agent, day, note, rule in zip(found["agent_id"], found["day"], found["note"], found["rule"])
    )


def beyond_locks(found: pd.DataFrame, locked: pd.DataFrame) -> pd.DataFrame:
    """VIOLATIONS of a schedule less those that a locked shift is free to differ by, such as its pattern."""
    rows = found.merge(locked[DAY].drop_duplicates(), on=DAY, how="left", indicator=True)
    own = rows["rule"].isin(OWN_CHOICE - {"locked shifts"}) & (rows["_merge"] == "both")
    return found[~own.to_numpy()].reset_index(drop=True)


def _broken(rule: Rule, worked: Worked, whole: pd.DataFrame) -> pd.DataFrame:
    """What the rule says of the locked days, less what it cannot know of whole shifts."""
    found = rule.broken(worked).assign(rule=rule.name)
    if rule.name not in INSIDE:
        return found
    known = found.merge(whole, on=DAY, how="left", indicator=True)
    return known.loc[known["_merge"] == "left_only", found.columns]


def _worked(segments: pd.DataFrame, people: People, centre: Centre) -> Worked:
    contracts = people.agents[["agent_id", "contract"]].drop_duplicates("agent_id")
    named, past = (rows.merge(contracts, on="agent_id", how="left") for rows in (segments, people.before))
    return Worked(named, people.agents, people.absences, centre, people.first_day, people.days, past)


def _segments(days: pd.DataFrame, people: People, centre: Centre) -> pd.DataFrame:
    """The locked days as rows of SCHEDULE; a whole shift has the meal of its pattern at its end."""
    rows = days.reindex(columns=[column.name for column in SCHEDULE.columns])
    is_whole = rows["activity"] == WHOLE_SHIFT
    whole = rows[is_whole].assign(activity=OPEN)
    back = whole["end"] - pd.to_timedelta(_meal_min(whole, people, centre), unit="min")
    meals = whole.assign(start=back, activity="meal")[back < whole["end"]]
    return pd.concat([rows[~is_whole], whole.assign(end=back), meals], ignore_index=True)


def _meal_min(whole: pd.DataFrame, people: People, centre: Centre) -> pd.Series:
    """Minutes of meal in each whole shift: those by which it is longer than the hours of its contract.

    None where that is more than a meal, for then all of it is work.
    """
    span_min = (whole["end"] - whole["start"]) / MINUTE
    contract = whole["agent_id"].map(people.agents.set_index("agent_id")["contract"])
    most = _longest_meal(people.site.labour, centre.interval_min)
    meal = [_beyond(span, centre.contracts.get(name)) for span, name in zip(span_min, contract)]
    return pd.Series([x if x <= most else 0.0 for x in meal], index=whole.index, dtype="float64")


def _beyond(span_min: float, contract: Contract | None) -> float:
    """Minutes by which a shift is longer than the longest hours of the contract that it can have."""
    hours = () if contract is None else contract.shift_h
    return span_min - max((60 * h for h in hours if 60 * h <= span_min + 1e-6), default=span_min)


def _longest_meal(labour: LabourRules, interval_min: int) -> int:
    asked = max([labour.meal_min, labour.break_min, *(due.minutes for due in labour.pauses_due)])
    return ceil(asked / interval_min) * interval_min
