"""A finished schedule with everything that is known of it, as the exporters take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import TABLES

DECLARED = {table.name: table for table in TABLES}


@dataclass(frozen=True)
class Scheduled:
    """A schedule of `days` local days: its centre and its tables by name.

    SCHEDULE and AGENTS are always there; what else was made, such as COVERAGE or PAY_HOURS, is in `tables`.
    """

    centre: Centre
    first_day: date
    days: int
    tables: Mapping[str, pd.DataFrame]

    def table(self, name: str) -> pd.DataFrame:
        """A table, empty where it was not made."""
        return self.tables[name] if name in self.tables else DECLARED[name].empty()

    @property
    def zones(self) -> dict[str, str]:
        """The IANA zone of every site."""
        return {code: site.time_zone for code, site in self.centre.sites.items()}
