"""Draws instances in the format of Curtois and Qu around a planted roster, so that a legal one exists.

    python -m benchmarks.curtois_qu_draw --staff 150 --weeks 52 --shifts 32 --out big.txt

Each employee works runs of a few days, later shifts after earlier ones; limits are set around what they
work, the need around what all of them cover. Written for tests and for sizes of which no open instance
lies at hand.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LENGTHS = (480, 480, 480, 600, 720)
OFF = -1
PARTS = 4  # of the day


@dataclass(frozen=True)
class Size:
    """Employees, weeks and kinds of shift."""

    staff: int
    weeks: int
    shifts: int


@dataclass(frozen=True)
class Drawn:
    """Text of an instance, and the planted roster as rows (employee, day, shift)."""

    text: str
    planted: list[tuple[str, int, str]]


def drawn(size: Size, *, seed: int, lengths: tuple[int, ...] = LENGTHS) -> Drawn:
    """The instance of a seed."""
    rng = np.random.default_rng(seed)
    days = 7 * size.weeks
    length = np.sort(rng.choice(lengths, size.shifts))[rng.permutation(size.shifts)]
    forbidden = _forbidden(rng, size.shifts)
    does = rng.random((size.staff, size.shifts)) < 0.7
    does[np.arange(size.staff), rng.integers(0, size.shifts, size.staff)] = True
    plan = np.stack([_row(rng, days, np.flatnonzero(known)) for known in does])
    sections = {
        "HORIZON": [str(days)],
        "SHIFTS": [
            f"{_shift(s)},{length[s]},{'|'.join(map(_shift, np.flatnonzero(forbidden[s])))}"
            for s in range(size.shifts)
        ],
        "STAFF": [_staff(rng, n, row, does[n], length) for n, row in enumerate(plan)],
        "DAYS_OFF": [f"{_name(n)},{rng.choice(np.flatnonzero(row == OFF))}" for n, row in enumerate(plan)],
        "SHIFT_ON_REQUESTS": _requests(rng, size, days),
        "SHIFT_OFF_REQUESTS": _requests(rng, size, days),
        "COVER": _cover(rng, plan, size.shifts),
    }
    text = "\n\n".join("\n".join([f"SECTION_{name}", *rows]) for name, rows in sections.items()) + "\n"
    return Drawn(text, [(_name(n), int(d), _shift(plan[n, d])) for n, d in np.argwhere(plan != OFF)])


def _name(n: int) -> str:
    return f"E{n:03d}"


def _shift(s: int) -> str:
    return f"s{s}"


def _forbidden(rng: np.random.Generator, shifts: int) -> np.ndarray:
    """Which shift must not follow which: none of an earlier part of the day, and some of the same part."""
    part = np.arange(shifts) * PARTS // shifts
    back = np.tril(np.ones((shifts, shifts), bool), -1)
    return back & ((part[:, None] > part) | (rng.random((shifts, shifts)) < 0.1))


def _row(rng: np.random.Generator, days: int, known: np.ndarray) -> np.ndarray:
    """Runs of 3 to 5 days and rests of 2 or 3, shifts within a run in an order that is allowed."""
    row = np.full(days, OFF)
    day = -int(rng.integers(0, 5))
    while day < days:
        run = int(rng.integers(3, 6))
        shifts = np.sort(rng.choice(known, run))
        for k, shift in enumerate(shifts):
            if 0 <= day + k < days:
                row[day + k] = shift
        day += run + int(rng.integers(2, 4))
    return row


def _staff(rng: np.random.Generator, n: int, row: np.ndarray, does: np.ndarray, length: np.ndarray) -> str:
    worked = np.bincount(row[row != OFF], minlength=len(length))
    most = np.where(rng.random(len(length)) < 0.5, len(row), worked + rng.integers(0, 3, len(length)))
    caps = "|".join(f"{_shift(s)}={most[s] if does[s] else 0}" for s in range(len(length)))
    minutes = int((worked * length).sum())
    weekends = sum(bool((row[d : d + 2] != OFF).any()) for d in range(5, len(row), 7))
    return f"{_name(n)},{caps},{minutes + 480},{max(minutes - 480, 0)},5,2,2,{weekends}"


def _requests(rng: np.random.Generator, size: Size, days: int) -> list[str]:
    at = rng.integers(0, (size.staff, days, size.shifts), (size.staff * size.weeks, 3))
    keys = {(int(n), int(d)): int(s) for n, d, s in at}
    return [f"{_name(n)},{d},{_shift(s)},{rng.integers(1, 4)}" for (n, d), s in keys.items()]


def _cover(rng: np.random.Generator, plan: np.ndarray, shifts: int) -> list[str]:
    """What the planted roster covers, one more or less now and then."""
    here = np.stack([(plan == s).sum(axis=0) for s in range(shifts)], axis=1)
    need = np.maximum(here + rng.choice([-1, 0, 0, 0, 0, 1], here.shape), 0)
    return [f"{d},{_shift(s)},{need[d, s]},100,1" for d, s in np.ndindex(need.shape)]


def main() -> None:
    """Write an instance."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("staff", 20), ("weeks", 4), ("shifts", 4), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    size = Size(options.staff, options.weeks, options.shifts)
    options.out.write_text(drawn(size, seed=options.seed).text, encoding="utf-8")


if __name__ == "__main__":
    main()
