"""Where on earth a time zone's city lies: the zone table that comes with the time zone data."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

ISO_6709 = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")


@cache
def zone_place(zone: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees of the zone's city; None for a zone without one, such as UTC.

    >>> latitude, longitude = zone_place("Europe/Lisbon")
    >>> round(latitude, 1), round(longitude, 1)
    (38.7, -9.1)
    """
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 2 and cells[2] == zone:
            return _degrees(cells[1])
    return None


def _degrees(text: str) -> tuple[float, float] | None:
    found = ISO_6709.fullmatch(text)
    if found is None:
        return None
    parts = found.groups()
    return _angle(*parts[:4]), _angle(*parts[4:])


def _angle(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    size = int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -size if sign == "-" else size
