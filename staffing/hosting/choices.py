"""The teams to choose from: every sensible set of pieces at every site that could answer it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from planner.domain.hosting import Hosting
from staffing.hosting.lines import Stream
from staffing.hosting.need import Piece, Pieces, Streams, needs_of
from staffing.hosting.people import Supply
from staffing.hosting.places import Place
from staffing.hosting.teams import Agents, Skills, Team, alone, by_language, pooled, subsets

DESK_HOURS = 24
WORTH_H = 10.0  # hours on contact a week that a team of several languages must save at least


@dataclass(frozen=True)
class Choice:
    """A team with what the programme needs to know of it, for the week.

    `paid_h` by skills; `cost` of these hours; `desks` by UTC hour of the day, the most of the week's days;
    `work_h` of each language, expected.
    """

    team: Team
    paid_h: Mapping[Skills, float]
    cost: float
    desks: np.ndarray
    work_h: Mapping[str, float]


@dataclass(frozen=True)
class Market:
    """Everything the choice is made from: work, sites, people and settings."""

    work: Streams
    places: Mapping[str, Place]
    supply: Supply
    hosting: Hosting


def priced(team: Team, market: Market) -> Choice:
    """The team with its hours, cost and desks."""
    place, work = market.places[team.site], market.work
    paid_h = {skills: float(n @ place.paid_h) for skills, n in team.agents.items()}
    premium = market.hosting.pools.pay_premium
    cost = sum(
        float(n @ place.price) * (1 + premium * (len(skills) > 1)) for skills, n in team.agents.items()
    )
    desks = np.sum(list(team.agents.values()), axis=0) * place.desks
    hour = np.asarray(work.week.starts.hour)
    by_hour = np.array([desks[hour == each].max() for each in range(DESK_HOURS)])
    worked: dict[str, float] = {}
    for piece in team.pieces:
        language = work.language(piece)
        worked[language] = worked.get(language, 0.0) + work.work_h(piece)
    return Choice(team, paid_h, cost, by_hour, worked)


def as_today(
    market: Market, *, channels_apart: Callable[[Stream], Iterator[Stream]]
) -> tuple[Market, list[Choice]]:
    """Today's queues, each a team of its own, over streams of single channels."""
    streams = tuple(part for stream in market.work.streams for part in channels_apart(stream))
    parts = tuple((stream.is_open,) for stream in streams)
    apart = Market(Streams(market.work.week, streams, parts), market.places, market.supply, market.hosting)
    where = [
        (site, Piece(number, 0, 0, share))
        for number, stream in enumerate(streams)
        for site, share in stream.today.items()
    ]
    need = needs_of({frozenset([piece]) for _, piece in where}, apart.work)
    teams = [
        Team(
            site,
            streams[piece.stream].group,
            (piece,),
            alone(frozenset([piece]), need.__getitem__, apart.work),
        )
        for site, piece in where
    ]
    return apart, [priced(team, apart) for team in teams]


def choices_of(market: Market) -> list[Choice]:
    """Teams of one language, and of several where people who speak two can be had and it saves anything."""
    work, multiple = market.work, market.hosting.pools.aht_multiple
    places = [
        (site, group, _pieces_at(site, group, market)) for site in market.places for group in _groups(work)
    ]
    singles = [(site, group, one) for site, group, pieces in places for one in _of_one_language(pieces, work)]
    several = [
        (site, group, pieces) for site, group, found in places for pieces in _of_several(found, site, market)
    ]
    need = needs_of({pieces for _, _, pieces in singles}, work)
    wanted = {part for _, _, pieces in several for part in subsets(pieces, work)}
    need_pooled = needs_of(wanted, work, aht_multiple=multiple)
    made = [
        Team(site, group, tuple(sorted(pieces)), alone(pieces, need.__getitem__, work))
        for site, group, pieces in singles
    ]
    for site, group, pieces in several:
        for agents in pooled(pieces, need_pooled.__getitem__, work):
            if market.supply.can_have(site, agents) and _saves(agents, pieces, need, work):
                made.append(Team(site, group, tuple(sorted(pieces)), agents))
    return [priced(team, market) for team in made]


