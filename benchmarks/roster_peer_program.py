"""pyworkforce's MinHoursRoster on one case, in an interpreter of its own: JSON in, JSON out.

Started by `benchmarks.roster_peers`; its interpreter has pyworkforce and not this project's packages.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from benchmarks.peer_lines import peak_mb

SHIFT_H = 8


def rostered(asked: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Its status and its shifts (agent, day, shift), with one worker, as its guide shows."""
    from pyworkforce.rostering import MinHoursRoster

    people, names = [f"a{n}" for n in range(asked["agents"])], list(asked["shifts"])
    begin = time.process_time()
    solved = MinHoursRoster(
        num_days=asked["days"],
        resources=people,
        shifts=names,
        shifts_hours=[SHIFT_H] * len(names),
        min_working_hours=asked["least_days"] * SHIFT_H,
        max_resting=asked["days"] - asked["least_days"],
        banned_shifts=[{"resource": people[a], "day": d, "shift": names[s]} for a, d, s in asked["bans"]],
        required_resources=dict(zip(names, asked["need"])),
        non_sequential_shifts=[{"origin": names[a], "destination": names[b]} for a, b in asked["pairs"]],
        max_search_time=seconds,
        num_search_workers=1,
    ).solve()
    cpu_s = time.process_time() - begin
    number = {name: n for n, name in enumerate(people)}
    found = solved["status"] in ("OPTIMAL", "FEASIBLE")
    rows = solved["resource_shifts"] if found else []
    worked = [(number[row["resource"]], row["day"], names.index(row["shift"])) for row in rows]
    return {"status": solved["status"], "worked": worked, "cpu_s": cpu_s, "peak_mb": peak_mb()}


if __name__ == "__main__":
    told, sys.stdout = sys.stdout, sys.stderr  # what the package prints is no answer
    print(json.dumps(rostered(json.load(sys.stdin), float(sys.argv[1]))), file=told)
