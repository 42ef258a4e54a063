"""A seeded centre whose requirement a legal schedule, planted beforehand, covers exactly.

The planted schedule knows nothing of the engine: every agent works the same hours on five days of the
week with two free days side by side, a meal in the middle, and one queue a day. So rest, contract and
pauses are kept by construction, and "infeasible" can only be a fault of the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from planner.domain.centre import (
    Centre,
    Contract,
    Handling,
    LabourRules,
    Queue,
    QueueKey,
    ShiftPattern,
    Site,
    Target,
)
from planner.domain.tables import ABSENCES, AGENTS, SCHEDULE
from planner.domain.timegrid import OpeningHours
from staffing.scheduling.price import Prices

MONDAY = date(2026, 10, 5)
CONTRACTS = {
    "full": Contract("full", 40, 5, (8.0,)),
    "part": Contract("part", 30, 5, (6.0,)),
    "half": Contract("half", 20, 5, (4.0,)),
}
PATTERNS = (ShiftPattern("full 8 h", 8.0), ShiftPattern("part 6 h", 6.0), ShiftPattern("half 4 h", 4.0))
SPAIN = LabourRules(daily_rest_h=12, weekly_rest_h=36, day_max_h=9, week_max_h=40, break_min=15)
DAY_OF = {  # activities of a shift by its paid hours, with their hours
    8: [("contact", 4), ("meal", 0.5), ("contact", 2), ("break", 0.25), ("contact", 1.75)],
    6: [("contact", 3), ("break", 0.25), ("contact", 2.75)],
    4: [("contact", 2), ("break", 0.25), ("contact", 1.75)],
}
LANGUAGES, CHANNELS = ("es", "it", "ro"), ("voice", "chat")


@dataclass(frozen=True)
class Planted:
    """A centre with people, the schedule that was planted, and the requirement it covers."""

    centre: Centre
    agents: pd.DataFrame
    absences: pd.DataFrame
    schedule: pd.DataFrame
    requirement: pd.DataFrame
    first_day: date
    days: int


def centre_of(
    *,
    zone: str = "Europe/Madrid",
    opens: tuple[int, int] = (7, 23),
    labour: LabourRules = SPAIN,
    interval_min: int = 30,
    code: str = "SVQ",
) -> Centre:
    """One site, three languages, two channels, every queue open whenever the site is."""
    hours = OpeningHours(zone, dict.fromkeys(range(7), ((opens[0] * 60, opens[1] * 60),)))
    site = Site(code, code, "ES", zone, hours, labour=labour)
    keys = [QueueKey(code, language, channel) for language in LANGUAGES for channel in CHANNELS]
    queues = {key: Queue(key, "immediate", hours, Target(), Handling(300)) for key in keys}
    return Centre("Planted", interval_min, {code: site}, queues, CONTRACTS, PATTERNS)


def planted(seed: int, number: int, *, centre: Centre, first_day: date = MONDAY, days: int = 7) -> Planted:
    """`number` agents of the centre's site with a planted week or more; a few are on leave for a week."""
    rng = np.random.default_rng(seed)
    (site,) = centre.sites.values()
    people = _people(rng, number, site.code)
    leave = _leave(rng, people, first_day, days)
    rows = [
        row for _, agent in people.iterrows() for row in _roster(rng, agent, site, leave, (first_day, days))
    ]
    schedule = SCHEDULE.check(pd.DataFrame(rows))
    needed = requirement_of(schedule, centre)
    agents = AGENTS.check(people.drop(columns=["start_min", "free"]))
    return Planted(centre, agents, ABSENCES.check(leave), schedule, needed, first_day, days)


def _people(rng: np.random.Generator, number: int, site: str) -> pd.DataFrame:
    languages = [";".join(rng.permutation(LANGUAGES)[: rng.integers(1, 3)]) for _ in range(number)]
    channels = [";".join(rng.permutation(CHANNELS)[: rng.integers(1, 3)]) for _ in range(number)]
    return pd.DataFrame(
        {
            "agent_id": [f"a{i:03d}" for i in range(number)],
            "site": site,
            "contract": rng.choice(list(CONTRACTS), number),
            "languages": languages,
            "channels": channels,
            "start_min": 30 * rng.integers(14, 29, number),
            "free": rng.integers(0, 6, number),
        }
    )


