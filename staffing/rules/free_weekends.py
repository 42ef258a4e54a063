"""Free weekends: in every so many calendar weeks a number of weekends without work.

A weekend is worked when any of a shift lies on its Saturday or Sunday, the night from Friday included.
"""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Site
from staffing.flags import WEEKEND
from staffing.labour import Cap, Rule, Worked
from staffing.rolling import exceeded


def counts(site: Site) -> tuple[Cap, ...]:
    """The weekends that may be worked in a rolling number of weeks: all but those that are due off."""
    cap = _cap(site)
    return () if cap is None else (cap,)


def _cap(site: Site) -> Cap | None:
    asked = site.labour.free_weekends
    return None if asked is None else Cap(WEEKEND, asked.weeks - asked.number, asked.weeks)


def broken(worked: Worked) -> pd.DataFrame:
    """Weeks whose weekend is worked though the weeks before leave it to be free."""
    return exceeded(worked, _cap, says=_words)


def _words(cap: Cap, found: int) -> str:
    return f"{found} weekends worked in {cap.weeks} weeks; {cap.weeks - cap.most} must be free"


RULE = Rule("free weekends", "weekends without work in a rolling number of weeks", broken, counts=counts)
