"""Expected contacts of each line and channel in each UTC half-hour, before incidents and chance.

Run rate x line x channel x market x growth x season x weekday x holiday x event x hour of the day, in
the customers' local time; nothing outside the line's hours, except written work that may wait. Scaled
so that the reference year gives the shares of the parameters.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import holidays
import numpy as np

from planner.domain.centre import CHANNEL_KINDS
from planner.sample.clock import Clock
from planner.sample.parameters import Launch, Line, Market, Parameters

ONE_DAY = timedelta(days=1)


class MarketDays(NamedTuple):
    """A market's factor on each of the clock's days, and the days that have the Ramadan hours."""

    factor: np.ndarray
    ramadan: np.ndarray


class Demand(NamedTuple):
    """A line's opening half-hours, and expected contacts per channel and half-hour."""

    is_open: np.ndarray
    contacts: dict[str, np.ndarray]


def demand(line: Line, parameters: Parameters, clock: Clock) -> Demand:
    """Expected contacts of a line, per channel."""
    launched = clock.zones[line.hours.zone].day >= _first_number(line.launch, clock)
    hours = line.hours.is_open(clock.starts)
    ramp = _ramp(line, clock)
    markets = [(m, market_days(line, m, parameters=parameters, clock=clock)) for m in line.markets]
    contacts = {}
    for channel, share in line.mix.items():
        answering = np.ones(clock.slots, bool) if CHANNEL_KINDS[channel] == "deferred" else hours
        total = parameters.spec["volume"]["run_rate_contacts"] * parameters.scale * line.share * share
        shapes = [
            market.share * _normed(_course(market, days, channel, clock=clock, parameters=parameters)
                                   * answering, parameters, clock)
            for market, days in markets
        ]  # fmt: skip
        contacts[channel] = total * sum(shapes) * ramp
    return Demand(hours & launched, contacts)


def _normed(course: np.ndarray, parameters: Parameters, clock: Clock) -> np.ndarray:
    """The course divided by its sum over the reference year."""
    first, last = parameters.reference
    return course / course[clock.slot(first) : clock.slot(last + ONE_DAY)].sum()


def _first_number(launch: Launch | None, clock: Clock) -> int:
    return -1 if launch is None else clock.day_number(launch.day)


def _ramp(line: Line, clock: Clock) -> np.ndarray:
    """Share of a new line's volume that has come: 0 before the launch, rising to 1."""
    if line.launch is None:
        return np.ones(clock.slots)
    weeks = (clock.zones[line.hours.zone].day - clock.day_number(line.launch.day)) / 7
    begin = line.launch.begin_at
    return np.where(weeks < 0, 0.0, np.minimum(begin + (1 - begin) * weeks / line.launch.weeks, 1.0))


def _course(
    market: Market, days: MarketDays, channel: str, *, clock: Clock, parameters: Parameters
) -> np.ndarray:
    """The market's relative volume in each half-hour: day factor x hour shape x weekend of the channel."""
    local = clock.zones[market.zone]
    shape = hour_shape(parameters, market.hour, channel)[local.half_hour]
    if days.ramadan.any():
        evening = hour_shape(parameters, "ramadan", channel)[local.half_hour]
        shape = np.where(clock.per_day(days.ramadan, market.zone), evening, shape)
    weekend = parameters.spec["volume"]["channel_weekday_tilt"][channel]
    return clock.per_day(days.factor, market.zone) * shape * np.where(local.weekday >= 5, weekend, 1.0)


def hour_shape(parameters: Parameters, name: str, channel: str) -> np.ndarray:
    """Share of the day in each local half-hour (48), from hourly weights tilted for the channel."""
    volume = parameters.spec["volume"]
    weights, tilt = volume["hour"][name], volume["channel_hour_tilt"][channel]
    around = [weights[hour % 24] for hour in range(-1, 25)]
    shape = np.interp(np.arange(48) / 2 + 0.25, np.arange(-1, 25) + 0.5, around)
    shape = np.maximum(shape, tilt.get("floor", 0))
    shape[:20] *= tilt["before_10"]
    shape[36:] *= tilt["after_18"]
    return shape / shape.sum()


def season(name: str, parameters: Parameters, clock: Clock) -> np.ndarray:
    """The season curve on each of the clock's days, with mean 1 over the reference year."""
    points = parameters.spec["volume"]["season"][name]
    days = [date(2025, *map(int, str(day).split("-"))).timetuple().tm_yday for day, _ in points]
    factors = [factor for _, factor in points]
    days, factors = [days[-1] - 365, *days, 366], [factors[-1], *factors, factors[0]]
    curve = np.interp([min(day.timetuple().tm_yday, 365) for day in clock.days], days, factors)
    begin = clock.day_number(parameters.reference[0]) + clock.origin
    return curve / curve[begin : begin + 364].mean()


def market_days(line: Line, market: Market, *, parameters: Parameters, clock: Clock) -> MarketDays:
    """The market's factor on each day: season, weekday, growth, holidays and events."""
    middle = parameters.reference[0] + timedelta(days=182)
    weekday = parameters.spec["volume"]["weekday"][market.weekday]
    plain = np.array(
        [weekday[d.weekday()] * (1 + market.growth) ** ((d - middle).days / 365.25) for d in clock.days]
    )
    events, ramadan = _events(line, parameters, clock)
    factor = season(line.season, parameters, clock) * plain * _holidays(line, market, parameters, clock)
    return MarketDays(factor * events, ramadan)


def _holidays(line: Line, market: Market, parameters: Parameters, clock: Clock) -> np.ndarray:
    """The factor of public holidays and of the days beside them; Christmas and New Year apart."""
    factors = parameters.spec["volume"]["holiday"]
    days = clock.days
    public = holidays.country_holidays(market.country, years=range(days[0].year, days[-1].year + 2))
    quiet = {"12-25": factors["christmas_day"], "01-01": factors["new_year_day"]}

    def factor(day: date) -> float:
        if (month_day := f"{day:%m-%d}") in quiet:
            return 1.0 if line.season == "gulf" else quiet[month_day]
        if day in public:
            return factors["day"]
        if day - ONE_DAY in public:
            return factors["day_after"]
        return factors["day_before"] if day + ONE_DAY in public else 1.0

    return np.array([factor(day) for day in days])


def _events(line: Line, parameters: Parameters, clock: Clock) -> tuple[np.ndarray, np.ndarray]:
    """The factor of campaigns and the days after them, and the days with the Ramadan hours."""
    factor, ramadan = np.ones(len(clock.days)), np.zeros(len(clock.days), bool)
    for event in parameters.spec["events"]:
        if event["lines"] != "all" and line.code not in event["lines"]:
            continue
        begin = clock.day_number(event["from"]) + clock.origin
        end = clock.day_number(event["to"]) + clock.origin + 1
        during = slice(max(begin, 0), max(end, 0))
        factor[during] *= event["factor"]
        ramadan[during] |= event.get("hour") == "ramadan"
        for number, echo in enumerate(event.get("after", ())):
            factor[max(end + number, 0) : max(end + number + 1, 0)] *= echo
    return factor, ramadan
