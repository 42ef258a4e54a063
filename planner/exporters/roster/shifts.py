"""A schedule as people read it: segments by the clock of the site, shifts with their languages."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

HOUR = pd.Timedelta(hours=1)


def on_site_clock(schedule: pd.DataFrame, zones: Mapping[str, str]) -> pd.DataFrame:
    """SCHEDULE with `length_h` and the clock times `from` and `to`, without a zone.

    `from_offset` and `to_offset` tell how far that clock is ahead of UTC, such as +02:00.
    """
    parts = [_on_clock(rows, zones[str(site)]) for site, rows in schedule.groupby("site", sort=False)]
    made = pd.concat(parts) if parts else _on_clock(schedule, "UTC")
    return made.sort_values(["site", "agent_id", "start"], ignore_index=True)


def _on_clock(rows: pd.DataFrame, zone: str) -> pd.DataFrame:
    clocks = {"from": rows["start"].dt.tz_convert(zone), "to": rows["end"].dt.tz_convert(zone)}
    plain = {name: clock.dt.tz_localize(None) for name, clock in clocks.items()}
    offsets = {f"{name}_offset": _offset(clock) for name, clock in clocks.items()}
    return rows.assign(**plain, **offsets, length_h=(rows["end"] - rows["start"]) / HOUR)


def _offset(clock: pd.Series) -> pd.Series:
    """Hours and minutes ahead of UTC, such as +02:00."""
    text = clock.dt.strftime("%z").astype("str")
    return text.str[:3] + ":" + text.str[3:]


def queue_of(segments: pd.DataFrame) -> pd.Series:
    """Language and channel of each segment of contact, such as `pt voice`; blank for anything else."""
    contact = segments["activity"] == "contact"
    return (segments["language"] + " " + segments["channel"]).where(contact, "").fillna("").astype("str")


def shifts_of(segments: pd.DataFrame) -> pd.DataFrame:
    """One row per agent and local day: site, day, shift, start, end, from, to, paid_h, language, queues.

    `language` is the one served longest, missing in a shift without contact; `queues` are all, longest
    first, such as `pt voice, es chat`. `segments` come from `on_site_clock`.
    """
    keys = ["agent_id", "day"]
    paid = segments["length_h"].where(segments["activity"] != "meal", 0.0)
    found = segments.assign(paid_h=paid).groupby(keys, sort=False)
    whole = found.agg(
        site=("site", "first"),
        shift=("shift", "first"),
        start=("start", "min"),
        end=("end", "max"),
        **{"from": ("from", "first"), "to": ("to", "last")},
        paid_h=("paid_h", "sum"),
    )
    served = segments[segments["activity"] == "contact"].assign(queue=queue_of(segments))
    languages = _longest_first(served, keys, "language").groupby(keys).first().rename("language")
    queues = _longest_first(served, keys, "queue").groupby(keys).agg(", ".join).rename("queues")
    return whole.join(languages).join(queues).reset_index()


def _longest_first(served: pd.DataFrame, keys: list[str], name: str) -> pd.Series:
    """The values of a column by agent and day, those served longest first; ties by name."""
    hours = served.groupby([*keys, name])["length_h"].sum().reset_index()
    order = hours.sort_values([*keys, "length_h", name], ascending=[True, True, False, True])
    return order.set_index(keys)[name]


def names_of(agents: pd.DataFrame) -> dict[str, str]:
    """Every agent's name as shown on the roster, the id where there is none."""
    names = agents["name"] if "name" in agents.columns else agents["agent_id"]
    return dict(zip(agents["agent_id"], names.fillna(agents["agent_id"])))
