"""The monthly client pack: the one page, quality, resolution, service per queue, why, definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from planner.language import _, retold
from planner.language.channels import channel as channel_name
from planner.reports.engine import pdf
from planner.reports.names import language_name, site_name
from planner.reports.one_page import OnePage, Room, fitting, one_page_body, subject_line
from planner.reports.paper import document
from planner.reports.quality_pages import CRITICAL, RESOLUTION, SATISFACTION, quality_page, resolution_page
from planner.reports.service_pages import (
    definitions_page,
    first_promise,
    line_meanings,
    service_page,
    why_page,
)
from planner.scorecards.contract_promises import QUALITY_WORDS, Promise, quality_promises
from planner.scorecards.contract_why import Why, why
from planner.scorecards.scope import Scope

QUALITY = ("quality_score", *CRITICAL, *RESOLUTION, *SATISFACTION)


@dataclass(frozen=True)
class Pack:
    """The page of the month; SCORECARD of that month and EXPLAINED, both of the client's queues alone."""

    page: OnePage
    card: pd.DataFrame
    explained: pd.DataFrame
    client: str | None


def pack(given: Pack) -> bytes:
    """The pack as PDF; its first page holds the contract alone."""
    room = fitting(given.page)
    return pdf(document(given.page.head, pack_pages(given, room), scale=room.scale))


def pack_pages(given: Pack, room: Room) -> Iterator[str]:
    """The pages in order; those about which nothing is known are left out."""
    page, card = given.page, given.card
    period, centre = subject_line(page), page.centre
    names: dict[str, Callable[[str], str]] = {"language": language_name, "site": partial(site_name, centre)}
    measured = set(card["measure"])
    yield one_page_body(page, room)
    if measured & {"quality_score", *CRITICAL}:
        targets = {p.measure: p.limit for p in quality_promises(centre.quality.targets, given.client)}
        yield quality_page(card, period=period, target=targets.get("quality_score"), names=names)
    if measured & {*RESOLUTION, *SATISFACTION}:
        yield resolution_page(card, period=period, names=names)
    yield service_page(card, centre, period=period)
    splits = _splits(given)
    if splits:
        yield why_page(splits, period=period)
    yield definitions_page(_meanings(given), period=period)


def _splits(given: Pack) -> dict[str, tuple[Why, Promise | None]]:
    found = {}
    for channel in dict.fromkeys(key.channel for key in given.page.centre.queues):
        promise = first_promise(given.page.centre, channel)
        measure = promise.measure if promise else "service_level"
        split = why(given.explained, Scope(channel=channel), measure=measure, span=given.page.shown.span)
        if split is not None:
            found[channel_name(channel)] = (split, promise)
    return found


def _meanings(given: Pack) -> dict[str, str]:
    """Name and definition of every measure in the pack."""
    rows = given.card[given.card["measure"].isin(QUALITY)].drop_duplicates("measure")
    told = {
        _(QUALITY_WORDS[measure][0]): retold(str(words))
        for measure, words in zip(rows["measure"], rows["definition"], strict=True)
    }
    return line_meanings(given.page.shown.lines) | told
