"""How often the plan was simulated, and how closely its service is known for it."""

from __future__ import annotations

import pandas as pd

from planner.domain.tables import QUEUE

JUDGED = ("service_level", "met_deadline")


def replicated(check: pd.DataFrame) -> str:
    """A line on SERVICE_CHECK: replications of the sites, and the widest interval of a queue's share in time.

    Roll-ups are left out: they are known better than their queues.
    """
    single = (check[[*QUEUE]] != "all").all(axis=1)
    rows = check[single & (check["level"] == "total") & check["measure"].isin(JUDGED)]
    if rows.empty:
        return "nothing with a service level was simulated"
    half = (rows["mean_high"] - rows["mean_low"]) / 2
    least, most = int(rows["replications"].min()), int(rows["replications"].max())
    number = f"{least}" if least == most else f"{least} to {most}"
    points = f"±{half.max() * 100:.1f} points (95 %)"
    return f"{number} replications; every queue's share in time is known to {points}"
