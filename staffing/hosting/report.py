"""The tables of the hosting plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.hosting import Hosting
from planner.domain.hosting_tables import (
    ALL_DAY,
    HOSTING,
    HOSTING_COST,
    HOSTING_PEOPLE,
    HOSTING_SEARCH,
    HOSTING_SERVICE,
    HOSTING_TEAMS,
)
from planner.domain.table import Table
from staffing.hosting.certified import Certified, service_of
from staffing.hosting.choices import Choice, Market
from staffing.hosting.need import Piece
from staffing.hosting.programme import Chosen, Move
from staffing.hosting.teams import Team

WAYS = ("stay", "taught", "hired", "unfilled")


@dataclass(frozen=True)
class Allocation:
    """One way to host everything: as the model chose it, and once simulation has sized the teams."""

    name: str
    market: Market
    chosen: Chosen
    final: Chosen
    teams: tuple[Certified, ...]
    choices: int
    seconds: float


def tables_of(made: Sequence[Allocation], hosting: Hosting) -> list[pd.DataFrame]:
    """HOSTING, _TEAMS, _SERVICE, _PEOPLE, _COST and _SEARCH, in the order in which they are declared."""
    services = {each.name: _service(each) for each in made}
    return [
        _frame([row for each in made for row in _matrix(each)], HOSTING),
        _frame([row for each in made for row in _teams(each)], HOSTING_TEAMS),
        _frame(
            pd.concat([frame.assign(allocation=name) for name, frame in services.items()]), HOSTING_SERVICE
        ),
        _frame([row for each in made for row in _people(each)], HOSTING_PEOPLE),
        _frame([row for each in made for row in _costs(each, hosting)], HOSTING_COST),
        _frame([_search(each, services[each.name], hosting) for each in made], HOSTING_SEARCH),
    ]


def _frame(rows: pd.DataFrame | list[dict[str, object]], table: Table) -> pd.DataFrame:
    names = [column.name for column in table.columns]
    return pd.DataFrame(rows, columns=names)[names].reset_index(drop=True)


def _service(each: Allocation) -> pd.DataFrame:
    languages = {stream.line.name: stream.line.language for stream in each.market.work.streams}
    return service_of(each.teams, languages.__getitem__)


def _matrix(each: Allocation) -> Iterator[dict[str, object]]:
    """One row for each stream and site that answers any of it."""
    work = each.market.work
    for number, stream in enumerate(work.streams):
        for site in each.market.places:
            teams = [c.team for c in each.final.choices if c.team.site == site]
            mine = [(team, p) for team in teams for p in team.pieces if p.stream == number]
            if not mine:
                continue
            work_h = sum(work.work_h(piece) for _, piece in mine)
            others = sorted({lang for team, _ in mine for lang in team.languages} - {stream.line.language})
            yield {
                "allocation": each.name,
                "line": stream.line.name,
                "language": stream.line.language,
                "channels": ";".join(stream.channels),
                "site": site,
                "share": min(work_h / stream.work_h, 1.0) if stream.work_h else 0.0,
                "work_h": work_h,
                "from_to": "; ".join(_hours(piece, each) for _, piece in mine),
                "with_languages": ";".join(others) or None,
            }


def _hours(piece: Piece, each: Allocation) -> str:
    """The part of the day on the line's own clock, as 09:00-14:00."""
    work = each.market.work
    if piece.last - piece.first + 1 == len(work.parts[piece.stream]):
        return ALL_DAY
    zone = work.streams[piece.stream].line.hours.zone
    local = work.week.starts[work.inside(piece)].tz_convert(zone)
    minutes = np.asarray(local.hour * 60 + local.minute)
    first, end = int(minutes.min()), int(minutes.max()) + work.week.interval_min
    return f"{first // 60:02}:{first % 60:02}-{end // 60:02}:{end % 60:02}"


def team_name(team: Team, each: Allocation) -> str:
    """Site, channels and lines: what tells a team from the others."""
    work = each.market.work
    lines = dict.fromkeys(
        work.streams[p.stream].line.name + (f" {p.share:.0%}" if p.share < 1 else "") + _when(p, each)
        for p in team.pieces
    )
    return f"{team.site} · {team.group} · {' + '.join(lines)}"


def _when(piece: Piece, each: Allocation) -> str:
    hours = _hours(piece, each)
    return "" if hours == ALL_DAY else f" {hours}"


