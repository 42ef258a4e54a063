"""How days add up to what the law counts: days since the weekly rest, days in a row, nights in a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.labour import Limits
from staffing.scheduling.problem import FRESH, NEXT_DAY, NEXT_GAP

FAR = 31  # days from which on a limit is none
LINES = 2  # day work, night work
Place = tuple[int, int, int]  # days since the last weekly rest, days in a row, nights in a row


def stretches(limits: Sequence[Limits]) -> np.ndarray:
    """For each kind: line x (NEXT_DAY, NEXT_GAP, FRESH) x place: the place after it, -1 where not allowed."""
    tables = [_table(limit) for limit in limits]
    most = max((table.shape[2] for table in tables), default=1)
    padded = [np.pad(t, ((0, 0), (0, 0), (0, most - t.shape[2])), constant_values=-1) for t in tables]
    return np.array(padded, np.int64).reshape(len(tables), LINES, 3, most)


def place_number(limits: Limits, place: Place) -> int:
    """The number of a place; what exceeds the limits already counts as at them."""
    most = _most(limits)
    kept = tuple(max(min(n, top), low) for n, top, low in zip(place, most, (1, 1, 0)))
    numbers = _reached(limits)[0]
    since, row, nights = _capped((kept[0], kept[1], kept[2]), limits)
    while (since, row, nights) not in numbers and row > 0:
        row -= 1
    return numbers.get((since, row, nights), 0)


Steps = list[tuple[int, int, int, int]]


def _table(limits: Limits) -> np.ndarray:
    """Line x (NEXT_DAY, NEXT_GAP, FRESH) x place of one kind."""
    places, moves = _reached(limits)
    table = np.full((LINES, 3, len(places)), -1, np.int64)
    for line, row, before, after in moves:
        table[line, row, before] = after
    for line in range(LINES):
        if _allowed((1, 1, line), limits):
            table[line, FRESH, 0] = places[_capped((1, 1, line), limits)]
    return table


def _reached(limits: Limits) -> tuple[dict[Place, int], Steps]:
    """The places that can be reached by work, numbered as they are found, and the steps between them."""
    places = {_capped((1, 1, 0), limits): 0}
    queue = list(places)
    moves: Steps = []
    for line in range(LINES):
        fresh = _capped((1, 1, line), limits)
        _number(fresh, places, queue)
    for place in queue:
        for line in range(LINES):
            for row, new in ((NEXT_DAY, _day(place, line)), (NEXT_GAP, _gap(place, line, limits))):
                target = _capped(new, limits) if _allowed(new, limits) else None
                if target is not None:
                    moves.append((line, row, places[place], _number(target, places, queue)))
    return places, moves


def _number(place: Place, places: dict[Place, int], queue: list[Place]) -> int:
    if place not in places:
        places[place] = len(places)
        queue.append(place)
    return places[place]


def _day(place: Place, line: int) -> Place:
    since, row, nights = place
    return since + 1, row + 1, nights + 1 if line else 0


def _gap(place: Place, line: int, limits: Limits) -> Place:
    """After one free day; a weekly rest no longer than the daily one is in every free day."""
    since = place[0] + 2 if limits.long_rest_h > limits.rest_h else 1
    return since, 1, line


def _allowed(place: Place, limits: Limits) -> bool:
    return all(n <= most for n, most in zip(place, _most(limits)))


def _most(limits: Limits) -> Place:
    stretch = limits.stretch_days if limits.long_rest_h > limits.rest_h else FAR + 1
    return stretch, limits.consecutive_days, limits.nights_in_a_row


def _capped(place: Place, limits: Limits) -> Place:
    """A place without what has no limit, or what another count forbids no later."""
    stretch, row, nights = _most(limits)
    since = min(place[0], stretch) if stretch <= FAR else 0
    in_row = place[1] if row <= FAR and row < stretch else 0
    return since, in_row, place[2] if nights < min(row, stretch, FAR) else 0
