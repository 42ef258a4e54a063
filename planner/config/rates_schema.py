"""What may stand under `costs:` in `plan.yaml`. Unknown keys are refused."""

from __future__ import annotations

import re
from datetime import date
from math import isfinite
from typing import Annotated, Any

from babel.numbers import list_currencies
from pydantic import AfterValidator, BeforeValidator, Field

from planner.config.strict import Strict


def _currency(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", code) or code not in list_currencies():
        raise ValueError("is no ISO 4217 currency; write one such as EUR or MAD")
    return code


def _region(name: str) -> str:
    if name.lower() == "all":
        raise ValueError("means every region together; name it otherwise")
    return name


def _by_contract(given: Any) -> Any:
    """A number alone stands for every contract: the key None."""
    if isinstance(given, dict):
        return given
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise ValueError("write a number above 0, or one for each contract, such as {full: 12.5, part: 11.9}")
    if not (isfinite(given) and given > 0):
        raise ValueError("an hour costs more than 0")
    return {None: given}


Currency = Annotated[str, AfterValidator(_currency)]
Region = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_region)]
Price = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Hourly = Annotated[dict[str | None, Price], BeforeValidator(_by_contract)]
Loading = Annotated[float, Field(ge=0, le=1)]
Premium = Annotated[float, Field(ge=0, le=5)]
SeatCost = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class EverySiteCostFile(Strict):
    """What holds at every site that says nothing else; a premium left out is that of the labour rules."""

    loading: Loading | None = None
    overtime_premium: Premium | None = None
    night_premium: Premium | None = None
    sunday_premium: Premium | None = None
    holiday_premium: Premium | None = None
    seat_per_month: SeatCost | None = None


class SiteCostFile(EverySiteCostFile):
    """Prices of one site in its own currency: a wage with its loading, or the loaded hour."""

    region: Region | None = None
    currency: Currency | None = None
    wage_per_hour: Hourly | None = None
    loaded_per_hour: Hourly | None = None


class ExchangeFile(Strict):
    """Units of each currency for one of the plan's, as quoted on a day."""

    day: date
    for_one: Annotated[dict[Currency, Price], Field(min_length=1)]


class CostsFile(Strict):
    """The section `costs:`."""

    exchange: ExchangeFile | None = None
    every_site: EverySiteCostFile = EverySiteCostFile()
    sites: dict[str, SiteCostFile] = {}
