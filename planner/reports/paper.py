"""A document of A4 pages in landscape: its head, its style, and the blocks that its pages are made of.

Every text is escaped here; `Cell` and `marked` are the only ways in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from planner.language import spoken, spoken_locale
from planner.reports.palette import miss
from planner.reports.style import RULES, alone
from planner.reports.svg import ROW, STRIP, Row

RIGHT_TO_LEFT = "right-to-left"
ISOLATE, END = "\u2068", "\u2069"  # a text of its own direction


@dataclass(frozen=True)
class Cell:
    """A cell: its words, `small` ones behind them, `under` below; `drawing` is an SVG of ours, not escaped.

    `strength` colours a tile: None is no tile, 0 plain, 1 the full colour of a miss.
    """

    text: str = ""
    start: bool = False
    small: str = ""
    under: str = ""
    strong: bool = False
    bad: bool = False
    drawing: str = ""
    strength: float | None = None
    across: int = 1


@dataclass(frozen=True)
class Head:
    """What a document says of itself: title, who made it from what, and the moment it is dated."""

    title: str
    origin: str
    made: datetime


def document(head: Head, pages: Iterable[str], *, scale: float = 1.0) -> str:
    """The whole HTML in the spoken language, its direction that of the language's writing."""
    moment = head.made.strftime("%Y-%m-%dT%H:%M:%SZ")
    body = "".join(f'<section class="page">{page}</section>' for page in pages)
    origin = _written(head.origin)
    zoom = f"body{{font-size:{10.5 * scale:.2f}px}}" if scale != 1 else ""
    return (
        f'{_opened()}<meta charset="utf-8"><title>{html.escape(head.title)}</title>'
        f'<meta name="dcterms.created" content="{moment}"><meta name="dcterms.modified" content="{moment}">'
        f"<style>{RULES}{zoom}</style></head><body>"
        f'<div class="origin">{origin}</div>{body}</body></html>'
    )


def leftward() -> bool:
    """Whether the spoken language is written from right to left."""
    return bool(spoken_locale().character_order == RIGHT_TO_LEFT)


def _written(words: str) -> str:
    """Escaped words.

    On a page written leftward each text runs as its own first letter does: a name, or a text that is not
    translated, stays readable.
    """
    safe = html.escape(words, quote=False)
    return f"{ISOLATE}{safe}{END}" if words and leftward() else safe


def drawn(rows: Sequence[Row], about: str) -> str:
    """A document of one chart and nothing round it: a line of words over its rows."""
    width, height = 2 * STRIP, (ROW + 3) * len(rows) + 34
    return (
        f'{_opened()}<meta charset="utf-8"><style>{RULES}{alone(width, height)}</style></head>'
        f"<body><p>{_written(about)}</p>{chart(rows)}</body></html>"
    )


def _opened() -> str:
    direction = "rtl" if leftward() else "ltr"
    return f'<!DOCTYPE html><html lang="{html.escape(spoken())}" dir="{direction}"><head>'


def marked(sentence: str) -> str:
    """Escaped HTML of a sentence in which **bold** is strong and !!a miss!! is orange."""
    safe = _written(sentence)
    safe = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)
    return re.sub(r"!!(.+?)!!", r'<span class="bad">\1</span>', safe)


def heading(question: str, *lines: str) -> str:
    """The page's question with its grey lines."""
    return f"<h1>{_written(question)}</h1>" + "".join(f"<p>{_written(words)}</p>" for words in lines if words)


def say(sentence: str) -> str:
    """The answer."""
    return f'<div class="say">{marked(sentence)}</div>'


def block(question: str, about: str, inside: str, *, foot: str = "") -> str:
    """A part of a page, titled by its question."""
    below = f'<p class="foot">{marked(foot)}</p>' if foot else ""
    return f'<div class="block"><h2>{_written(question)}</h2><p>{_written(about)}</p>{inside}{below}</div>'


def two(left: str, right: str) -> str:
    """Two columns."""
    return f'<div class="two"><div>{left}</div><div>{right}</div></div>'


def chart(rows: Sequence[Row]) -> str:
    """The rows of a chart, names beside their drawings."""
    body = "".join(
        f'<tr><td class="name">{_written(row.name)}</td><td><span class="n">{row.drawing}</span></td></tr>'
        for row in rows
    )
    return f'<table class="strips">{body}</table>'


def table(heads: Sequence[Cell], rows: Sequence[Sequence[Cell]], *, tiles: bool = False) -> str:
    """A table; its head is repeated on every page it runs over."""
    top = "".join(f"<th{_class(cell)}>{_inside(cell)}</th>" for cell in heads)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    kind = ' class="cells"' if tiles else ""
    return f"<table{kind}><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: Cell) -> str:
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    paint = ""
    if cell.strength is not None:
        fill, ink = miss(cell.strength)
        weight = ";font-weight:600" if cell.strength > 0 else ""
        paint = f' style="background-color:{fill};color:{ink}{weight}"'
    return f"<td{_class(cell)}{across}{paint}>{_inside(cell)}</td>"


def _class(cell: Cell) -> str:
    names = [("l", cell.start), ("s", cell.strong), ("bad", cell.bad)]
    found = " ".join(name for name, holds in names if holds)
    return f' class="{found}"' if found else ""


def _inside(cell: Cell) -> str:
    if cell.drawing:
        return f'<span class="n">{cell.drawing}</span>'
    words = "<br>".join(_written(part) for part in cell.text.split("\n"))
    words = words if cell.start or not words else f'<span class="n">{words}</span>'
    words += f" <small>{_written(cell.small)}</small>" if cell.small else ""
    return words + (f'<small class="under n">{_written(cell.under)}</small>' if cell.under else "")
