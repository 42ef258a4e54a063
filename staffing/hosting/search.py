"""Choose, certify, learn: what simulation says of the teams chosen goes into the next choice.

The queueing model is a little too careful for a language alone and too hopeful for a pool in which a small
language waits for people busy with a large one. Each round chooses by hours corrected with what was seen:
exactly for teams that were certified, by the mean of their kind for the others. The best round is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from staffing.hosting.certified import Certifier
from staffing.hosting.choices import Choice, Market, priced
from staffing.hosting.model import choose, settle
from staffing.hosting.programme import Chosen, Search
from staffing.hosting.report import Allocation
from staffing.hosting.teams import Team

Say = Callable[[str], None]
ROUNDS = 4
Ratios = dict[int, float]  # by number of the choice: certified hours / hours by the model


@dataclass(frozen=True)
class Line:
    """What allocations are made with."""

    certifier: Certifier
    search: Search
    say: Say

    def settled(self, name: str, market: Market, chosen: Chosen, choices: Sequence[Choice]) -> Allocation:
        """The chosen teams at their certified size, and the people who fill them."""
        begun = time.process_time()
        teams = tuple(self.certifier.certified(choice.team, market.work) for choice in chosen.choices)
        final = settle(market, [priced(each.team, market) for each in teams], self.search)
        return Allocation(name, market, chosen, final, teams, len(choices), time.process_time() - begun)

    def best(self, name: str, market: Market, choices: Sequence[Choice]) -> Allocation:
        """The cheapest certified allocation found in a few rounds of choosing and learning."""
        begun, seen = time.process_time(), Ratios()
        found: list[Allocation] = []
        for _ in range(ROUNDS):
            learnt = corrected(choices, seen)
            chosen = choose(market, learnt, self.search)
            numbers = [_number(choice, learnt) for choice in chosen.choices]
            plain = replace(chosen, choices=tuple(choices[number] for number in numbers))
            found.append(self.settled(name, market, plain, choices))
            self.say(f"{name}: {chosen.cost:,.0f} a week chosen, {found[-1].final.cost:,.0f} certified")
            if set(numbers) <= seen.keys():
                break
            for number, after in zip(numbers, found[-1].final.choices, strict=True):
                seen[number] = _ratio(choices[number], after)
        best = min(found, key=lambda each: each.final.cost)
        return replace(best, seconds=time.process_time() - begun)

    def lived(self, allocation: Allocation) -> Allocation:
        """The allocation with what its teams meet on the forecast's sample paths."""
        work = allocation.market.work
        teams = tuple(self.certifier.in_weeks_to_come(each, work) for each in allocation.teams)
        return replace(allocation, teams=teams)


def corrected(choices: Sequence[Choice], seen: Ratios) -> list[Choice]:
    """The choices with their hours as simulation would have them."""
    usual: dict[tuple[str, str], list[float]] = {}
    for number, ratio in seen.items():
        usual.setdefault(_sort(choices[number].team), []).append(ratio)
    found = []
    for number, choice in enumerate(choices):
        ratio = seen.get(number, float(np.mean(usual.get(_sort(choice.team), [1.0]))))
        paid_h = {skills: hours * ratio for skills, hours in choice.paid_h.items()}
        found.append(replace(choice, paid_h=paid_h, cost=choice.cost * ratio, desks=choice.desks * ratio))
    return found


def _sort(team: Team) -> tuple[str, str]:
    return team.group, team.kind


def _number(choice: Choice, among: Sequence[Choice]) -> int:
    return next(number for number, each in enumerate(among) if each is choice)


def _ratio(before: Choice, after: Choice) -> float:
    return after.cost / before.cost if before.cost else 1.0
