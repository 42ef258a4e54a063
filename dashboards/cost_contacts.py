"""What a contact costs by language and channel."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.cost_plan import WeekCost
from dashboards.languages import short_names
from dashboards.look import Tile
from planner.domain.unit_costs import added_up
from planner.language import _, message

DEFINITION = message(
    "An agent's shift is split over the queues of that shift by scheduled hours on contact; leave, unused "
    "hours, overtime and replacing by those of the week; seats and people without contact by those of the "
    "site. All cells together are the week's total. Work done in the idle time of others (blending) costs "
    "nothing of its own, “–” or next to it: its cost stands with theirs; read such a language in the last "
    "column."
)
NAME_WIDTH = 150  # pixels


def languages_card(cost: WeekCost) -> None:
    """A row a language, a column a channel: cost per contact, and what it takes of the week under it."""
    cells = added_up(cost.queues, ["language", "channel"])
    about = _("{currency} a contact handled; below, thousand {currency} of the week").format(
        currency=cost.currency
    )
    with look.card("cost-languages", _("Which contacts are dear?"), about, data=cost.queues, fill=True):
        channels = list(dict.fromkeys(cells["channel"]))
        heads = [*(formats.channel(name) for name in channels), _("all channels")]
        dearest = added_up(cost.queues, ["language"]).sort_values("total", ascending=False)
        rows = [
            (short_names(str(tag)), _row(cells, dearest, str(tag), channels)) for tag in dearest["language"]
        ]
        whole = [
            *_tiles(added_up(cost.queues, ["channel"]), channels),
            _tile(added_up(cost.queues, []).iloc[0]),
        ]
        look.tiles(heads, [*rows, (_("all languages"), whole)], name_width=NAME_WIDTH)
        look.foot(_(DEFINITION))


def _row(cells: pd.DataFrame, languages: pd.DataFrame, tag: str, channels: list[str]) -> list[Tile | None]:
    mine = cells[cells["language"] == tag]
    return [*_tiles(mine, channels), _tile(languages[languages["language"] == tag].iloc[0])]


def _tiles(cells: pd.DataFrame, channels: list[str]) -> list[Tile | None]:
    found = {str(row["channel"]): _tile(row) for _place, row in cells.iterrows()}
    return [found.get(channel) for channel in channels]


def _tile(row: pd.Series) -> Tile:
    hint = _("{contacts} contacts handled, {hours} hours on contact").format(
        contacts=formats.number(row["handled"]), hours=formats.number(row["contact_h"])
    )
    under = formats.number(row["total"] / 1000, 1)
    each = row["per_contact"] if row["contact_h"] > 0 else None
    return Tile(formats.number(each, 2), hint=hint, under=under)
