"""CPU seconds of explaining a year of service, and whether the parts add up.

    python -m benchmarks.explained FOLDER

FOLDER holds a drawn sample (`planner sample FOLDER`). Prints the rows explained, CPU seconds of a first and
a second time (the first compiles), the largest error of the sums, and the planted weeks with their parts.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pandas as pd

from planner.config import load_plan
from planner.domain.quality_tables import FACTORS
from planner.domain.tables import INTRADAY, VOLUME
from planner.pipeline.explained import explained
from planner.sample.parameters import read_parameters

PARTS = [f"by_{name}" for name in FACTORS]


def main(folder: Path) -> None:
    """Measure, and print."""
    centre = load_plan(folder / "plan.yaml").centre
    volume = VOLUME.check(pd.read_parquet(folder / "volume.parquet"))
    planned = INTRADAY.check(pd.read_parquet(folder / "intraday.parquet"))
    found = pd.DataFrame()
    for time_of in ("first", "second"):
        began = time.process_time()
        found = explained(volume, planned, centre)
        print(f"{time_of} time: {time.process_time() - began:.1f} CPU s, {len(found):,} rows of EXPLAINED")
    error = (found[PARTS].fillna(0).sum(axis=1) - (found["actual"] - found["planned"])).abs().max()
    print(f"largest error of planned + parts = actual: {error:.1e}")
    _planted(found)


def _planted(found: pd.DataFrame) -> None:
    """The weeks whose cause was planted, every queue of the line's language, first service level."""
    parameters = read_parameters()
    weeks = found[(found["measure"] == "service_level") & (found["period"] == "week")]
    queues = weeks[(weeks[["site", "language", "channel"]] != "all").all(axis=1)]
    for plant in parameters.spec["staffing_history"]["planted_causes"]:
        line = parameters.lines[plant["line"]]
        here = queues["site"].isin([host.site for host in line.hosting])
        mine = queues[here & (queues["language"] == line.language)]
        rows = mine[mine["period_start"] == pd.Timestamp(plant["week"])]
        print(f"\n{plant['week']} {plant['line']}: planted {plant['cause']}")
        print(rows[["site", "channel", "planned", "actual", *PARTS]].round(3).to_string(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
