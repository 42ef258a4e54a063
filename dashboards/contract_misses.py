"""Where do we miss? One promise over languages and sites: how badly now, and how often of late."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.languages import short_names
from dashboards.look import Tile
from planner.domain.centre import Centre
from planner.language import _
from planner.language.channels import channel_words
from planner.scorecards.contract_misses import worst_first
from planner.scorecards.contract_periods import Span
from planner.scorecards.contract_words import span_name

NAME_WIDTH = 150  # pixels
DARKEST = 0.08  # share; a miss this large has the full colour


def misses_card(found: pd.DataFrame, centre: Centre, *, span: Span) -> None:
    """The grid language x site, the worst language first; under each figure the weeks missed."""
    words = formats.listed(sorted(found["promise"].unique())) if len(found) else ""
    channels = formats.listed([channel_words(name) for name in found["channel"].unique()])
    about = _(
        "{targets}, points against target; {channels}, {period}; orange = missed, grey = met, blank = not "
        "served; below: weeks missed of those measured, the last 13"
    ).format(targets=words, channels=channels, period=span_name(span))
    with look.card("misses", _("Where do we miss?"), about, data=found, fill=True):
        if found.empty:
            look.nothing(
                _("No queue with this target was measured"),
                "",
                _("Choose another site, language or channel."),
            )
            return
        sites = [code for code in centre.sites if code in set(found["site"])]
        by_place = found.set_index(["language", "site"])
        rows = [
            (short_names(tag), [_tile(by_place, tag, code) for code in sites]) for tag in worst_first(found)
        ]
        look.tiles([centre.sites[code].name for code in sites], rows, name_width=NAME_WIDTH)


def _tile(by_place: pd.DataFrame, tag: str, site: str) -> Tile | None:
    if (tag, site) not in by_place.index:
        return None
    row = by_place.loc[(tag, site)]
    hint = _(
        "{value} of {n} contacts, 95 % interval {low} to {high}; target {limit}; "
        "missed {missed} of {known} weeks"
    )
    told = hint.format(
        value=formats.percent(row["value"]), n=formats.number(row["n"]), low=formats.percent(row["low"]),
        high=formats.percent(row["high"]), limit=formats.exact_percent(row["limit"]),
        missed=int(row["missed"]), known=int(row["known"]),
    )  # fmt: skip
    often = f"{int(row['missed'])}/{int(row['known'])}"
    return Tile(formats.points(row["margin"]), min(max(-row["margin"], 0) / DARKEST, 1), told, often)