def _saves(agents: Agents, pieces: Pieces, need: Mapping[Pieces, np.ndarray], work: Streams) -> bool:
    apart = sum(float(need[part].sum()) for part in by_language(pieces, work).values())
    saved = apart - sum(float(n.sum()) for n in agents.values())
    return saved * work.week.step_h >= WORTH_H


def _groups(work: Streams) -> list[str]:
    return list(dict.fromkeys(stream.group for stream in work.streams))


def _pieces_at(site: str, group: str, market: Market) -> list[Piece]:
    """Pieces of work that the site may answer: it is open, somebody speaks the language, nothing binds it."""
    work = market.work
    return [
        piece
        for number, stream in enumerate(work.streams)
        if stream.group == group and _may_serve(site, stream, market)
        for piece in _pieces_of(number, stream, market)
        if site in stream.today or market.places[site].is_open[work.inside(piece)].all()
    ]


def _may_serve(site: str, stream: Stream, market: Market) -> bool:
    today = frozenset(stream.today)
    bound = all(
        each.allows(stream.line.language, channel, site, today=today)
        for each in market.hosting.bounds
        for channel in stream.channels
    )
    return bound and (site in today or market.supply.speaks(site, stream.line.language))


def _pieces_of(number: int, stream: Stream, market: Market) -> Iterator[Piece]:
    """All of the stream, parts of its day, and of both the shares that are worth a thought."""
    count = len(market.work.parts[number])
    for share in sorted({1.0, *shares_of(stream, market)}):
        for first in range(count):
            for end in range(first, count):
                yield Piece(number, first, end, share)


def shares_of(stream: Stream, market: Market) -> set[float]:
    """Shares of the stream that a site may take but for all: today's, and splits where risk asks for them."""
    found = {share for share in stream.today.values() if share < 1}
    from_fte = market.hosting.risk.two_sites_from_fte
    language = stream.line.language
    fte = sum(s.work_h for s in market.work.streams if s.line.language == language) / market.supply.week_h
    if from_fte is not None and fte >= from_fte:
        found |= set(market.hosting.splits)
    return found


def _of_one_language(pieces: Sequence[Piece], work: Streams) -> Iterator[Pieces]:
    """Each piece alone, and whole pieces of several lines of one language together."""
    for piece in pieces:
        yield frozenset([piece])
    for one, other in combinations(pieces, 2):
        if work.language(one) == work.language(other) and one.stream != other.stream:
            yield frozenset([one, other])


def _of_several(pieces: Sequence[Piece], site: str, market: Market) -> Iterator[Pieces]:
    """Two or three languages; a divided language is in no team of three. Deferred work gains nothing."""
    work, most = market.work, market.hosting.pools.most_languages
    if not pieces or work.streams[pieces[0].stream].kind == "deferred":
        return
    whole = [piece for piece in pieces if _is_whole(piece, work)]
    for size, among in ((2, pieces), (3, whole)):
        for chosen in combinations(among, size if size <= most else 0):
            languages = {work.language(piece) for piece in chosen}
            one_divided = sum(not _is_whole(piece, work) for piece in chosen) <= 1
            if len(languages) == size and one_divided and _linked(languages, site, market.supply):
                yield frozenset(chosen)


def _is_whole(piece: Piece, work: Streams) -> bool:
    return piece.share == 1.0 and piece.last - piece.first + 1 == len(work.parts[piece.stream])


def _linked(languages: Collection[str], site: str, supply: Supply) -> bool:
    """Whether people who speak two can be had for every two of the languages."""
    return all(supply.can_have(site, {tuple(sorted(two)): np.ones(1)}) for two in combinations(languages, 2))
