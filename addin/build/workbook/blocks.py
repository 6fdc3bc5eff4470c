"""What the result sheets are made of: page, section, figure, line, and the area that a spilled answer fills.

Spilled cells take the format of the cell they fall into. So the area is formatted beforehand: whole columns, for
answers that grow, and the cells of its first rows; a fine line shows only under rows that are filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from addin.build.workbook.draft import Draft
from addin.build.workbook.page import A4, TABS
from addin.build.workbook.styles import BAD, BAD_PALE, GOOD, GOOD_PALE, INK, LINE, MUTED, WATCH, WATCH_PALE
from udfs.tables.policy import default_policy
from udfs.tables.schema import SCHEMA

# The height of a heading row of two lines.
HEADING_HEIGHT = 28
# A hairline is drawn under so many rows; number formats go on for ever.
LINED = 5_000
LINE_BELOW = {"bottom": 1, "bottom_color": LINE}
CURRENCY = default_policy().text("reporting_currency")
# Decision -> ink and paper.
DECISION_COLOURS = {"BLOCK": (BAD, BAD_PALE), "REVIEW": (WATCH, WATCH_PALE), "WARN": (WATCH, WATCH_PALE),
                    "RELEASE": (GOOD, GOOD_PALE)}
GRADE_COLOURS = {"D": BAD, "C": WATCH, "B": INK, "A": GOOD}


@dataclass(frozen=True)
class Column:
    """One column of a spilled answer: its width in characters, its number format, what else its cells look like."""

    width: float
    number: str = ""
    look: dict[str, Any] = field(default_factory=dict)

    @property
    def align(self) -> str:
        """Numbers stand right, words and dates left, and so do their headings."""
        return str(self.look.get("align") or ("left" if self.number in ("", "text", "date") else "right"))


def one_page(draft: Draft, code: str, *, landscape: bool) -> None:
    """A result sheet that is one A4 page."""
    sheet = draft.sheets[code]
    sheet.set_tab_color(TABS["result"])
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.55)
    sheet.center_horizontally()
    sheet.set_footer("&L&8&A&R&8&P / &N", {"margin": 0.25})


def section(draft: Draft, code: str, row: int, columns: tuple[int, int], text: str) -> None:
    """A heading with its rule over a block of columns."""
    across(draft, code, row, columns, "section")
    draft.sheets[code].write_string(row, columns[0], text, draft.style("section"))


def across(draft: Draft, code: str, row: int, columns: tuple[int, int], style: str) -> None:
    """Empty cells of one style from the first column to the last."""
    for column in range(columns[0], columns[1] + 1):
        draft.sheets[code].write_blank(row, column, None, draft.style(style))


def line(draft: Draft, code: str, row: int, columns: tuple[int, int], label: str) -> None:
    """A label at the left of its columns on a fine line; the value is written by the caller."""
    across(draft, code, row, columns, "line")
    draft.sheets[code].write_string(row, columns[0], label, draft.style("line", font_color=MUTED))


def spill(draft: Draft, code: str, row: int, first: int, formula: str, columns: Sequence[Column], rows: int) -> None:
    """The heading row, `rows` formatted rows below it, and the formula whose answer fills them.

    Marks of single columns are set before and bring the line with them: some programs take only the first of a cell.
    """
    sheet = draft.sheets[code]
    for place, column in enumerate(columns, start=first):
        cell = draft.style("text", column.number, **{**column.look, "align": column.align})
        sheet.set_column(place, place, column.width, cell)
        for below in range(row + 1, row + 1 + rows):
            sheet.write_blank(below, place, None, cell)
        indent = {"indent": column.look["indent"]} if "indent" in column.look else {}
        heading = draft.style("table_heading", align=column.align, **indent)
        if place > first:
            sheet.write_blank(row, place, None, heading)
        else:
            draft.formula(code, row, place, formula, heading)
    last = first + len(columns) - 1
    filled = "&".join(xl_rowcol_to_cell(row + 1, place, col_abs=True) for place in range(first, last + 1))
    mark(draft, code, (row + 1, first, row + LINED, last), f'={filled}<>""', **LINE_BELOW)


def mark(draft: Draft, code: str, area: tuple[int, int, int, int], criteria: str, **look: Any) -> None:
    """A conditional format by a formula that is written for the first cell of the area."""
    draft.sheets[code].conditional_format(*area, {
        "type": "formula", "criteria": criteria, "format": draft.workbook.add_format(look)})


def mark_number(draft: Draft, code: str, area: tuple[int, int, int, int], comparison: str, **look: Any) -> None:
    """A conditional format of numbers that compare so, such as "<0"; Excel holds a text for larger than any number."""
    cell = xl_rowcol_to_cell(area[0], area[1])
    mark(draft, code, area, f"=AND(ISNUMBER({cell}),{cell}{comparison})", **look)


def mark_grades(draft: Draft, code: str, area: tuple[int, int, int, int], **look: Any) -> None:
    """Grades in their colours."""
    cell = xl_rowcol_to_cell(area[0], area[1])
    for grade, ink in GRADE_COLOURS.items():
        mark(draft, code, area, f'={cell}="{grade}"', font_color=ink, **look)


def amounts_in(draft: Draft, code: str, row: int, column: int) -> None:
    """In which currency the sheet counts, at the right end of its head."""
    currency = parameter(draft, "reporting_currency")
    formula = f'="{draft.say("home.amounts_in")} "&IFERROR(IF({currency}="","{CURRENCY}",{currency}),"{CURRENCY}")'
    draft.formula(code, row, column, formula, draft.style("hint", align="right"))


def parameter(draft: Draft, name: str) -> str:
    """A parameter of the sheet Policy, for a formula."""
    key, value = (SCHEMA["Policy"][column].label(draft.language) for column in ("key", "value"))
    return f'INDEX(Policy[{value}],MATCH("{name}",Policy[{key}],0))'


def one(row: int, column: int) -> tuple[int, int, int, int]:
    """The area of one cell."""
    return row, column, row, column


def fixed(draft: Draft, code: str, area: tuple[int, int, int, int]) -> str:
    """An area of a sheet as a chart refers to it."""
    return f"={draft.reference(code, xl_range_abs(*area))}"
