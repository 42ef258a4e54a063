"""Premiums: money paid on top for hours at night, on Sundays and on public holidays; all that meet add up.

Money becomes penalty units by the price of an average paid hour (`paid_hour`), so that it weighs the same
in every currency.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Site
from staffing.finished import DAY, Finished, misses
from staffing.local_spans import nights, whole_days
from staffing.wish import Asked, Offers, Wish

SUNDAY = 6


def cost(asked: Asked, offers: Offers) -> np.ndarray:
    """Price of the premiums of each shift."""
    site = asked.people.site
    law = site.labour
    hours = law.night_premium * offers.night_h + law.sunday_premium * offers.sunday_h
    hours = hours + law.holiday_premium * offers.holiday_h
    if asked.paid_hour_money <= 0:
        return np.zeros((len(asked.kind), *hours.shape[1:]))
    rate = hourly_cost(asked.people.agents, site) * asked.soft.weights.paid_hour / asked.paid_hour_money
    return rate[:, None, None] * hours[asked.kind]


def hourly_cost(agents: pd.DataFrame, site: Site) -> np.ndarray:
    """Money for a paid hour of each agent: their own, else the site's."""
    own = agents.reindex(columns=["cost_per_hour"])["cost_per_hour"].astype("float64")
    return own.fillna(site.cost_per_paid_hour).to_numpy()


def average_hour(centre: Centre) -> float:
    """Money for a paid hour, on average over the sites that say it; 0 when none does."""
    said = [site.cost_per_paid_hour for site in centre.sites.values() if site.cost_per_paid_hour > 0]
    return float(np.mean(said)) if said else 0.0


def worked(finished: Finished) -> pd.DataFrame:
    """All shifts, where money is known at all."""
    return finished.shifts if average_hour(finished.worked.centre) > 0 else finished.shifts[:0]


def missed(finished: Finished) -> pd.DataFrame:
    """Shifts on which a premium is paid; the amount is money."""
    centre = finished.worked.centre
    segments = finished.worked.segments
    paid = segments[segments["activity"] != "meal"]
    parts = [
        _premium_h(rows, centre.sites[str(code)], finished) for code, rows in paid.groupby("site", sort=False)
    ]
    if not parts or average_hour(centre) <= 0:
        return misses(finished.shifts[:0], pd.Series([], dtype=float), [])
    premium_h = pd.concat(parts).groupby(["agent_id", "day"]).sum().reset_index()
    rows = finished.shifts.merge(premium_h[premium_h["premium_h"] > 1e-9], on=["agent_id", "day"])
    money = rows["premium_h"] * _rate(rows, finished)
    notes = [f"premiums of {hours:.2f} paid hours" for hours in rows["premium_h"]]
    return misses(rows, money, notes, weight=1 / average_hour(centre))


def _premium_h(paid: pd.DataFrame, site: Site, finished: Finished) -> pd.DataFrame:
    """Paid hours that the premiums of each segment are worth: agent_id, day, premium_h."""
    law = site.labour
    days = pd.date_range(paid["day"].min() - DAY, paid["day"].max() + 2 * DAY).as_unit("us")
    spans = (
        (law.night_premium, nights(days, site.time_zone, night=law.night)),
        (law.sunday_premium, whole_days(days[days.day_of_week == SUNDAY], site.time_zone)),
        (law.holiday_premium, whole_days(finished.holidays.get(site.code, ()), site.time_zone)),
    )
    hours = sum(share * span.hours(paid["start"], paid["end"]) for share, span in spans)
    return paid[["agent_id", "day"]].assign(premium_h=hours)


def _rate(rows: pd.DataFrame, finished: Finished) -> pd.Series:
    """Money for a paid hour of each row's agent."""
    sites = {code: site.cost_per_paid_hour for code, site in finished.worked.centre.sites.items()}
    people = finished.worked.agents
    if "cost_per_hour" not in people.columns:
        return rows["site"].map(sites).astype("float64")
    own = rows["agent_id"].map(people.set_index("agent_id")["cost_per_hour"]).astype("float64")
    return own.fillna(rows["site"].map(sites))


WISH = Wish("premiums", "little night, Sunday and holiday pay", "money", "paid_hour", worked, missed, cost)
