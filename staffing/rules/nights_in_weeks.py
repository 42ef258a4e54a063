"""Night shifts in a rolling number of calendar weeks."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Site
from staffing.flags import NIGHT
from staffing.labour import Cap, Rule, Worked
from staffing.rolling import exceeded


def counts(site: Site) -> tuple[Cap, ...]:
    """The site's most night shifts in so many weeks."""
    cap = _cap(site)
    return () if cap is None else (cap,)


def _cap(site: Site) -> Cap | None:
    asked = site.labour.nights_max
    return None if asked is None else Cap(NIGHT, asked.number, asked.weeks)


def broken(worked: Worked) -> pd.DataFrame:
    """Weeks with a night shift too many, counted with the weeks before."""
    return exceeded(worked, _cap, says=_words)


def _words(cap: Cap, found: int) -> str:
    return f"{found} night shifts in {cap.weeks} weeks; {cap.most} are allowed"


RULE = Rule("nights", "night shifts in a rolling number of weeks", broken, counts=counts)
