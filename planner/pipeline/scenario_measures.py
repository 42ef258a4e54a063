"""What a scenario comes to, measure by measure: volume, work, people, cost, service, quality and risk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.capacity_tables import LEVELS
from planner.domain.centre import Centre
from planner.domain.scenario import FrontEnd, Scenario
from planner.domain.scenario_tables import SCENARIO_MEASURES, WHOLE
from planner.domain.tables import QUEUE
from planner.scenarios.demand import HOUR_S, Demand
from planner.scenarios.front_end import ABLE, outcome
from planner.scenarios.setting import Setting

LOW, HIGH = 0.1, 0.9
EVEN = 0.5  # a language-week below this chance counts as at risk
QUALITY = {"quality_score": "quality score", "fcr_repeat_7d": "first-contact resolution, repeat (7 d)"}


@dataclass(frozen=True)
class Ran:
    """A scenario that was run: contacts before and after its changes, tables of its capacity plan by name.

    `scorecard` is SCORECARD of the base.
    """

    scenario: Scenario
    setting: Setting
    before: Demand
    demand: Demand
    made: Mapping[str, pd.DataFrame]
    scorecard: pd.DataFrame
    weeks: int


@dataclass(frozen=True)
class Row:
    """One measure."""

    measure: str
    of: str
    value: float
    unit: str
    definition: str
    low: float = np.nan
    high: float = np.nan
    without: float = np.nan


def measures_of(ran: Ran, *, more: Iterable[Row] = ()) -> pd.DataFrame:
    """SCENARIO_MEASURES of a scenario that was run; `more` are measures of its own."""
    rows = [*_volume(ran), *_work(ran), *_people(ran), *_cost(ran), *_service(ran), *_quality(ran), *_ai(ran)]
    rows += more
    return SCENARIO_MEASURES.check(pd.DataFrame([vars(row) for row in rows]))


def _volume(ran: Ran) -> Iterator[Row]:
    """Contacts that reach people, in all and by channel."""
    text = f"contacts that people handle, {ran.weeks} weeks; range over forecast paths of the horizon"
    total = sum(flow.offered.sum() for flow in ran.demand.values())
    paths = sum((flow.paths.sum(axis=0) for flow in ran.demand.values()), np.zeros(1))
    yield Row("contacts", WHOLE, float(total), "contacts", text, *_range(paths))
    for channel in _channels(ran):
        mine = [flow for key, flow in ran.demand.items() if key[2] == channel]
        offered = float(sum(flow.offered.sum() for flow in mine))
        yield Row(
            "contacts", channel, offered, "contacts", text, *_range(sum(f.paths.sum(axis=0) for f in mine))
        )
        yield Row(
            "channel_share", channel, offered / total, "share", "contacts of the channel / all contacts"
        )


def _range(paths: np.ndarray) -> tuple[float, float]:
    if np.size(paths) < 2:
        return np.nan, np.nan
    low, high = np.quantile(paths, [LOW, HIGH])
    return float(low), float(high)


def _channels(ran: Ran) -> list[str]:
    return sorted({key[2] for key in ran.demand})


def _work(ran: Ran) -> Iterator[Row]:
    """Handling time and its mean, in all and by channel."""
    for of in (WHOLE, *_channels(ran)):
        mine = [flow for key, flow in ran.demand.items() if of in (WHOLE, key[2])]
        work_s = float(sum(flow.work_s.sum() for flow in mine))
        offered = float(sum(flow.offered.sum() for flow in mine))
        yield Row("work", of, work_s / HOUR_S, "h", "contacts x average handle time of one at a time")
        mean = work_s / offered if offered else np.nan
        yield Row("aht", of, mean, "s", "work / contacts; in chat of one conversation at a time")


def _people(ran: Ran) -> Iterator[Row]:
    """Full-time people needed, and those the least-cost plan employs."""
    full_h = full_time_h(ran.setting.centre)
    weekly = ran.made["CAPACITY_NEED"].groupby("week")[[f"need_{level}_h" for level in LEVELS]].sum() / full_h
    for level in LEVELS:
        text = f"paid hours needed on {level[1:]} % days / {full_h:g} h a week; "
        hours = weekly[f"need_{level}_h"]
        yield Row(f"fte_{level}", WHOLE, float(hours.mean()), "FTE", text + "mean of the weeks")
        yield Row(f"fte_{level}_peak", WHOLE, float(hours.max()), "FTE", text + "the week that needs most")
    heads = ran.made["HEADCOUNT"].groupby("week")[["employed", "hired", "left", "on_ramp"]].sum()
    least = "in the least-cost plan"
    yield Row("employed_peak", WHOLE, float(heads["employed"].max()), "people", f"most employed, {least}")
    yield Row(
        "employed_end", WHOLE, float(heads["employed"].iloc[-1]), "people", f"in the last week, {least}"
    )
    yield Row("hired", WHOLE, float(heads["hired"].sum()), "people", f"first day of class, {least}")
    yield Row("left", WHOLE, float(heads["left"].sum()), "people", "attrition, known leavers, ends of term")
    new = heads["on_ramp"].sum() / max(heads["employed"].sum(), 1e-9)
    yield Row(
        "on_ramp_share", WHOLE, float(new), "share", "people not yet as fast as the experienced / employed"
    )


def full_time_h(centre: Centre) -> float:
    """Weekly hours of the fullest contract; 40 where there is none."""
    return max((contract.weekly_hours for contract in centre.contracts.values()), default=40.0)


def _cost(ran: Ran) -> Iterator[Row]:
    """Money paid; the price of hours short is no cost."""
    cost, unit = ran.made["CAPACITY_COST"], ran.setting.centre.currency
    paid = float((cost["total"] - cost["shortage"]).sum())
    yield Row("cost", WHOLE, paid, unit, "wages, overtime, hiring and courses of the least-cost plan")
    for part in ("wages", "overtime", "hiring", "courses"):
        yield Row(f"cost_{part}", WHOLE, float(cost[part].sum()), unit, f"{part} of the least-cost plan")
    contacts = sum(flow.offered.sum() for flow in ran.demand.values())
    yield Row("cost_per_contact", WHOLE, paid / contacts, unit, "cost / contacts that people handle")


def _service(ran: Ran) -> Iterator[Row]:
    """Hours short, chances, and service of the base's people in the hardest week."""
    supply = ran.made["CAPACITY"]
    short, need = float(supply["short_h"].sum()), float(ran.made["CAPACITY_COST"]["need_h"].sum())
    yield Row("short", WHOLE, short, "h", "hours of need at the level planned for that nobody works")
    yield Row("short_share", WHOLE, short / max(need, 1e-9), "share", "hours short / hours needed")
    chance = supply["chance"].dropna()
    text = (
        "chance that a site's language has the people its week needs; after hiring, over paths and attrition"
    )
    yield Row("chance_worst", WHOLE, float(chance.min()) if len(chance) else np.nan, "share", f"least {text}")
    risky = int((chance < EVEN).sum())
    yield Row(
        "weeks_at_risk", WHOLE, risky, "weeks", f"of {len(chance)} language-weeks, below {EVEN:.0%}: {text}"
    )
    kept = ran.made["SCENARIO_SERVICE"]
    for (channel, measure), rows in kept.groupby(["channel", "measure"]):
        value = float(np.average(rows["scenario"], weights=rows["offered"]))
        known = rows[rows["base"].notna()]
        before = float(np.average(known["base"], weights=known["offered"])) if len(known) else np.nan
        first = f"{rows['day'].min():%Y-%m-%d}"
        text = f"with only the people the base needs, week of {first}, the hardest; by contacts"
        yield Row(f"kept_{measure}", str(channel), value, "share", text, without=before)


