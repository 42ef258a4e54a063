"""Measures that only some scenarios have: outages, languages that are new, languages that move."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from forecasting.new_market import sd_after
from planner.domain.capacity_tables import LEVELS
from planner.domain.centre import Centre, Queue
from planner.domain.scenario import Flood, Move, When, day_of
from planner.domain.scenario_tables import FLOODED
from planner.pipeline.scenario_flood import day_of_flood, floods, gone_after
from planner.pipeline.scenario_measures import HIGH, LOW, Ran, Row, full_time_h

WEEKS_OF_OWN = (0, 1, 2, 4, 8)
P90 = 1.2816  # standard normal


def of_its_own(ran: Ran, base: Centre) -> Iterator[Row]:
    """Measures of the scenario's outages, new languages and moves; `base` is the base plan's centre."""
    for flood in floods(ran.scenario):
        yield from _of_flood(ran, flood)
    yield from _of_new(ran, base)
    for move in ran.scenario.changes:
        if isinstance(move, Move):
            yield from _of_move(ran, move)


def _of_flood(ran: Ran, flood: Flood) -> Iterator[Row]:
    day = day_of_flood(flood, ran.setting)
    keys = ran.setting.meant(ran.demand, flood.where)
    kept = ran.made["SCENARIO_SERVICE"]
    mine = pd.MultiIndex.from_frame(kept[["site", "language", "channel"]]).isin(keys)
    for (channel, measure), rows in kept[mine & (kept["day"] == day)].groupby(["channel", "measure"]):
        values = [float(np.average(rows[case], weights=rows["offered"])) for case in FLOOD_CASES]
        text = f"{day:%Y-%m-%d}, the people the base needs; by contacts; "
        yield Row(
            f"outage_{measure}",
            str(channel),
            values[0],
            "share",
            text + "with the bulk reply",
            without=values[2],
        )
        yield Row(
            f"outage_{measure}_no_bulk",
            str(channel),
            values[1],
            "share",
            text + "each answered alone",
            without=values[2],
        )
    yield from _of_backlog(ran, keys, day)


FLOOD_CASES = ("scenario", "no_bulk", "base")


def _of_backlog(ran: Ran, keys: list, day: pd.Timestamp) -> Iterator[Row]:
    backlog = ran.made["SCENARIO_BACKLOG"]
    for (site, language, channel), rows in backlog.groupby(["site", "language", "channel"]):
        if (site, language, channel) not in keys:
            continue
        of = f"{site} · {language} · {channel}"
        after = rows[rows["day"] >= day]
        for case, text in FLOODED[1:]:
            what = f"contacts open at the end of a day, most above those without the outage; {text}"
            more = float((after[case] - after["base"]).max())
            yield Row(f"outage_backlog_{case}", of, more, "contacts", what, without=0.0)
            what = (
                f"days until the backlog is as without the outage; {text}; blank = not in {len(after)} days"
            )
            yield Row(f"outage_days_{case}", of, gone_after(rows, case, day=day), "days", what)


def _of_new(ran: Ran, base: Centre) -> Iterator[Row]:
    """Contacts and people of queues with a planned volume that the base does not have, by language."""
    queues = ran.setting.centre.queues
    new = [queue for key, queue in queues.items() if queue.planned is not None and key not in base.queues]
    for language in dict.fromkeys(queue.key.language for queue in new):
        mine = [queue for queue in new if queue.key.language == language]
        yield from _contacts_of(ran, language, mine)
        yield from _people_of(ran, language)
        yield from _narrowed(language, mine)


def _contacts_of(ran: Ran, language: str, queues: list[Queue]) -> Iterator[Row]:
    flows = [ran.demand[queue.key] for queue in queues if queue.key in ran.demand]
    offered = float(sum(flow.offered.sum() for flow in flows))
    paths = sum((flow.paths.sum(axis=0) for flow in flows), np.zeros(1))
    low, high = (float(value) for value in np.quantile(paths, [LOW, HIGH]))
    text = f"contacts of the new language, {ran.weeks} weeks; range over forecast paths"
    yield Row("contacts", language, offered, "contacts", text, low, high, without=0.0)


def _people_of(ran: Ran, language: str) -> Iterator[Row]:
    full_h, need = full_time_h(ran.setting.centre), ran.made["CAPACITY_NEED"]
    weekly = need[need["language"] == language].groupby("week")[[f"need_{level}_h" for level in LEVELS]].sum()
    for level in LEVELS:
        hours = weekly[f"need_{level}_h"] / full_h
        text = f"paid hours needed on {level[1:]} % days / {full_h:g} h a week"
        yield Row(
            f"fte_{level}",
            language,
            float(hours[hours > 0].mean()),
            "FTE",
            f"{text}; mean of its weeks",
            without=0.0,
        )
        yield Row(
            f"fte_{level}_peak", language, float(hours.max()), "FTE", f"{text}; its fullest week", without=0.0
        )


def _narrowed(language: str, queues: list[Queue]) -> Iterator[Row]:
    """How far the level of a language's contacts may be off once weeks of its own are known: 10 to 90 %."""
    planned = sum(queue.planned.contacts_per_week for queue in queues if queue.planned)
    for weeks in WEEKS_OF_OWN:
        spread = [_sd(queue, weeks) * queue.planned.contacts_per_week for queue in queues if queue.planned]
        sd = sum(spread) / planned
        text = f"contacts a week as planned; how far they may be off after {weeks} weeks of its own"
        low, high = planned * np.exp(-P90 * sd), planned * np.exp(P90 * sd)
        yield Row(f"level_after_{weeks}_weeks", language, planned, "contacts", text, float(low), float(high))


