"""Sites where they lie, as large as their people, and the work that moves between them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.hiring_words import Names
from dashboards.hosting_words import line_name
from dashboards.look import Mark
from dashboards.palette import softened
from planner.config.zone_places import zone_place
from planner.domain.centre import Centre
from planner.language import _

HEIGHT, LARGEST = 430, 62  # pixels: the drawing, the disc of the site with most people
ASPECT = 1.6  # the drawing is so much wider than high
APART = 0.32  # of the drawing's height; nearer sites are moved apart
WIDEST = 9.0  # pixels of the largest move
ROUNDS = 60


def marks() -> None:
    """The legend of the drawing in words."""
    colours = look.palette()
    look.key(
        Mark(_("people before"), colours.ink, "hollow"),
        Mark(_("people as proposed"), softened(colours.forecast_rgb, 0.55)),
        Mark(_("work that moves, as wide as its hours"), colours.training, "line"),
    )


def places(centre: Centre) -> dict[str, tuple[float, float]]:
    """Where each site is drawn (0..`ASPECT` from the west, 0..1 from the south): its time zone's city.

    Sites too near for their names are moved apart.
    """
    found = {code: zone_place(site.time_zone) or (0.0, 0.0) for code, site in centre.sites.items()}
    up, across = (
        _scaled([place[0] for place in found.values()]),
        _scaled([place[1] for place in found.values()]),
    )
    return _moved_apart({code: (ASPECT * x, y) for code, x, y in zip(found, across, up, strict=True)})


def _scaled(degrees: list[float]) -> list[float]:
    """Degrees from 0 to 1; places within ten degrees keep together."""
    low, span = min(degrees), max(max(degrees) - min(degrees), 10.0)
    return [(each - low) / span for each in degrees]


def _moved_apart(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Sites at least `APART` from one another; those at the very same place go different ways."""
    spots = {
        code: (x + 0.001 * math.cos(n), y + 0.001 * math.sin(n))
        for n, (code, (x, y)) in enumerate(places.items())
    }
    for _round in range(ROUNDS):
        for one in spots:
            for other in spots:
                spots[one], spots[other] = _pushed(spots[one], spots[other], same=one == other)
    return spots


def _pushed(
    one: tuple[float, float], other: tuple[float, float], *, same: bool
) -> tuple[tuple[float, float], tuple[float, float]]:
    across, down = other[0] - one[0], other[1] - one[1]
    distance = math.hypot(across, down)
    if same or distance >= APART:
        return one, other
    push = (APART - distance) / 2 / max(distance, 1e-9)
    return (one[0] - across * push, one[1] - down * push), (other[0] + across * push, other[1] + down * push)


def drawing(sites: pd.DataFrame, moves: pd.DataFrame, centre: Centre) -> go.Figure:
    """`sites` and `moves` as `hosting_plan.sites` and `.moves`."""
    spots, names = places(centre), Names(centre)
    fig = charts.figure(HEIGHT)
    _arrows(fig, moves, spots, names)
    _discs(fig, sites, spots, names)
    x, y = [spot[0] for spot in spots.values()], [spot[1] for spot in spots.values()]
    fig.update_xaxes(visible=False, range=[min(x) - 0.16, max(x) + 0.16])
    fig.update_yaxes(visible=False, range=[min(y) - 0.2, max(y) + 0.14])
    return fig


def _arrows(
    fig: go.Figure, moves: pd.DataFrame, spots: Mapping[str, tuple[float, float]], names: Names
) -> None:
    """One bowed line for each pair of sites between which work moves."""
    colours = look.palette()
    pairs = moves.groupby(["site_from", "site_to"], sort=False)
    most = float(pairs["hours"].sum().max()) if len(moves) else 1.0
    for (here, there), rows in pairs:
        x, y = bow(spots[here], spots[there])
        hours = float(rows["hours"].sum())
        first = _("{here} to {there}: {hours} h of handling a week").format(
            here=names.site(here), there=names.site(there), hours=formats.number(hours)
        )
        what = ", ".join(
            f"{line_name(row.line, row.language)} {formats.number(row.hours)}{formats.NO_BREAK}h"
            for row in rows.itertuples()
        )
        pen = {"color": softened_of(colours.training, 0.6), "width": 1 + WIDEST * hours / most}
        fig.add_scatter(x=x, y=y, mode="lines", line=pen, hovertemplate=charts.hint(first, what))
        fig.add_annotation(
            x=x[-4], y=y[-4], ax=x[-8], ay=y[-8], xref="x", yref="y", axref="x", ayref="y", text="",
            showarrow=True, arrowhead=2, arrowsize=1, arrowwidth=1.6, arrowcolor=colours.training,
        )  # fmt: skip


def softened_of(colour: str, strength: float) -> str:
    """A hex colour at a strength of 0..1."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return softened(",".join(map(str, parts)), strength)


def bow(
    here: tuple[float, float], there: tuple[float, float], points: int = 24
) -> tuple[list[float], list[float]]:
    """Points of a line from here to there, bent to its left by a sixth of its length."""
    across, up = there[0] - here[0], there[1] - here[1]
    middle = ((here[0] + there[0]) / 2 - up / 6, (here[1] + there[1]) / 2 + across / 6)
    steps = [n / (points - 1) for n in range(points)]

    def at(axis: int, t: float) -> float:
        return (1 - t) ** 2 * here[axis] + 2 * t * (1 - t) * middle[axis] + t**2 * there[axis]

    return [at(0, t) for t in steps], [at(1, t) for t in steps]


def _discs(
    fig: go.Figure, sites: pd.DataFrame, spots: Mapping[str, tuple[float, float]], names: Names
) -> None:
    colours = look.palette()
    most = max(float(sites[["people", "before_people"]].max().max()), 1.0)
    x = [spots[code][0] for code in sites["site"]]
    y = [spots[code][1] for code in sites["site"]]

    def size(people: pd.Series) -> list[float]:
        return [max(LARGEST * math.sqrt(n / most), 3.0) for n in people]

    hints = [_site_hint(row, names) for _place, row in sites.iterrows()]
    disc = {
        "size": size(sites["people"]),
        "color": softened(colours.forecast_rgb, 0.55),
        "line": {"width": 0},
    }
    ring = {
        "size": size(sites["before_people"]),
        "color": "rgba(0,0,0,0)",
        "line": {"color": colours.ink, "width": 1.5},
    }
    plain = {"mode": "markers", "hovertemplate": hints, "cliponaxis": False}
    fig.add_scatter(x=x, y=y, marker=disc, **plain)
    fig.add_scatter(x=x, y=y, marker=ring, **plain)
    for row, across, up in zip(sites.itertuples(), x, y, strict=True):
        reach = LARGEST * math.sqrt(max(row.people, row.before_people) / most) / 2
        people = f"{formats.number(row.before_people)} → {formats.number(row.people)}"
        text = f"<b>{names.site(row.site)}</b> {people}"
        place = {"xanchor": "center", "yanchor": "top", "yshift": -reach - 1}
        charts.note(fig, across, up, text=text, colour=colours.ink, **place)


def _site_hint(row: pd.Series, names: Names) -> str:
    first = _("{site}: {before} full-time people before, {after} as proposed").format(
        site=names.site(str(row["site"])),
        before=formats.number(row["before_people"], 1),
        after=formats.number(row["people"], 1),
    )
    second = _("{hired} hired, {taught} taught, {free} of today not needed").format(
        hired=formats.number(row["hired"], 1),
        taught=formats.number(row["taught"], 1),
        free=formats.number(row["free"], 1),
    )
    return charts.hint(first, second)