def _leave(rng: np.random.Generator, people: pd.DataFrame, first_day: date, days: int) -> pd.DataFrame:
    away = [
        {"agent_id": agent, "first_day": monday, "last_day": monday + timedelta(days=6), "reason": "leave"}
        for agent in people["agent_id"]
        for monday in (first_day + timedelta(days=n) for n in range(0, days, 7))
        if rng.random() < 0.1
    ]
    return pd.DataFrame(away, columns=["agent_id", "first_day", "last_day", "reason"])


def _roster(
    rng: np.random.Generator, agent: pd.Series, site: Site, leave: pd.DataFrame, horizon: tuple[date, int]
) -> list[dict[str, object]]:
    away = set(leave.loc[leave["agent_id"] == agent["agent_id"], "first_day"])
    rows: list[dict[str, object]] = []
    for n in range(horizon[1]):
        day = horizon[0] + timedelta(days=n)
        monday = day - timedelta(days=day.weekday())
        if monday not in away and day.weekday() not in (agent["free"], agent["free"] + 1):
            rows += _shift(rng, agent, site, day)
    return rows


def _shift(rng: np.random.Generator, agent: pd.Series, site: Site, day: date) -> list[dict[str, object]]:
    paid_h = {"full": 8, "part": 6, "half": 4}[agent["contract"]]
    start_min = min(int(agent["start_min"]), (23 - 9) * 60)
    begin = pd.Timestamp(day).tz_localize(site.time_zone) + pd.Timedelta(minutes=start_min)
    row = {
        "agent_id": agent["agent_id"],
        "site": site.code,
        "day": pd.Timestamp(day),
        "shift": f"{paid_h} h",
        "language": rng.choice(agent["languages"].split(";")),
        "channel": rng.choice(agent["channels"].split(";")),
    }
    rows = []
    for activity, hours in DAY_OF[paid_h]:
        end = begin + pd.Timedelta(hours=hours)
        queue = {} if activity == "contact" else {"language": None, "channel": None}
        rows.append(row | queue | {"activity": activity, "start": begin, "end": end})
        begin = end
    return rows


def on_contact(schedule: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Agents by queue and interval, minute by minute: site, language, channel, interval_start, agents."""
    contact = schedule[schedule["activity"] == "contact"]
    minutes = ((contact["end"] - contact["start"]) / pd.Timedelta(minutes=1)).astype(int)
    rows = contact.loc[contact.index.repeat(minutes)].copy()
    nth = rows.groupby(["agent_id", "start"]).cumcount()
    at = rows["start"] + pd.to_timedelta(nth, unit="min")
    rows["interval_start"] = at.dt.floor(f"{centre.interval_min}min")
    keys = ["site", "language", "channel", "interval_start"]
    return (rows.groupby(keys).size() / centre.interval_min).rename("agents").reset_index()


def requirement_of(schedule: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """The columns of REQUIREMENT that a schedule needs, asking for exactly the agents that are there."""
    return on_contact(schedule, centre).rename(columns={"agents": "agents_scheduled"})


def cost_of(schedule: pd.DataFrame, plan: Planted, prices: Prices | None = None) -> float:
    """What a schedule costs by the words of `Prices`, from the tables alone."""
    price = prices or Prices()
    keys = ["site", "language", "channel", "interval_start"]
    both = on_contact(schedule, plan.centre).merge(plan.requirement, on=keys, how="outer").fillna(0.0)
    need, there, hours = both["agents_scheduled"], both["agents"], plan.centre.interval_min / 60
    short, over = (need - there).clip(lower=0), (there - need).clip(lower=0)
    cheap_short, cheap_over = (
        short.clip(upper=price.under_share * need),
        over.clip(upper=price.over_share * need),
    )
    penalty = price.under * cheap_short + price.under_more * (short - cheap_short)
    penalty += price.over * cheap_over + price.over_more * (over - cheap_over)
    return float(penalty.sum() * hours) + price.idle * (_contract_h(plan) - paid_h(schedule))


def paid_h(schedule: pd.DataFrame) -> float:
    """Paid hours: everything but meals."""
    paid = schedule[schedule["activity"] != "meal"]
    return float(((paid["end"] - paid["start"]) / pd.Timedelta(hours=1)).sum())


def _contract_h(plan: Planted) -> float:
    """Contract hours of all agents in the weeks they are not on leave."""
    weeks = -(-plan.days // 7)
    hours = plan.agents["contract"].map({name: c.weekly_hours for name, c in CONTRACTS.items()})
    away = plan.agents["agent_id"].map(plan.absences.groupby("agent_id").size()).fillna(0)
    return float((hours * (weeks - away)).sum())
