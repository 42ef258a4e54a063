"""Who took whose shift: pairs of changed shifts of one site and day that mirror one another."""

from __future__ import annotations

import pandas as pd

TIMES = ["before_start", "before_end", "after_start", "after_end"]
MIRRORED = dict(zip(TIMES, ["after_start", "after_end", "before_start", "before_end"]))


def with_whom(changed: pd.DataFrame) -> pd.Series:
    """The agent who had, before, the shift that each agent has now, and now has the one that agent had.

    `changed` holds one row per agent and local day whose shift differs: agent_id, site, day and `TIMES`
    (missing where there is no shift). A day off is exchanged like a shift. Where several agents mirror
    several others, they are paired in order of their names; None where nobody mirrors.
    """
    rows = changed.sort_values("agent_id")
    rows = rows.assign(nth=rows.groupby(["site", "day", *TIMES], dropna=False).cumcount())
    others = rows[["agent_id", "site", "day", "nth", *TIMES]].rename(
        columns={"agent_id": "other", **MIRRORED}
    )
    found = rows.reset_index().merge(others, on=["site", "day", "nth", *TIMES], how="inner")
    return found.set_index("index")["other"].reindex(changed.index)
