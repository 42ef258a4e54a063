"""What the demonstration's planners say: changes on top of the forecast, and days that must not teach it."""

from __future__ import annotations

import pandas as pd

from planner.domain.forecast_tables import OVERRIDES, TEACHING
from planner.domain.table import Table
from planner.domain.teaching import ALL
from planner.sample.parameters import Parameters


def overrides(parameters: Parameters) -> pd.DataFrame:
    """OVERRIDES; whole contacts follow the scale, shares do not."""
    rows = _rows(parameters, OVERRIDES)
    scaled = rows["change"].ne("share")
    return rows.assign(value=rows["value"].where(~scaled, rows["value"] * parameters.scale))


def teaching(parameters: Parameters) -> pd.DataFrame:
    """TEACHING."""
    return _rows(parameters, TEACHING)


def _rows(parameters: Parameters, table: Table) -> pd.DataFrame:
    """The rows of the parameters; where no site, language or channel is named, all are meant."""
    everywhere = {"site": ALL, "language": ALL, "channel": ALL}
    return table.check(pd.DataFrame([everywhere | row for row in parameters.spec[table.name.lower()]]))
