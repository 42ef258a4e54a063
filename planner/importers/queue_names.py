"""Queue names of a source become site, language and channel, by the rules of plan.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.column import Found

SHOWN_EACH = 3  # rows written out for each name that no rule reads
SEVERAL = ";"  # joins several queues in one row of a source
MEDIA_CHANNELS = {"voice": "voice", "chat": "chat", "message": "messaging", "email": "email"}


@dataclass(frozen=True)
class Named:
    """What a queue name says; `wrong` is why it cannot be used, None when it can."""

    site: str | None = None
    language: str | None = None
    channel: str | None = None
    wrong: str | None = None


def queues_named(names: pd.Series, media: pd.Series, centre: Centre) -> tuple[pd.DataFrame, list[Found]]:
    """Site, language and channel of each row, and the rows whose name no rule reads (column `site`).

    What the name leaves open comes from the media type (channel), or is the centre's only one.
    """
    both = pd.DataFrame({"name": names, "media": media}).astype("str").fillna("")
    distinct = both.drop_duplicates().to_numpy()
    read = [named(name.strip(), medium.strip().casefold(), centre) for name, medium in distinct]
    places = both.groupby(["name", "media"], sort=False).ngroup().to_numpy()
    queues = pd.DataFrame(
        [(r.site, r.language, r.channel) for r in read], columns=["site", "language", "channel"]
    )
    found = [
        Found("unread_queue_name", "site", places == i, _quoting(each.wrong), cells=names, shown=SHOWN_EACH)
        for i, each in enumerate(read)
        if each.wrong
    ]
    return queues.iloc[places].set_axis(names.index), found + _told_already(found)


def named(name: str, medium: str, centre: Centre) -> Named:
    """What one queue name says, by the first rule of plan.yaml that matches it."""
    if SEVERAL in name:
        return Named(wrong="sums several queues; export one row for each queue")
    for rule in centre.queue_names:
        match = re.search(rule.pattern, name)
        if match:
            return _parts(match.groupdict(), medium, rule.values, centre=centre)
    if len(centre.queues) == 1 and not centre.queue_names:
        return Named(*next(iter(centre.queues)))
    return Named(wrong="is read by no rule of queue_names in plan.yaml; add a pattern for it")


def _parts(
    groups: Mapping[str, str | None], medium: str, values: Mapping[str, Mapping[str, str]], *, centre: Centre
) -> Named:
    known: dict[str, Collection[str]] = {
        "site": centre.sites,
        "language": centre.languages,
        "channel": {key.channel for key in centre.queues},
    }
    open_parts = {"channel": MEDIA_CHANNELS.get(medium, medium)}
    parts = {}
    for part, codes in known.items():
        text = groups.get(part) or open_parts.get(part, "")
        parts[part] = values.get(part, {}).get(text) or _code(text, codes)
    missing = [part for part, code in parts.items() if not code]
    wrong = f"says no {missing[0]}; name it in the pattern, or map “” under values" if missing else None
    return Named(**parts, wrong=wrong)


def _code(text: str, codes: Collection[str]) -> str:
    """The centre's spelling of a code; without a text, its only code; else the text as it is."""
    same = [code for code in codes if code.casefold() == text.casefold()]
    if not text and len(codes) == 1:
        same = list(codes)
    return same[0] if same else text


def _quoting(note: str) -> Callable[[object], str]:
    return lambda name: f"“{name}” {note}"


def _told_already(found: list[Found]) -> list[Found]:
    """Language and channel are missing where the site is: told once, under the queue's name."""
    if not found:
        return []
    where = np.logical_or.reduce([each.where for each in found])
    return [Found("unread_queue_name", column, where, str, shown=0) for column in ("language", "channel")]
