"""plan.yaml of the demonstration centre, from the same parameters as its data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import yaml

from planner.domain.centre import CHANNEL_KINDS, QueueKey
from planner.domain.timegrid import WEEKDAYS, OpeningHours, Span
from planner.sample.capacity import capacity
from planner.sample.costs import costs
from planner.sample.courses import base_aht_s
from planner.sample.hosting import hosting
from planner.sample.leave import AWAY_SHARE, WEEKS
from planner.sample.need import work_of
from planner.sample.parameters import Host, Line, Parameters
from planner.sample.people import contract_name
from planner.sample.quality import quality

HEADER = """\
# The demonstration centre: the customer service of an invented fashion retailer.
# EVERYTHING HERE IS SYNTHETIC: sites, money, wages, people, customers and dates of incidents are invented.
# Shares are 0..1; times are seconds (_s), minutes (_min) or hours (_h); clock times are local.
# Labour rules are examples: check them with your counsel.
"""
DAYS_OF = {40: 5, 36: 6, 30: 5, 20: 5}  # working days a week of a contract
SCHEDULE_WEEKS = 2
WEEKS_A_YEAR = 52
Tree = dict[str, Any]


def plan_text(parameters: Parameters, *, inputs: Mapping[str, list[str]]) -> str:
    """The whole of plan.yaml; `inputs` names the files written beside it."""
    spec = parameters.spec
    tree = {
        "name": spec["meta"]["name"] + " (synthetic)",
        "synthetic": True,
        "currency": "EUR",
        "interval_min": spec["meta"]["interval_min"],
        "seed": parameters.seed,
        "horizon": {
            "first_day": parameters.last_day + timedelta(days=1),
            "forecast_weeks": WEEKS,
            "schedule_weeks": SCHEDULE_WEEKS,
        },
        "inputs": dict(inputs),
        "sites": {code: _site(site, spec) for code, site in spec["sites"].items()},
        "labour": spec["labour"],
        "targets": {c: _target(t) for c, t in spec["targets"].items() if c in CHANNEL_KINDS},
        "handling": {channel: _handling(channel, spec) for channel in CHANNEL_KINDS},
        "queues": list(_queues(parameters)),
        "contracts": {contract_name(hours): _contract(hours) for hours in DAYS_OF},
        "shift_patterns": [{"name": f"{h} h", "paid_h": h, "start_step_min": 30} for h in (8, 6, 4)],
        "events": events(parameters),
        "blending": _blending(parameters),
        "quality": quality(parameters),
        "capacity": capacity(parameters),
        "hosting": hosting(),
        "costs": costs(parameters),
    }
    return HEADER + "\n" + "\n".join(_written({key: value}) for key, value in tree.items())


class PlainDumper(yaml.SafeDumper):
    """Writes a repeated value out each time, for people edit the file."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never a reference."""
        del data
        return True


def _written(tree: Tree) -> str:
    """One part of the YAML, with the innermost lists and mappings on one line each."""
    inline = None if isinstance(next(iter(tree.values())), (dict, list)) else False
    return yaml.dump(
        tree, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=inline
    )


def _site(site: Mapping[str, Any], spec: Mapping[str, Any]) -> Tree:
    begin, end = site["opens"]
    found = {key: site[key] for key in ("name", "country", "subdivision") if key in site}
    found |= {
        "time_zone": site["zone"],
        "hours": {"all": f"{begin:02}:00-{end:02}:00"},
        "seats": site["seats"],
        "remote_share": site["remote_share"],
        "cost_per_paid_hour": site["cost_per_paid_hour_eur"],
        "shrinkage": {
            "planned": site["planned"],
            "unplanned": site["unplanned"],
            "planned_away": round(site["planned"] * AWAY_SHARE, 4),
            "planned_by_month": spec["planned_shrinkage_by_month"],
        },
        "labour": site["labour"],
    }
    return found | ({"opened": site["opened"]} if "opened" in site else {})


def _target(target: Mapping[str, Any]) -> Tree:
    if "within_business_h" in target:
        return {"deadline": {"share": target["share"], "within_business_h": target["within_business_h"]}}
    return {
        "service_levels": [
            {"share": share, "within_s": seconds} for share, seconds in target["service_level"]
        ],
        "max_abandonment": target["abandonment_max"],
        "max_occupancy": target["occupancy_max"],
    }


def _handling(channel: str, spec: Mapping[str, Any]) -> Tree:
    """What all queues of a channel share; AHT and patience by language stand with the queues."""
    handling = spec["handling"][channel]
    found: Tree = {"aht_s": handling.get("aht_s", handling.get("aht_solo_s")), "aht_cv": handling["cv"]}
    if CHANNEL_KINDS[channel] != "deferred":
        found |= {"patience_s": handling["patience_s"], "short_abandon_s": spec["targets"]["short_abandon_s"]}
    return found | {
        key: handling[key] for key in ("concurrency", "slow_down", "reaction_s") if key in handling
    }


def _queues(parameters: Parameters) -> Iterator[Tree]:
    """A line at each site that answers or answered it, with its channels."""
    for line in parameters.lines.values():
        for site in dict.fromkeys(host.site for host in line.hosting):
            yield _queue(line, [host for host in line.hosting if host.site == site], parameters)


