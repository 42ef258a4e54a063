"""Checks a roster against the raw text of a Curtois and Qu instance: cost, and every rule broken.

It shares no code with the engine or the reader, and works on plain lists and words, one rule after the
other as the paper states them (Curtois and Qu 2014, Computational results on new staff scheduling
benchmark instances).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

Row = tuple[str, int, str]  # employee, day, shift
DAY_OFF = ""


@dataclass(frozen=True)
class Checked:
    """Cost of a roster and what is wrong with it (empty when it is legal)."""

    cost: int
    faults: tuple[str, ...]


def check(text: str, rows: list[Row]) -> Checked:
    """Cost and faults of the rows of a roster."""
    section = {name: _lines(text, name) for name in re.findall(r"^SECTION_(\w+)", text, re.MULTILINE)}
    days = int(section["HORIZON"][0][0])
    faults = list(_misplaced(rows, section, days))
    plan = {cells[0]: [DAY_OFF] * days for cells in section["STAFF"]}
    for employee, day, shift in rows:
        if employee in plan and 0 <= day < days:
            plan[employee][day] = shift
    length = {cells[0]: int(cells[1]) for cells in section["SHIFTS"]}
    for cells in section["STAFF"]:
        faults += [f"{cells[0]}: {fault}" for fault in _broken(cells, plan[cells[0]], length)]
    faults += _successions(section["SHIFTS"], plan)
    for cells in section.get("DAYS_OFF", []):
        fixed = [int(day) for day in cells[1:] if day]
        faults += [f"{cells[0]}: works on day off {d}" for d in fixed if plan[cells[0]][d] != DAY_OFF]
    return Checked(_requests(section, plan) + _cover(section["COVER"], rows), tuple(faults))


def _lines(text: str, name: str) -> list[list[str]]:
    after = re.split(rf"^SECTION_{name}\s*$", text, flags=re.MULTILINE)[1]
    body = re.split("^SECTION_", after, flags=re.MULTILINE)[0]
    lines = [line.strip() for line in body.splitlines()]
    return [re.split(r"\s*,\s*", line) for line in lines if line and line[0] != "#"]


def _misplaced(rows: list[Row], section: dict[str, list[list[str]]], days: int) -> list[str]:
    """Rows that name nobody, no day or no shift of the instance, and two shifts on a day."""
    staff, shifts = ({cells[0] for cells in section[name]} for name in ("STAFF", "SHIFTS"))
    twice = [key for key, n in Counter((employee, day) for employee, day, _ in rows).items() if n > 1]
    return [f"{e} has two shifts on day {d}" for e, d in twice] + [
        f"{e}, day {d}, {s}: no such employee, day or shift"
        for e, d, s in rows
        if e not in staff or s not in shifts or not 0 <= d < days
    ]


def _broken(cells: list[str], row: list[str], length: dict[str, int]) -> list[str]:
    """Rules of one employee's own line that their row breaks."""
    most_min, least_min, most_run, least_run, least_rest, most_weekends = (int(cell) for cell in cells[2:8])
    count, minutes = Counter(row), sum(length[shift] for shift in row if shift != DAY_OFF)
    faults = [
        f"{count[name]} x {name}, at most {most}"
        for name, most in re.findall(r"([^|=]+)=(\d+)", cells[1])
        if count[name] > int(most)
    ]
    named = set(re.findall(r"([^|=]+)=", cells[1]))
    faults += [f"does not do {shift}" for shift in count if shift != DAY_OFF and shift not in named]
    if not least_min <= minutes <= most_min:
        faults.append(f"{minutes} min, not within {least_min} to {most_min}")
    marks = "".join("o" if shift == DAY_OFF else "w" for shift in row)
    faults += [f"{len(run)} days in a row" for run in re.findall("w+", marks) if len(run) > most_run]
    inside_runs = [run for run in re.findall("(?<=o)w+(?=o)", marks) if len(run) < least_run]
    inside_rests = [rest for rest in re.findall("(?<=w)o+(?=w)", marks) if len(rest) < least_rest]
    faults += [f"only {len(run)} days in a row" for run in inside_runs]
    faults += [f"only {len(rest)} days off in a row" for rest in inside_rests]
    weekends = sum("w" in marks[saturday : saturday + 2] for saturday in range(5, len(marks), 7))
    if weekends > most_weekends:
        faults.append(f"{weekends} weekends, at most {most_weekends}")
    return faults


def _successions(shifts: list[list[str]], plan: dict[str, list[str]]) -> list[str]:
    pairs = {(cells[0], after) for cells in shifts for after in "".join(cells[2:3]).split("|") if after}
    return [
        f"{employee}: {row[d + 1]} on day {d + 1} follows {row[d]}"
        for employee, row in plan.items()
        for d in range(len(row) - 1)
        if (row[d], row[d + 1]) in pairs
    ]


def _requests(section: dict[str, list[list[str]]], plan: dict[str, list[str]]) -> int:
    """Weight of the requests that are not met."""
    unmet = sum(int(w) for e, d, s, w in section.get("SHIFT_ON_REQUESTS", []) if plan[e][int(d)] != s)
    return unmet + sum(int(w) for e, d, s, w in section.get("SHIFT_OFF_REQUESTS", []) if plan[e][int(d)] == s)


def _cover(cover: list[list[str]], rows: list[Row]) -> int:
    """Price of people too few and too many."""
    here = Counter((day, shift) for _, day, shift in rows)
    missing = [(int(need) - here[int(d), s], int(under), int(over)) for d, s, need, under, over in cover]
    return sum(under * max(gap, 0) + over * max(-gap, 0) for gap, under, over in missing)
