"""Who can be scheduled at all, and of everybody else the very rule that leaves no roster.

The rule is found by asking again without it: where dropping one rule alone gives an agent a shift to work,
that rule is the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from planner.domain.problems import Problem as Note
from staffing.labour import People, Rule

Judge = Callable[[People, Sequence[Rule]], np.ndarray]  # which agents have a roster under these rules


def left_out(people: People, rules: Sequence[Rule], judge: Judge) -> tuple[Note, ...]:
    """A note on each agent, none of whom has a roster: who, and the rules to blame."""
    if not len(people.agents):
        return ()
    alone = {rule.name: judge(people, _without(rules, {rule.name})) for rule in rules}
    contracts = people.agents["contract"]
    return tuple(
        Note("no_roster", f"{agent} ({contract}) {_reason(row, alone, people, rules, judge)}; not scheduled")
        for row, (agent, contract) in enumerate(zip(people.agents["agent_id"], contracts))
    )


def _reason(
    row: int, alone: dict[str, np.ndarray], people: People, rules: Sequence[Rule], judge: Judge
) -> str:
    """Why the agent in a row of the people has no roster, in words."""
    named = {rule.name: f"{rule.name} ({rule.meaning})" for rule in rules}
    single = [named[name] for name, able in alone.items() if able[row]]
    if single:
        return f"has no legal roster because of {', or because of '.join(single)}"
    me = people.of(np.arange(len(people.agents)) == row)
    if not judge(me, ())[0]:
        return (
            "has a contract of whose hours no shift pattern makes a shift in whole intervals: shift patterns"
        )
    return (
        f"has no legal roster because of {' and '.join(named[name] for name in _together(me, rules, judge))}"
    )


def _together(me: People, rules: Sequence[Rule], judge: Judge) -> list[str]:
    """Rules that only together leave no roster: each is needed for that."""
    dropped = {rule.name for rule in rules}
    for rule in rules:
        if judge(me, _without(rules, dropped - {rule.name}))[0]:
            dropped -= {rule.name}
    return [rule.name for rule in rules if rule.name in dropped]


def _without(rules: Sequence[Rule], names: set[str]) -> list[Rule]:
    return [rule for rule in rules if rule.name not in names]
