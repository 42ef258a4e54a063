"""Page furniture: titles, answer sentences, cards, tables, legends. Every text is escaped here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards.downloads import csv
from dashboards.palette import DARK, LIGHT, Palette, softened
from dashboards.stylesheet import stylesheet
from planner.language import _

UPRIGHT = 9  # heads; more of them stand upright
LONG = 31  # letters; a longer question takes more of the title row
Align = Literal["right", "left"]


@dataclass(frozen=True)
class Cell:
    """A cell of a table people read.

    `small` stands behind the text in grey, `under` below it, `hint` is shown over it; `picture` is a data
    address.
    """

    text: str = ""
    align: Align = "right"
    small: str = ""
    under: str = ""
    strong: bool = False
    bad: bool = False
    picture: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Tile:
    """A coloured cell with a printed number; `strength` 0 is plain grey, 1 the full colour of a miss.

    `under` stands below the number, smaller.
    """

    text: str
    strength: float = 0.0
    hint: str = ""
    under: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure of the strip: what, how much, against what."""

    name: str
    value: str
    against: str
    bad: bool = False


@dataclass(frozen=True)
class Mark:
    """One entry of a legend in words."""

    text: str
    colour: str
    shape: Literal["box", "hollow", "line", "dots"] = "box"


def palette() -> Palette:
    """The colours of the reader's theme."""
    return DARK if getattr(st.context.theme, "type", "light") == "dark" else LIGHT


def style() -> None:
    """Lay the stylesheet over the page."""
    st.html(stylesheet(palette()))


def marked(text: str) -> str:
    """Escaped HTML of a sentence in which **bold** is strong and !!a miss!! is strong and orange.

    >>> marked("**4 < 7** met, !!2.4 points!! short")
    '<b>4 &lt; 7</b> met, <span class="bad">2.4 points</span> short'
    """
    safe = html.escape(text, quote=False)
    safe = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)
    return re.sub(r"!!(.+?)!!", r'<span class="bad">\1</span>', safe)


def plain(text: str) -> str:
    """The sentence without its marks."""
    return re.sub(r"\*\*|!!", "", text)


@contextmanager
def head(page: str, question: str) -> Iterator[None]:
    """The page's marked question with the filters beside it; below it under 1150 px."""
    question = _(question)
    with st.container(key=f"head-{page}"):
        left, right = st.columns([5 if len(question) > LONG else 4, 9], vertical_alignment="center")
    with left:
        st.html(f'<div class="t"><h1>{html.escape(question)}</h1></div>')
    with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        yield


def about(*lines: str) -> None:
    """Under the title: period, place, clock, unit, and which plan is shown."""
    st.html('<div class="t">' + "".join(f"<p>{html.escape(line)}</p>" for line in lines if line) + "</div>")


def say(sentence: str) -> None:
    """The answer, in one sentence or three."""
    st.html(f'<div class="say">{marked(sentence)}</div>')


def tell(sentence: str) -> None:
    """A card's own answer, smaller than the page's."""
    st.html(f'<div class="tell">{marked(sentence)}</div>')


def place() -> DeltaGenerator:
    """Room for the answer, where it is known only after what stands below it."""
    return st.container()


def foot(text: str) -> None:
    """Definitions and origins in small grey."""
    st.html(f'<div class="foot">{marked(text)}</div>')


@contextmanager
def card(
    name: str,
    question: str,
    about: str = "",
    *,
    data: pd.DataFrame | None = None,
    fill: bool = False,
) -> Iterator[None]:
    """A white card titled by its question; `data` is the table behind it, offered as CSV."""
    heading = f'<div class="q"><b>{html.escape(question)}</b><span>{html.escape(about)}</span></div>'
    with st.container(key=f"card-{name}", height="stretch" if fill else "content"):
        if not question:
            yield
            return
        with st.container(key=f"top-{name}", horizontal=True, vertical_alignment="top", gap="small"):
            st.html(heading)
            if data is not None and len(data):
                download(name, data)
        yield


def download(name: str, data: pd.DataFrame) -> None:
    """A small button that saves the table as CSV, written only when it is asked for."""
    with st.container(key=f"csv-{name}", width="content"):
        st.download_button(
            "↓ CSV",
            lambda: csv(data),
            f"{name}.csv",
            "text/csv",
            key=f"download-{name}",
            type="tertiary",
            on_click="ignore",
            help=_("Save this table as CSV"),
        )


def pair(name: str, left: float, right: float) -> list[DeltaGenerator]:
    """Two columns that become one below 1150 px."""
    with st.container(key=f"pair-{name}"):
        return st.columns([left, right], gap="small")


