"""What a paid hour costs: by site and contract, and of each agent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.cost_tables import HOURLY_COST


def loaded_hour(centre: Centre, site: str, *, contract: str) -> float:
    """The loaded cost of a paid hour in the plan's currency.

    A contract of which `costs:` says nothing costs the site's `cost_per_paid_hour`.
    """
    pay = centre.rates.of(site).pay.get(contract)
    if pay is None:
        return centre.sites[site].cost_per_paid_hour
    return centre.rates.in_plan(pay.loaded_local, site)


def hourly_costs(centre: Centre) -> pd.DataFrame:
    """HOURLY_COST of every site and contract that has a price."""
    rows = pd.DataFrame(_rows(centre))
    return HOURLY_COST.check(rows[rows["loaded"] > 0]) if len(rows) else HOURLY_COST.empty()


def _rows(centre: Centre) -> Iterator[dict[str, object]]:
    for code, site in centre.sites.items():
        rates, law = centre.rates.of(code), site.labour
        for contract in centre.contracts:
            loaded, pay = loaded_hour(centre, code, contract=contract), rates.pay.get(contract)
            yield {
                "region": rates.region,
                "site": code,
                "contract": contract,
                "currency": rates.currency or centre.currency,
                "for_one": centre.rates.units(code),
                "wage_local": pay.wage_local if pay else None,
                "loading": pay.loading if pay else None,
                "loaded_local": centre.rates.local(loaded, code),
                "loaded": loaded,
                "overtime_premium": rates.overtime_premium,
                "night_premium": law.night_premium,
                "sunday_premium": law.sunday_premium,
                "holiday_premium": law.holiday_premium,
                "seat_per_month": centre.rates.in_plan(rates.seat_per_month_local, code),
            }


def hour_of_agents(agents: pd.DataFrame, centre: Centre) -> pd.Series:
    """Loaded cost of a paid hour by agent_id: an agent's own `cost_per_hour`, else that of their contract."""
    pairs = zip(agents["site"].astype(str), agents["contract"].astype(str), strict=True)
    usual = np.array([loaded_hour(centre, site, contract=name) for site, name in pairs], dtype=float)
    own = agents.reindex(columns=["cost_per_hour"])["cost_per_hour"].astype("float64").to_numpy()
    return pd.Series(np.where(np.isnan(own), usual, own), agents["agent_id"].to_numpy(), name="hour")