def _quality(ran: Ran) -> Iterator[Row]:
    """Measured scores of the queues, by the scenario's contacts: what the mix alone does."""
    scores = ran.scorecard
    for measure, name in QUALITY.items():
        whole = scores[(scores["measure"] == measure) & (scores["period"] == "all")]
        known = whole[whole["value"].notna() & ~whole[list(QUEUE)].eq(WHOLE).any(axis=1)]
        value = {tuple(key): score for *key, score in known[[*QUEUE, "value"]].itertuples(index=False)}
        weight = {key: flow.offered.sum() for key, flow in ran.demand.items() if key in value}
        total = sum(weight.values())
        mean = sum(value[key] * part for key, part in weight.items()) / total if total else np.nan
        text = f"{name} measured by queue, by the scenario's contacts; no effect but the mix is assumed"
        yield Row(measure, WHOLE, float(mean), "share", text)


def _ai(ran: Ran) -> Iterator[Row]:
    """What the front end does, of the contacts it meets when it holds whole; range low to high ability."""
    fronts = [change for change in ran.scenario.changes if isinstance(change, FrontEnd)]
    for number, change in enumerate(fronts):
        of = WHOLE if len(fronts) == 1 else f"front end {number + 1}"
        keys = ran.setting.meant(ran.before, change.where)
        weight = {key: ran.before[key].offered.sum() for key in keys}
        total = sum(weight.values()) or np.nan
        for name, text in AI_PARTS.items():
            low, likely, high = (
                sum(
                    part * getattr(outcome(change, key[1], level=level), name) for key, part in weight.items()
                )
                / total
                for level in ABLE
            )
            yield Row(f"ai_{name}", of, likely, "share", text, min(low, high), max(low, high))


AI_PARTS = {
    "resolved": "truly resolved by the AI / contacts that come; range by its ability, low to high",
    "escalated": "handed on to a person / contacts that come",
    "bounced": "leave the AI and come back to a person / contacts that come",
    "given_up": "neither resolved nor seen again / contacts that come",
    "work": "people's handling time with it / without it",
}