def _queue(line: Line, stays: list[Host], parameters: Parameters) -> Tree:
    site, zone = stays[0].site, line.hours.zone
    first = max(stays[0].first_day, line.launch.day) if line.launch else stays[0].first_day
    found: Tree = {"site": site, "language": line.language, "channels": list(line.mix), "time_zone": zone}
    found |= _hours(line.hours)
    found |= {"customers": [m.country for m in line.markets], "client": parameters.spec["meta"]["client"]}
    if first > parameters.first_day:
        found["first_day"] = first
    if stays[-1].last_day < parameters.last_day:
        found["last_day"] = stays[-1].last_day
    if line.launch:
        found["planned"] = {channel: _planned(line, channel, parameters) for channel in line.mix}
    found["handling"] = {channel: _own_handling(line, site, channel, parameters) for channel in line.mix}
    return found


def _planned(line: Line, channel: str, parameters: Parameters) -> Tree:
    """What the business plan promised of a new language: a round figure, as such plans have it."""
    yearly = parameters.spec["volume"]["run_rate_contacts"] * parameters.scale
    weekly = yearly * line.share * line.mix[channel] / WEEKS_A_YEAR
    return {
        "contacts_per_week": max(float(f"{weekly:.1g}"), 1.0),
        "ramp_weeks": line.launch.weeks if line.launch else 0,
        "begins_at": line.launch.begin_at if line.launch else 1,
    }


def _own_handling(line: Line, site: str, channel: str, parameters: Parameters) -> Tree:
    aht = base_aht_s(parameters, line.language, channel)
    found: Tree = {"aht_s": round(aht, 1)}
    if CHANNEL_KINDS[channel] != "deferred":
        work = work_of(parameters, QueueKey(site, line.language, channel), aht_s=aht)
        found["patience_s"] = round(work.patience_s, 1)
    return found


def _hours(hours: OpeningHours) -> Tree:
    found: Tree = {"hours": _week(hours.weekdays)}
    if hours.seasons:
        found["seasons"] = [
            {"first": season.first, "last": season.last, "hours": _week(season.weekdays)}
            for season in hours.seasons
        ]
    return found | ({"closed": sorted(hours.closed)} if hours.closed else {})


def _week(weekdays: Mapping[int, tuple[Span, ...]]) -> dict[str, str]:
    """Weekdays with the same hours, in a row, written together: {mon-fri: "09:00-18:00"}."""
    found: dict[str, str] = {}
    days = sorted(weekdays)
    while days:
        run = [days[0]]
        while (
            len(run) < len(days)
            and days[len(run)] == run[-1] + 1
            and weekdays[days[len(run)]] == weekdays[run[0]]
        ):
            run.append(days[len(run)])
        days = days[len(run) :]
        name = WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}"
        found["all" if len(run) == 7 else name] = ", ".join(_clock(span) for span in weekdays[run[0]])
    return found


def _clock(span: Span) -> str:
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in span)


def _contract(hours: int) -> Tree:
    return {"weekly_hours": hours, "days_per_week": DAYS_OF[hours], "shift_h": [hours // DAYS_OF[hours]]}


def events(parameters: Parameters) -> list[Tree]:
    """Campaigns, those of the coming year too, and the incidents, which must teach the forecast nothing."""
    found = [
        {
            "name": event["name"],
            "kind": _kind(event["name"]),
            "first_day": event["from"],
            "last_day": event["to"],
            "languages": [] if event["lines"] == "all" else _languages(parameters, event["lines"]),
        }
        | _expected(event, parameters)
        for event in parameters.spec["events"]
    ]
    return found + [_incident(name, parameters) for name in parameters.spec["incidents"]]


def _expected(event: Mapping[str, Any], parameters: Parameters) -> Tree:
    """How long contacts move after it, and for a coming event what its planners expect of its days."""
    lag = {"lag_days": len(event["after"])} if "after" in event else {}
    coming = event["from"] > parameters.last_day
    return lag | ({"uplift": round(event["factor"] - 1, 4)} if coming else {})


def _kind(name: str) -> str:
    """What the years' editions of an event have in common.

    >>> _kind("El Buen Fin 2025")
    'el buen fin'
    """
    return re.sub(r" \d{4}$", "", name).lower()


def _languages(parameters: Parameters, lines: list[str]) -> list[str]:
    return list(dict.fromkeys(parameters.language(line) for line in lines))


def _incident(name: str, parameters: Parameters) -> Tree:
    """An outage touches its lines, a closure the lines of its site."""
    incident = parameters.spec["incidents"][name]
    at_site = [
        code
        for code, line in parameters.lines.items()
        if incident.get("site") in {h.site for h in line.hosting}
    ]
    languages = _languages(parameters, incident.get("lines", at_site))
    days = {"first_day": incident["date"], "last_day": incident["date"]}
    return {"name": incident["name"], "kind": name, **days, "languages": languages, "exceptional": True}


def _blending(parameters: Parameters) -> Tree:
    handling = parameters.spec["handling"]
    return {
        "languages": _languages(parameters, handling["blended_email_lines"]),
        "idle_share": handling["idle_share_usable_for_email"],
    }
