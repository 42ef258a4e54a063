"""What people cost, as `costs:` of plan.yaml says it: pay by contract, currencies, seats, regions.

Shares are 0..1. Money is in the site's currency where a name says `local`, else in the plan's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True)
class Pay:
    """A paid hour of one contract in the site's currency, with all that is paid beside the wage.

    `loading` is what an employer pays on the wage (social charges), as a share of it. Both are None where
    only the loaded hour is known.

    >>> Pay.of_wage(12.0, loading=0.25).loaded_local
    15.0
    """

    loaded_local: float
    wage_local: float | None = None
    loading: float | None = None

    @classmethod
    def of_wage(cls, wage_local: float, *, loading: float) -> Pay:
        """The hour of a wage with its loading."""
        return cls(wage_local * (1 + loading), wage_local, loading)


@dataclass(frozen=True)
class SiteRates:
    """Prices of one site; premiums for nights, Sundays and holidays stand in its labour rules.

    `currency` None is the plan's own. A contract without an entry in `pay` costs the site's
    `cost_per_paid_hour`. `overtime_premium` is paid on top of the hour, as a share of it.
    """

    region: str
    currency: str | None = None
    pay: Mapping[str, Pay] = field(default_factory=lambda: MappingProxyType({}))
    overtime_premium: float = 0.0
    seat_per_month_local: float = 0.0


@dataclass(frozen=True)
class Rates:
    """Prices of every site, and the exchange rates they are added up by: fixed in the plan, never fetched.

    `for_one` has the units of a currency for one of the plan's, as of `quoted_on`. `full_time_h` is the
    working week of one full-time equivalent.

    >>> rates = Rates(for_one={"MAD": 10.8}, sites={"CAS": SiteRates("Maghreb", "MAD")})
    >>> rates.local(9.0, "CAS"), round(rates.in_plan(97.2, "CAS"), 9)
    (97.2, 9.0)
    """

    sites: Mapping[str, SiteRates] = field(default_factory=lambda: MappingProxyType({}))
    for_one: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    quoted_on: date | None = None
    full_time_h: float = 40.0

    def of(self, site: str) -> SiteRates:
        """Prices of a site; one of which nothing is said is a region of its own."""
        return self.sites.get(site, SiteRates(site))

    def units(self, site: str) -> float:
        """Units of the site's currency for one of the plan's."""
        currency = self.of(site).currency
        return 1.0 if currency is None else self.for_one.get(currency, 1.0)

    def local(self, amount: float, site: str) -> float:
        """An amount of the plan's currency in the site's."""
        return amount * self.units(site)

    def in_plan(self, amount_local: float, site: str) -> float:
        """An amount of the site's currency in the plan's."""
        return amount_local / self.units(site)