def _sd(queue: Queue, weeks: int) -> float:
    days = sum(1 for spans in queue.hours.weekdays.values() if spans)
    return sd_after(queue.planned, weeks, days_a_week=days) if queue.planned else 0.0


def _of_move(ran: Ran, change: Move) -> Iterator[Row]:
    """While a language moves: chances, people the new site hires, and people the old one no longer needs."""
    weeks = ran.made["SCENARIO_WEEKS"]
    first, last = _weeks_of(change.when, ran)
    for site, language in dict.fromkeys(key[:2] for key in ran.setting.meant(ran.before, change.where)):
        of, there = f"{site} → {change.to} · {language}", weeks[weeks["language"] == language]
        during = there[there["site"].isin([site, change.to]) & there["week"].between(first, last)]
        text = "least chance that a week's need is met at either site, weeks of "
        worst = float(during.loc[during["need_h"] > 0, "chance"].min())
        before = float(during.loc[during["base_need_h"] > 0, "base_chance"].min())
        span = f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
        yield Row("move_chance_worst", of, worst, "share", text + span, without=before)
        text = "first day of class at the new site in this language, in the least-cost plan"
        yield Row("move_hired", of, _hired(ran, change.to, language), "people", text, without=0.0)
        text = "people's hours at the old site beyond its need, more than in the base; the week with most"
        free = _free(ran, there[there["site"].eq(site) & (there["week"] >= first)])
        yield Row("move_free", of, free, "FTE", text, without=0.0)


def _weeks_of(when: When, ran: Ran) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Mondays from the first week of a change to that in which it is whole."""
    monday = pd.Timestamp(ran.setting.first_monday)
    first = pd.Timestamp(day_of(when.first, ran.setting.first_monday)) if when.first else monday
    first -= pd.Timedelta(days=first.day_of_week)
    return first, first + pd.Timedelta(weeks=int(np.ceil(when.over_weeks)))


def _hired(ran: Ran, site: str, language: str) -> float:
    heads = ran.made["HEADCOUNT"]
    mine = heads["skills"].str.split(";").map(lambda skills: language in skills)
    return float(heads.loc[mine & (heads["site"] == site), "hired"].sum())


def _free(ran: Ran, weeks: pd.DataFrame) -> float:
    """Most full-time people in a week whose language has left and who fill no gap of the base."""
    beyond, before = (
        (weeks[f"{case}there_h"] - weeks[f"{case}need_h"]).clip(lower=0) for case in ("", "base_")
    )
    return max(float((beyond - before).max()), 0.0) / full_time_h(ran.setting.centre)
