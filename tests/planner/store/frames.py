"""Small frames of declared tables for the store's tests."""

from datetime import UTC, datetime

import pandas as pd

from planner.domain.tables import AGENTS, VOLUME

NOW = datetime(2026, 10, 4, 12, 30, tzinfo=UTC)
MONDAY = pd.Timestamp("2026-10-05T08:00Z")


def volume(*offered: int, site: str = "LIS", start: pd.Timestamp = MONDAY, **more: object) -> pd.DataFrame:
    """VOLUME of one queue: half-hours from `start`, one for each number offered."""
    starts = [start + pd.Timedelta(minutes=30 * i) for i in range(len(offered))]
    queue = {"site": site, "language": "pt", "channel": "voice", "interval_start": starts}
    return VOLUME.check(pd.DataFrame(queue | {"interval_min": 30, "offered": list(offered)} | more))


def agents(*ids: str, contract: str = "full") -> pd.DataFrame:
    """AGENTS of Lisbon."""
    person = {"site": "LIS", "contract": contract, "languages": "pt:native", "channels": "voice"}
    return AGENTS.check(pd.DataFrame([{"agent_id": agent_id} | person for agent_id in ids]))