def table(heads: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> None:
    """A table of up to about twelve rows, digits right, hairlines between rows; no heads, no head row."""
    top = "".join(f"<th{_class(cell)}>{html.escape(cell.text)}</th>" for cell in heads)
    body = "".join(
        f"<tr>{''.join(f'<td{_class(c)}{_hint(c.hint)}>{_inside(c)}</td>' for c in row)}</tr>" for row in rows
    )
    st.html(f'<table class="w">{f"<tr>{top}</tr>" if heads else ""}{body}</table>')


def _class(cell: Cell) -> str:
    names = [("l", cell.align == "left"), ("s", cell.strong), ("bad", cell.bad)]
    found = " ".join(name for name, holds in names if holds)
    return f' class="{found}"' if found else ""


def _inside(cell: Cell) -> str:
    if cell.picture:
        return f'<img class="spark" alt="{html.escape(cell.text)}" src="{cell.picture}">'
    small = f" <small>{html.escape(cell.small)}</small>" if cell.small else ""
    under = f'<small class="under">{html.escape(cell.under)}</small>' if cell.under else ""
    return html.escape(cell.text) + small + under


def tiles(
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Tile | None]]],
    *,
    name_width: int = 0,
) -> None:
    """A grid of coloured numbers; None leaves a place blank, line breaks in heads are kept.

    `name_width` in pixels makes the other columns equal; more than `UPRIGHT` heads stand upright.
    """
    colours = palette()
    first = f'<th style="width:{name_width}px"></th>' if name_width else "<th></th>"
    top = first + "".join(f"<th>{_head(text, len(heads))}</th>" for text in heads)
    body = "".join(
        f'<tr><td class="l">{html.escape(name)}</td>{"".join(_tile(tile, colours) for tile in row)}</tr>'
        for name, row in rows
    )
    kind = "w cells fixed" if name_width else "w cells"
    st.html(f'<table class="{kind}"><tr>{top}</tr>{body}</table>')


def _head(text: str, heads: int) -> str:
    safe = html.escape(text).replace("\n", "<br>")
    return f'<span class="v">{safe}</span>' if heads > UPRIGHT and "\n" not in text else safe


def _tile(tile: Tile | None, colours: Palette) -> str:
    if tile is None:
        return "<td></td>"
    hint, kind = _hint(tile.hint), "c two" if tile.under else "c"
    inside = html.escape(tile.text) + (f"<small>{html.escape(tile.under)}</small>" if tile.under else "")
    if tile.strength <= 0:
        return f'<td><span class="{kind}"{hint}>{inside}</span></td>'
    # above about three quarters the orange is too dark for ink text
    ink = colours.on_strong if tile.strength > 0.72 else colours.ink
    fill = softened(colours.under_rgb, min(0.14 + 0.8 * tile.strength, 0.95))
    paint = f"background:{fill};color:{ink};font-weight:600"
    return f'<td><span class="{kind}" style="{paint}"{hint}>{inside}</span></td>'


def _hint(text: str) -> str:
    return f' title="{html.escape(text)}"' if text else ""


def figures(*items: Figure) -> None:
    """One strip of at most five figures divided by hairlines."""
    cells = "".join(
        f"<div><i>{html.escape(item.name)}</i>"
        f'<b class="{"bad" if item.bad else ""}">{html.escape(item.value)}</b>'
        f"<em>{html.escape(item.against)}</em></div>"
        for item in items
    )
    st.html(f'<div class="kpi">{cells}</div>')


def key(*marks: Mark) -> None:
    """A legend in words above its chart."""
    kinds = {"box": "", "hollow": "hollow", "line": "ln", "dots": "ln dots"}
    paint = {"box": "background"}
    cells = "".join(
        f'<span><s class="{kinds[mark.shape]}" style="{paint.get(mark.shape, "border-color")}:{mark.colour}">'
        f"</s>{html.escape(mark.text)}</span>"
        for mark in marks
    )
    st.html(f'<div class="key">{cells}</div>')


def nothing(what: str, why: str, do: str) -> None:
    """An honest empty state: what is missing, why, and what to do; marked constants are translated here."""
    what, why, do = (html.escape(_(text)) for text in (what, why, do))
    st.html(f'<div class="state"><b>{what}</b>{why}<br>{do}</div>')


def empty_page(page: str, question: str, *, origin: str, state: tuple[str, str, str]) -> None:
    """A page that has nothing to show: its question, which plan it is, and the empty state."""
    with head(page, question):
        pass
    about(origin)
    with card("state", "", ""):
        nothing(*state)
