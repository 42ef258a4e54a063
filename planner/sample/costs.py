"""The section `costs:` of the sample's plan.yaml: invented wages and rates, plainly round."""

from __future__ import annotations

from typing import Any

from planner.sample.parameters import Parameters

QUOTED = "2026-09-30"
FOR_ONE = {"PLN": 4.3, "MAD": 10.8, "EGP": 56.0, "COP": 4600.0, "BRL": 6.2}  # invented, for one EUR
CURRENCIES = {"KRK": "PLN", "CAS": "MAD", "CAI": "EGP", "BOG": "COP", "SAO": "BRL"}
REGIONS = {
    "SVQ": "Iberia",
    "LIS": "Iberia",
    "KRK": "Central Europe",
    "CAS": "Maghreb and Nile",
    "CAI": "Maghreb and Nile",
    "BOG": "Latin America",
    "SAO": "Latin America",
}
# what an employer pays on the wage, so that wages come out round; and EUR for a seat and month: rent, desk
LOADING = {"SVQ": 0.25, "LIS": 0.25, "KRK": 0.20, "CAS": 0.20, "CAI": 0.12, "BOG": 0.38, "SAO": 0.55}
SEAT = {"SVQ": 190, "LIS": 200, "KRK": 180, "CAS": 110, "CAI": 90, "BOG": 120, "SAO": 140}


def costs(parameters: Parameters) -> dict[str, Any]:
    """Wages whose loaded hour is the site's `cost_per_paid_hour`, in the money of each site."""
    sites = {
        code: _site(code, site["cost_per_paid_hour_eur"]) for code, site in parameters.spec["sites"].items()
    }
    return {
        "exchange": {"day": QUOTED, "for_one": FOR_ONE},
        "sites": sites,
    }


def _site(code: str, loaded_eur: float) -> dict[str, Any]:
    units = FOR_ONE.get(CURRENCIES.get(code, ""), 1.0)
    found: dict[str, Any] = {"region": REGIONS[code]}
    if code in CURRENCIES:
        found["currency"] = CURRENCIES[code]
    return found | {
        "wage_per_hour": round(loaded_eur * units / (1 + LOADING[code]), 2),
        "loading": LOADING[code],
        "seat_per_month": round(SEAT[code] * units),
    }
