"""What the contacts of every queue cost: the cost of agents, split by the hours they serve them."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from staffing.costing.weeks import PREMIUMS, premium_shares
from staffing.labour import monday
from staffing.local_spans import HOUR

NOBODY = "none"  # language and channel of money of a site where nobody is scheduled on contact
AGENT_WEEK = ["agent_id", "week"]
QUEUE_WEEK = [*QUEUE, "week"]


def split_by_queue(
    schedule: pd.DataFrame, weeks: pd.DataFrame, shifts: pd.DataFrame, *, of_sites: pd.DataFrame
) -> pd.DataFrame:
    """Money and hours on contact by queue and week: site, language, channel, week, contact_h, total.

    `weeks` has agent_id, site, week and total, `shifts` agent_id, week, day and money (a part of total),
    `of_sites` site, week and total. A shift's money goes to the queues of that shift by the hours on contact
    there; what else an agent costs by those of the week; people without any, and money of sites, by
    those of the site. Nothing is lost: the sum is that of `weeks` and `of_sites`.
    """
    contact = contact_hours(schedule)
    direct = _by_shift(contact, shifts)
    told = direct.groupby(AGENT_WEEK, as_index=False)["total"].sum().rename(columns={"total": "told"})
    rest = weeks[[*AGENT_WEEK, "site", "total"]].merge(told, on=AGENT_WEEK, how="left")
    rest["total"] -= rest["told"].fillna(0.0)
    of_agents, idle = _spread(rest, contact, [*AGENT_WEEK])
    pool = pd.concat([idle, of_sites])[["site", "week", "total"]].groupby(["site", "week"], as_index=False)
    by_site, nowhere = _spread(pool.sum(), contact, ["site", "week"])
    lost = nowhere.assign(language=NOBODY, channel=NOBODY)
    parts = [part[[*QUEUE_WEEK, "total"]] for part in (direct, of_agents, by_site, lost)]
    hours = contact.groupby(QUEUE_WEEK, as_index=False)["contact_h"].sum()
    money = pd.concat(parts).groupby(QUEUE_WEEK, as_index=False)["total"].sum()
    return money.merge(hours, on=QUEUE_WEEK, how="left").fillna({"contact_h": 0.0})


def contact_hours(schedule: pd.DataFrame) -> pd.DataFrame:
    """Hours on contact by agent, shift and queue: agent_id, site, week, day, language, channel, contact_h."""
    rows = schedule[schedule["activity"] == "contact"]
    rows = rows.assign(week=monday(rows["day"]), contact_h=(rows["end"] - rows["start"]) / HOUR)
    names = ["agent_id", "week", "day", *QUEUE]
    return rows.astype(dict.fromkeys(QUEUE, "str")).groupby(names, as_index=False)["contact_h"].sum()


def shift_money(shifts: pd.DataFrame, hour: pd.Series, centre: Centre) -> pd.DataFrame:
    """Wages and premiums of each shift: agent_id, week, day and money.

    `shifts` are hours as of `shift_hours` with their site, `hour` is money of a paid hour by agent_id.
    Overtime belongs to the week, not to the shift that happens to be its last.
    """
    shares = premium_shares(centre).reindex(shifts["site"].astype(str).to_numpy()).set_index(shifts.index)
    priced_h = shifts["paid_h"] + sum(shifts[f"{name}_h"] * shares[name] for name in PREMIUMS[1:])
    return shifts[["agent_id", "week", "day"]].assign(money=priced_h * shifts["agent_id"].map(hour))


def _by_shift(contact: pd.DataFrame, shifts: pd.DataFrame) -> pd.DataFrame:
    """Money of shifts with contact, by queue."""
    key = ["agent_id", "week", "day"]
    rows = contact.merge(shifts, on=key, how="inner")
    part = rows["contact_h"] / rows.groupby(key)["contact_h"].transform("sum")
    return rows.assign(total=rows["money"] * part)


def _spread(money: pd.DataFrame, contact: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Money spread over the queues by hours on contact, and the rows of money that find no such hours."""
    names = list(dict.fromkeys([*by, *QUEUE_WEEK]))
    hours = contact.groupby(names, as_index=False)["contact_h"].sum()
    hours["part"] = hours["contact_h"] / hours.groupby(by)["contact_h"].transform("sum")
    found = money[[*by, "total"]].merge(hours, on=by, how="inner")
    served = hours[by].drop_duplicates().assign(served=True)
    left = money.merge(served, on=by, how="left")
    return found.assign(total=found["total"] * found["part"]), left[left["served"].isna()]
