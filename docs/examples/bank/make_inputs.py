"""Input files of the bank example: real half-hourly counts, invented people.

    python docs/examples/bank/make_inputs.py SERIES.parquet FOLDER

SERIES has the columns `ds` (local clock, New York) and `y` (calls handled in the half-hour).
"""

import shutil
import sys
from pathlib import Path

import pandas as pd

FULL_TIME, PART_TIME = 195, 110  # invented: about what the requirement asks for


def volume(series: pd.DataFrame) -> pd.DataFrame:
    """VOLUME on the local clock; the importer gives it the site's zone."""
    return pd.DataFrame(
        {"site": "BANK", "language": "en", "channel": "voice", "interval_start": series["ds"],
         "interval_min": 30, "offered": series["y"]}
    )  # fmt: skip


def agents() -> pd.DataFrame:
    """Invented people: everybody speaks English and takes calls."""
    contracts = ["full"] * FULL_TIME + ["part"] * PART_TIME
    ids = [f"BANK-{number:03d}" for number in range(1, len(contracts) + 1)]
    return pd.DataFrame(
        {
            "agent_id": ids,
            "name": ids,
            "site": "BANK",
            "contract": contracts,
            "languages": "en:native",
            "channels": "voice",
        }
    )


def main(series: Path, folder: Path) -> None:
    """Write volume.csv, agents.csv and plan.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    volume(pd.read_parquet(series)).to_csv(folder / "volume.csv", index=False)
    agents().to_csv(folder / "agents.csv", index=False)
    shutil.copy(Path(__file__).with_name("plan.yaml"), folder / "plan.yaml")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
