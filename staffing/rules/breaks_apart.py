"""Breaks apart: least and most work between two pauses, and between a pause and either end of the shift.

Shifts without any pause are left to the rules that say when one is due.
"""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import HOUR, Limits, Rule, Worked, violations

MINUTE = HOUR / 60


def limits(site: Site, _contract: Contract) -> Limits:
    """The site's least and most work around a pause."""
    if site.labour.breaks_apart_min is None:
        return Limits()
    least, most = site.labour.breaks_apart_min
    return Limits(apart_least_min=least, apart_most_min=most)


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts with pauses too close to each other or to an end of the shift, or too far."""
    apart = {code: site.labour.breaks_apart_min for code, site in worked.centre.sites.items()}
    asked = {code: pair for code, pair in apart.items() if pair is not None}
    work = _stretches(worked)
    work = work[work["site"].isin(list(asked))]
    least = work["site"].map({code: pair[0] for code, pair in asked.items()}).astype("float64")
    most = work["site"].map({code: pair[1] for code, pair in asked.items()}).astype("float64")
    wrong = (work["minutes"] < least - 1e-9) | (work["minutes"] > most + 1e-9)
    bad = work.assign(least=least, most=most)[wrong]
    return violations(
        bad,
        [
            f"{found:g} min of work beside a pause; {least:g} to {most:g} min are asked for"
            for found, least, most in zip(bad["minutes"], bad["least"], bad["most"])
        ],
    )


def _stretches(worked: Worked) -> pd.DataFrame:
    """Minutes of work before each pause of a shift and after its last: agent_id, day, site, minutes."""
    keys = ["agent_id", "day"]
    pauses = worked.segments[worked.segments["activity"].isin(("break", "meal"))]
    pauses = pauses[[*keys, "site", "start", "end"]].sort_values([*keys, "start"])
    ends = worked.shifts[[*keys, "start", "end"]].rename(columns={"start": "first", "end": "last"})
    both = pauses.merge(ends, on=keys)
    since = both.groupby(keys)["end"].shift().fillna(both["first"])
    before = both.assign(minutes=(both["start"] - since) / MINUTE)
    final = both.drop_duplicates(keys, keep="last")
    after = final.assign(minutes=(final["last"] - final["end"]) / MINUTE)
    return pd.concat([before, after], ignore_index=True)[[*keys, "site", "minutes"]]


RULE = Rule("breaks apart", "least and most work between two pauses", broken, limits=limits)
