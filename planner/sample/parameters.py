"""The parameters of the demonstration centre: `data/sample/sample.yaml` as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from planner.domain.timegrid import OpeningHours, Season

FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
SLOT_MIN = 30
SLOT_S = 1800.0
WEEK_SLOTS = 336
WEEKDAYS_OF = {
    "all": range(7),
    "mon_sat": range(6),
    "mon_fri": range(5),
    "sat_thu": (5, 6, 0, 1, 2, 3),
    "fri": (4,),
    "sat": (5,),
    "sun": (6,),
}


@dataclass(frozen=True)
class Market:
    """A country whose customers speak the line's language."""

    country: str
    zone: str
    share: float
    growth: float
    weekday: str
    hour: str


@dataclass(frozen=True)
class Host:
    """A site that answers a share of a line between two local days, both included."""

    site: str
    share: float
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Launch:
    """A line that begins late: the share of its volume rises from `begin_at` to 1 over `weeks`."""

    day: date
    weeks: float
    begin_at: float


@dataclass(frozen=True)
class Line:
    """A language for a group of countries, with one set of opening hours."""

    code: str
    language: str
    share: float
    season: str
    hours: OpeningHours
    mix: Mapping[str, float]
    markets: tuple[Market, ...]
    hosting: tuple[Host, ...]
    launch: Launch | None


@dataclass(frozen=True)
class Parameters:
    """Everything the drawing needs: `spec` is the YAML as read, the rest what many parts ask for."""

    spec: Mapping[str, Any]
    lines: Mapping[str, Line]
    scale: float
    seed: int
    first_day: date
    last_day: date
    reference: tuple[date, date]

    @property
    def log_first_day(self) -> date:
        """First day of the contact log."""
        return self.last_day + timedelta(days=1 - 7 * self.spec["meta"]["contact_log_weeks"])

    def language(self, line: str) -> str:
        """The language of a line."""
        return self.lines[line].language


def read_parameters(*, scale: float = 1.0, seed: int | None = None, folder: Path = FOLDER) -> Parameters:
    """The parameters with the volume at `scale`; `seed` None takes the file's own seed."""
    spec = yaml.safe_load((folder / "sample.yaml").read_text(encoding="utf-8"))
    least = spec["scale_rule"]["least"]
    if not least <= scale <= 10:
        raise ValueError(f"scale {scale} is outside {least} to 10; below it most intervals would be empty")
    meta = spec["meta"]
    span = (meta["history_from"], meta["as_of"])
    return Parameters(
        spec=spec,
        lines={code: _line(code, line, spec=spec, span=span) for code, line in spec["lines"].items()},
        scale=scale,
        seed=meta["seed"] if seed is None else seed,
        first_day=span[0],
        last_day=span[1],
        reference=tuple(meta["reference_year"]),
    )


def _line(code: str, line: Mapping[str, Any], *, spec: Mapping[str, Any], span: tuple[date, date]) -> Line:
    launch = None
    if "launched" in line:
        launch = Launch(line["launched"], line["launch_ramp_weeks"], line["launch_from"])
    return Line(
        code=code,
        language=line["language"],
        share=line["share"],
        season=line["season"],
        hours=_hours(line, spec),
        mix=line["mix"],
        markets=tuple(Market(country, **market) for country, market in line["markets"].items()),
        hosting=tuple(
            Host(h["site"], h["share"], h.get("from", span[0]), h.get("until", span[1]))
            for h in line["hosting"]
        ),
        launch=launch,
    )


def _hours(line: Mapping[str, Any], spec: Mapping[str, Any]) -> OpeningHours:
    """Opening hours with the Sundays of the sales season; the Gulf lines have no closed dates."""
    week = {
        weekday: ((begin * 60, end * 60),)
        for name, (begin, end) in line["hours"].items()
        for weekday in WEEKDAYS_OF[name]
    }
    seasons: tuple[Season, ...] = ()
    if "sales_sundays" in line:
        begin, end = line["sales_sundays"]
        window = spec["sales_sundays_window"]
        seasons = (Season(str(window["from"]), str(window["to"]), {6: ((begin * 60, end * 60),)}),)
    closed = () if line["season"] == "gulf" else spec["volume"]["closed_dates"]
    return OpeningHours(line["zone"], week, seasons, frozenset(map(str, closed)))