def _teams(each: Allocation) -> Iterator[dict[str, object]]:
    week_h = each.market.supply.week_h
    for before, after in zip(each.chosen.choices, each.final.choices, strict=True):
        stream = each.market.work.streams[after.team.pieces[0].stream]
        whole = sum(after.paid_h.values()) or 1.0
        for skills, paid_h in after.paid_h.items():
            if paid_h <= 0 and before.paid_h.get(skills, 0.0) <= 0:
                continue
            yield {
                "allocation": each.name,
                "team": team_name(after.team, each),
                "site": after.team.site,
                "channels": ";".join(stream.channels),
                "skills": ";".join(skills),
                "kind": after.team.kind,
                "model_h": before.paid_h.get(skills, 0.0),
                "paid_h": paid_h,
                "people": paid_h / week_h,
                "most_on_contact": int(after.team.agents[skills].max()),
                "cost": after.cost * paid_h / whole,
            }


def _people(each: Allocation) -> Iterator[dict[str, object]]:
    today, moves = each.market.supply.today, each.final.moves
    for site in each.market.places:
        here = [move for move in moves if move.site == site]
        known = [*today.get(site, {}), *(move.skills for move in here)]
        for skills in sorted(dict.fromkeys(known)):
            filled = {way: _sum(m for m in here if m.skills == skills and m.way == way) for way in WAYS}
            yield {
                "allocation": each.name,
                "site": site,
                "skills": ";".join(skills) or "none of the plan",
                "today": today.get(site, {}).get(skills, 0.0),
                "needed": sum(filled.values()),
                **filled,
                "free": each.final.free.get((site, skills), 0.0),
            }


def _sum(moves: Iterator[Move]) -> float:
    return float(sum(move.people for move in moves))


def _costs(each: Allocation, hosting: Hosting) -> Iterator[dict[str, object]]:
    for site, place in each.market.places.items():
        here = [choice for choice in each.final.choices if choice.team.site == site]
        moves = [move for move in each.final.moves if move.site == site]
        free = sum(n for (where, _), n in each.final.free.items() if where == site)
        wages = sum(choice.cost for choice in here)
        once = sum(m.people * m.cost for m in moves if m.way != "unfilled") + free * hosting.leave_cost
        paid_h = sum(sum(choice.paid_h.values()) for choice in here)
        week_h = each.market.supply.week_h
        kept = _kept(here, least=hosting.pools.least_people, week_h=week_h)
        extra = kept * week_h * (place.site.cost_per_paid_hour or 1.0)
        yield {
            "allocation": each.name,
            "site": site,
            "country": place.site.country,
            "work_h": sum(sum(choice.work_h.values()) for choice in here),
            "paid_h": paid_h,
            "people": paid_h / week_h,
            "wages": wages,
            "once": once,
            "total": wages + extra + once / hosting.payback_weeks,
            "kept": kept,
            "unfilled": _sum(m for m in moves if m.way == "unfilled"),
            "hired": _sum(m for m in moves if m.way == "hired"),
            "taught": _sum(m for m in moves if m.way == "taught"),
            "free": free,
            "seats_used": float(np.sum([choice.desks for choice in here], axis=0).max()) if here else 0.0,
            "seats": np.nan if place.site.seats is None else float(place.site.seats),
        }


def _kept(here: Sequence[Choice], *, least: int, week_h: float) -> float:
    """People beyond the need, so that every language of a site has the least."""
    people: dict[str, float] = {}
    for choice in here:
        for skills, hours in choice.paid_h.items():
            for language in skills:
                people[language] = people.get(language, 0.0) + hours / week_h
    return sum(max(least - count, 0.0) for count in people.values())


def _search(each: Allocation, service: pd.DataFrame, hosting: Hosting) -> dict[str, object]:
    costs = pd.DataFrame(_costs(each, hosting))
    paid_h = float(costs["paid_h"].sum())
    return {
        "allocation": each.name,
        "cost": each.chosen.cost,
        "bound": max(min(each.chosen.bound, each.chosen.cost), 0.0),
        "gap": each.chosen.gap,
        "teams": len(each.teams),
        "choices": each.choices,
        "model_h": sum(sum(choice.paid_h.values()) for choice in each.chosen.choices),
        "paid_h": paid_h,
        "people": paid_h / each.market.supply.week_h,
        "certified_cost": float(costs["total"].sum()),
        "holds": bool(service["holds"].all()),
        "chance": _chance(service),
        "seconds": each.seconds,
        "stopped": each.chosen.stopped,
    }


def _chance(service: pd.DataFrame) -> float:
    """Share of weeks to come in which a line's channel meets all its targets, weighted by contacts."""
    queues = service.groupby(["line", "channel"])
    met = queues["met"].agg(lambda flags: float(np.all(np.stack(flags.to_list()), axis=0).mean()))
    return float(np.average(met, weights=queues["offered"].first()))
