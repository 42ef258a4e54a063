"""Reply times of a small team: by hand, against Erlang, and against a minute-by-minute witness."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.reply import NEVER, Letters, Walked, Windows, open_at, walked

MIN = 60.0
H = 3600.0


def letters(
    arrived: list[float],
    first: list[float],
    again: list[float] | None = None,
    away: list[float] | None = None,
) -> Letters:
    count = len(arrived)
    return Letters(
        np.array(arrived),
        np.array(first),
        np.array(again or [0.0] * count),
        np.array(away or [NEVER] * count),
    )


def always() -> Windows:
    return Windows(np.array([0.0]), np.array([1e12]))


def test_a_day_by_hand() -> None:
    """One person 9 to 17 h; the mail of 16:50 is finished the next morning, that of 8:00 waits for nine."""
    days = Windows(np.array([9 * H, 33 * H]), np.array([17 * H, 41 * H]))
    found = walked(letters([8 * H, 9 * H, 16 * H + 50 * MIN], [20 * MIN] * 3), [days])
    assert found.begun_s / H == pytest.approx([9, 9 + 1 / 3, 16 + 5 / 6])
    assert found.replied_s / H == pytest.approx([9 + 1 / 3, 9 + 2 / 3, 33 + 1 / 6])


def test_what_comes_back_stands_behind_those_that_wait() -> None:
    found = walked(letters([0, 0, 0], [10, 10, 10], [5, 0, 0], [5, NEVER, NEVER]), [always()])
    assert found.replied_s == pytest.approx([10, 20, 30])
    assert (found.back_s[0], found.again_s[0]) == (15, 30)


def test_what_nobody_is_there_for_is_never_answered() -> None:
    found = walked(letters([0, 50], [20, 20]), [Windows(np.array([0.0]), np.array([30.0]))])
    assert found.replied_s.tolist() == [20, NEVER]
    assert open_at(np.array([10.0, 40.0, 60.0]), letters([0, 50], [20, 20]), found).tolist() == [0, 0, 1]


def test_many_draws_wait_as_erlang_says() -> None:
    """M/M/3 at 85 % busy: mean wait C h / (c - a) with C = (a^3 / 3!) / .15 over the
    whole sum = 18.42 / 25.23 at a = 2.55, within sampling error."""
    rng, count, mean_s = np.random.default_rng(5), 60_000, 100.0
    arrived = np.cumsum(rng.exponential(mean_s / 2.55, count))
    wanted_s = 18.42 / 25.23 * mean_s / 0.45
    found = walked(letters(arrived.tolist(), rng.exponential(mean_s, count).tolist()), [always()] * 3)
    assert (found.begun_s - arrived).mean() == pytest.approx(wanted_s, rel=0.08)


def witness(given: Letters, hours: list[np.ndarray]) -> np.ndarray:
    """Minutes at which each contact is finished, found minute by minute: who is free takes the oldest."""
    left, busy, done = given.first_s / MIN, [-1] * len(hours), np.full(len(given.arrived_s), NEVER)
    taken = np.zeros(len(left), dtype=bool)
    for minute in range(len(hours[0])):
        for person, there in enumerate(hours):
            if there[minute] and busy[person] < 0:
                waiting = np.flatnonzero(~taken & (given.arrived_s / MIN <= minute))
                if len(waiting):
                    busy[person] = int(waiting[0])
                    taken[waiting[0]] = True
            if there[minute] and busy[person] >= 0:
                left[busy[person]] -= 1
                if left[busy[person]] <= 0:
                    done[busy[person]] = minute + 1
                    busy[person] = -1
    return done


@pytest.mark.parametrize("seed", range(5))
def test_as_a_clock_that_ticks_every_minute(seed: int) -> None:
    """Two people with other hours, whole minutes throughout, so that both must agree exactly."""
    rng = np.random.default_rng(seed)
    arrived = np.sort(rng.choice(600, 40, replace=False)) * MIN
    given = letters(arrived.tolist(), (rng.integers(3, 25, 40) * MIN).tolist())
    hours = [np.zeros(1200, bool), np.zeros(1200, bool)]
    hours[0][60:300], hours[0][700:1000] = True, True
    hours[1][120:420], hours[1][720:1100] = True, True
    people = [
        Windows(
            *(
                np.flatnonzero(np.diff(each.astype(int), prepend=0, append=0) == sign) * MIN
                for sign in (1, -1)
            )
        )
        for each in hours
    ]
    found = walked(given, people)
    assert np.sort(found.replied_s / MIN) == pytest.approx(np.sort(witness(given, hours)))


def test_who_waits_is_who_came_less_who_was_begun() -> None:
    rng = np.random.default_rng(3)
    given = letters(
        np.sort(rng.uniform(0, 1000, 50)).tolist(), [30.0] * 50, [10.0] * 50, rng.uniform(5, 200, 50).tolist()
    )
    found: Walked = walked(given, [always(), always()])
    moments = np.array([100.0, 500.0, 1e9])
    by_hand = [
        sum(a <= t < b for a, b in zip(given.arrived_s, found.begun_s, strict=True))
        + sum(a <= t < b for a, b in zip(found.back_s, found.again_s, strict=True))
        for t in moments
    ]
    assert open_at(moments, given, found).tolist() == by_hand
