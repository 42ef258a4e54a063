"""A week's grid drawn into a workbook: people by days, a colour for each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from planner.domain.centre import Site
from planner.domain.language_names import LANGUAGE_NAMES
from planner.exporters.roster.week_grid import WeekGrid
from planner.exporters.workbook import heading, safe_cell

TINTS = (  # light enough to print and read on; neighbours differ for the colour-blind too
    "BDD7EE", "F8CBAD", "C6E0B4", "FFE699", "D9C3E9", "B7E1E4", "F4B6C2", "D6DCE4",
    "A9D18E", "FFD966", "9DC3E6", "E2B8A0", "C9C9C9", "B4A7D6", "CFE2A8", "F7D7E8",
)  # fmt: skip
AWAY = Font(italic=True, color="7F7F7F")
TITLE = Font(bold=True, size=13)
CENTRED = Alignment(horizontal="center")
BEFORE, AFTER = ("Agent", "Name", "Team", "Contract"), ("Paid h", "Contract h")
WIDTHS = (12, 26, 16, 12, *([13] * 7), 9, 11)
HEAD_ROWS = 3
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))


def tints(languages: Sequence[str]) -> dict[str, PatternFill]:
    """A colour for each language, the same on every sheet."""
    return {
        language: PatternFill("solid", start_color=TINTS[i % len(TINTS)])
        for i, language in enumerate(languages)
    }


def sheet_name(grid: WeekGrid) -> str:
    """Site and ISO week, as short as Excel asks."""
    return f"{grid.site.translate(NOT_IN_NAMES)[:21]} {grid.days[0]:%G-W%V}"


def add_roster(book: Workbook, grid: WeekGrid, *, site: Site, colours: Mapping[str, PatternFill]) -> None:
    """Append the grid's sheet: title, key of colours, headings, a row a person; headings stay in view."""
    sheet = book.create_sheet(sheet_name(grid))
    sheet.freeze_panes = f"{get_column_letter(len(BEFORE) + 1)}{HEAD_ROWS + 1}"
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    last = get_column_letter(len(WIDTHS))
    sheet.auto_filter.ref = f"A{HEAD_ROWS}:{last}{HEAD_ROWS + len(grid.people)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"
    sheet.append([_styled(sheet, _title(grid, site), font=TITLE)])
    sheet.append(_key(sheet, grid, colours))
    days = [f"{day:%a %d %b}" for day in grid.days]
    sheet.append([heading(sheet, text) for text in (*BEFORE, *days, *AFTER)])
    for row in _rows(sheet, grid, colours):
        sheet.append(row)


def _title(grid: WeekGrid, site: Site) -> str:
    first, last = grid.days[0], grid.days[-1]
    return f"{site.name}, {first:%d %b} to {last:%d %b %Y}, {site.name} time"


def _key(sheet: Any, grid: WeekGrid, colours: Mapping[str, PatternFill]) -> list[Any]:
    """The languages of the week in their colours."""
    seen = {cell for name in grid.languages.columns for cell in grid.languages[name]} - {""}
    shown = [language for language in colours if language in seen]
    return [
        "Language served longest:",
        *(_styled(sheet, _spoken(language), fill=colours[language]) for language in shown),
    ]


def _spoken(language: str) -> str:
    """The English name with the tag, such as Portuguese (pt); the code alone where there is no name."""
    name = LANGUAGE_NAMES.get(language, (language, language))[1]
    return language if name == language else f"{name} ({language})"


def _rows(sheet: Any, grid: WeekGrid, colours: Mapping[str, PatternFill]) -> Iterator[list[Any]]:
    people = zip(*(grid.people[name] for name in ("agent_id", "name", "team", "contract")))
    hours = zip(grid.people["paid_h"].round(2), grid.people["contract_h"])
    days = zip(grid.texts.itertuples(index=False), grid.languages.itertuples(index=False))
    for who, worked, (texts, languages) in zip(people, hours, days):
        shifts = [_day(sheet, text, colours.get(language)) for text, language in zip(texts, languages)]
        yield [*(safe_cell(sheet, text) for text in who), *shifts, *worked]


def _day(sheet: Any, text: str, fill: PatternFill | None) -> Any:
    """A shift in its language's colour, or why somebody is away."""
    if not text:
        return None
    if fill is None:
        return _styled(sheet, text, font=AWAY, alignment=CENTRED)
    return _styled(sheet, text, fill=fill, alignment=CENTRED)


def _styled(
    sheet: Any,
    text: str,
    *,
    font: Font | None = None,
    fill: PatternFill | None = None,
    alignment: Alignment | None = None,
) -> Cell:
    made = safe_cell(sheet, text)
    cell = made if isinstance(made, Cell) else WriteOnlyCell(sheet, made)
    for name, style in (("font", font), ("fill", fill), ("alignment", alignment)):
        if style is not None:
            setattr(cell, name, style)
    return cell
